//! `heatpack log`: appends one entry to a ticket's or change request's log.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{ArgMatches, Args, Command, FromArgMatches};

use crate::commands::common::options::status;
use crate::commands::common::session::Session;
use crate::commands::common::{lookup, terminal};
use crate::commands::entry::ask::{Ask, said_text};
use crate::commands::entry::author::author;
use crate::commands::entry::draft;
use crate::commands::entry::draft::{Draft, ForceArgs};
use crate::commands::entry::flags::{FlagValues, flag_values, with_flags};
use crate::commands::entry::form::Choice;
use crate::commands::entry::people::pocs;
use crate::commands::entry::refusal;
use crate::commands::entry::round::digest_of_round;
use crate::commands::entry::stated_fields::Stated;
use crate::commands::entry::typed::Reader;
use crate::load::{Project, append};
use crate::model::{
    ChangeEvent, CrId, EventKind, FileId, Minute, TicketEvent, TicketId, entry_fields, entry_lacks, event_of,
};
use crate::record::{Field, Fields, Node};
use crate::render::shown;
use crate::report::entered::{entered_change, entered_ticket};
use crate::workflow::{Context, Prepared};

/// Append an entry to the log of a ticket or CR
///
/// Asks for missing fields when run in a terminal. Leaves the rest of the file unchanged. An entry that breaks a rule is
/// rejected, with the reason.
///
/// Exit status 1: the entry was rejected, and nothing was written.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  heatpack log HEAT-10423 follow-up --by tnguyen --note \"Told the POC what NITC found.\""
)]
pub struct Arguments {
    /// Ticket or CR, for example HEAT-10423, 10423 or CR-2026-007
    id: String,
    /// Event to enter
    #[arg(value_parser = PossibleValuesParser::new(events()))]
    event: String,
    /// Time: `2026-11-02 09:14`, or `09:14` today [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Id or name of who did it [env: HEATPACK_STAFF]
    #[arg(long, value_name = "STAFF")]
    by: Option<String>,
    #[command(flatten)]
    own: Own,
    #[command(flatten)]
    force_args: ForceArgs,
}

/// What was said of the fields that some events ask for.
#[derive(Debug)]
struct Own(FlagValues);

/// The fields that the entries of any event may have beside those of all.
fn own_fields() -> Vec<Field> {
    let tickets = TicketEvent::table().iter().flat_map(|spec| entry_fields(spec.event));
    let changes = ChangeEvent::table().iter().flat_map(|spec| entry_fields(spec.event));
    let mut fields: Vec<Field> = Vec::new();
    for field in tickets.chain(changes) {
        if fields.iter().all(|other| other.name != field.name) {
            fields.push(field);
        }
    }
    fields
}

impl Args for Own {
    fn augment_args(command: Command) -> Command {
        with_flags(command, &own_fields())
    }

    fn augment_args_for_update(command: Command) -> Command {
        Own::augment_args(command)
    }
}

impl FromArgMatches for Own {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Own, clap::Error> {
        Ok(Own(flag_values(matches, &own_fields())))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0 = flag_values(matches, &own_fields());
        Ok(())
    }
}

/// The events of tickets and of change requests, each with what it is of either.
fn events() -> Vec<PossibleValue> {
    let tickets =
        TicketEvent::table().iter().map(|spec| (spec.event.as_str(), spec.event.about().trim_end_matches('.')));
    let changes =
        ChangeEvent::table().iter().map(|spec| (spec.event.as_str(), spec.event.about().trim_end_matches('.')));
    let mut words: BTreeMap<&str, String> = tickets.map(|(name, about)| (name, about.to_owned())).collect();
    for (name, about) in changes {
        match words.get_mut(name) {
            Some(words) if words != about => words.push_str(&format!("; of a CR: {about}")),
            Some(_) => {}
            None => drop(words.insert(name, format!("of a CR: {about}"))),
        }
    }
    let order = TicketEvent::ALL.iter().map(|event| event.as_str());
    let mut names: Vec<&str> = order.chain(ChangeEvent::ALL.iter().map(|event| event.as_str())).collect();
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    let words_of = |name| words.get(name).cloned().unwrap_or_default();
    names.into_iter().map(|name| PossibleValue::new(name).help(words_of(name))).collect()
}

