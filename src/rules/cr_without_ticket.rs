//! `cr-without-ticket` (error): a CR was submitted that names no ticket.
//!
//! A submitted CR names the tickets that need it.
//!
//! **Why.** The Help Desk opens a ticket for every inquiry, and a change of code answers one.
//!
//! **Example.**
//!
//! ```yaml
//! tickets: []
//! ```
//!
//! **To mend it:** name the ticket in `tickets:`.

use crate::model::{ChangeEvent, Level};
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "cr-without-ticket",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("cr_without_ticket.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.changes() {
        let Some(first) = line.steps.iter().find(|step| step.at <= ctx.as_of && line.is(step, ChangeEvent::Submitted)) else {
            continue;
        };
        let Some(entry) = line.entry(first) else { continue };
        if line.cr.tickets.is_empty() {
            let help = "name the ticket that needs the change: `tickets: [HEAT-…]`";
            let finding = Finding::at((line.cr.file, entry.event.span), &line.cr.id.value, "submitted without a ticket");
            sink.add(finding.help(help).on(first.at.date()));
        }
    }
}
