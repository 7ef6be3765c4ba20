//! A `relay` clock was met: after NITC's answer, or after the last change that the ticket waits for was
//! delivered, the POC had a `follow-up` or the resolution by the due date (by default 1 working day). The
//! message gives the due date and how it came about.
//!
//! **Why.** The MITS Help Desk passes NITC's answer, and word of a delivered change, on to the POC.
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
//!   - at: 2026-11-12 10:00
//!     event: resolved
//!     by: tnguyen
//!     note: Take the filter off before the export.
//! ```
//!
//! **To mend it:** if the POC does not know yet, tell them and enter `resolved` or a `follow-up`. A late one
//! stays on record as it is.

use super::Sink;
use crate::model::ClockKind;
use crate::rules::support::late_clocks;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    late_clocks(
        ctx,
        sink,
        ClockKind::Relay,
        "no word of the answer to the POC",
        "tell the POC and enter `resolved` or a `follow-up`",
    );
}
