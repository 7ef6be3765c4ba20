//! Every CR must have at least one ticket that was `researched` with `outcome: code-change` before the CR was first
//! submitted.
//!
//! **Why.** NITC researches a ticket and reports whether there is an answer or the code has to change. A CR is prepared
//! only after that.
//!
//! **Example.**
//!
//! ```yaml
//! # HEAT-10423 was researched on November 6
//! id: CR-2026-007
//! tickets: [HEAT-10423]
//! log:
//!   - at: 2026-11-05 10:00      # before the research
//!     event: submitted
//!     by: kfoster
//! ```
//!
//! **How to fix it.**
//!
//! - The ticket lacks NITC's research: run `heatpack log HEAT-10423 researched --outcome code-change --note TEXT`, with
//!   the time it happened.
//! - A value is wrong: correct `tickets:` or the date.

use super::{Finding, Sink};
use crate::model::{Entry, Outcome, TicketEvent};
use crate::rules::support::submissions;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, entry, at) in submissions(ctx) {
        let tickets: Vec<_> = line.cr.tickets.iter().map(|id| ctx.prepared.tickets.get(&id.value)).collect();
        // Other rules report unknown tickets and files with errors.
        if tickets.is_empty() || tickets.iter().any(Option::is_none) {
            continue;
        }
        let found = |(_, entry): (_, &Entry<TicketEvent>)| {
            entry.event.value == TicketEvent::Researched && entry.outcome == Some(Outcome::CodeChange)
        };
        // At the same time, CRs come before tickets: research of that minute came after the CR.
        let before = at.before();
        if !tickets.into_iter().flatten().any(|ticket| ticket.effective_until(before).any(found)) {
            let message = "submitted before any of its tickets was researched as a code change";
            let help = "add NITC's `researched` with `outcome: code-change` to the ticket, or correct `tickets:`";
            let finding = Finding::at((line.cr.file, entry.event.span), &line.cr.id.value, message);
            sink.add(finding.help(help).on(at.date()));
        }
    }
}
