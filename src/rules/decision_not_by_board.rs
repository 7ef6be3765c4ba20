//! `decision-not-by-board` (error): a vote by somebody who was not on the board.
//!
//! The voter was a member of the board on the date of the vote.
//!
//! **Why.** The CFMSCCB approves and signs a CR before work begins.
//!
//! **Example.**
//!
//! ```yaml
//! by: mlee, whose membership ended the month before
//! ```
//!
//! **To mend it:** take the vote out, or correct the membership in data/board.yaml.

use crate::model::{Level, day_in_words};
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "decision-not-by-board",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("decision_not_by_board.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.prepared.changes.values() {
        for (index, judged) in line.votes.iter().enumerate() {
            let vote = judged.vote;
            if vote.at.value > ctx.as_of || !(judged.member.is_none() && ctx.project().board.members.iter().any(|member| member.id.value == vote.by.value) && line.votes.len() > index) {
                continue;
            }
            let message = format!("{} was not a member of the board on {}", vote.by.value, day_in_words(vote.at.date()));
            let help = "the vote does not count; take it out, or correct the period in data/board.yaml";
            let finding = Finding::at((vote.file, vote.by.span), &vote.cr.value, message).help(help).on(vote.at.date());
            sink.add(finding);
        }
    }
}
