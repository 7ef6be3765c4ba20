//! Every module and initiative supported today must have a designated POC today, primary or backup.
//!
//! **Why.** Users of a module or initiative call their designated Point of Contact first. Without a POC, they have no
//! one to call.
//!
//! **Example.**
//!
//! ```yaml
//! # the only designation for scorecard, on November 18, 2026
//! - subject: scorecard
//!   role: primary
//!   from: 2025-10-01
//!   until: 2026-10-31           # has ended
//! ```
//!
//! **How to fix it.**
//!
//! - Ask for a new POC, and add the designation to their file in data/pocs/.
//! - The module or initiative is no longer supported: add `until` in data/subjects.yaml.

use super::Sink;
use crate::rules::support::gaps;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    gaps(ctx, sink, None);
}
