//! Every approved CR must be `forwarded` by the due date (by default 1 working day after the vote that completed the
//! approval).
//!
//! **Why.** ACFO-FS forwards the signed CR to NITC, which cannot begin before that.
//!
//! **Example.**
//!
//! ```yaml
//! # approved on Friday, November 13, so due on Monday
//! - at: 2026-11-18 15:00        # late
//!   event: forwarded
//!   by: kfoster
//! ```
//!
//! **How to fix it.**
//!
//! - The CR is overdue: forward it to NITC, then run `heatpack log CR-2026-007 forwarded`.
//! - The CR was forwarded late: no action needed. The lapse stays on record.

use super::Sink;
use crate::model::ClockKind;
use crate::rules::support::late_clocks;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let help = "forward the CR to NITC, then run `heatpack log {id} forwarded`";
    late_clocks(ctx, sink, ClockKind::ForwardCr, "forwarding the approved CR", help);
}
