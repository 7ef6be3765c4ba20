//! `subject-without-backup` (off): a supported subject has no backup today.
//!
//! Every module and initiative that is supported today has a backup POC. This rule is off unless the settings
//! switch it on (`rules: {subject-without-backup: lapse}`).
//!
//! **Why.** Users of a module or initiative call their designated Point of Contact first, and a primary POC has
//! days off.
//!
//! **Example.**
//!
//! ```yaml
//! # the only designation for scorecard
//! - subject: scorecard
//!   role: primary
//!   from: 2025-10-01
//! ```
//!
//! **To mend it:** have a backup designated, and add `role: backup` to their file in data/pocs/.

use super::{Finding, Rule, Sink};
use crate::model::{Role, day_in_words};
use crate::workflow::{Context, are_designations_clear, gap_since};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "subject-without-backup",
    level: None,
    takes_exception: false,
    source: include_str!("subject_without_backup.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    let project = ctx.project();
    // A POC whose file is left out, or whose designation is unclear, may well be the one.
    if !are_designations_clear(project) {
        return;
    }
    for subject in &project.subjects {
        if let Some(since) = gap_since(project, subject, Some(Role::Backup), ctx.today()) {
            let message = format!("{} has had no backup POC since {}", subject.name.0, day_in_words(since));
            let help = "have somebody designated, and add the designation to their file in data/pocs/";
            sink.add(Finding::at((subject.file, subject.id.span), &subject.id.value, message).help(help).on(since));
        }
    }
}
