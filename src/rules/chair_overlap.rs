//! `chair-overlap` (error): two chairs of the board on one date.
//!
//! The board has at most one chair on any date.
//!
//! **Why.** A CR may need the chair's approval: there has to be one chair.
//!
//! **Example.**
//!
//! ```yaml
//! two members with `chair: true` in October 2026
//! ```
//!
//! **To mend it:** give one of them an `until`, or take `chair: true` out.

use crate::model::{Level, Member};
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "chair-overlap",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("chair_overlap.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    let Some(file) = ctx.project().board_file else { return };
    let chairs: Vec<_> = ctx.project().board.members.iter().filter(|member| member.chair).collect();
    for (index, chair) in chairs.iter().enumerate() {
        if let Some(other) = chairs[..index].iter().find(|other| overlap(other, chair)) {
            let message = format!("{} and {} are both chair of the board at a time", other.id.value, chair.id.value);
            let help = "end one membership before the other begins, or take `chair: true` out of one";
            let finding = Finding::at((file, chair.id.span), "board", message).help(help);
            sink.add(finding.label((file, other.id.span), "the other chair"));
        }
    }
}

fn overlap(a: &Member, b: &Member) -> bool {
    let ends_before = |x: &Member, y: &Member| match (x.until, y.from) {
        (Some(until), Some(from)) => until.value.0 < from.value.0,
        _ => false,
    };
    !ends_before(a, b) && !ends_before(b, a)
}
