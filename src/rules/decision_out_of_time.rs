//! Every vote must be cast later than the CR's first `submitted`, and before the CR was rejected, forwarded or
//! withdrawn. At one minute votes come first. With `check --base`, a vote that is added now must also be later than every
//! entry of the CR that the base branch has, notes aside.
//!
//! **Why.** The CFMSCCB decides on what is before it. A vote that is added after the fact must not change whether a CR was
//! approved when it was forwarded.
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
//! **To mend it:** correct the vote's date (it has to be signed again then), or take the vote out. If the CR is still
//! before the board, have the member vote again (`heatpack sign`). If it is past the board, record what the member says
//! in a `note` in the CR's log.

use super::{Finding, Sink};
use crate::model::{CrState, minute_in_words};
use crate::workflow::{ChangeCause, ChangeLine, ChangeStep, Context, KnownLog};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.prepared.changes.values() {
        for step in line.steps.iter().filter(|step| step.at <= ctx.as_of && step.slip.is_some()) {
            let ChangeCause::Vote(index) = step.cause else { continue };
            let vote = line.votes[index].vote;
            // Whoever is not on the board, or may not be, is that, and nothing more.
            if line.votes[index].member.is_none() {
                continue;
            }
            let mut help = "the vote does not count: correct its date, or take it out";
            let message = match step.before {
                CrState::Draft => format!("{} voted on {} before it was submitted", vote.by.value, vote.cr.value),
                state if state.is_before_board() => {
                    help = AGAIN;
                    format!("the vote of {} is new and dated before {}", vote.by.value, followed_by(ctx, line, step))
                }
                state => format!("{} voted on {} when it was `{state}` already", vote.by.value, vote.cr.value),
            };
            let finding = Finding::at((vote.file, vote.at.span), &vote.cr.value, message);
            sink.add(finding.help(help).on(vote.at.date()));
        }
    }
}

/// What to do about a vote that is added after the fact.
const AGAIN: &str = "remove the vote, which does not count; while the CR is before the board, have the member vote again \
                     (`heatpack sign`)";

/// The entry of the base that followed a new vote, in words.
fn followed_by(ctx: &Context, line: &ChangeLine, step: &ChangeStep) -> String {
    let entry = ctx.base().and_then(|base| KnownLog::new(base, ctx.project(), line.cr).after_vote(step.at));
    entry.map_or_else(
        || "an entry of the base".to_owned(),
        |entry| format!("`{}` of {} in the base", entry.event.value, minute_in_words(entry.at.value)),
    )
}
