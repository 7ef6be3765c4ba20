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

use super::Sink;
use crate::model::Role;
use crate::rules::support::gaps;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    gaps(ctx, sink, Some(Role::Backup));
}
