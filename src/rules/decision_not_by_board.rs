//! The voter was a member of the board on the date of the vote (`from` and `until` in board.yaml). A vote that
//! was not theirs to cast does not count.
//!
//! **Why.** A CR needs the approval and signature of the CFMSCCB before work begins.
//!
//! **Example.**
//!
//! ```yaml
//! # board.yaml says `until: 2026-06-30` of mlee
//! cr: CR-2026-007
//! by: mlee
//! at: 2026-11-17 14:05
//! decision: approve
//! ```
//!
//! **To mend it:** take the vote out, or correct the membership in data/board.yaml.

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
        let help = "the vote does not count: take it out, or correct the member's `from` or `until` in data/board.yaml";
        let finding = Finding::at((vote.file, vote.by.span), &vote.cr.value, message);
        sink.add(finding.help(help).on(vote.at.date()));
    }
}

/// Whether they are on the board at some time: nobody of that id is `unknown-reference`'s to report, a period
/// that is turned round `period-reversed`'s.
fn was_ever(board: &Board, id: &PersonId) -> bool {
    let own = || board.members.iter().filter(|member| member.id.value == *id);
    own().next().is_some() && !own().any(|member| is_reversed(member.from, member.until))
}
