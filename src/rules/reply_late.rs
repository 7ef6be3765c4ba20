//! Every inquiry and every reopened ticket must get a first reply, a `follow-up` or `resolved`, by the due date (by
//! default 1 working day later). An inquiry received at 17:00 or later counts from the next working day.
//!
//! **Why.** The MITS Help Desk gets back to the POC within 1 working day with the ticket number, an answer or the
//! status.
//!
//! **Example.**
//!
//! ```yaml
//! received: 2026-11-02 09:14    # a Monday, so due on Tuesday
//! log:
//!   - at: 2026-11-04 11:30      # late
//!     event: follow-up
//!     by: tnguyen
//! ```
//!
//! **How to fix it.**
//!
//! - There was no reply yet: get back to the POC, then run `heatpack log HEAT-10423 follow-up`.
//! - The reply was late: no action needed. The lapse stays on record.

use super::Sink;
use crate::model::ClockKind;
use crate::rules::support::late_clocks;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let help = "get back to the POC, then run `heatpack log {id} follow-up`";
    late_clocks(ctx, sink, ClockKind::Reply, "first reply", help);
}
