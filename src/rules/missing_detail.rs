//! Every event that needs a `note` must have one, and every vote other than `approve` must have a `reason`. A `voided`
//! without a note must have `duplicate_of`.
//!
//! **Why.** Someone who reads the log a year later, or votes on the request next, must understand what happened.
//!
//! **Example.**
//!
//! ```yaml
//! - at: 2026-11-04 09:20
//!   event: returned             # no `note` follows
//!   by: rpatel
//! ```
//!
//! **How to fix it.**
//!
//! - An entry: add `note:` with a sentence about what happened, here NITC's question.
//! - A vote: add `reason:`, and ask the member to sign the vote again with `heatpack sign`.
//! - A `voided` entry: add `note:` with the reason, or `duplicate_of:`.

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{Decision, Help, TicketEvent};
use crate::rules::support::{either, entries};

pub(super) fn check(project: &Project, sink: &mut Sink) {
    for found in entries(project) {
        let (lacks, span, event, at) = either!(found.entry, entry => {
            (entry.lacks_note(), entry.event.span, entry.event.as_str(), entry.at.value)
        });
        if lacks {
            let voided = event == TicketEvent::Voided.as_str();
            let (file, flags) = if voided {
                (
                    "add `note:` with the reason, or `duplicate_of:` with the other ticket",
                    "add --note with the reason, or --duplicate-of with the other ticket",
                )
            } else {
                ("add `note:` with a sentence about what happened", "add --note with a sentence about what happened")
            };
            let help = Help::Either { file: file.to_owned(), flags: flags.to_owned() };
            let message = format!("`{event}` needs a note");
            sink.add(Finding::at((found.file, span), found.record, message).help(help).on(at.date()));
        }
    }
    for vote in project.votes.values().flatten() {
        if vote.decision.value != Decision::Approve && vote.reason.is_none() {
            let message = format!("{} voted to {} the request without a reason", vote.by.value, vote.decision.value);
            let help = "add `reason:`, then sign the vote again";
            let finding = Finding::at((vote.file, vote.decision.span), &vote.cr.value, message).help(help);
            sink.add(finding.on(vote.at.date()));
        }
    }
}
