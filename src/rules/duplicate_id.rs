//! Every ticket, POC, CR, meeting and action item must have its own id. An id appears once in data/subjects.yaml; in
//! data/staff.yaml and data/board.yaml it can appear again for another period. An NITC number belongs to one ticket and
//! to the tickets voided as its duplicates. The finding is at the second file by path, or at the copy if only the other
//! file's name matches the id.
//!
//! **Why.** The POC gets the number of every ticket, so a number must lead to one ticket.
//!
//! **Example.**
//!
//! ```yaml
//! # data/tickets/2026/HEAT-10424.yaml, an unfinished copy of HEAT-10423
//! id: HEAT-10423                # the id of the other file
//! ```
//!
//! **How to fix it.**
//!
//! - Two different records: give the newer one the next free id.
//! - A copy (`HEAT-10423 - Copy.yaml` beside `HEAT-10423.yaml`): delete it, or give it an id and a file name of its
//!   own.
//! - One NITC number in two tickets: ask NITC which ticket it belongs to.
//! - Two tickets about the same matter: void one with `heatpack log HEAT-10424 voided --duplicate-of HEAT-10423`.

use super::Sink;
use crate::model::{FileId, Place, TicketId};
use crate::workflow::{Context, duplicates_of};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    sink.add_faults_that(ctx.project(), |fault| {
        let other = fault.labels.first().map(|(place, _)| place);
        !other.is_some_and(|other| are_duplicates(ctx, &fault.place, other))
    });
}

/// Whether both places are in tickets of which one is voided as a duplicate of the other. They can share NITC's number.
fn are_duplicates(ctx: &Context, one: &Place, other: &Place) -> bool {
    let ticket = |place: &Place| match place {
        Place::In(file, _) => ticket_in(ctx, *file),
        Place::Missing(_) => None,
    };
    let (Some(one), Some(other)) = (ticket(one), ticket(other)) else { return false };
    one != other && (duplicates_of(ctx, one).contains(&other) || duplicates_of(ctx, other).contains(&one))
}

fn ticket_in(ctx: &Context, file: FileId) -> Option<TicketId> {
    ctx.tickets().find(|line| line.ticket.file == file).map(|line| line.ticket.id.value)
}
