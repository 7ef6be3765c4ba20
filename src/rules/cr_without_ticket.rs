//! A submitted CR names in `tickets` the tickets that need it. A draft need not.
//!
//! **Why.** A change of code answers an inquiry, and the MITS Help Desk opens a ticket for every inquiry.
//!
//! **Example.**
//!
//! ```yaml
//! id: CR-2026-007
//! tickets: []
//! log:
//!   - at: 2026-11-10 10:00
//!     event: submitted
//!     by: kfoster
//! ```
//!
//! **To mend it:** name the ticket: `tickets: [HEAT-10423]`.

use super::{Finding, Sink};
use crate::rules::support::submissions;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, entry, at) in submissions(ctx) {
        if line.cr.tickets.is_empty() {
            let help = "name the ticket that needs the change: `tickets: [HEAT-…]`";
            let finding =
                Finding::at((line.cr.file, entry.event.span), &line.cr.id.value, "submitted without a ticket");
            sink.add(finding.help(help).on(at.date()));
        }
    }
}
