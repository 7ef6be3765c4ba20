//! A ticket that awaits a change of code is resolved once every CR that counts for it is delivered or finished.
//!
//! **Why.** When research finds that the code has to change, the ticket stays open until the change is in.
//!
//! **Example.**
//!
//! ```yaml
//! # HEAT-10423, while CR-2026-007 is before the board
//! - at: 2026-11-17 09:00
//!   event: resolved
//!   by: tnguyen
//!   note: Load the page again before the export.
//! ```
//!
//! **To mend it:** enter the CR's `delivered`, or have it withdrawn; if the POC can do without the change,
//! enter `returned` first. What was done knowingly takes an `exception`.

use super::Sink;
use crate::model::{CrId, Help, Minute, RuleId};
use crate::rules::support::{slip_finding, ticket_slips};
use crate::workflow::{Context, TicketLine};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, step, entry) in ticket_slips(ctx, RuleId::ResolvedWithCrPending) {
        let id = line.ticket.id.value;
        let message = format!("{id} was resolved before its change was in: {}", pending(ctx, line, step.at));
        let help = "enter the CR's delivery or withdrawal first, or `returned` if no change is needed after all";
        let place = (line.ticket.file, entry.event.span);
        sink.add(slip_finding(place, id, entry, step.slip, message, Help::or_exception(help)));
    }
}

/// Where the CRs stand that it waits for: "CR-2026-007 was `submitted`".
fn pending(ctx: &Context, line: &TicketLine, at: Minute) -> String {
    let state = |cr: &CrId| Some((cr.clone(), ctx.prepared.changes.get(cr)?.state_at(at)?));
    let crs: Vec<String> = line
        .counting_at(at)
        .filter_map(state)
        .filter(|(_, state)| !state.is_finished())
        .map(|(cr, state)| format!("{cr} was `{state}`"))
        .collect();
    if crs.is_empty() { "there was no change request yet".to_owned() } else { crs.join(", ") }
}
