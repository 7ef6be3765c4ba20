//! Every POC must get NITC's answer, or the news that the last pending CR was delivered, by the due date (by default 1
//! working day later). A `follow-up` or `resolved` entry shows it.
//!
//! **Why.** The MITS Help Desk passes NITC's answer, and the news of a delivered CR, to the POC.
//!
//! **Example.**
//!
//! ```yaml
//! log:
//!   - at: 2026-11-06 16:00      # a Friday, so due on Monday
//!     event: researched
//!     by: rpatel
//!     outcome: answer
//!     note: The filter is on by default.
//!   - at: 2026-11-12 10:00      # late
//!     event: resolved
//!     by: tnguyen
//!     note: Clear the filter before the export.
//! ```
//!
//! **How to fix it.**
//!
//! - The POC does not know yet: pass the answer to the POC, then run `heatpack log HEAT-10423 resolved --note TEXT` or
//!   `heatpack log HEAT-10423 follow-up`.
//! - The POC was told late: no action needed. The lapse stays on record.

use super::Sink;
use crate::model::ClockKind;
use crate::rules::support::late_clocks;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let help = "pass the answer to the POC, then enter `resolved` or a `follow-up`";
    late_clocks(ctx, sink, ClockKind::Relay, "passing the answer to the POC", help);
}
