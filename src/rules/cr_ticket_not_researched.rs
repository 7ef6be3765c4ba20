//! Before a CR is first submitted, one at least of its tickets was `researched` with `outcome: code-change`.
//!
//! **Why.** NITC researches a ticket and says whether there is an answer or the code has to change; only then a
//! CR is prepared.
//!
//! **Example.**
//!
//! ```yaml
//! # HEAT-10423 was researched on 6 November
//! id: CR-2026-007
//! tickets: [HEAT-10423]
//! log:
//!   - at: 2026-11-05 10:00
//!     event: submitted
//!     by: kfoster
//! ```
//!
//! **To mend it:** enter NITC's research in the ticket if it is missing there, or correct `tickets:` or the
//! date.

use super::{Finding, Sink};
use crate::model::{Entry, Outcome, TicketEvent};
use crate::rules::support::submissions;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, entry, at) in submissions(ctx) {
        let tickets: Vec<_> = line.cr.tickets.iter().map(|id| ctx.prepared.tickets.get(&id.value)).collect();
        // Of a ticket that is not there, or is left out, nobody can say it.
        if tickets.is_empty() || tickets.iter().any(Option::is_none) {
            continue;
        }
        let found = |(_, entry): (_, &Entry<TicketEvent>)| {
            entry.event.value == TicketEvent::Researched && entry.outcome == Some(Outcome::CodeChange)
        };
        // At one minute CRs come before tickets: research of that very minute came after it.
        let before = at.before();
        if !tickets.into_iter().flatten().any(|ticket| ticket.effective_until(before).any(found)) {
            let message = "submitted before any of its tickets was researched as a code change";
            let help = "enter NITC's `researched` with `outcome: code-change` in the ticket, or correct `tickets:`";
            let finding = Finding::at((line.cr.file, entry.event.span), &line.cr.id.value, message);
            sink.add(finding.help(help).on(at.date()));
        }
    }
}