/// The record whose log it is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Record {
    Ticket(TicketId),
    Change(CrId),
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Some(record) = find(session, arguments.id.trim())? else { return Ok(status(1)) };
    let ask = Ask::new(session.colors(&std::io::stderr()));
    let entry = match &record {
        Record::Ticket(id) => entry::<TicketEvent>(session, arguments, ask.as_ref(), &other_pocs(session, *id))?,
        Record::Change(_) => entry::<ChangeEvent>(session, arguments, ask.as_ref(), &[])?,
    };
    if let Record::Change(id) = &record
        && refusal::is_refused(session, id, &arguments.event, entry.at())
    {
        return Ok(status(1));
    }
    let make = |project: &Project, exception: Option<&Node<'static>>| {
        let file = file_of(project, &record).context("another program deleted the record")?;
        let path = project.file(file).path.clone();
        let old = std::fs::read(session.root.join(&path)).with_context(|| format!("cannot read {path}"))?;
        let text = std::str::from_utf8(&old).with_context(|| format!("{path} is not UTF-8"))?;
        let node: Node = entry.with(digest(project, &record, &arguments.event), exception).into();
        let new = append(text, &node).with_context(|| format!("cannot add to {path}"))?;
        Ok(Draft { path, new: new.into_bytes(), old: Some(old) })
    };
    let Some(written) = draft::write(session, &arguments.force_args, ask.as_ref(), Stated::LastEntry, make)? else {
        hint(&record, &arguments.event, &entry.with(None, None).into());
        return Ok(status(1));
    };
    draft::print_diagnostics(session, &written.project, &written.lapses);
    let prepared = Prepared::new(&written.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let entered = match &record {
        Record::Ticket(id) => entered_ticket(&ctx, *id),
        Record::Change(id) => entered_change(&ctx, id),
    };
    let text = format!("{}{}", entered.map(|entered| entered.text()).unwrap_or_default(), written.files());
    let told = std::io::stdout().lock().write_all(shown(&text).as_bytes());
    told.with_context(|| terminal::written_anyway(written.path()))?;
    Ok(ExitCode::SUCCESS)
}

/// The digest that an entry bears.
fn digest(project: &Project, record: &Record, event: &str) -> Option<String> {
    let Record::Change(id) = record else { return None };
    digest_of_round(project, id, event_of::<ChangeEvent>(event)?)
}

/// The POCs to whom a ticket can be handed over, those first who are designated for its subject today.
fn other_pocs(session: &Session, id: TicketId) -> Vec<Choice> {
    let prepared = Prepared::new(&session.project);
    let Some(line) = prepared.tickets.get(&id) else { return Vec::new() };
    pocs(session, Some(&line.ticket.subject.value), Some(line.poc_at(session.as_of)))
}

/// Says which flags give what the event asks for and was not said.
fn hint(record: &Record, event: &str, entry: &Node) {
    let get = |name: &str| entry.get(name).and_then(Node::text);
    let lacking = match record {
        Record::Ticket(_) => event_of::<TicketEvent>(event).map(|event| entry_lacks(event, get)),
        Record::Change(_) => event_of::<ChangeEvent>(event).map(|event| entry_lacks(event, get)),
    };
    let flags: Vec<String> =
        lacking.into_iter().flatten().map(|name| format!("--{}", name.replace('_', "-"))).collect();
    if !flags.is_empty() {
        say!("to add what is missing, use {}", flags.join(" and "));
    }
}

/// The record of that id. None where it has errors itself, which are said then.
fn find(session: &Session, typed: &str) -> anyhow::Result<Option<Record>> {
    let (id, project) = (lookup::numbered(typed), &session.project);
    let record = match (TicketId::parse(&id), CrId::parse(&id)) {
        (Some(ticket), _) if project.known.tickets.ids.contains(&ticket) => Record::Ticket(ticket),
        (_, Some(change)) if project.known.changes.ids.contains(&change) => Record::Change(change),
        _ => {
            let help = lookup::suggestion(project, &id)
                .unwrap_or_else(|| "use an id like HEAT-10423 or CR-2026-007".to_owned());
            bail!("no ticket or CR `{typed}`; {help}");
        }
    };
    if file_of(project, &record).is_none() {
        if let Some(path) = lookup::not_checked_out(project, &id) {
            say!("cannot add to {id}: {path} is not checked out; {}", lookup::CHECK_OUT);
            return Ok(None);
        }
        let own: Vec<_> = project.faults.iter().filter(|fault| fault.record == id).cloned().collect();
        draft::print_diagnostics(session, project, &own);
        say!("{id} has errors: fix them, then run this command again");
        return Ok(None);
    }
    Ok(Some(record))
}

