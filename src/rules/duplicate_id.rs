//! No two tickets, POCs, CRs, meetings or action items bear one id. In subjects.yaml an id comes once; in
//! staff.yaml and board.yaml it may come again for another period. NITC's number belongs to one ticket, and to those
//! that are voided as duplicates of it. It is reported at the second of the two by path, or at the copy if the name of the
//! other file alone fits the id.
//!
//! **Why.** Every ticket gets a number that the POC is told: it has to lead to one ticket.
//!
//! **Example.**
//!
//! ```yaml
//! # data/tickets/2026/HEAT-10424.yaml, copied from HEAT-10423 and not finished
//! id: HEAT-10423
//! ```
//!
//! **To mend it:** give the newer record the next free id. Where the name of one of the two files fits the id, as
//! `HEAT-10423.yaml` does, the other is the copy (`HEAT-10423 - Copy.yaml`): delete it, or give it an id and a name
//! of its own. Ask NITC which ticket an NITC number belongs to. If the two tickets are one matter, void one as the
//! duplicate of the other: `heatpack log HEAT-10424 voided --duplicate-of HEAT-10423`.

use super::Sink;
use crate::model::{FileId, Place, TicketId};
use crate::workflow::{Context, duplicates_of};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    sink.add_faults_that(ctx.project(), |fault| {
        let other = fault.labels.first().map(|(place, _)| place);
        !other.is_some_and(|other| are_duplicates(ctx, &fault.place, other))
    });
}

/// Whether both places are in tickets of which one is voided as a duplicate of the other: they may share NITC's number.
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
