//! Every vote must be by a member of the board on the date of the vote (`from` and `until` in data/board.yaml). Other
//! votes do not count.
//!
//! **Why.** A CR needs the approval and signature of the CFMSCCB before work begins.
//!
//! **Example.**
//!
//! ```yaml
//! # data/board.yaml has `until: 2026-06-30` for mlee
//! cr: CR-2026-007
//! by: mlee
//! at: 2026-11-17 14:05          # after the end of the membership
//! decision: approve
//! ```
//!
//! **How to fix it.**
//!
//! - The voter was not a member: delete the vote's file.
//! - The membership is wrong: correct `from` or `until` in data/board.yaml.

use super::{Finding, Sink};
use crate::model::{Board, PersonId, day_in_words, is_reversed};
use crate::rules::support::votes;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for cast in votes(ctx).into_iter().filter(|cast| cast.judged.member.is_none()) {
        let vote = cast.judged.vote;
        let boards = [&ctx.project().board, ctx.board()];
        if !boards.into_iter().any(|board| was_ever(board, &vote.by.value)) {
            continue;
        }
        let message = format!("{} was not a member of the board on {}", vote.by.value, day_in_words(vote.at.date()));
        let help = "delete the vote, which does not count, or correct `from` or `until` in data/board.yaml";
        let finding = Finding::at((vote.file, vote.by.span), &vote.cr.value, message);
        sink.add(finding.help(help).on(vote.at.date()));
    }
}

/// Whether the person is on the board at some time. `unknown-reference` reports unknown ids, and `period-reversed`
/// reports reversed periods.
fn was_ever(board: &Board, id: &PersonId) -> bool {
    let own = || board.members.iter().filter(|member| member.id.value == *id);
    own().next().is_some() && !own().any(|member| is_reversed(member.from, member.until))
}
