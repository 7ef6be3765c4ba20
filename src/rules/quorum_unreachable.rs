//! `quorum-unreachable` (error): the board has too few members, or no chair where it needs one.
//!
//! On the date of every vote, and today, the board has at least as many members as its quorum, and a chair where
//! one is required.
//!
//! **Why.** A CR needs the CFMSCCB's approval; a board that cannot approve stops all changes of code.
//!
//! **Example.**
//!
//! ```yaml
//! quorum: 3 with two members
//! ```
//!
//! **To mend it:** add the members, or correct the quorum from a date on (a new term).

use chrono::NaiveDate;

use crate::model::{Level, day_in_words};
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "quorum-unreachable",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("quorum_unreachable.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    let (project, today) = (ctx.project(), ctx.today());
    let Some(file) = project.board_file else { return };
    let votes = project.votes.values().flatten().filter(|vote| vote.at.value <= ctx.as_of);
    let mut dates: Vec<NaiveDate> = votes.map(|vote| vote.at.date()).chain([today]).collect();
    dates.sort();
    let mut said = Vec::new();
    for date in dates {
        let Some(term) = project.board.term_on(date) else { continue };
        let members = project.board.members_on(date);
        let fault = if members.len() < term.quorum.0 {
            format!("the quorum is {}, and the board has {} members", term.quorum.0, members.len())
        } else if term.chair_required && !members.iter().any(|member| member.chair) {
            "the chair's approval is required, and the board has no chair".to_owned()
        } else {
            continue;
        };
        // One fault of a term is said once, for the first date on which it matters.
        if !said.contains(&(term.from.span, fault.clone())) {
            let message = format!("{fault} on {}", day_in_words(date));
            let help = "add the members who are missing, or write new `terms` from that date on";
            sink.add(Finding::at((file, term.from.span), "board", message).help(help).on(date));
            said.push((term.from.span, fault));
        }
    }
}
