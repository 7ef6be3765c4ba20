//! Every ticket researched with `outcome: code-change` must be named in a submitted CR by the due date (by default 5
//! working days later). A draft is not enough.
//!
//! **Why.** A code change needs a Change Request, which ACFO-FS prepares and submits to the CFMSCCB.
//!
//! **Example.**
//!
//! ```yaml
//! log:
//!   - at: 2026-11-02 16:00      # due on November 9, and no CR names the ticket
//!     event: researched
//!     by: rpatel
//!     outcome: code-change
//!     note: The calendar lookup has to move into the export job.
//! ```
//!
//! **How to fix it.**
//!
//! - There is no CR yet: run `heatpack new cr --tickets HEAT-10423`, complete the request, then run `heatpack log
//!   CR-2026-007 submitted`.
//! - No code change is needed after all: run `heatpack log HEAT-10423 returned --note TEXT`.
//! - The CR was submitted late: no action needed. The lapse stays on record.

use super::Sink;
use crate::model::ClockKind;
use crate::rules::support::late_clocks;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    late_clocks(ctx, sink, ClockKind::RaiseCr, "a submitted CR", "prepare a CR for {id}, then enter `submitted`");
}
