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

use super::Sink;
use crate::rules::support::gaps;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    gaps(ctx, sink, None);
}
