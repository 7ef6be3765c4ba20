//! Every CR that a ticket waits for must be delivered or finished before the ticket is resolved.
//!
//! **Why.** When research finds that the code has to change, the ticket stays open until the change is released.
//!
//! **Example.**
//!
//! ```yaml
//! # HEAT-10423, while CR-2026-007 is under board review
//! - at: 2026-11-17 09:00
//!   event: resolved             # the CR is not delivered
//!   by: tnguyen
//!   note: Load the page again before the export.
//! ```
//!
//! **How to fix it.**
//!
//! - The CR is delivered: run `heatpack log CR-2026-007 delivered`, with the time it happened.
//! - The CR is dropped: run `heatpack log CR-2026-007 withdrawn --note TEXT`.
//! - The POC does not need the code change: run `heatpack log HEAT-10423 returned --note TEXT` first.
//! - You resolved it deliberately: add an `exception` to the entry.

use super::Sink;
use crate::model::{CrId, Help, Minute, RuleId};
use crate::rules::support::{slip_finding, ticket_slips};
use crate::workflow::{Context, TicketLine};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, step, entry) in ticket_slips(ctx, RuleId::ResolvedWithCrPending) {
        let id = line.ticket.id.value;
        let message = format!("{id} was resolved before its code change was released");
        let help = "enter the CR's `delivered` or `withdrawn` first, or `returned` if no code change is needed";
        let place = (line.ticket.file, entry.event.span);
        let finding = slip_finding(place, id, entry, step.slip, message, Help::or_exception(help, help));
        sink.add(finding.note(pending(ctx, line, step.at)));
    }
}

/// The states of the CRs that the ticket waits for: "CR-2026-007 was `submitted`".
fn pending(ctx: &Context, line: &TicketLine, at: Minute) -> String {
    let state = |cr: &CrId| Some((cr.clone(), ctx.prepared.changes.get(cr)?.state_at(at)?));
    let crs: Vec<String> = line
        .counting_at(at)
        .filter_map(state)
        .filter(|(_, state)| !state.is_finished())
        .map(|(cr, state)| format!("{cr} was `{state}`"))
        .collect();
    if crs.is_empty() { "there was no CR yet".to_owned() } else { crs.join(", ") }
}
