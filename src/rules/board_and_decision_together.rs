//! Every pull request that changes data/board.yaml must add no votes. This rule applies with `check --base`. The board
//! in the base branch, with its keys, terms and `quorum`, decides which new votes count.
//!
//! **Why.** Otherwise one pull request could add a member or a key to the board and vote with it.
//!
//! **Example.**
//!
//! ```text
//! data/board.yaml                                                # adds a member
//! data/decisions/CR-2026-007/2026-11-17-newmember.yaml           # a vote in the same pull request
//! ```
//!
//! **How to fix it.**
//!
//! - Split the pull request in two. Merge the changes to data/board.yaml first, so that everyone sees them, and then
//!   add the votes.

use super::{Finding, Sink};
use crate::model::Span;
use crate::workflow::{Context, is_board_edited, vote_diff};

/// How many votes a message lists.
const NAMED: usize = 5;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let (Some(base), Some(file)) = (ctx.base(), ctx.project().board_file) else { return };
    let added = vote_diff(base, ctx.project()).added;
    if added.is_empty() || !is_board_edited(base, ctx.project()) {
        return;
    }
    let mut votes: Vec<String> =
        added.iter().take(NAMED).map(|vote| format!("{} on {}", vote.by.value, vote.cr.value)).collect();
    if added.len() > NAMED {
        votes.push(format!("{} more", added.len() - NAMED));
    }
    let message = format!("this pull request changes the board and adds votes: {}", votes.join(", "));
    let help = "split the pull request: merge the edits to data/board.yaml first, then add the votes";
    sink.add(Finding::at((file, Span::default()), "board", message).help(help));
}
