//! `nitc-status-mismatch` (lapse): NITC's status of a ticket does not fit ours.
//!
//! The status of a row fits our ticket's state at the end of the report's date.
//!
//! **Why.** NITC's own weekly report is gone through beside our tickets, ticket by ticket.
//!
//! **Example.**
//!
//! ```yaml
//! `answered` in the report, `with-nitc` by our records
//! ```
//!
//! **To mend it:** find out which is right, and enter what is missing in the ticket.

use crate::model::Level;
use crate::workflow::{Context, reconcile};
use super::{Finding, Rule, Sink};

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
            let help = "find out which is right, and enter what is missing in the ticket, or have NITC correct its report";
            sink.add(Finding::at(place, record, &found.message).help(help).on(report.date));
        }
    }
}
