//! `nitc-ticket-unknown` (lapse): NITC's report lists a ticket that we do not have, or that is over.
//!
//! Every ticket in NITC's latest report was outstanding at the end of its date, unless NITC calls it answered,
//! delivered or closed.
//!
//! **Why.** NITC's own weekly report is gone through beside our tickets, ticket by ticket.
//!
//! **Example.**
//!
//! ```yaml
//! a row for HEAT-99999
//! ```
//!
//! **To mend it:** ask NITC which ticket it means.

use crate::model::Level;
use crate::workflow::{Context, reconcile};
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "nitc-ticket-unknown",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("nitc_ticket_unknown.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    let Some(report) = ctx.latest_report() else { return };
    let (rows, _) = reconcile(ctx, report);
    for row in &rows {
        for found in row.disagreements.iter().filter(|found| found.rule == RULE.name) {
            let place = (report.file, row.row.span);
            let record = row.ticket.map_or(format!("nitc-{}", report.date), |line| line.ticket.id.to_string());
            let help = "ask NITC which ticket it means, and have the report or the ticket corrected";
            sink.add(Finding::at(place, record, &found.message).help(help).on(report.date));
        }
    }
}
