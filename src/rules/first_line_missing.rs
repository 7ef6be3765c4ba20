//! Every ticket must describe in `first_line` what the POC tried before calling. This rule is off unless the settings
//! turn it on (`rules: {first-line-missing: lapse}`).
//!
//! **Why.** The POC is the first line of support, and NITC should not repeat what the POC tried.
//!
//! **Example.**
//!
//! ```yaml
//! id: HEAT-10423
//! description: |                # no `first_line` follows
//!   Exporting FY26 to a spreadsheet drops Q4.
//! log: []
//! ```
//!
//! **How to fix it.**
//!
//! - Ask the POC what they tried, and add `first_line:` to the ticket.

use super::{Finding, Sink};
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.tickets().filter(|line| line.ticket.first_line.is_none()) {
        let ticket = line.ticket;
        let help = "add `first_line:` with what the POC tried";
        let finding =
            Finding::at((ticket.file, ticket.id.span), ticket.id.value, "the ticket does not show what the POC tried");
        sink.add(finding.help(help).on(ticket.received.date()));
    }
}
