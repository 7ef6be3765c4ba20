//! A `forward-cr` clock was met: after the vote that completed the approval the CR was `forwarded` by the due
//! date (by default 1 working day). The message gives the due date and how it came about.
//!
//! **Why.** ACFO-FS forwards the signed CR to NITC, which cannot begin before.
//!
//! **Example.**
//!
//! ```yaml
//! # approved on Friday 13 November, so due on Monday
//! - at: 2026-11-18 15:00
//!   event: forwarded
//!   by: kfoster
//! ```
//!
//! **To mend it:** if it is overdue, forward the CR to NITC and enter `forwarded`. A late one stays on record
//! as it is.

use super::Sink;
use crate::model::ClockKind;
use crate::rules::support::late_clocks;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    late_clocks(
        ctx,
        sink,
        ClockKind::ForwardCr,
        "the approved CR was not forwarded",
        "forward the CR to NITC and enter `forwarded`",
    );
}
