//! `primary-overlap` (error): two primary POCs for a subject on one date.
//!
//! A module or initiative has one primary POC on any date.
//!
//! **Why.** Users call their designated Point of Contact: they have to know whom.
//!
//! **Example.**
//!
//! ```yaml
//! two POCs with `role: primary` for scorecard in October 2026
//! ```
//!
//! **To mend it:** end the first designation the day before the second begins, or make one of the two `backup`.

use crate::model::{Designation, Level, Role};
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "primary-overlap",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("primary_overlap.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    let project = ctx.project();
    let all = project.pocs.values().flat_map(|poc| poc.record.designations.iter().map(move |own| (poc, own)));
    let mut primaries: Vec<_> = all.filter(|(_, own)| own.role.value == Role::Primary).collect();
    primaries.sort_by_key(|(poc, own)| (poc.file, own.subject.span));
    for (index, (poc, own)) in primaries.iter().enumerate() {
        let twin = primaries[..index].iter().find(|(other, theirs)| {
            other.id.value != poc.id.value && theirs.subject.value == own.subject.value && overlap(theirs, own)
        });
        if let Some((other, theirs)) = twin {
            let from = own.from.value.0.max(theirs.from.value.0);
            let message = format!("{} has two primary POCs from {from} on: {} and {}", own.subject.value, other.id.value, poc.id.value);
            let help = "end one designation the day before the other begins, or make one of the two `backup`";
            let finding = Finding::at((poc.file, own.role.span), &poc.id.value, message).help(help);
            sink.add(finding.label((other.file, theirs.role.span), "the other primary POC"));
        }
    }
}

fn overlap(a: &Designation, b: &Designation) -> bool {
    let ends_before = |x: &Designation, y: &Designation| x.until.is_some_and(|until| until.value.0 < y.from.value.0);
    !ends_before(a, b) && !ends_before(b, a)
}
