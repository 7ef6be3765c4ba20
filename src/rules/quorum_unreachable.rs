//! Every vote's date, and today, must have at least as many board members as approvals are needed, and a chair if
//! `chair_required` is true.
//!
//! **Why.** A CR needs the CFMSCCB's approval. A board that cannot approve anything stops every code change.
//!
//! **Example.**
//!
//! ```yaml
//! terms:
//!   - from: 2024-10-01
//!     quorum: 3                 # the board has 2 members
//!     chair_required: true
//!     signatures: required
//! members:
//!   - id: mlee
//!     name: Morgan Placeholder
//!     chair: true
//!   - id: rchen
//!     name: Reese Sample
//! ```
//!
//! **How to fix it.**
//!
//! - Members are missing: add them to data/board.yaml.
//! - The number of approvals needed has changed: add an entry to `terms` with the date from which it applies.
//! - The chair is missing: add `chair: true` to the member who is chair.

use chrono::NaiveDate;

use super::{Finding, Sink};
use crate::model::{Member, Term, day_in_words, is_reversed};
use crate::record::counted;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let (project, today) = (ctx.project(), ctx.today());
    let Some(file) = project.board_file else { return };
    // `period-reversed` reports a reversed period; the dates on the board are then unknown.
    if project.board.members.iter().any(|member| is_reversed(member.from, member.until)) {
        return;
    }
    let votes = project.votes.values().flatten().filter(|vote| vote.at.value <= ctx.as_of);
    let mut dates: Vec<NaiveDate> = votes.map(|vote| vote.at.date()).chain([today]).collect();
    dates.sort();
    let mut reported = Vec::new();
    for date in dates {
        let Some(term) = project.board.term_on(date) else { continue };
        let Some((fault, help)) = fault(term, &project.board.members_on(date)) else { continue };
        // Each fault of a term is reported once, for its first date.
        if !reported.contains(&(term.from.span, fault.clone())) {
            let message = format!("{fault} on {}", day_in_words(date));
            sink.add(Finding::at((file, term.from.span), "board", message).help(help).on(date));
            reported.push((term.from.span, fault));
        }
    }
}

/// Why a board of these members cannot approve anything, with the help.
fn fault(term: &Term, members: &[&Member]) -> Option<(String, &'static str)> {
    let (quorum, number) = (term.quorum.0, members.len());
    if number < quorum {
        let fault = format!("{quorum} approvals are needed, but the board has {}", counted(number, "member"));
        return Some((fault, "add the missing members, or add an entry to `terms` with a lower `quorum`"));
    }
    if term.chair_required && !members.iter().any(|member| member.chair) {
        let fault = "the chair's approval is required, but the board has no chair".to_owned();
        return Some((fault, "add `chair: true` to the member who is chair, with the `from` of their time as chair"));
    }
    None
}
