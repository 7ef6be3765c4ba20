//! Which tickets answer a question, and for whom: a resolution that the POC did not reopen.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::duplicates::{duplicates_of, voided_as_duplicate};
use super::ticket::TicketLine;
use crate::model::{Answer, Audience, Entry, Minute, TicketEvent, TicketId, TicketState};

/// The entry by which a ticket was resolved, if it still is: no one reopened it since.
pub fn resolution_at<'p>(line: &TicketLine<'p>, at: Minute) -> Option<(Minute, &'p Entry<TicketEvent>)> {
    let is_resolved = matches!(line.state_at(at), Some(TicketState::Resolved | TicketState::Closed));
    let ends = |event| matches!(event, TicketEvent::Resolved | TicketEvent::Reopened);
    let last = line.effective_until(at).rfind(|(_, entry)| ends(entry.event.value))?;
    (is_resolved && last.1.event.value == TicketEvent::Resolved).then_some(last)
}

/// The resolution of a ticket that all POCs can read.
pub fn answer_at<'p>(line: &TicketLine<'p>, at: Minute) -> Option<(Minute, &'p Entry<TicketEvent>)> {
    let is_general = |entry: &Entry<TicketEvent>| entry.answer != Some(Audience::Private);
    let has_note = |entry: &Entry<TicketEvent>| entry.note.as_ref().is_some_and(|note| !note.0.trim().is_empty());
    resolution_at(line, at).filter(|(_, entry)| is_general(entry) && has_note(entry))
}

/// Whether an answer was written by that time; one without a date was.
pub fn is_written(answer: &Answer, at: Minute) -> bool {
    answer.written.is_none_or(|written| written.value.0 <= at.date())
}

/// The tickets that repeat another one, by that one.
pub fn repeats(ctx: &Context) -> BTreeMap<TicketId, BTreeSet<TicketId>> {
    let mut repeats: BTreeMap<TicketId, BTreeSet<TicketId>> = BTreeMap::new();
    for line in ctx.tickets().filter(|line| voided_as_duplicate(line, ctx.as_of).is_some()) {
        let id = line.ticket.id.value;
        for other in duplicates_of(ctx, id).into_iter().filter(|other| *other != id) {
            repeats.entry(other).or_default().insert(id);
        }
    }
    repeats
}
