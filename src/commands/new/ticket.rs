//! `heatpack new ticket`: an inquiry of a POC.

use std::cell::RefCell;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use chrono::Datelike;

use super::record::{Kind, NO_SUBJECT, has_choices, not_written, subjects, way_to_schema, write};
use crate::commands::common::lookup;
use crate::commands::common::options::status;
use crate::commands::common::session::{Session, own_staff_id};
use crate::commands::common::terminal;
use crate::commands::entry::ask::{Ask, said_text};
use crate::commands::entry::draft::ForceArgs;
use crate::commands::entry::flags::FieldFlags;
use crate::commands::entry::form::{Choice, Form};
use crate::commands::entry::judge;
use crate::commands::entry::people::{pocs, staff};
use crate::commands::entry::typed::Reader;
use crate::import::numbered_by_imports;
use crate::load::{Project, Who};
use crate::model::{EventKind, Minute, PersonId, SubjectId, Ticket, TicketEvent, TicketId, day_in_words};
use crate::record::{Field, Fields, Node, Value, fields_of};
use crate::render::asked_before_text;
use crate::report::alike::asked_before_new;
use crate::report::entered::received_ticket;
use crate::workflow::{Context, Prepared, has_designation, is_active, is_designated, successor};

/// Create a ticket for an inquiry
///
/// Use --redirected for a caller who is not a POC for the module or initiative: it also enters that you sent the caller
/// to the POC.
///
/// Prints up to three similar questions that were answered before.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack new ticket --subject scorecard --poc jrivera --via phone --kind issue --area functional\n  heatpack new ticket --subject scorecard --poc bwright --redirected --note \"Sent to Jordan Rivera.\""
)]
pub struct Arguments {
    #[command(flatten)]
    own: FieldFlags<Ticket>,
    /// Also enter `redirected`: the caller was sent to their POC
    #[arg(long, help_heading = REDIRECTED)]
    redirected: bool,
    /// POC to whom the caller was sent
    #[arg(long, value_name = "TEXT", requires = "redirected", allow_hyphen_values = true, help_heading = REDIRECTED)]
    note: Option<String>,
    /// Id or name of who sent the caller [env: HEATPACK_STAFF]
    #[arg(long, value_name = "STAFF", requires = "redirected", help_heading = REDIRECTED)]
    by: Option<String>,
    #[command(flatten)]
    force_args: ForceArgs,
}

impl Kind for Ticket {
    const NAME: &'static str = "ticket";

    fn fields() -> Vec<Field> {
        fields_of(&Ticket::schema(), Ticket::FIELDS)
    }
}

/// The heading of the options for a caller who is not a POC.
const REDIRECTED: &str = "Options for a caller who is not a POC";

/// The message if no POC is on record.
const NO_POC: &str = "no POC is on record who could have called: make one with `heatpack new poc`";

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    let mut fields = Ticket::fields();
    // No one fills this in later, so that a new file has it only with a flag.
    fields.retain(|field| field.name != "mail" || arguments.own.said.contains_key("mail"));
    let redirect = RefCell::new(Redirect::new(session, arguments)?);
    let judge = |form: &Form, name: &str| {
        // Who called and for what are judged together, once both are known.
        if ask.is_some() && matches!(name, "poc" | "subject") {
            return Ok(None);
        }
        wrong_with_answer(session, &arguments.force_args, form, name, &redirect.borrow())
    };
    let mut form = Form::new(session, &fields, &arguments.own.said, ask)?.judged_by(&judge);
    let subjects = subjects(session);
    has_choices(
        session,
        &[
            (form.get("subject").is_none() && subjects.is_empty(), NO_SUBJECT),
            (form.get("poc").is_none() && session.project.pocs.is_empty(), NO_POC),
        ],
    )?;
    match session.time_unsaid("--received", "09:14") {
        Ok(now) => form.propose("received", &now.to_string())?,
        // It is said, or asked for on a terminal.
        Err(_) if ask.is_some() || form.get("received").is_some() => form.ask_for("received")?,
        Err(unsaid) => return Err(unsaid),
    }
    loop {
        let subject = form.get("subject").and_then(SubjectId::parse);
        form.choose("poc", &callers(session, subject.as_ref()))?;
        let own = own_subjects(session, &form);
        match (&own[..], ask) {
            // The POC is one for this alone.
            ([only], Some(_)) => form.set("subject", only.clone()),
            _ => form.choose("subject", &with_first(&subjects, &own))?,
        }
        let Some(ask) = ask.filter(|_| !(form.was_stated("poc") && form.was_stated("subject"))) else { break };
        redirect.replace(Redirect::offered(session, arguments, &form, ask)?);
        let why = wrong_with_answer(session, &arguments.force_args, &form, "poc", &redirect.borrow())?;
        let Some(why) = why.filter(|_| !form.was_stated("poc") || !form.was_stated("subject")) else { break };
        ask.refuse(&why);
        let again: Vec<&str> = ["poc", "subject"].into_iter().filter(|name| !form.was_stated(name)).collect();
        form.ask_again(&again);
    }
    if arguments.redirected
        && let Some(designated) = designated(session, &form)
    {
        say!("{designated}: omit --redirected, which is for callers who are not POCs");
        return Ok(status(1));
    }
    let asked = redirect.borrow().asked(session, ask)?;
    redirect.replace(asked);
    // The number is the tracker's own. If it is the next one anyway, it stays the next one even if others write.
    let next = id(&session.project, None)?.to_string();
    form.propose("id", &next)?;
    form.ask_for_the_rest()?;
    let asked = asked_before(session, &form);
    // On a terminal before the question whether to write; else after the ticket is written.
    let (before, after) = if ask.is_some() { (asked, String::new()) } else { (String::new(), asked) };
    terminal::say_text(&before);
    if !form.confirm()? {
        return Ok(not_written());
    }
    let said = form.get("id").filter(|id| *id != next || arguments.own.said.contains_key("id"));
    let said = said.map(ToOwned::to_owned);
    let received = Minute::parse(form.get("received").unwrap_or_default()).unwrap_or(session.as_of);
    let make = |project: &Project, exception: Option<&Node<'static>>| {
        let id = id(project, said.as_deref())?;
        let path = Ticket::path(id, received.date().year());
        let mut nested =
            vec![("id", Node::from(id.to_string())), ("log", redirect.borrow().log(&received.to_string()))];
        nested.extend(exception.map(|exception| ("exception", exception.clone())));
        let comment = format!("What happens is added with `heatpack log {id} follow-up` and so on, oldest first.");
        Ok((path.clone(), form.file(&way_to_schema::<Ticket>(&path), &nested, &[("log", comment)])))
    };
    write(session, &arguments.force_args, ask, &form, make, |project, path| {
        let prepared = Prepared::new(project);
        let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
        let id = path.rsplit('/').next().and_then(|name| TicketId::parse(name.trim_end_matches(".yaml")));
        id.and_then(|id| received_ticket(&ctx, id)).map(|entered| entered.text() + &after).unwrap_or_default()
    })
}

