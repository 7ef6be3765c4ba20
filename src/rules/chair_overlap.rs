//! At most one member with `chair: true` is on the board on any date.
//!
//! **Why.** A CR may need the chair's approval: it has to be clear whose that is.
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
//!     chair: true
//!     from: 2026-07-01
//! ```
//!
//! **To mend it:** give the former chair an `until`, here 2026-06-30, or take `chair: true` out of one. Who
//! stays on the board without the chair comes again for the further period.

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{Member, day_in_words, overlap};

pub(super) fn check(project: &Project, sink: &mut Sink) {
    let Some(file) = project.board_file else { return };
    let chairs: Vec<_> = project.board.members.iter().filter(|member| member.chair).collect();
    for (index, chair) in chairs.iter().enumerate() {
        // One person who is listed twice for a time is `duplicate-id`'s to report.
        let clashes = |other: &&&Member| {
            other.id.value != chair.id.value && overlap((other.from, other.until), (chair.from, chair.until))
        };
        let Some(other) = chairs[..index].iter().find(clashes) else { continue };
        let first = [other.from, chair.from].into_iter().flatten().map(|from| from.value.0).max();
        let when = first.map_or("from the beginning".to_owned(), |day| format!("on {}", day_in_words(day)));
        let message = format!("{} and {} are both chair of the board {when}", other.id.value, chair.id.value);
        let help = "let one `until` lie before the other's `from`, or take `chair: true` out of one";
        let finding = Finding::at((file, chair.id.span), "board", message).help(help);
        sink.add(finding.label((file, other.id.span), "the other chair"));
    }
}
