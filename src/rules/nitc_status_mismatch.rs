//! `nitc-status-mismatch` (lapse): NITC's status of a ticket does not fit ours.
//!
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

use super::{Check, Rule, Sink};
use crate::model::Level;
use crate::rules::support::disagreements;
use crate::workflow::Context;

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "nitc-status-mismatch",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("nitc_status_mismatch.rs"),
    check: Check::AsOf(check),
};

fn check(ctx: &Context, sink: &mut Sink) {
    let help = "find out which is right, and enter what is missing in the ticket, or have NITC correct its report";
    disagreements(ctx, sink, RULE.name, help);
}
