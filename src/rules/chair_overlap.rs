//! Every date must have at most one board member with `chair: true`.
//!
//! **Why.** A CR may need the chair's approval, so it must be clear who the chair is.
//!
//! **Example.**
//!
//! ```yaml
//! members:
//!   - id: mlee
//!     name: Morgan Placeholder
//!     chair: true
//!   - id: rchen
//!     name: Reese Sample
//!     chair: true               # mlee is still chair on this date
//!     from: 2026-07-01
//! ```
//!
//! **How to fix it.**
//!
//! - The chair has changed: give the former chair an `until`, here 2026-06-30. List a former chair who stays on the
//!   board as a second entry, without `chair`.
//! - One of the two was never chair: delete their line `chair: true`.

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{Member, day_in_words, overlap};

pub(super) fn check(project: &Project, sink: &mut Sink) {
    let Some(file) = project.board_file else { return };
    let chairs: Vec<_> = project.board.members.iter().filter(|member| member.chair).collect();
    for (index, chair) in chairs.iter().enumerate() {
        // `duplicate-id` reports one person listed twice for the same time.
        let clashes = |other: &&&Member| {
            other.id.value != chair.id.value && overlap((other.from, other.until), (chair.from, chair.until))
        };
        let Some(other) = chairs[..index].iter().find(clashes) else { continue };
        let first = [other.from, chair.from].into_iter().flatten().map(|from| from.value.0).max();
        let when = first.map_or("from the start".to_owned(), |day| format!("on {}", day_in_words(day)));
        let message = format!("{} and {} are both chair of the board {when}", other.id.value, chair.id.value);
        let help = "set one chair's `until` before the other's `from`, or delete one `chair: true`";
        let finding = Finding::at((file, chair.id.span), "board", message).help(help);
        sink.add(finding.label((file, other.id.span), "the other chair"));
    }
}
