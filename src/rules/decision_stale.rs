//! Every vote must be on the request of its round: its `digest` is the one that the last `submitted` before it has.
//! A vote on another text does not count. It is an error nowhere: the votes that count decide.
//!
//! **Why.** The CFMSCCB approves what it has read, and NITC builds what was approved.
//!
//! **Example.**
//!
//! ```yaml
//! # CR-2026-007 was edited and submitted again on 18 November, with the digest sha256:41c0…
//! cr: CR-2026-007
//! by: mlee
//! at: 2026-11-19 14:05
//! decision: approve
//! digest: sha256:9f2c…          # of the text before the edit
//! ```
//!
//! **To mend it:** have the member vote on the text that was submitted (`heatpack sign`). A vote that no one needs
//! stays on record as it is.

use super::{Finding, Sink};
use crate::model::{RuleId, Vote};
use crate::rules::support::{is_on, is_request_change_reported, votes};
use crate::workflow::{ChangeLine, Context};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for cast in votes(ctx) {
        let Some((line, index)) = cast.line else { continue };
        let vote = cast.judged.vote;
        let on = vote.at.date();
        // A vote that does not count for another reason is that, and nothing more.
        if !line.stale.contains(&index) || cast.judged.flaw().is_some() || sink.skips(on) {
            continue;
        }
        if follows_from_an_edit(ctx, line, vote) {
            continue;
        }
        let message = format!("{} voted on another text of {} than the submitted one", vote.by.value, vote.cr.value);
        let help = "the vote does not count; if it is needed, have the member vote again with `heatpack sign`";
        let span = vote.digest.as_ref().map_or(vote.by.span, |digest| digest.span);
        sink.add(Finding::at((vote.file, span), &vote.cr.value, message).help(help).on(on));
    }
}

/// The vote is on the text that the base has, of a CR that was forwarded there: that the text is a different one now is
/// `request-changed-after-forwarding`'s to report.
fn follows_from_an_edit(ctx: &Context, line: &ChangeLine, vote: &Vote) -> bool {
    let was = ctx.base().and_then(|base| base.records.changes.get(&line.cr.id.value));
    let is_on_that = was.is_some_and(|was| vote.digest.as_ref().is_some_and(|digest| digest.value.0 == was.digest));
    is_on_that && is_on(ctx, RuleId::RequestChangedAfterForwarding) && is_request_change_reported(ctx, line)
}
