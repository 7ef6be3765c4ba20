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

use super::{Check, Rule, Sink};
use crate::model::Role;
use crate::rules::support::gaps;
use crate::workflow::Context;

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "subject-without-backup",
    level: None,
    takes_exception: false,
    source: include_str!("subject_without_backup.rs"),
    check: Check::AsOf(check),
};

fn check(ctx: &Context, sink: &mut Sink) {
    gaps(ctx, sink, Some(Role::Backup));
}
