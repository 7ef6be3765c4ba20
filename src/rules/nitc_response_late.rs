//! An `nitc-response` clock was met: after a ticket was forwarded NITC gave its `initial-response`, completed
//! its research or returned the ticket by the due date (by default 2 days, moved on to a working day). The
//! message gives the due date and how it came about.
//!
//! **Why.** NITC gives an initial response within 2 days of receiving the ticket.
//!
//! **Example.**
//!
//! ```yaml
//! log:
//!   - at: 2026-11-02 13:05
//!     event: forwarded          # on a Monday, so due on Wednesday
//!     by: tnguyen
//!   - at: 2026-11-06 09:20
//!     event: initial-response
//!     by: rpatel
//!     note: The export reads the fiscal calendar too early.
//! ```
//!
//! **To mend it:** if there is none yet, ask NITC for its first findings and enter the `initial-response`. A
//! late one stays on record as it is.

use super::Sink;
use crate::model::ClockKind;
use crate::rules::support::late_clocks;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    late_clocks(
        ctx,
        sink,
        ClockKind::NitcResponse,
        "no initial response by NITC",
        "ask NITC for its first findings and enter the `initial-response`",
    );
}
