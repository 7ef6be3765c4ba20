//! `first_line` says what the POC tried before calling. This rule is off unless the settings switch it on
//! (`rules: {first-line-missing: lapse}`).
//!
//! **Why.** The POC is the first line of support, and NITC need not try again what was tried.
//!
//! **Example.**
//!
//! ```yaml
//! id: HEAT-10423
//! description: |
//!   Exporting FY26 to a spreadsheet leaves out Q4.
//! log: []
//! ```
//!
//! **To mend it:** ask the POC, and add `first_line:`.

use super::{Finding, Sink};
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.tickets().filter(|line| line.ticket.first_line.is_none()) {
        let ticket = line.ticket;
        let help = "add `first_line:` and say what the POC tried";
        let finding =
            Finding::at((ticket.file, ticket.id.span), ticket.id.value, "what the POC tried first is not said");
        sink.add(finding.help(help).on(ticket.received.date()));
    }
}
