//! An event that asks for a `note` has one, and so has a decision other than `approve` a `reason`. A `voided`
//! without a note has `duplicate_of`.
//!
//! **Why.** Whoever reads the log a year later, or votes on the request next, has to understand what happened.
//!
//! **Example.**
//!
//! ```yaml
//! - at: 2026-11-04 09:20
//!   event: returned
//!   by: rpatel
//! ```
//!
//! **To mend it:** add `note:` (of a vote, `reason:`) and say in a sentence what happened; here what NITC
//! asked.

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{Decision, EventKind, Help, TicketEvent};
use crate::rules::support::{either, entries};

pub(super) fn check(project: &Project, sink: &mut Sink) {
    for found in entries(project) {
        let (lacks, span, event, at) = either!(found.entry, entry => {
            (entry.lacks_note(), entry.event.span, entry.event.name(), entry.at.value)
        });
        if lacks {
            let voided = event == TicketEvent::Voided.as_str();
            let (file, flags) = if voided {
                (
                    "add `note:` and say why, or `duplicate_of:` with the ticket that this one repeats",
                    "say why with --note, or name the ticket that this one repeats with --duplicate-of",
                )
            } else {
                ("add `note:` and say in a sentence what happened", "say in a sentence what happened, with --note")
            };
            let help = Help::Either { file: file.to_owned(), flags: flags.to_owned() };
            let message = format!("`{event}` has no note, which it asks for");
            sink.add(Finding::at((found.file, span), found.record, message).help(help).on(at.date()));
        }
    }
    for vote in project.votes.values().flatten() {
        if vote.decision.value != Decision::Approve && vote.reason.is_none() {
            let message = format!("{} voted to {} the request and gave no reason", vote.by.value, vote.decision.value);
            let help = "add `reason:` and say why; a signature has to be made again after that";
            let finding = Finding::at((vote.file, vote.decision.span), &vote.cr.value, message).help(help);
            sink.add(finding.on(vote.at.date()));
        }
    }
}
