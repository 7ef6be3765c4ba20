//! `decision-by-proposer` (error): a vote by whoever prepared or submitted the CR.
//!
//! The voter neither prepared nor submitted the CR.
//!
//! **Why.** Nobody decides on their own request.
//!
//! **Example.**
//!
//! ```yaml
//! by: kfoster, who prepared the CR
//! ```
//!
//! **To mend it:** take the vote out.

use crate::model::Level;
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "decision-by-proposer",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("decision_by_proposer.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.prepared.changes.values() {
        for (index, judged) in line.votes.iter().enumerate() {
            let vote = judged.vote;
            if vote.at.value > ctx.as_of || !(line.by_proposer[index]) {
                continue;
            }
            let message = format!("{} prepared or submitted {}, and cannot vote on it", vote.by.value, vote.cr.value);
            let help = "the vote does not count; take it out";
            let finding = Finding::at((vote.file, vote.by.span), &vote.cr.value, message).help(help).on(vote.at.date());
            sink.add(finding);
        }
    }
}
