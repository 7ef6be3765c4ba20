//! Every vote must be by a member who neither prepared the CR (`prepared_by`) nor submitted it. Other votes do not
//! count.
//!
//! **Why.** No one decides on their own request.
//!
//! **Example.**
//!
//! ```yaml
//! # data/crs/CR-2026-007.yaml has `prepared_by: dquill`
//! cr: CR-2026-007
//! by: dquill                    # prepared the CR
//! at: 2026-11-17 14:05
//! decision: approve
//! ```
//!
//! **How to fix it.**
//!
//! - Delete the vote's file, and ask another member to vote with `heatpack sign CR-2026-007`.

use super::{Finding, Sink};
use crate::rules::support::votes;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for cast in votes(ctx) {
        let vote = cast.judged.vote;
        let proposed = cast.line.is_some_and(|(line, index)| line.by_proposer[index]);
        // `unknown-reference` reports a voter who was never on the board.
        if !proposed || !ctx.project().known.members.has(&vote.by.value) {
            continue;
        }
        let message = format!("{} prepared or submitted {} and cannot vote on it", vote.by.value, vote.cr.value);
        let help = "delete the vote, which does not count, and ask another member to vote";
        let finding = Finding::at((vote.file, vote.by.span), &vote.cr.value, message);
        sink.add(finding.help(help).on(vote.at.date()));
    }
}
