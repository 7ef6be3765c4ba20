//! A `follow-up` clock was met: from each word to the POC to the next no more than the deadline went by (by
//! default 7 days, moved on to a working day), until the ticket was closed. One lapse for each clock, with the
//! number of due dates missed. The message gives the due date and how it came about.
//!
//! **Why.** The MITS Help Desk follows up with the POC every week until the ticket is resolved and closed.
//!
//! **Example.**
//!
//! ```yaml
//! log:
//!   - at: 2026-11-02 11:30
//!     event: follow-up          # the next one is due on 9 November
//!     by: tnguyen
//!   - at: 2026-11-12 10:00
//!     event: follow-up
//!     by: tnguyen
//! ```
//!
//! **To mend it:** if it is overdue, follow up with the POC and enter a `follow-up`; if the POC is away, enter
//! `waived` with `clock: follow-up` and `until`. A late one stays on record as it is.

use super::Sink;
use crate::model::ClockKind;
use crate::rules::support::late_clocks;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    late_clocks(
        ctx,
        sink,
        ClockKind::FollowUp,
        "no follow-up with the POC",
        "follow up with the POC and enter a `follow-up`",
    );
}
