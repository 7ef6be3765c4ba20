//! Every module and initiative supported today must have a backup POC. This rule is off unless the settings turn it on
//! (`rules: {subject-without-backup: lapse}`).
//!
//! **Why.** Users of a module or initiative call their designated Point of Contact first, and a primary POC has days
//! off.
//!
//! **Example.**
//!
//! ```yaml
//! # the only designation for scorecard
//! - subject: scorecard
//!   role: primary               # no one has `role: backup`
//!   from: 2025-10-01
//! ```
//!
//! **How to fix it.**
//!
//! - Ask for a backup POC, and add the designation with `role: backup` to their file in data/pocs/.

use super::Sink;
use crate::model::Role;
use crate::rules::support::gaps;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    gaps(ctx, sink, Some(Role::Backup));
}
