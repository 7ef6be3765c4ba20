//! Every event must be allowed in the record's state. For example, a ticket is closed after it is resolved, NITC
//! answers after the ticket is forwarded, only an open deadline is waived, and a CR is delivered after work began. An
//! event that is not allowed has no effect: it changes no state and no deadline, and does not count as contact with the
//! POC.
//!
//! **Why.** The process has an order. A missing step was either not taken or not entered.
//!
//! **Example.**
//!
//! ```yaml
//! log:
//!   - at: 2026-11-02 11:30
//!     event: follow-up
//!     by: tnguyen
//!   - at: 2026-11-03 09:00
//!     event: closed             # never resolved
//!     by: tnguyen
//! ```
//!
//! **How to fix it.**
//!
//! - A step is missing: add it with `heatpack log`, here `heatpack log HEAT-10423 resolved --note TEXT`.
//! - The entry is wrong: delete it.
//! - The step was skipped deliberately: add an `exception` to the entry. The entry then takes effect.

use super::{Finding, Sink};
use crate::model::{Entry, EntryName, EventKind, Help, Minute, RuleId, minute_in_words};
use crate::record::in_a_row;
use crate::rules::support::{change_slips, slip_finding, ticket_slips};
use crate::workflow::{Context, RefusedStrike, TicketCause, TicketLine, TicketStep};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, step, entry) in ticket_slips(ctx, RuleId::TransitionForbidden) {
        let (record, place) = (line.ticket.id.to_string(), (line.ticket.file, entry.event.span));
        if let Some((message, note, help)) = needed(line, step) {
            sink.add(slip_finding(place, &record, entry, step.slip, message, help).note(note));
            continue;
        }
        let before = line.steps_until(ctx.as_of).take_while(|other| !std::ptr::eq(*other, step));
        let since = before.filter(|other| other.before != Some(other.after)).last().map(|other| other.at);
        let (message, note, help) = words(&record, entry, step.before.map_or("", |state| state.as_str()), since);
        let finding = slip_finding(place, &record, entry, step.slip, message, help);
        sink.add(note.into_iter().fold(finding, Finding::note));
    }
    for (line, step, entry) in change_slips(ctx, RuleId::TransitionForbidden) {
        let (record, place) = (line.cr.id.to_string(), (line.cr.file, entry.event.span));
        let before = line.steps.iter().take_while(|other| !std::ptr::eq(*other, step));
        let since = before.filter(|other| other.before != other.after).last().map(|other| other.at);
        let (message, note, help) = words(&record, entry, step.before.as_str(), since);
        let finding = slip_finding(place, &record, entry, step.slip, message, help);
        sink.add(note.into_iter().fold(finding, Finding::note));
    }
}

/// The message, note and help for a `struck` entry that names one that a later entry needs.
fn needed(line: &TicketLine, step: &TicketStep) -> Option<(String, String, Help)> {
    let TicketCause::Entry(by) = step.cause else { return None };
    let RefusedStrike::Needed { struck, later, state } = line.refused_strike(by)? else { return None };
    let log = &line.ticket.record.log;
    let (struck, later) = (EntryName::of(&log[struck]), EntryName::of(&log[later]));
    let message = format!("cannot strike `{struck}`: the entry `{later}` needs it");
    let note = format!("without it, `{}` is not allowed while {} is `{state}`", later.event, line.ticket.id.value);
    Some((
        message,
        note,
        Help::or_exception("strike the later entry first, or delete this one", "strike the later entry first"),
    ))
}

/// Whether an event leads to the state that the record has already.
fn is_so_already(event: &str, state: &str) -> bool {
    event == state
        || matches!((event, state), ("reopened", "open") | ("forwarded", "with-nitc") | ("started", "in-work"))
}

/// The message, note and help for an entry that is not allowed in `state`, which the record has had `since` then.
fn words<E: EventKind>(
    record: &str,
    entry: &Entry<E>,
    state: &str,
    since: Option<Minute>,
) -> (String, Option<String>, Help) {
    let event = entry.event.value;
    let allowed: Vec<String> = event.spec().allowed.iter().map(|state| format!("`{state}`")).collect();
    // The state allows `waived`, but this deadline is not open.
    if let Some(clock) = entry.clock
        && allowed.contains(&format!("`{state}`"))
    {
        let message = format!("cannot waive `{}`: {record} has no such open deadline", clock.value);
        let help = Help::Either {
            file: "delete this entry, or correct `clock`".to_owned(),
            flags: "use --clock with the deadline that is open".to_owned(),
        };
        return (message, None, help);
    }
    if let Some(since) = since.filter(|_| is_so_already(event.name(), state)) {
        let since = minute_in_words(since);
        let message = format!("`{event}` is not allowed: {record} has been `{state}` since {since}");
        return (message, None, Help::or_exception("delete this entry", "do not enter it again"));
    }
    let message = format!("`{event}` is not allowed while {record} is `{state}`");
    let states = in_a_row(&allowed, "or");
    let note = (!states.is_empty()).then(|| format!("`{event}` is allowed in the state {states}"));
    (
        message,
        note,
        Help::or_exception("add the missing step before this entry, or delete it", "log the missing step first"),
    )
}
