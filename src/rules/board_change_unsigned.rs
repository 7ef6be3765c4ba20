//! Judged with `check --base`, and off unless the settings turn it on. board.yaml has the values that the base has.
//!
//! **Why.** Who is on the CFMSCCB, with what keys and what quorum, decides what gets approved. heatpack cannot know
//! who may change that: the forge does, by its own approvals (CODEOWNERS). Where it cannot, this rule makes every
//! such change stand out.
//!
//! **Example.**
//!
//! ```yaml
//! terms:
//!   - from: 2024-10-01
//!     quorum: 1                 # the base has 2
//! ```
//!
//! **To mend it:** have whoever keeps the repository merge the change by hand, once the board has agreed to it.

use super::{Finding, Sink};
use crate::model::Span;
use crate::workflow::{Context, is_board_edited};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let (Some(base), Some(file)) = (ctx.base(), ctx.project().board_file) else { return };
    if is_board_edited(base, ctx.project()) {
        let message =
            format!("this change alters the board: its members, keys or terms are not those of {}", base.name);
        let help = "have whoever keeps the repository merge it by hand, once the board has agreed to it";
        sink.add(Finding::at((file, Span::default()), "board", message).help(help));
    }
}
