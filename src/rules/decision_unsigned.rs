//! `decision-unsigned` (error): a vote without the signature or digest that it needs.
//!
//! Where board.yaml requires signatures, a vote has a `digest` and a `signature`.
//!
//! **Why.** The CFMSCCB approves and signs a CR before work begins.
//!
//! **Example.**
//!
//! ```yaml
//! decision: approve, without `signature:`
//! ```
//!
//! **To mend it:** have the member sign the vote.

use crate::model::Level;
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "decision-unsigned",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("decision_unsigned.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.prepared.changes.values() {
        for (index, judged) in line.votes.iter().enumerate() {
            let vote = judged.vote;
            if vote.at.value > ctx.as_of || !(judged.member.is_some() && judged.unsigned && line.votes.len() > index) {
                continue;
            }
            let message = format!("the vote of {} has no {}", vote.by.value, if vote.signature.is_none() { "signature" } else { "digest" });
            let help = "the vote does not count; the member has to sign it with their own key";
            let finding = Finding::at((vote.file, vote.decision.span), &vote.cr.value, message).help(help).on(vote.at.date());
            sink.add(finding);
        }
    }
}
