//! The voter neither prepared the CR (`prepared_by`) nor submitted it. Such a vote does not count.
//!
//! **Why.** Nobody decides on their own request.
//!
//! **Example.**
//!
//! ```yaml
//! # crs/CR-2026-007.yaml says `prepared_by: dquill`
//! cr: CR-2026-007
//! by: dquill
//! at: 2026-11-17 14:05
//! decision: approve
//! ```
//!
//! **To mend it:** take the vote out, and have another member vote.

use super::{Finding, Sink};
use crate::rules::support::votes;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for cast in votes(ctx) {
        let vote = cast.judged.vote;
        let proposed = cast.line.is_some_and(|(line, index)| line.by_proposer[index]);
        // Whoever was never on the board is `unknown-reference`'s to report.
        if !proposed || !ctx.project().known.members.has(&vote.by.value) {
            continue;
        }
        let message = format!("{} prepared or submitted {}, and cannot vote on it", vote.by.value, vote.cr.value);
        let help = "the vote does not count: take it out, and have another member vote";
        let finding = Finding::at((vote.file, vote.by.span), &vote.cr.value, message);
        sink.add(finding.help(help).on(vote.at.date()));
    }
}
