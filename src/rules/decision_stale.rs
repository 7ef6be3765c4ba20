//! Every vote must be for the text of its round: its `digest` must equal the one of the last `submitted` before it. A
//! vote for a different text does not count. The finding is a lapse, because the votes that count decide.
//!
//! **Why.** The CFMSCCB approves what it has read, and NITC builds what was approved.
//!
//! **Example.**
//!
//! ```yaml
//! # CR-2026-007 was edited and submitted again on November 18, with the digest sha256:41c0…
//! cr: CR-2026-007
//! by: mlee
//! at: 2026-11-19 14:05
//! decision: approve
//! digest: sha256:9f2c…          # the text before the edit
//! ```
//!
//! **How to fix it.**
//!
//! - The vote is needed: ask the member to vote on the submitted text with `heatpack sign CR-2026-007`.
//! - The vote is not needed: no action needed. The lapse stays on record.

use super::{Finding, Sink};
use crate::model::{RuleId, Vote};
use crate::rules::support::{is_on, is_request_change_reported, votes};
use crate::workflow::{ChangeLine, Context};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for cast in votes(ctx) {
        let Some((line, index)) = cast.line else { continue };
        let vote = cast.judged.vote;
        let on = vote.at.date();
        // Another rule reports a vote that does not count for another reason.
        if !line.stale.contains(&index) || cast.judged.flaw().is_some() || sink.skips(on) {
            continue;
        }
        if follows_from_an_edit(ctx, line, vote) {
            continue;
        }
        let message = format!("the vote of {} is for a different text of {}", vote.by.value, vote.cr.value);
        let help = "ask the member to vote again with `heatpack sign`, if the vote is needed";
        let span = vote.digest.as_ref().map_or(vote.by.span, |digest| digest.span);
        sink.add(Finding::at((vote.file, span), &vote.cr.value, message).help(help).on(on));
    }
}

/// Whether the vote is for the text in the base of a CR that was forwarded there. `request-changed-after-forwarding` then
/// reports the edit.
fn follows_from_an_edit(ctx: &Context, line: &ChangeLine, vote: &Vote) -> bool {
    let was = ctx.base().and_then(|base| base.records.changes.get(&line.cr.id.value));
    let is_on_that = was.is_some_and(|was| vote.digest.as_ref().is_some_and(|digest| digest.value.0 == was.digest));
    is_on_that && is_on(ctx, RuleId::RequestChangedAfterForwarding) && is_request_change_reported(ctx, line)
}
