//! `heatpack new ticket`: an inquiry of a POC.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use chrono::Datelike;

use super::{Choice, Excuse, Flags, Form, Kind, NO_SUBJECT, has_choices, judge, subjects, way_to_schema, write};
use crate::commands::ask::Ask;
use crate::commands::lookup;
use crate::commands::session::Session;
use crate::load::Project;
use crate::model::{Minute, Role, SubjectId, Ticket, TicketId};
use crate::record::{Field, Node, Value, fields_of};
use crate::report::entered::received_ticket;
use crate::workflow::{Context, Prepared, designations, is_active};

/// Make a ticket for an inquiry
///
/// Example: heatpack new ticket --subject scorecard --poc jrivera --via phone --kind issue --area functional
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    own: Flags<Ticket>,
    #[command(flatten)]
    excuse: Excuse,
}

impl Kind for Ticket {
    const NAME: &'static str = "ticket";

    fn fields() -> Vec<Field> {
        fields_of(&Ticket::schema(), Ticket::FIELDS)
    }
}

/// What is missing where nobody can have called.
const NO_POC: &str = "no POC is on record who could have called: make one with `heatpack new poc`";

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments, ask: Option<&Ask>) -> anyhow::Result<ExitCode> {
    let fields = Ticket::fields();
    let judge = |form: &Form, name: &str| wrong_with_answer(session, &arguments.excuse, form, name);
    let mut form = Form::new(&fields, &arguments.own.said, ask)?.judged_by(&judge);
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
    let received = session.time_said(form.get("received").unwrap_or_default());
    form.replace("received", received);
    form.choose("subject", &subjects)?;
    form.choose("poc", &pocs(session, form.get("subject")))?;
    // The number is the tracker's own; where it is the next one anyway, the next one it stays, whoever else writes.
    let next = id(&session.project, None)?.to_string();
    form.propose("id", &next)?;
    let said = form.get("id").filter(|id| *id != next || arguments.own.said.contains_key("id"));
    let said = said.map(ToOwned::to_owned);
    form.ask_for_the_rest()?;
    let received = Minute::parse(form.get("received").unwrap_or_default()).unwrap_or(session.as_of);
    let make = |project: &Project, exception: Option<&Node<'static>>| {
        let id = id(project, said.as_deref())?;
        let path = Ticket::path(id, received.date().year());
        let mut nested = vec![("id", Node::from(id.to_string())), ("log", Vec::<String>::new().into())];
        nested.extend(exception.map(|exception| ("exception", exception.clone())));
        let comment = format!("What happens is added with `heatpack log {id} follow-up` and so on, oldest first.");
        Ok((path.clone(), form.file(&way_to_schema::<Ticket>(&path), &nested, &[("log", comment)])))
    };
    write(session, &arguments.excuse, ask, &form, make, |project, path| {
        let prepared = Prepared::new(project);
        let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
        let id = path.rsplit('/').next().and_then(|name| TicketId::parse(name.trim_end_matches(".yaml")));
        id.and_then(|id| received_ticket(&ctx, id)).map(|entered| entered.text()).unwrap_or_default()
    })
}

/// Why an answer will not do.
fn wrong_with_answer(session: &Session, excuse: &Excuse, form: &Form, name: &str) -> anyhow::Result<Option<String>> {
    if name == "id" {
        return Ok(id(&session.project, form.get("id")).err().map(|error| error.to_string()));
    }
    let mut tried = form.clone();
    let received = session.time_said(form.get("received").unwrap_or_default());
    if form.get("received").is_some() {
        tried.replace("received", received.clone());
    }
    let year = Minute::parse(&received).unwrap_or(session.as_of).date().year();
    let id = id(&session.project, None)?;
    let trial = tried.trial(&[("id", Node::from(id.to_string())), ("log", Vec::<String>::new().into())]);
    judge::wrong_with(session, excuse, form, name, &Ticket::path(id, year), trial)
}

/// The id that was said, if it is free; else the one after the last.
fn id(project: &Project, said: Option<&str>) -> anyhow::Result<TicketId> {
    let next = project.known.next_ticket();
    let Some(said) = said else { return next.context("there is no number after the last one: say one with --id") };
    let id = TicketId::parse(&lookup::numbered(said));
    let id = id.with_context(|| format!("`{said}` is no ticket's id: write it as `HEAT-10423`"))?;
    if project.known.is_taken(id) {
        let next = next.map(|next| format!("; the next free id is {next}")).unwrap_or_default();
        bail!("{id} is there already{next}");
    }
    Ok(id)
}

/// The POCs, those first who are designated for the subject today.
fn pocs(session: &Session, subject: Option<&str>) -> Vec<Choice> {
    let (project, today) = (&session.project, session.as_of.date());
    let subject = subject.and_then(SubjectId::parse);
    let of = subject.map(|subject| designations(project, &subject, None)).unwrap_or_default();
    let role = |id: &str| {
        let own = of.iter().filter(|(poc, own)| poc.id.as_str() == id && is_active(own, today));
        own.map(|(_, own)| own.role.value).min()
    };
    let words = |role: Option<Role>| role.map_or("not designated for it".to_owned(), |role| role.to_string());
    let mut pocs: Vec<(bool, Option<Role>, Choice)> = project
        .pocs
        .values()
        .map(|poc| {
            let role = role(poc.id.as_str());
            let shown = format!("{} ({}, {})", poc.name.0, poc.id.value, words(role));
            (role.is_none(), role, (poc.id.to_string(), shown))
        })
        .collect();
    pocs.sort_by(|a, b| (a.0, a.1, &a.2.1).cmp(&(b.0, b.1, &b.2.1)));
    pocs.into_iter().map(|(_, _, choice)| choice).collect()
}
