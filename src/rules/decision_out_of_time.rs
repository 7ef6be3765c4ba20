//! Every vote must be cast after the CR's first `submitted` and before the CR was rejected, forwarded or withdrawn. At
//! the same time, a vote comes before an event. With `check --base`, a new vote must also be later than every entry of
//! the CR in the base branch, except notes.
//!
//! **Why.** The CFMSCCB decides on CRs under board review. A vote added afterward must not change whether a CR was
//! approved when it was forwarded.
//!
//! **Example.**
//!
//! ```yaml
//! # CR-2026-007 was submitted on November 10 at 10:00
//! cr: CR-2026-007
//! by: mlee
//! at: 2026-11-09 14:05          # before that
//! decision: approve
//! ```
//!
//! **How to fix it.**
//!
//! - The date is wrong: correct it, and ask the member to sign the vote again.
//! - The CR is still under board review: delete the vote's file, and ask the member to vote again with `heatpack sign
//!   CR-2026-007`.
//! - The board review is over: delete the vote's file, and record the member's opinion with `heatpack log CR-2026-007
//!   note --note TEXT`.

use super::{Finding, Sink};
use crate::model::{CrState, minute_in_words};
use crate::workflow::{ChangeCause, ChangeLine, ChangeStep, Context, KnownLog};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.prepared.changes.values() {
        for step in line.steps.iter().filter(|step| step.at <= ctx.as_of && step.slip.is_some()) {
            let ChangeCause::Vote(index) = step.cause else { continue };
            let vote = line.votes[index].vote;
            // `decision-not-by-board` reports voters who are not on the board.
            if line.votes[index].member.is_none() {
                continue;
            }
            let mut help = "correct the vote's date, or delete the vote, which does not count";
            let message = match step.before {
                CrState::Draft => format!("{} voted on {} before it was submitted", vote.by.value, vote.cr.value),
                state if state.is_before_board() => {
                    help = AGAIN;
                    format!("the vote of {} is new but dated before {}", vote.by.value, followed_by(ctx, line, step))
                }
                state => format!("{} voted on {} when it was already `{state}`", vote.by.value, vote.cr.value),
            };
            let finding = Finding::at((vote.file, vote.at.span), &vote.cr.value, message);
            sink.add(finding.help(help).on(vote.at.date()));
        }
    }
}

/// The help for a vote that is added afterward.
const AGAIN: &str = "delete the vote, which does not count; during board review, ask the member to vote again \
                     (`heatpack sign`)";

/// The entry of the base that follows a new vote, as text.
fn followed_by(ctx: &Context, line: &ChangeLine, step: &ChangeStep) -> String {
    let entry = ctx.base().and_then(|base| KnownLog::new(base, ctx.project(), line.cr).after_vote(step.at));
    entry.map_or_else(
        || "an entry in the base".to_owned(),
        |entry| format!("`{}` of {} in the base", entry.event.value, minute_in_words(entry.at.value)),
    )
}
