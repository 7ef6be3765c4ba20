//! `signature-invalid` (error): a signature is not the member's, or not of this vote.
//!
//! The signature is by one of the member's keys in board.yaml over the vote's text, in the namespace `heatpack-
//! decision`.
//!
//! **Why.** An approval can be verified years later with OpenSSH alone.
//!
//! **Example.**
//!
//! ```yaml
//! a vote whose `decision:` was edited after it was signed
//! ```
//!
//! **To mend it:** have the member sign the vote again.

use crate::model::Level;
use crate::workflow::{Context, SignatureState};
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "signature-invalid",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("signature_invalid.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.prepared.changes.values() {
        for (index, judged) in line.votes.iter().enumerate() {
            let vote = judged.vote;
            if vote.at.value > ctx.as_of || !(judged.member.is_some() && line.votes.len() > index && matches!(judged.signature, SignatureState::Invalid(_))) {
                continue;
            }
            let message = match &judged.signature {
                SignatureState::Invalid(why) => format!("the signature of {} is not valid: {why}", vote.by.value),
                SignatureState::None | SignatureState::Valid { .. } => String::new(),
            };
            let help = "the vote does not count; have the member sign it again with a key that data/board.yaml lists";
            let finding = Finding::at((vote.file, vote.signature.as_ref().map_or(vote.by.span, |signature| signature.span)), &vote.cr.value, message).help(help).on(vote.at.date());
            sink.add(finding);
        }
    }
}
