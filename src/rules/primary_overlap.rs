//! Every module or initiative must have at most one primary POC on any date. It can have several backups.
//!
//! **Why.** Users of a module or initiative call their designated Point of Contact first, so they must know who that
//! is.
//!
//! **Example.**
//!
//! ```yaml
//! # data/pocs/jrivera.yaml
//! designations:
//!   - subject: scorecard
//!     role: primary
//!     from: 2025-10-01
//! # data/pocs/bfabula.yaml
//! designations:
//!   - subject: scorecard
//!     role: primary             # jrivera is still primary on this date
//!     from: 2026-10-01
//! ```
//!
//! **How to fix it.**
//!
//! - The primary POC has changed: end the first designation the day before the second begins, here `until: 2026-09-30`.
//! - Both are POCs: set one of the two to `role: backup`.

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{Designation, Role, day_in_words, overlap};

pub(super) fn check(project: &Project, sink: &mut Sink) {
    let all = project.pocs.values().flat_map(|poc| poc.record.designations.iter().map(move |own| (poc, own)));
    let mut primaries: Vec<_> = all.filter(|(_, own)| own.role.value == Role::Primary).collect();
    primaries.sort_by_key(|(poc, own)| (poc.file, own.subject.span));
    for (index, (poc, own)) in primaries.iter().enumerate() {
        let twin = primaries[..index].iter().find(|(other, theirs)| {
            other.id.value != poc.id.value && theirs.subject.value == own.subject.value && clash(theirs, own)
        });
        if let Some((other, theirs)) = twin {
            let (subject, when) = (&own.subject.value, together(theirs, own));
            let (one, two) = (&other.id.value, &poc.id.value);
            let message = format!("{subject} has two primary POCs {when}: {one} and {two}");
            let help = "end one designation the day before the other begins, or set one to `role: backup`";
            let finding = Finding::at((poc.file, own.role.span), &poc.id.value, message).help(help);
            sink.add(finding.label((other.file, theirs.role.span), "the other primary POC"));
        }
    }
}

fn clash(a: &Designation, b: &Designation) -> bool {
    overlap((Some(a.from), a.until), (Some(b.from), b.until))
}

/// The dates that two designations share, as text.
fn together(a: &Designation, b: &Designation) -> String {
    let from = a.from.value.0.max(b.from.value.0);
    match [a.until, b.until].into_iter().flatten().map(|until| until.value.0).min() {
        None => format!("from {}", day_in_words(from)),
        Some(until) if until == from => format!("on {}", day_in_words(from)),
        Some(until) => format!("from {} to {}", day_in_words(from), day_in_words(until)),
    }
}
