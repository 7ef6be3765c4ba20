//! Every status in NITC's latest report must match our ticket's state at the end of the report's date:
//!
//! - received, researching: `with-nitc`
//! - awaiting approval: `awaiting-change`, with the CR at ACFO-FS or the CFMSCCB
//! - in work: `awaiting-change`, with the CR at NITC
//! - delivered: `answered`, `resolved` or `closed`
//! - answered, closed: `open`, `answered`, `resolved` or `closed`
//!
//! **Why.** The weekly meeting reviews NITC's own weekly status report beside our tickets. A difference shows what one
//! side does not know.
//!
//! **Example.**
//!
//! ```csv
//! # HEAT-10423 is with NITC in our records
//! nitc_number,heat_number,status
//! N-2291,HEAT-10423,answered     # no answer is on record
//! ```
//!
//! **How to fix it.**
//!
//! - Our record is behind: add the missing entry with `heatpack log HEAT-10423 EVENT`.
//! - The report is wrong: ask NITC to correct it.

use super::Sink;
use crate::model::RuleId;
use crate::rules::support::disagreements;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let help = "add the missing entry to the ticket, or ask NITC to correct its report";
    disagreements(ctx, sink, RuleId::NitcStatusMismatch, help);
}
