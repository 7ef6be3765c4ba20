//! `decision-stale` (lapse): a vote on another text of the request.
//!
//! A vote after the last `submitted` is on the request as it is now: its `digest` is that of the present text.
//! Comments, quotes and the order of fields do not matter. On a CR that was forwarded it is an error, since the
//! text was changed after the approval.
//!
//! **Why.** The CFMSCCB approves what it has read, and NITC builds what was approved.
//!
//! **Example.**
//!
//! ```yaml
//! # crs/CR-2026-007.yaml, edited on 18 November, after the vote of the 17th
//! test_plan: |
//!   None needed.
//! ```
//!
//! **To mend it:** take the edit back; or enter `submitted` again, and have the board vote on the new text.

use super::{Check, Finding, Rule, Sink};
use crate::model::{ChangeEvent, Level};
use crate::rules::support::{is_on, votes};
use crate::workflow::{ChangeCause, ChangeLine, Context, is_request_altered};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "decision-stale",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("decision_stale.rs"),
    check: Check::AsOf(check),
};

fn check(ctx: &Context, sink: &mut Sink) {
    for cast in votes(ctx) {
        let Some((line, index)) = cast.line else { continue };
        let vote = cast.judged.vote;
        // A vote that does not count for another reason is that, and nothing more.
        let sound = cast.judged.flaw().is_none() && !line.by_proposer[index] && in_time(line, index);
        if !sound || !line.stale.contains(&index) || is_said_of_the_change(ctx, line) {
            continue;
        }
        let message = format!("{} voted on another text of {} than the present one", vote.by.value, vote.cr.value);
        let help = "take the edit back, or enter `submitted` again and have the board vote on the new text";
        let span = vote.digest.as_ref().map_or(vote.by.span, |digest| digest.span);
        let finding = Finding::at((vote.file, span), &vote.cr.value, message).help(help).on(vote.at.date());
        sink.add(finding.level(if was_forwarded(ctx, line) { Level::Error } else { Level::Lapse }));
    }
}

/// The change that is judged alters the request of a CR that was forwarded, which is
/// `request-changed-after-forwarding`'s to report.
fn is_said_of_the_change(ctx: &Context, line: &ChangeLine) -> bool {
    let was = ctx.base().and_then(|base| base.records.changes.get(&line.cr.id.value));
    was.is_some_and(|was| is_request_altered(ctx, was, line.cr)) && is_on(ctx, "request-changed-after-forwarding")
}

/// The CR was forwarded by now on the strength of its votes.
fn was_forwarded(ctx: &Context, line: &ChangeLine) -> bool {
    let by_now = |step: &_| line.is(step, ChangeEvent::Forwarded);
    line.was_forwarded && line.steps.iter().filter(|step| step.at <= ctx.as_of).any(by_now)
}

/// It was cast while the CR was before the board.
fn in_time(line: &ChangeLine, vote: usize) -> bool {
    line.steps.iter().any(|step| step.cause == ChangeCause::Vote(vote) && step.slip.is_none())
}
