//! A `reply` clock was met: after an inquiry, or after a ticket was reopened, the POC had a `follow-up` or the
//! resolution by the due date (by default 1 working day; from 17:00 on an inquiry counts as the next working
//! day's). The message gives the due date and how it came about.
//!
//! **Why.** The MITS Help Desk gets back to the POC within 1 working day with the ticket number, an answer or
//! the status.
//!
//! **Example.**
//!
//! ```yaml
//! received: 2026-11-02 09:14    # a Monday, so due on Tuesday
//! log:
//!   - at: 2026-11-04 11:30
//!     event: follow-up
//!     by: tnguyen
//! ```
//!
//! **To mend it:** if there was no word yet, get back to the POC and enter a `follow-up`. A late one stays on
//! record as it is.

use super::Sink;
use crate::model::ClockKind;
use crate::rules::support::late_clocks;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    late_clocks(ctx, sink, ClockKind::Reply, "no word to the POC", "get back to the POC and enter a `follow-up`");
}
