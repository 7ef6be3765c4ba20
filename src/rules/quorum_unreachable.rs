//! On the date of every vote, and today, the board has at least as many members as its quorum, and a chair
//! where `chair_required` is true.
//!
//! **Why.** A CR needs the CFMSCCB's approval. A board that cannot approve anything stops every change of code.
//!
//! **Example.**
//!
//! ```yaml
//! terms:
//!   - from: 2024-10-01
//!     quorum: 3
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
//! **To mend it:** add the members who are missing, or, if the quorum was changed, write new `terms` with the
//! date from which it holds.

use chrono::NaiveDate;

use super::{Finding, Sink};
use crate::model::{Member, Term, day_in_words, is_reversed};
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let (project, today) = (ctx.project(), ctx.today());
    let Some(file) = project.board_file else { return };
    // Of a member whose period is turned round nobody can say when they are on the board.
    if project.board.members.iter().any(|member| is_reversed(member.from, member.until)) {
        return;
    }
    let votes = project.votes.values().flatten().filter(|vote| vote.at.value <= ctx.as_of);
    let mut dates: Vec<NaiveDate> = votes.map(|vote| vote.at.date()).chain([today]).collect();
    dates.sort();
    let mut said = Vec::new();
    for date in dates {
        let Some(term) = project.board.term_on(date) else { continue };
        let Some((fault, help)) = fault(term, &project.board.members_on(date)) else { continue };
        // One fault of a term is said once, for the first date on which it matters.
        if !said.contains(&(term.from.span, fault.clone())) {
            let message = format!("{fault} on {}", day_in_words(date));
            sink.add(Finding::at((file, term.from.span), "board", message).help(help).on(date));
            said.push((term.from.span, fault));
        }
    }
}

/// Why a board of these members cannot approve anything, and what to do.
fn fault(term: &Term, members: &[&Member]) -> Option<(String, &'static str)> {
    let (quorum, number) = (term.quorum.0, members.len());
    if number < quorum {
        let plural = if number == 1 { "" } else { "s" };
        let fault = format!("the quorum is {quorum}, and the board has {number} member{plural}");
        return Some((
            fault,
            "add the members who are missing, or write new `terms` with a lower `quorum` from then on",
        ));
    }
    if term.chair_required && !members.iter().any(|member| member.chair) {
        let fault = "the chair's approval is required, and the board has no chair".to_owned();
        return Some((fault, "add `chair: true` to the member who is chair, with the `from` of their time as chair"));
    }
    None
}
