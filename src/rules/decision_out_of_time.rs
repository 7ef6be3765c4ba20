//! A vote is cast later than the CR's first `submitted`, and before the CR was rejected, forwarded or
//! withdrawn. At one minute votes come first.
//!
//! **Why.** The CFMSCCB decides on what is before it.
//!
//! **Example.**
//!
//! ```yaml
//! # CR-2026-007 was submitted on 10 November at 10:00
//! cr: CR-2026-007
//! by: mlee
//! at: 2026-11-09 14:05
//! decision: approve
//! ```
//!
//! **To mend it:** correct the vote's date (it has to be signed again then), or take the vote out.

use super::{Finding, Sink};
use crate::model::CrState;
use crate::workflow::{ChangeCause, Context};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.prepared.changes.values() {
        for step in line.steps.iter().filter(|step| step.at <= ctx.as_of && step.slip.is_some()) {
            let ChangeCause::Vote(index) = step.cause else { continue };
            let vote = line.votes[index].vote;
            // Whoever is not on the board, or may not be, is that, and nothing more.
            if line.votes[index].member.is_none() {
                continue;
            }
            let message = match step.before {
                CrState::Draft => format!("{} voted on {} before it was submitted", vote.by.value, vote.cr.value),
                state => format!("{} voted on {} when it was `{state}` already", vote.by.value, vote.cr.value),
            };
            let help = "the vote does not count: correct its date, or take it out";
            let finding = Finding::at((vote.file, vote.at.span), &vote.cr.value, message);
            sink.add(finding.help(help).on(vote.at.date()));
        }
    }
}