/// The answered questions that are much like the one that is entered, as lines.
fn asked_before(session: &Session, form: &Form) -> String {
    let Some(subject) = form.get("subject").and_then(SubjectId::parse) else { return String::new() };
    let (title, description) = (form.get("title").unwrap_or_default(), form.get("description").unwrap_or_default());
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    asked_before_text(&asked_before_new(&ctx, &subject, title, description), terminal::width())
}

/// Those who can have called: the POCs first, with what they are designated for.
fn callers(session: &Session, subject: Option<&SubjectId>) -> Vec<Choice> {
    if subject.is_some() {
        return pocs(session, subject, None);
    }
    let (project, today) = (&session.project, session.as_of.date());
    let mut callers: Vec<(bool, Choice)> = Vec::new();
    for poc in project.pocs.values() {
        let active = poc.designations.iter().filter(|own| is_active(own, today));
        let names: Vec<String> = active.map(|own| project.subject_name(&own.subject.value)).collect();
        let what = if names.is_empty() { "not a POC".to_owned() } else { names.join(", ") };
        callers.push((names.is_empty(), (poc.id.to_string(), format!("{} ({}, {what})", poc.name.0, poc.id.value))));
    }
    callers.sort_by(|a, b| (a.0, &a.1.1).cmp(&(b.0, &b.1.1)));
    callers.into_iter().map(|(_, choice)| choice).collect()
}

/// What the caller is designated for today.
fn own_subjects(session: &Session, form: &Form) -> Vec<String> {
    let poc = form.get("poc").and_then(PersonId::parse).and_then(|id| session.project.pocs.get(&id));
    let designations = poc.map(|poc| poc.designations.as_slice()).unwrap_or_default();
    let active = designations.iter().filter(|own| is_active(own, session.as_of.date()));
    let mut subjects: Vec<String> = active.map(|own| own.subject.value.to_string()).collect();
    subjects.dedup();
    subjects
}

/// The choices with some of them first.
fn with_first(choices: &[Choice], first: &[String]) -> Vec<Choice> {
    let (own, others): (Vec<Choice>, Vec<Choice>) = choices.iter().cloned().partition(|(id, _)| first.contains(id));
    own.into_iter().chain(others).collect()
}

/// Whether the caller was sent to their own POC, and what is said of that so far.
#[derive(Clone, Default)]
struct Redirect {
    is_meant: bool,
    by: Option<String>,
    note: Option<String>,
    /// A note to begin with, where it is asked for.
    proposal: Option<String>,
}

impl Redirect {
    /// As the flags have it.
    fn new(session: &Session, arguments: &Arguments) -> anyhow::Result<Redirect> {
        let reader = Reader::new(session, None);
        let by = arguments.by.as_deref().map(|by| reader.person(by, Who::Staff)).transpose()?;
        let note = arguments.note.as_deref().map(said_text).transpose()?;
        Ok(Redirect { is_meant: arguments.redirected, by: by.or_else(|| own_desk_id(session)), note, proposal: None })
    }

