//! `heatpack log`: adds one entry to the log of a ticket or change request, or of several.

mod events;
mod values;

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use crate::commands::common::options::status;
use crate::commands::common::record_file::read_record;
use crate::commands::common::session::Session;
use crate::commands::common::terminal;
use crate::commands::entry::ask::Ask;
use crate::commands::entry::draft;
use crate::commands::entry::draft::{Draft, ForceArgs, Written};
use crate::commands::entry::flags::FieldFlags;
use crate::commands::entry::log_record::find;
use crate::commands::entry::own_fields::OwnFields;
use crate::commands::entry::people::pocs;
use crate::commands::entry::refusal;
use crate::commands::entry::round::digest_of_round;
use crate::commands::entry::stated_fields::Stated;
use crate::load::{Project, insert};
use crate::model::{
    ChangeEvent, Entry, EntryName, EventKind, LogId, Minute, TicketEvent, TicketId, entry_lacks, event_of,
    minute_in_words, strikes,
};
use crate::record::Node;
use crate::render::shown;
use crate::report::entered::{Entered, entered_change, entered_ticket};
use crate::workflow::{Context, Prepared};
use events::IdOrEvent;
use values::{Choices, EntryValues, Flags, entry};

/// Add an entry to the log of a ticket or CR, or of several
///
/// Asks for missing fields when run in a terminal. An earlier entry goes to its place in the log. Leaves the rest of the
/// file unchanged. An entry that breaks a rule is rejected, with the reason. Of several records all get the entry, or
/// none. Without EVENT, lists the events that are possible now. `struck` is for tickets only: correct the entry of a CR
/// with a `note`.
///
/// Exit status 1: the entry was rejected, and nothing was written.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "heatpack log [OPTIONS] ID... EVENT",
    after_help = "Examples:\n  heatpack log HEAT-10423 follow-up --by tnguyen --note \"Told the POC what NITC found.\"\n  heatpack log 10430 10431 10432 follow-up --by tnguyen"
)]
pub struct Arguments {
    /// Tickets or CRs, for example HEAT-10423, 10423 or CR-2026-007; then the event
    #[arg(required = true, value_name = "ID... EVENT", value_parser = IdOrEvent)]
    words: Vec<String>,
    /// Time: `2026-11-02 09:14`, or `09:14` today [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Id or name of who did it [env: HEATPACK_STAFF]
    #[arg(long, value_name = "STAFF")]
    by: Option<String>,
    #[command(flatten)]
    own: FieldFlags<OwnFields>,
    #[command(flatten)]
    force_args: ForceArgs,
}

/// Runs the command.
pub fn execute(session: &Session, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (ids, event) = ids_and_event(&arguments.words);
    let mut records: Vec<LogId> = Vec::new();
    for id in ids {
        let Some(record) = find(session, id)? else { return Ok(status(1)) };
        if records.contains(&record) {
            bail!("{record} is named twice, and would get two entries: name it once");
        }
        records.push(record);
    }
    let first = records.first().context("name a ticket or CR, for example HEAT-10423")?;
    let is_ticket = |record: &LogId| matches!(record, LogId::Ticket(_));
    if records.iter().any(|record| is_ticket(record) != is_ticket(first)) {
        bail!("tickets and CRs have different events: enter them in two commands");
    }
    let ask = Ask::new(session.colors(&std::io::stderr()));
    let event = match event.filter(|event| events::is_event(event)) {
        Some(event) => event.to_owned(),
        None => event_asked(session, &records, event, ask.as_ref())?,
    };
    only_for_one(arguments, &records, &event)?;
    let flags =
        Flags { event: &event, at: arguments.at.as_deref(), by: arguments.by.as_deref(), own: &arguments.own.said };
    let entry = match first {
        LogId::Ticket(id) => entry::<TicketEvent>(session, &flags, ask.as_ref(), &choices(session, *id))?,
        LogId::Change(_) => entry::<ChangeEvent>(session, &flags, ask.as_ref(), &Choices::default())?,
    };
    for record in &records {
        if let LogId::Change(id) = record
            && refusal::is_refused(session, id, &event, entry.at())
        {
            return Ok(status(1));
        }
    }
    let make = |project: &Project, exception: Option<&Node<'static>>| {
        let one = |record| draft(session, project, record, &event, arguments.at.is_some(), &entry, exception);
        records.iter().map(one).collect()
    };
    let Some(written) = draft::write_each(session, &arguments.force_args, ask.as_ref(), make)? else {
        hint(session, first, &event, &entry.with(None, None).into());
        return Ok(status(1));
    };
    draft::print_diagnostics(session, &written.project, &written.lapses);
    arguments.force_args.warn_of_own_leave(entry.by().as_deref());
    print(session, &records, &written, &event, &entry)?;
    Ok(ExitCode::SUCCESS)
}

