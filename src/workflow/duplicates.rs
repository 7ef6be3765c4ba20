//! Tickets that are voided as duplicates of others, and where that leads.

use std::collections::BTreeSet;

use super::context::Context;
use super::ticket::TicketLine;
use crate::model::{Entry, Minute, TicketEvent, TicketId, TicketState};

/// The entry that voided a ticket as a duplicate, if that is what the ticket is at that time.
pub fn voided_as_duplicate<'p>(line: &TicketLine<'p>, at: Minute) -> Option<(Minute, &'p Entry<TicketEvent>)> {
    // Few tickets are voided, and those that are end so.
    let (voided, entry) = line.last_entry(TicketEvent::Voided, at).filter(|(_, entry)| entry.duplicate_of.is_some())?;
    (line.state_at(at) == Some(TicketState::Voided)).then_some((voided, entry))
}

/// The tickets that `duplicate_of` leads to from a voided ticket, step by step: those that are voided as duplicates
/// themselves, and the one at which it ends. In a ring the ticket itself is among them.
pub fn duplicates_of(ctx: &Context, id: TicketId) -> BTreeSet<TicketId> {
    let mut found = BTreeSet::new();
    let mut next = Some(id);
    while let Some(line) = next.and_then(|id| ctx.prepared.tickets.get(&id)) {
        let entry = voided_as_duplicate(line, ctx.as_of).map(|(_, entry)| entry);
        let other = entry.and_then(|entry| entry.duplicate_of.as_ref()).map(|other| other.value);
        next = other.filter(|other| found.insert(*other));
    }
    found
}
