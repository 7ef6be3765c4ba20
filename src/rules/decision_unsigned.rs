//! Every vote must have a `signature` and the `digest` of the request while the board's terms have `signatures:
//! required`. Otherwise the vote does not count.
//!
//! **Why.** The CFMSCCB approves and signs a CR before work begins.
//!
//! **Example.**
//!
//! ```yaml
//! cr: CR-2026-007
//! by: mlee
//! at: 2026-11-17 14:05
//! decision: approve             # neither `digest` nor `signature` follows
//! ```
//!
//! **How to fix it.**
//!
//! - Ask the member to sign the vote with their own key: `heatpack sign CR-2026-007 --decision approve --as mlee`.

use super::{Finding, Sink};
use crate::rules::support::votes;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for cast in votes(ctx).into_iter().filter(|cast| cast.judged.member.is_some() && cast.judged.unsigned) {
        let vote = cast.judged.vote;
        let lacks = if vote.signature.is_none() { "signature" } else { "digest" };
        let message = format!("the vote of {} has no {lacks}", vote.by.value);
        let help = "ask the member to sign the vote with their own key (`heatpack sign`)";
        let finding = Finding::at((vote.file, vote.decision.span), &vote.cr.value, message);
        sink.add(finding.help(help).on(vote.at.date()));
    }
}
