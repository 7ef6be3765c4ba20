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

use super::{Finding, Rule, Sink};
use crate::model::Level;
use crate::workflow::{Context, reconcile};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "nitc-status-mismatch",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("nitc_status_mismatch.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    let Some(report) = ctx.latest_report() else { return };
    let (rows, _) = reconcile(ctx, report);
    for row in &rows {
        for found in row.disagreements.iter().filter(|found| found.rule == RULE.name) {
            let place = (report.file, row.row.span);
            let record = row.ticket.map_or(format!("nitc-{}", report.date), |line| line.ticket.id.to_string());
            let help =
                "find out which is right, and enter what is missing in the ticket, or have NITC correct its report";
            sink.add(Finding::at(place, record, &found.message).help(help).on(report.date));
        }
    }
}