    /// Asks, where the caller is no POC for the subject, whether they are sent to the one who is.
    fn offered(session: &Session, arguments: &Arguments, form: &Form, ask: &Ask) -> anyhow::Result<Redirect> {
        let (project, today) = (&session.project, received(session, form).date());
        let said = || Some((PersonId::parse(form.get("poc")?)?, SubjectId::parse(form.get("subject")?)?));
        let as_said = Redirect::new(session, arguments)?;
        let Some((poc, subject)) = said().filter(|(poc, subject)| !is_designated(project, poc, subject, today)) else {
            return Ok(as_said);
        };
        let Some((own, role)) = successor(project, &subject, today).filter(|_| !as_said.is_meant) else {
            return Ok(as_said);
        };
        let (caller, subject) = (project.person_name(&poc), project.subject_name(&subject));
        let question = format!("{caller} is not a POC for {subject}. Send them to {}, the {role} POC?", own.name.0);
        let choices = ["yes: enter the ticket as redirected".to_owned(), "no: someone else called".to_owned()];
        let is_meant = ask.choice(&question, &choices)? == 0;
        let proposal = Some(format!("Sent to {}, the {role} POC for {subject}.", own.name.0));
        Ok(Redirect { is_meant, proposal, ..as_said })
    }

    /// With all that is still to be said of it.
    fn asked(&self, session: &Session, ask: Option<&Ask>) -> anyhow::Result<Redirect> {
        let Some(ask) = ask.filter(|_| self.is_meant) else { return Ok(self.clone()) };
        let mut own = self.clone();
        if own.by.is_none() {
            let people = staff(session, TicketEvent::Redirected.spec().offices);
            let names: Vec<String> = people.iter().map(|(_, name)| name.clone()).collect();
            let chosen = if names.is_empty() { None } else { Some(ask.choice("Who sent the caller there?", &names)?) };
            own.by = chosen.and_then(|chosen| people.into_iter().nth(chosen)).map(|(id, _)| id);
        }
        if own.note.is_none() {
            own.note = Some(ask.line("Where was the caller sent?", own.proposal.as_deref())?);
        }
        Ok(own)
    }

    /// With something that will do in place of what is still to be said, to judge other answers by.
    fn stood_in(&self, session: &Session) -> Redirect {
        let someone = || staff(session, TicketEvent::Redirected.spec().offices).into_iter().next().map(|(id, _)| id);
        let note = self.note.clone().or_else(|| Some("Sent on.".to_owned()));
        Redirect { by: self.by.clone().or_else(someone), note, ..self.clone() }
    }

    /// The log of the new ticket.
    fn log(&self, received: &str) -> Node<'static> {
        if !self.is_meant {
            return Vec::<String>::new().into();
        }
        let fields = Fields::new().with("at", received.to_owned()).with("event", TicketEvent::Redirected.to_string());
        vec![fields.with_some("by", self.by.clone()).with_some("note", self.note.clone())].into()
    }
}

/// That the caller is a designated POC, where they are: no one sends them on.
fn designated(session: &Session, form: &Form) -> Option<String> {
    let project = &session.project;
    let (poc, subject) = (PersonId::parse(form.get("poc")?)?, SubjectId::parse(form.get("subject")?)?);
    let date = received(session, form).date();
    let is_sure = project.pocs.get(&poc).is_some_and(|own| has_designation(own, &subject, date));
    is_sure.then(|| format!("{poc} was a designated POC for {subject} on {}", day_in_words(date)))
}

/// HEATPACK_STAFF, if they are of an office that sends callers on.
fn own_desk_id(session: &Session) -> Option<String> {
    let people = staff(session, TicketEvent::Redirected.spec().offices);
    own_staff_id().filter(|own| people.iter().any(|(id, _)| id == own))
}

/// When the inquiry came; the as-of time where that is not known yet.
fn received(session: &Session, form: &Form) -> Minute {
    form.get("received").and_then(Minute::parse).unwrap_or(session.as_of)
}

/// Why an answer will not do.
fn wrong_with_answer(
    session: &Session,
    force_args: &ForceArgs,
    form: &Form,
    name: &str,
    redirect: &Redirect,
) -> anyhow::Result<Option<String>> {
    if name == "id" {
        return Ok(id(&session.project, form.get("id")).err().map(|error| error.to_string()));
    }
    let year = received(session, form).date().year();
    let id = id(&session.project, None)?;
    let log = redirect.stood_in(session).log(form.get("received").unwrap_or_default());
    let trial = form.trial(&[("id", Node::from(id.to_string())), ("log", log)]);
    judge::wrong_with(session, force_args, form, name, &Ticket::path(id, year), trial)
}

/// The id that was said, if it is free; else the one after the last.
fn id(project: &Project, said: Option<&str>) -> anyhow::Result<TicketId> {
    let next = project.known.next_ticket(project.settings.numbers, &numbered_by_imports(project));
    let Some(said) = said else { return next.context("there is no number after the last one: use --id") };
    let id = TicketId::parse(&lookup::numbered(said));
    let id = id.with_context(|| format!("`{said}` is not the id of a ticket: write it like `HEAT-10423`"))?;
    if project.known.is_taken(id) {
        let next = next.map(|next| format!("; the next free id is {next}")).unwrap_or_default();
        bail!("{id} is there already{next}");
    }
    Ok(id)
}
