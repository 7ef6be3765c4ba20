//! `decision-out-of-time` (error): a vote when the CR was not before the board.
//!
//! A vote is cast after the CR was submitted, and before it was rejected, forwarded or withdrawn.
//!
//! **Why.** The board decides on what is before it.
//!
//! **Example.**
//!
//! ```yaml
//! a vote of 9 Nov on a CR submitted on 10 Nov
//! ```
//!
//! **To mend it:** correct the date, or take the vote out.

use crate::model::{CrState, Level};
use crate::workflow::{ChangeCause, Context};
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "decision-out-of-time",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("decision_out_of_time.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.prepared.changes.values() {
        for step in line.steps.iter().filter(|step| step.at <= ctx.as_of && step.slip.is_some()) {
            let ChangeCause::Vote(index) = step.cause else { continue };
            let vote = line.votes[index].vote;
            // Whoever is not on the board is that, and nothing more.
            if line.votes[index].member.is_none() {
                continue;
            }
            let message = match step.before {
                CrState::Draft => format!("{} voted before {} was submitted", vote.by.value, vote.cr.value),
                state => format!("{} voted when {} was {state}", vote.by.value, vote.cr.value),
            };
            let help = "the vote does not count; correct its date, or take it out";
            let finding = Finding::at((vote.file, vote.at.span), &vote.cr.value, message);
            sink.add(finding.help(help).on(vote.at.date()));
        }
    }
}
