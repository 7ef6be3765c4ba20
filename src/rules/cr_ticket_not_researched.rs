//! `cr-ticket-not-researched` (error): a CR was submitted before NITC found that the code has to change.
//!
//! When a CR is submitted, one at least of its tickets was `researched` with the outcome `code-change`.
//!
//! **Why.** NITC's research says whether a change of code is needed.
//!
//! **Example.**
//!
//! ```yaml
//! submitted on 9 Nov, `researched` on 10 Nov
//! ```
//!
//! **To mend it:** enter NITC's research in the ticket, or correct `tickets:`.

use crate::model::{ChangeEvent, Entry, Level, Outcome, TicketEvent};
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "cr-ticket-not-researched",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("cr_ticket_not_researched.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.changes() {
        let Some(first) = line.steps.iter().find(|step| step.at <= ctx.as_of && line.is(step, ChangeEvent::Submitted)) else {
            continue;
        };
        let Some(entry) = line.entry(first) else { continue };
        let tickets: Vec<_> = line.cr.tickets.iter().map(|id| ctx.prepared.tickets.get(&id.value)).collect();
        // Of a ticket that is not there, or is left out, nobody can say it.
        if tickets.is_empty() || tickets.iter().any(Option::is_none) {
            continue;
        }
        let found = |(_, entry): (_, &Entry<TicketEvent>)| {
            entry.event.value == TicketEvent::Researched && entry.outcome == Some(Outcome::CodeChange)
        };
        if !tickets.into_iter().flatten().any(|ticket| ticket.effective_until(first.at).any(found)) {
            let message = "submitted before any of its tickets was researched as a code change";
            let help = "enter NITC's `researched` with `outcome: code-change` in the ticket, or correct `tickets:`";
            let finding = Finding::at((line.cr.file, entry.event.span), &line.cr.id.value, message);
            sink.add(finding.help(help).on(first.at.date()));
        }
    }
}
