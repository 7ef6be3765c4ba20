//! Every submitted CR must list in `tickets` the tickets that need it. Drafts are not checked.
//!
//! **Why.** A code change answers an inquiry, and the MITS Help Desk opens a ticket for every inquiry.
//!
//! **Example.**
//!
//! ```yaml
//! id: CR-2026-007
//! tickets: []                   # no ticket
//! log:
//!   - at: 2026-11-10 10:00
//!     event: submitted
//!     by: kfoster
//! ```
//!
//! **How to fix it.**
//!
//! - Add the ticket in the CR's file: `tickets: [HEAT-10423]`.

use super::{Finding, Sink};
use crate::rules::support::submissions;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, entry, at) in submissions(ctx) {
        if line.cr.tickets.is_empty() {
            let help = "add the ticket that needs the CR: `tickets: [HEAT-…]`";
            let finding =
                Finding::at((line.cr.file, entry.event.span), &line.cr.id.value, "submitted without a ticket");
            sink.add(finding.help(help).on(at.date()));
        }
    }
}
