//! What several rules need: clocks that are late, entries that are out of place, logs of every kind.

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{ChangeEvent, ClockKind, Entry, EventKind, FileId, Minute, TicketEvent, day_in_words};
use crate::workflow::{Clock, ClockOwner, Context, Outcome, Slip, why_due};

/// A log entry of any record, without what only its own kind has.
pub struct AnyEntry<'p> {
    pub file: FileId,
    pub record: String,
    pub entry: EntryRef<'p>,
}

/// An entry of a ticket's or a change request's log.
#[derive(Clone, Copy)]
pub enum EntryRef<'p> {
    Ticket(&'p Entry<TicketEvent>),
    Change(&'p Entry<ChangeEvent>),
}

/// Applies the same words to an entry of either kind.
macro_rules! either {
    ($entry:expr, $name:ident => $what:expr) => {
        match $entry {
            $crate::rules::support::EntryRef::Ticket($name) => $what,
            $crate::rules::support::EntryRef::Change($name) => $what,
        }
    };
}
pub(super) use either;

/// Every log entry of every ticket and change request.
pub fn entries(project: &Project) -> impl Iterator<Item = AnyEntry<'_>> {
    let tickets = project.tickets.values().flat_map(|ticket| {
        let (file, record) = (ticket.file, ticket.id.to_string());
        ticket.record.log.iter().map(move |entry| AnyEntry {
            file,
            record: record.clone(),
            entry: EntryRef::Ticket(entry),
        })
    });
    let changes = project.changes.values().flat_map(|cr| {
        let (file, record) = (cr.file, cr.id.to_string());
        cr.record.log.iter().map(move |entry| AnyEntry { file, record: record.clone(), entry: EntryRef::Change(entry) })
    });
    tickets.chain(changes)
}

/// Reports every clock of a kind that is late or overdue. `what` says what was not done: "no word to the POC".
pub fn late_clocks(ctx: &Context, sink: &mut Sink, kind: ClockKind, what: &str, help: &str) {
    for clock in ctx.clocks().filter(|clock| clock.kind == kind) {
        let (outcome, misses) = (clock.outcome(ctx.as_of), clock.missed(ctx.as_of, &ctx.prepared.calendars));
        if !matches!(outcome, Outcome::Late | Outcome::Overdue) || misses.is_empty() {
            continue;
        }
        let due = day_in_words(clock.due);
        let done = match clock.end_by(ctx.as_of) {
            Some(end) => format!("until {}", day_in_words(end.at.date())),
            None => "so far".to_owned(),
        };
        let times = if misses.len() > 1 { format!(", missed {} times", misses.len()) } else { String::new() };
        let message = format!("{what} by {due}, {done}{times}: {}", why_due(ctx.prepared, clock));
        let help =
            if outcome == Outcome::Overdue { help } else { "it stays on record as late; nothing is to be changed" };
        sink.add(Finding::at(clock.place, owner(clock), message).help(help).on(clock.due));
    }
}

/// The id of a clock's record.
fn owner(clock: &Clock) -> String {
    match &clock.owner {
        ClockOwner::Ticket(id) => id.to_string(),
        ClockOwner::Change(id) => id.to_string(),
    }
}

/// The entries that broke `rule` by coming where they are not allowed, of tickets and change requests.
pub fn slips(ctx: &Context, sink: &mut Sink, rule: &str, help: impl Fn(EntryRef, &str) -> String) {
    let is_own = |slip: &Option<Slip>| slip.filter(|slip| slip.rule == rule && !slip.hidden);
    for line in ctx.tickets() {
        for step in line.steps_until(ctx.as_of) {
            let (Some(slip), Some(entry)) = (is_own(&step.slip), line.entry(step)) else { continue };
            let state = step.before.map_or("", |state| state.as_str());
            let place = (line.ticket.file, entry.event.span);
            let advice = help(EntryRef::Ticket(entry), state);
            sink.add(slip_finding(place, line.ticket.id.to_string(), entry, state, step.at, slip.excused).help(advice));
        }
    }
    for line in ctx.changes() {
        for step in line.steps.iter().filter(|step| step.at <= ctx.as_of) {
            let (Some(slip), Some(entry)) = (is_own(&step.slip), line.entry(step)) else { continue };
            let place = (line.cr.file, entry.event.span);
            let advice = help(EntryRef::Change(entry), step.before.as_str());
            let record = line.cr.id.to_string();
            sink.add(slip_finding(place, record, entry, step.before.as_str(), step.at, slip.excused).help(advice));
        }
    }
}

fn slip_finding<E: EventKind>(
    place: (FileId, crate::model::Span),
    record: String,
    entry: &Entry<E>,
    state: &str,
    at: Minute,
    excused: bool,
) -> Finding {
    let message = match entry.clock {
        Some(clock) if entry.event.spec().allowed.iter().any(|allowed| allowed.to_string() == state) => {
            format!("no `{}` clock is running that could be waived", clock.value)
        }
        _ => format!("`{}` is not possible while {record} is `{state}`", entry.event.value),
    };
    Finding::at(place, record, message).on(at.date()).excepted(excused)
}
