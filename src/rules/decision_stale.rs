//! `decision-stale` (lapse): a vote on another text of the request.
//!
//! A vote after the last `submitted` is on the request as it is now. It is an error on a CR that was forwarded.
//!
//! **Why.** The board approves what it has read.
//!
//! **Example.**
//!
//! ```yaml
//! the test plan was edited after the vote
//! ```
//!
//! **To mend it:** submit the CR again, and vote again; or take the edit back.

use crate::model::{ChangeEvent, Level};
use crate::workflow::{ChangeCause, ChangeLine, Context};
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "decision-stale",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("decision_stale.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.prepared.changes.values() {
        for (index, judged) in line.votes.iter().enumerate() {
            let vote = judged.vote;
            if vote.at.value > ctx.as_of || !(line.stale.contains(&index) && judged.flaw().is_none() && !line.by_proposer[index] && in_time(line, index)) {
                continue;
            }
            let message = format!("{} voted on another text of {} than the present one", vote.by.value, vote.cr.value);
            let help = "take the edit back, or enter `submitted` again and have the board vote on the new text";
            let finding = Finding::at((vote.file, vote.digest.as_ref().map_or(vote.by.span, |digest| digest.span)), &vote.cr.value, message).help(help).on(vote.at.date());
            sink.add(finding.level(if was_forwarded(ctx, line) { Level::Error } else { Level::Lapse }));
        }
    }
}

/// The CR was forwarded by now on the strength of its votes.
fn was_forwarded(ctx: &Context, line: &ChangeLine) -> bool {
    line.was_forwarded
        && line.steps.iter().any(|step| step.at <= ctx.as_of && line.is(step, ChangeEvent::Forwarded))
}

/// A vote that was cast out of time is that, and nothing more.
fn in_time(line: &ChangeLine, vote: usize) -> bool {
    line.steps.iter().any(|step| step.cause == ChangeCause::Vote(vote) && step.slip.is_none())
}
