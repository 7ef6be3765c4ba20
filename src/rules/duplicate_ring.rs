//! Every chain of `duplicate_of` must end at a ticket that is not voided as a duplicate in the same chain. A ticket
//! cannot be its own duplicate. The finding appears once, at the entry that closed the ring.
//!
//! **Why.** A duplicate is voided because the other ticket continues. In a ring no ticket continues, and no pack shows
//! the matter.
//!
//! **Example.**
//!
//! ```yaml
//! # data/tickets/2026/HEAT-10386.yaml, while HEAT-10385 is voided as a duplicate of HEAT-10386
//! - at: 2026-11-05 10:00
//!   event: voided
//!   by: tnguyen
//!   duplicate_of: HEAT-10385    # leads back to this ticket
//! ```
//!
//! **How to fix it.**
//!
//! - The entry is on record: reopen the ticket that continues with `heatpack log HEAT-10385 reopened --note "The other
//!   one is the duplicate."`.
//! - The entry is new: correct its `duplicate_of`.

use std::collections::BTreeSet;

use super::{Finding, Sink};
use crate::model::{Entry, Minute, TicketEvent, TicketId};
use crate::workflow::{Context, TicketLine, duplicates_of, voided_as_duplicate};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let mut reported: BTreeSet<TicketId> = BTreeSet::new();
    for line in ctx.tickets().filter(|line| voided_as_duplicate(line, ctx.as_of).is_some()) {
        let id = line.ticket.id.value;
        let chain = duplicates_of(ctx, id);
        if !chain.contains(&id) || !reported.insert(id) {
            continue;
        }
        // The chain of a ticket in a ring is the ring.
        reported.extend(&chain);
        if let Some((closing, entry)) =
            chain.iter().filter_map(|id| last(ctx, *id)).max_by_key(|(at, _)| *at).map(|(_, last)| last)
        {
            let Some(duplicate_of) = &entry.duplicate_of else { continue };
            let (own, other) = (closing.ticket.id.value, duplicate_of.value);
            let message = match own == other {
                true => format!("{own} is voided as a duplicate of itself"),
                false => format!("{own} is voided as a duplicate of {other}, which leads back to {own}"),
            };
            let help = format!(
                "reopen the ticket that continues (`heatpack log {other} reopened --note …`), or correct `duplicate_of`"
            );
            sink.add(
                Finding::at((closing.ticket.file, duplicate_of.span), own, message).help(help).on(entry.at.date()),
            );
        }
    }
}

/// A ticket and the entry that voided it as a duplicate, with what orders such entries: the time, then the number.
type Voided<'c> = ((Minute, TicketId), (&'c TicketLine<'c>, &'c Entry<TicketEvent>));

fn last<'c>(ctx: &Context<'c>, id: TicketId) -> Option<Voided<'c>> {
    let line = ctx.prepared.tickets.get(&id)?;
    let (at, entry) = voided_as_duplicate(line, ctx.as_of)?;
    Some(((at, id), (line, entry)))
}
