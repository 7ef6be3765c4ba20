//! Every POC must get a follow-up by the due date (by default 7 days after the last one, or the next working day) until
//! the ticket is closed. There is one lapse for each missed deadline, with the number of due dates missed.
//!
//! **Why.** The MITS Help Desk follows up with the POC every week until the ticket is resolved and closed.
//!
//! **Example.**
//!
//! ```yaml
//! log:
//!   - at: 2026-11-02 11:30
//!     event: follow-up          # the next one is due on November 9
//!     by: tnguyen
//!   - at: 2026-11-12 10:00      # late
//!     event: follow-up
//!     by: tnguyen
//! ```
//!
//! **How to fix it.**
//!
//! - The follow-up is overdue: contact the POC, then run `heatpack log HEAT-10423 follow-up`.
//! - The POC is away: run `heatpack log HEAT-10423 waived --clock follow-up --until DATE --note TEXT`.
//! - The follow-up was late: no action needed. The lapse stays on record.

use super::Sink;
use crate::model::ClockKind;
use crate::rules::support::late_clocks;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let help = "contact the POC, then run `heatpack log {id} follow-up`";
    late_clocks(ctx, sink, ClockKind::FollowUp, "follow-up with the POC", help);
}
