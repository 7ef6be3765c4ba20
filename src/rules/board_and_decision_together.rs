//! Judged with `check --base`. A change that alters board.yaml, by its values, adds no vote. The base's board, with
//! its keys, terms and quorum, judges the votes of a change.
//!
//! **Why.** Otherwise one change could put a member on the board, or another key into it, and vote with it.
//!
//! **Example.** One pull request adds a member to data/board.yaml and
//! data/decisions/CR-2026-007/2026-11-17-newmember.yaml.
//!
//! **To mend it:** make two changes of it. First the board's, by itself, so that everyone sees it; once it is
//! merged, the votes.

use super::{Finding, Sink};
use crate::model::Span;
use crate::workflow::{Context, is_board_edited, vote_diff};

/// How many votes a message names.
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
    let message = format!("this change alters the board and adds votes: {}", votes.join(", "));
    let help = "make two changes of it: first the board's, by itself; once it is merged, the votes";
    sink.add(Finding::at((file, Span::default()), "board", message).help(help));
}
