//! A `raise-cr` clock was met: after research ended with `outcome: code-change` a CR that names the ticket was
//! submitted by the due date (by default 5 working days). A draft is not enough. The message gives the due date
//! and how it came about.
//!
//! **Why.** A change of code needs a Change Request, which ACFO-FS prepares and submits to the CFMSCCB.
//!
//! **Example.**
//!
//! ```yaml
//! log:
//!   - at: 2026-11-02 16:00      # due on 9 November, and no CR names the ticket
//!     event: researched
//!     by: rpatel
//!     outcome: code-change
//!     note: The calendar lookup has to move into the export job.
//! ```
//!
//! **To mend it:** if there is none yet, prepare the CR, name the ticket in `tickets:` and enter `submitted`;
//! if no change is needed after all, enter `returned`. A late one stays on record as it is.

use super::Sink;
use crate::model::ClockKind;
use crate::rules::support::late_clocks;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    late_clocks(ctx, sink, ClockKind::RaiseCr, "no change request was submitted", "prepare the CR and submit it");
}
