//! Every pull request must leave the values in data/board.yaml as they are in the base branch. This rule applies with
//! `check --base` and is off unless the settings turn it on.
//!
//! **Why.** The members of the CFMSCCB, their keys and the approvals needed decide what gets approved. heatpack cannot
//! know who may change them. GitHub or GitLab can, by required reviews (CODEOWNERS). Without such reviews, this rule
//! flags every change to the board.
//!
//! **Example.**
//!
//! ```yaml
//! terms:
//!   - from: 2024-10-01
//!     quorum: 1                 # 2 in the base branch
//! ```
//!
//! **How to fix it.**
//!
//! - Ask a repository administrator to merge the pull request after the board agrees.

use super::{Finding, Sink};
use crate::model::Span;
use crate::workflow::{Context, is_board_edited};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let (Some(base), Some(file)) = (ctx.base(), ctx.project().board_file) else { return };
    if is_board_edited(base, ctx.project()) {
        let message = format!("this pull request changes the board: members, keys or terms differ from {}", base.name);
        let help = "ask a repository administrator to merge after the board agrees";
        sink.add(Finding::at((file, Span::default()), "board", message).help(help));
    }
}
