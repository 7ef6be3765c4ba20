//! The status of a row of the latest report fits our ticket's state at the end of the report's date: received
//! and researching fit `with-nitc`; awaiting approval fits `awaiting-change` held by ACFO-FS or the CFMSCCB, in
//! work the same held by NITC; delivered fits `answered`, `resolved` and `closed`; answered and closed fit
//! those and `open`.
//!
//! **Why.** NITC's own weekly status report is gone through beside our tickets: what disagrees is what one side
//! does not know.
//!
//! **Example.**
//!
//! ```csv
//! # HEAT-10423 is with NITC by our records
//! nitc_number,heat_number,status
//! N-2291,HEAT-10423,answered
//! ```
//!
//! **To mend it:** find out which is right; enter what is missing in the ticket, or have NITC correct its
//! report.

use super::Sink;
use crate::model::RuleId;
use crate::rules::support::disagreements;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let help = "find out which is right, and enter what is missing in the ticket, or have NITC correct its report";
    disagreements(ctx, sink, RuleId::NitcStatusMismatch, help);
}
