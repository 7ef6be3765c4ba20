//! Every event is one that the record's state allows: a ticket is closed once it is resolved, NITC answers what
//! was forwarded to it, a clock is waived while it runs, a CR is delivered once work on it began. An event that
//! is not allowed has no effect: no change of state, no clock, no contact.
//!
//! **Why.** The process has an order. A step that is left out is one that nobody took, or that nobody entered.
//!
//! **Example.**
//!
//! ```yaml
//! log:
//!   - at: 2026-11-02 11:30
//!     event: follow-up
//!     by: tnguyen
//!   - at: 2026-11-03 09:00
//!     event: closed             # and never resolved
//!     by: tnguyen
//! ```
//!
//! **To mend it:** enter the step that is missing, here `resolved`, or take the entry out. What was done
//! knowingly takes an `exception`, and then takes effect.

use super::Sink;
use crate::model::{Entry, EventKind, Help, Minute, RuleId, day_in_words};
use crate::rules::support::{change_slips, slip_finding, ticket_slips};
use crate::workflow::Context;

/// What to do about what was done all the same.
const EXCEPT: &str = "what was done knowingly takes an `exception`";
const FORCE: &str = "what was done knowingly takes `--force --reason TEXT --allowed-by ID`";

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, step, entry) in ticket_slips(ctx, RuleId::TransitionForbidden) {
        let (record, place) = (line.ticket.id.to_string(), (line.ticket.file, entry.event.span));
        let before = line.steps.iter().take_while(|other| !std::ptr::eq(*other, step));
        let since = before.filter(|other| other.before != Some(other.after)).last().map(|other| other.at);
        let (message, help) = words(&record, entry, step.before.map_or("", |state| state.as_str()), since);
        sink.add(slip_finding(place, &record, entry, step.slip, message, help));
    }
    for (line, step, entry) in change_slips(ctx, RuleId::TransitionForbidden) {
        let (record, place) = (line.cr.id.to_string(), (line.cr.file, entry.event.span));
        let before = line.steps.iter().take_while(|other| !std::ptr::eq(*other, step));
        let since = before.filter(|other| other.before != other.after).last().map(|other| other.at);
        let (message, help) = words(&record, entry, step.before.as_str(), since);
        sink.add(slip_finding(place, &record, entry, step.slip, message, help));
    }
}

/// Whether an event would only bring about the state that there is.
fn is_so_already(event: &str, state: &str) -> bool {
    event == state
        || matches!((event, state), ("reopened", "open") | ("forwarded", "with-nitc") | ("started", "in-work"))
}

/// What is wrong with an entry that came in `state`, which there was `since` then, and what to do.
fn words<E: EventKind>(record: &str, entry: &Entry<E>, state: &str, since: Option<Minute>) -> (String, Help) {
    let event = entry.event.value;
    let allowed: Vec<String> = event.spec().allowed.iter().map(|state| format!("`{state}`")).collect();
    // Waiving is possible in this state: it is the clock that does not run.
    if let Some(clock) = entry.clock
        && allowed.contains(&format!("`{state}`"))
    {
        let message = format!("there is nothing to waive: the clock `{}` of {record} does not run", clock.value);
        let help = Help::Either {
            file: "take this entry out, or name the clock that is meant".to_owned(),
            flags: "name the clock that is meant with --clock".to_owned(),
        };
        return (message, help);
    }
    let message = format!("`{event}` is not possible while {record} is `{state}`");
    if let Some(since) = since.filter(|_| is_so_already(event.name(), state)) {
        let since = format!("{} {}", day_in_words(since.date()), since.0.format("%H:%M"));
        let help = Help::Either {
            file: format!("it is `{state}` already, since {since}: take this entry out; {EXCEPT}"),
            flags: format!("it is `{state}` already, since {since}; {FORCE}"),
        };
        return (message, help);
    }
    let states = match allowed.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => allowed.concat(),
    };
    let needed = format!("it has to be {states} for that");
    let help = Help::Either {
        file: format!("{needed}: enter the step that is missing before this entry, or take this entry out; {EXCEPT}"),
        flags: format!("{needed}: log the step that is missing first; {FORCE}"),
    };
    (message, help)
}
