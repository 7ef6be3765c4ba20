//! `missing-detail` (error): a text that the event or decision asks for is not there.
//!
//! An event that asks for a `note`, and a decision other than `approve`, which asks for a `reason`, has one.
//!
//! **Why.** Whoever reads the log later has to understand what happened.
//!
//! **Example.**
//!
//! ```yaml
//! event: returned, without a note
//! ```
//!
//! **To mend it:** add `note:` (or `reason:`) and say in a sentence what happened; for `voided` `duplicate_of:`
//! will do.

use crate::model::{Decision, EventKind, Level, TicketEvent};
use crate::rules::support::{either, entries};
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "missing-detail",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("missing_detail.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for found in entries(ctx.project()) {
        let (lacks, span, event, at) = either!(found.entry, entry => {
            (entry.lacks_note(), entry.event.span, entry.event.name(), entry.at.value)
        });
        if lacks {
            let voided = event == TicketEvent::Voided.as_str();
            let help = if voided {
                "add `note:` and say why, or `duplicate_of:` with the ticket that this one repeats"
            } else {
                "add `note:` and say in a sentence what happened"
            };
            let message = format!("`{event}` asks for a note");
            sink.add(Finding::at((found.file, span), &found.record, message).help(help).on(at.date()));
        }
    }
    for vote in ctx.project().votes.values().flatten() {
        if vote.decision.value != Decision::Approve && vote.reason.is_none() {
            let message = format!("a decision to {} asks for a reason", vote.decision.value);
            let help = "add `reason:` and say what has to change; a signature has to be made again after that";
            let finding = Finding::at((vote.file, vote.decision.span), &vote.cr.value, message).help(help);
            sink.add(finding.on(vote.at.date()));
        }
    }
}