/// The ids that were typed, and the event after them. Ids can be separated by commas.
fn ids_and_event(words: &[String]) -> (Vec<&str>, Option<&str>) {
    let (ids, event) = match words {
        [ids @ .., last] if !ids.is_empty() && !last.contains(|own: char| own.is_ascii_digit()) => (ids, Some(last)),
        _ => (words, None),
    };
    let ids = ids.iter().flat_map(|word| word.split(',')).map(str::trim).filter(|id| !id.is_empty());
    (ids.collect(), event.map(|event| event.trim()))
}

/// The event, by asking. Without a terminal it fails, and the message lists what is possible.
fn event_asked(session: &Session, records: &[LogId], typed: Option<&str>, ask: Option<&Ask>) -> anyhow::Result<String> {
    let prepared = Prepared::new(&session.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let mut possible: Vec<(&str, &str)> =
        records.first().map(|first| events::possible(&ctx, first)).unwrap_or_default();
    for record in records {
        let own = events::possible(&ctx, record);
        possible.retain(|event| own.contains(event));
    }
    if records.len() > 1 {
        possible.retain(|(name, _)| *name != TicketEvent::Struck.as_str());
    }
    if let (Some(ask), None) = (ask, typed) {
        let choices: Vec<String> = possible.iter().map(|(name, about)| format!("{name}: {about}")).collect();
        let chosen = ask.choice("What happened?", &choices)?;
        return possible.get(chosen).map(|(name, _)| (*name).to_owned()).context("no event is possible now");
    }
    let width = possible.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let list: String = possible.iter().map(|(name, about)| format!("\n  {name:<width$}  {about}")).collect();
    let ids: Vec<String> = records.iter().map(ToString::to_string).collect();
    let possible = format!("possible now for {}:{list}", ids.join(", "));
    match typed {
        Some(typed) => {
            let meant = events::meant(typed).map(|meant| format!("; {meant}")).unwrap_or_default();
            bail!("`{typed}` is not an event{meant}\n{possible}")
        }
        None => bail!("the event is missing\n{possible}"),
    }
}

/// Refuses what makes sense for one record only.
fn only_for_one(arguments: &Arguments, records: &[LogId], event: &str) -> anyhow::Result<()> {
    if records.len() == 1 {
        return Ok(());
    }
    if arguments.force_args.is_forced() {
        bail!("an exception is for one record: use --force with one at a time");
    }
    if event == TicketEvent::Struck.as_str() {
        bail!("each ticket has its own entries: strike them one at a time");
    }
    Ok(())
}

/// The file of a record with the entry, and which entry it is.
fn draft(
    session: &Session,
    project: &Project,
    record: &LogId,
    event: &str,
    is_timed: bool,
    entry: &EntryValues,
    exception: Option<&Node<'static>>,
) -> anyhow::Result<(Draft, Stated)> {
    let file = project.log_file(record).with_context(|| format!("another program deleted {record}"))?;
    let path = project.file(file).path.clone();
    let (old, text) = read_record(session, &path)?;
    let digest = match record {
        LogId::Ticket(_) => None,
        LogId::Change(id) => event_of::<ChangeEvent>(event).and_then(|event| digest_of_round(project, id, event)),
    };
    let place = place(project, session.as_of, record, event, entry.at().filter(|_| is_timed));
    let node: Node = entry.with(digest, exception).into();
    let new = insert(&text, place, &node).with_context(|| format!("cannot add to {path}"))?;
    Ok((Draft { path, new: new.into_bytes(), old: Some(old) }, Stated::Entry(place)))
}

/// The place of an entry in the log: behind all entries of its time or before.
///
/// The times of a CR's events decide which votes count, so that only a note goes between others.
fn place(project: &Project, as_of: Minute, record: &LogId, event: &str, at: Option<Minute>) -> usize {
    let times: Vec<Minute> = match record {
        LogId::Ticket(id) => project.tickets.get(id).map(|own| times(&own.log)),
        LogId::Change(id) => project.changes.get(id).map(|own| times(&own.log)),
    }
    .unwrap_or_default();
    let is_free = matches!(record, LogId::Ticket(_)) || event == ChangeEvent::Note.as_str();
    // What the log holds of a later time than now is wrong by itself.
    let is_in_order = times.is_sorted() && times.last().is_none_or(|last| *last <= as_of);
    match at.filter(|_| is_free && is_in_order) {
        Some(at) => times.partition_point(|other| *other <= at),
        None => times.len(),
    }
}

fn times<E>(log: &[Entry<E>]) -> Vec<Minute> {
    log.iter().map(|entry| entry.at.value).collect()
}

/// What can be chosen for the fields of a ticket's entry.
fn choices(session: &Session, id: TicketId) -> Choices {
    let prepared = Prepared::new(&session.project);
    let Some(line) = prepared.tickets.get(&id) else { return Choices::default() };
    let log = &line.ticket.log;
    let struck: Vec<usize> = strikes(log).into_values().flatten().collect();
    let can_be = log
        .iter()
        .enumerate()
        .rev()
        .filter(|(at, entry)| entry.event.value != TicketEvent::Struck && !struck.contains(at));
    let entries = can_be.map(|(_, entry)| {
        let note = entry.note.as_ref().and_then(|note| note.0.lines().next()).unwrap_or_default();
        let by = entry.by.as_ref().map(|by| format!(", by {}", session.project.person_name(&by.value)));
        let name = EntryName::of(entry).to_string();
        (name.clone(), format!("{name}{}: {note}", by.unwrap_or_default()).trim_end_matches(": ").to_owned())
    });
    Choices {
        // First those who are designated for its subject today.
        pocs: pocs(session, Some(&line.ticket.subject.value), Some(line.poc_at(session.as_of))),
        entries: entries.collect(),
    }
}

/// Prints the flags for what the event needs and no flag gave.
fn hint(session: &Session, record: &LogId, event: &str, entry: &Node) {
    let get = |name: &str| entry.get(name).and_then(Node::text);
    let lacking = match record {
        LogId::Ticket(_) => event_of::<TicketEvent>(event).map(|event| entry_lacks(event, get)),
        LogId::Change(_) => event_of::<ChangeEvent>(event).map(|event| entry_lacks(event, get)),
    };
    let lacking = lacking.unwrap_or_default();
    let flags: Vec<String> = lacking.iter().map(|name| format!("--{}", name.replace('_', "-"))).collect();
    if !flags.is_empty() {
        say!("to add what is missing, use {}", flags.join(" and "));
    }
    if let (LogId::Ticket(id), Some(at)) = (record, get("at").and_then(Minute::parse))
        && let Some(ticket) = session.project.tickets.get(id)
        && let Some(later) = ticket.log.iter().find(|own| own.event.value.as_str() == event && own.at.value > at)
    {
        say!("note: the log of {record} has `{event}` of {} already", minute_in_words(later.at.value));
    }
    if let (LogId::Ticket(id), true) = (record, lacking.contains(&"entry")) {
        let names = choices(session, *id).entries.into_iter().map(|(name, _)| format!("\"{name}\""));
        say!("entries that can be struck: {}", names.collect::<Vec<_>>().join(", "));
    }
}

/// Prints what came of the entries: a few lines for one record, a line each for several.
fn print(
    session: &Session,
    records: &[LogId],
    written: &Written,
    event: &str,
    values: &EntryValues,
) -> anyhow::Result<()> {
    let prepared = Prepared::new(&written.project);
    let ctx = Context::new(&prepared, session.as_of, session.as_of_given);
    let mut text = String::new();
    for record in records {
        let Some(entered) = entered(&ctx, record, event, values.at()) else { continue };
        match records.len() {
            1 => text.push_str(&entered.text()),
            _ => text.push_str(&format!("{}\n", entered.line())),
        }
    }
    if records.len() == 1 {
        text.push_str(&written.files());
    }
    let told = std::io::stdout().lock().write_all(shown(&text).as_bytes());
    told.with_context(|| terminal::written_anyway(&written.paths.join(", ")))
}

/// What came of the entry of a record: the last one of that time and event.
fn entered(ctx: &Context, record: &LogId, event: &str, at: Option<Minute>) -> Option<Entered> {
    match record {
        LogId::Ticket(id) => entered_ticket(ctx, *id, last_of(&ctx.prepared.tickets.get(id)?.ticket.log, event, at)?),
        LogId::Change(id) => entered_change(ctx, id, last_of(&ctx.prepared.changes.get(id)?.cr.log, event, at)?),
    }
}

fn last_of<E: EventKind>(log: &[Entry<E>], event: &str, at: Option<Minute>) -> Option<usize> {
    log.iter().rposition(|entry| Some(entry.at.value) == at && entry.event.value.name() == event)
}
