//! Every forwarded ticket must get NITC's `initial-response`, completed research or `returned` by the due date (by
//! default 2 days after forwarding, or the next working day).
//!
//! **Why.** NITC gives an initial response within 2 days of receiving the ticket.
//!
//! **Example.**
//!
//! ```yaml
//! log:
//!   - at: 2026-11-02 13:05
//!     event: forwarded          # a Monday, so due on Wednesday
//!     by: tnguyen
//!   - at: 2026-11-06 09:20      # late
//!     event: initial-response
//!     by: rpatel
//!     note: The export reads the fiscal calendar too early.
//! ```
//!
//! **How to fix it.**
//!
//! - The response is overdue: ask NITC for its initial response, then run `heatpack log HEAT-10423 initial-response
//!   --by rpatel --note TEXT`.
//! - The response was late: no action needed. The lapse stays on record.

use super::Sink;
use crate::model::ClockKind;
use crate::rules::support::late_clocks;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let help = "ask NITC for its initial response, then run `heatpack log {id} initial-response`";
    late_clocks(ctx, sink, ClockKind::NitcResponse, "NITC's initial response", help);
}