fn file_of(project: &Project, record: &Record) -> Option<FileId> {
    match record {
        Record::Ticket(id) => project.tickets.get(id).map(|ticket| ticket.file),
        Record::Change(id) => project.changes.get(id).map(|cr| cr.file),
    }
}

/// An entry as it was said, to which the digest and the exception come.
struct EntryValues {
    fields: Fields<'static>,
    note: Option<String>,
}

impl EntryValues {
    /// Its time, if it is one.
    fn at(&self) -> Option<Minute> {
        let node: Node = self.fields.clone().into();
        node.get("at").and_then(Node::text).and_then(Minute::parse)
    }

    /// The entry as people write it: what belongs to the event, then the note.
    fn with(&self, digest: Option<String>, exception: Option<&Node<'static>>) -> Fields<'static> {
        let fields = self.fields.clone().with_some("digest", digest).with_some("note", self.note.clone());
        fields.with_some("exception", exception.cloned())
    }
}

/// The entry, from the flags and by asking.
fn entry<E: EventKind>(
    session: &Session,
    arguments: &Arguments,
    ask: Option<&Ask>,
    pocs: &[Choice],
) -> anyhow::Result<EntryValues> {
    let reader = Reader::new(session, ask);
    let at = match (&arguments.at, ask) {
        (Some(at), _) => reader.minute(at)?,
        (None, Some(ask)) if session.as_of_is_day => {
            reader.minute(&ask.line(&format!("Time on {}, for example 14:30", session.as_of.date()), None)?)?
        }
        (None, _) => session.time_unsaid("--at", "14:30")?.to_string(),
    };
    let event = event_of::<E>(&arguments.event);
    let by = author(session, arguments.by.as_deref(), &arguments.event, event, ask)?;
    let mut own: BTreeMap<String, String> = BTreeMap::new();
    for (name, values) in &arguments.own.0 {
        let text = values.join(", ");
        let field = own_fields().into_iter().find(|field| field.name == *name && !field.is_long);
        let read = field.map(|field| reader.field(&field, &text));
        own.insert(name.clone(), if name == "note" { said_text(&text)? } else { read.unwrap_or(Ok(text))? });
    }
    if let (Some(event), Some(ask)) = (event, ask) {
        ask_for_the_rest(event, &mut own, ask, reader, pocs)?;
    }
    let mut fields = Fields::new().with("at", at).with("event", arguments.event.clone()).with_some("by", by);
    let note = own.remove("note");
    for field in own_fields() {
        fields = fields.with_some(field.name.clone(), own.remove(&field.name));
    }
    Ok(EntryValues { fields, note })
}

/// Asks for what the event asks for and was not said.
fn ask_for_the_rest<E: EventKind>(
    event: E,
    own: &mut BTreeMap<String, String>,
    ask: &Ask,
    reader: Reader,
    pocs: &[Choice],
) -> anyhow::Result<()> {
    let fields = entry_fields(event);
    loop {
        let lacking = entry_lacks(event, |name| own.get(name).map(String::as_str));
        let Some(field) = fields.iter().find(|field| lacking.first() == Some(&field.name.as_str())) else {
            return Ok(());
        };
        let question = field.about.trim_end_matches('.');
        let answer = if field.name == "poc" && !pocs.is_empty() {
            let names: Vec<String> = pocs.iter().map(|(_, name)| name.clone()).collect();
            let chosen = ask.choice(question, &names)?;
            pocs.get(chosen).map(|(id, _)| id.clone()).unwrap_or_default()
        } else if field.is_long {
            ask.text(question, None)?
        } else if field.words.is_empty() {
            ask.line(question, None)?
        } else {
            let choices: Vec<String> = field.words.iter().map(|(word, about)| format!("{word}: {about}")).collect();
            let chosen = ask.choice(question, &choices)?;
            field.words.get(chosen).map(|(word, _)| word.clone()).unwrap_or_default()
        };
        let answer = if field.is_long { answer } else { reader.field(field, &answer)? };
        own.insert(field.name.clone(), answer);
    }
}
