//! `subject-without-poc` (lapse): a supported subject has no POC today.
//!
//! Every module and initiative that is supported today has a POC, primary or backup, whose designation is in
//! force today.
//!
//! **Why.** Users of a module or initiative call their designated Point of Contact first; without one they have
//! nobody to call.
//!
//! **Example.**
//!
//! ```yaml
//! # the only designation for scorecard, on 18 November 2026
//! - subject: scorecard
//!   role: primary
//!   from: 2025-10-01
//!   until: 2026-10-31
//! ```
//!
//! **To mend it:** have somebody designated and add the designation to their file in data/pocs/; or give the
//! subject an `until`, if it is supported no longer.

use super::{Finding, Rule, Sink};
use crate::model::{Level, day_in_words};
use crate::workflow::{Context, are_designations_clear, gap_since};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "subject-without-poc",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("subject_without_poc.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    let project = ctx.project();
    // A POC whose file is left out, or whose designation is unclear, may well be the one.
    if !are_designations_clear(project) {
        return;
    }
    for subject in &project.subjects {
        if let Some(since) = gap_since(project, subject, None, ctx.today()) {
            let message = format!("{} has had no POC since {}", subject.name.0, day_in_words(since));
            let help = "have somebody designated, and add the designation to their file in data/pocs/";
            sink.add(Finding::at((subject.file, subject.id.span), &subject.id.value, message).help(help).on(since));
        }
    }
}
