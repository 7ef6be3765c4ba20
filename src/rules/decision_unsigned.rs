//! Where the board's terms say `signatures: required` on the date of a vote, it has a `signature` and the
//! `digest` of the request that was decided on. Without them it does not count.
//!
//! **Why.** The CFMSCCB approves and signs a CR before work begins.
//!
//! **Example.**
//!
//! ```yaml
//! cr: CR-2026-007
//! by: mlee
//! at: 2026-11-17 14:05
//! decision: approve
//! ```
//!
//! **To mend it:** have the member sign the vote with their own key: `heatpack sign CR-2026-007 --decision
//! approve --as mlee`.

use super::{Finding, Sink};
use crate::rules::support::votes;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for cast in votes(ctx).into_iter().filter(|cast| cast.judged.member.is_some() && cast.judged.unsigned) {
        let vote = cast.judged.vote;
        let lacks = if vote.signature.is_none() { "signature" } else { "digest, so that it is signed for no text" };
        let message = format!("the vote of {} has no {lacks}", vote.by.value);
        let help = "the vote does not count: the member has to sign it with their own key (`heatpack sign`)";
        let finding = Finding::at((vote.file, vote.decision.span), &vote.cr.value, message);
        sink.add(finding.help(help).on(vote.at.date()));
    }
}
