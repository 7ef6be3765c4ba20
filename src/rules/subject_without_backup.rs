//! `subject-without-backup` (off): a supported subject has no backup today.
//!
//! Every module and initiative that is supported today has a backup POC. This rule is off unless the settings
//! switch it on.
//!
//! **Why.** Users of a module or initiative call their designated Point of Contact first.
//!
//! **Example.**
//!
//! ```yaml
//! a designation that ended on 30 Sep with none after it
//! ```
//!
//! **To mend it:** have a POC designated, and add the designation to their file.

use crate::model::{Role, day_in_words};
use crate::workflow::{Context, gap_since};
use super::{Finding, Rule, Sink};

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
    // A POC whose file is left out may well be the one.
    if project.known.pocs.is_partial() {
        return;
    }
    for subject in &project.subjects {
        if let Some(since) = gap_since(project, subject, Some(Role::Backup), ctx.today()) {
            let message = format!("{} has no backup POC since {}", subject.name.0, day_in_words(since));
            let help = "have one designated, and add the designation to their file in data/pocs/";
            sink.add(Finding::at((subject.file, subject.id.span), &subject.id.value, message).help(help).on(since));
        }
    }
}
