//! `nitc-ticket-unknown` (lapse): NITC's report lists a ticket that we do not have, or that is over.
//!
//! Every ticket that NITC's latest report lists is one of ours, and was outstanding at the end of the report's
//! date, unless NITC calls it answered, delivered or closed.
//!
//! **Why.** NITC's own weekly status report is gone through beside our tickets: NITC should not work on what is
//! done.
//!
//! **Example.**
//!
//! ```csv
//! nitc_number,heat_number,status
//! N-2291,HEAT-99999,researching
//! ```
//!
//! **To mend it:** ask NITC which ticket it means, and have the report or the ticket corrected. A row without a
//! ticket has a blank `heat_number`.

use super::{Finding, Rule, Sink};
use crate::model::Level;
use crate::workflow::{Context, reconcile};

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
