//! `nitc-number-mismatch` (lapse): NITC's number for a ticket is not the one that we have.
//!
//! The NITC number of a row is our ticket's latest `nitc_ref`, where we have one.
//!
//! **Why.** NITC's own weekly report is gone through beside our tickets, ticket by ticket.
//!
//! **Example.**
//!
//! ```yaml
//! N-2291 in the report, N-2219 in the ticket
//! ```
//!
//! **To mend it:** ask NITC for the right number; correct it with a new `acknowledged` if it changed.

use crate::model::Level;
use crate::workflow::{Context, reconcile};
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "nitc-number-mismatch",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("nitc_number_mismatch.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    let Some(report) = ctx.latest_report() else { return };
    let (rows, _) = reconcile(ctx, report);
    for row in &rows {
        for found in row.disagreements.iter().filter(|found| found.rule == RULE.name) {
            let place = (report.file, row.row.span);
            let record = row.ticket.map_or(format!("nitc-{}", report.date), |line| line.ticket.id.to_string());
            let help = "ask NITC for the right number, and have the report or the ticket corrected";
            sink.add(Finding::at(place, record, &found.message).help(help).on(report.date));
        }
    }
}
