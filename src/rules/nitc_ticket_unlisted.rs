//! `nitc-ticket-unlisted` (lapse): a ticket that is with NITC is not in its report.
//!
//! Every ticket that by our records has been with NITC, or in work there, since before the date of NITC's
//! latest report is in that report.
//!
//! **Why.** What NITC does not list it may not have: a ticket would be waiting for nobody.
//!
//! **Example.**
//!
//! ```csv
//! # HEAT-10423 was forwarded on 12 November; the report of the 16th has
//! nitc_number,heat_number,status
//! N-2301,HEAT-10431,researching
//! ```
//!
//! **To mend it:** ask NITC whether it has the ticket; if not, enter `returned` and forward it again.

use super::{Check, Finding, Rule, Sink};
use crate::model::{Level, day_in_words};
use crate::workflow::{Context, unlisted};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "nitc-ticket-unlisted",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("nitc_ticket_unlisted.rs"),
    check: Check::AsOf(check),
};

fn check(ctx: &Context, sink: &mut Sink) {
    let Some(report) = ctx.latest_report().filter(|report| !sink.skips(report.date)) else { return };
    for line in unlisted(ctx, report) {
        let id = line.ticket.id.value;
        let message = format!("{id} is with NITC, and not in its report of {}", day_in_words(report.date));
        let help = "ask NITC whether it has the ticket, and forward it again if not";
        sink.add(Finding::at((line.ticket.file, line.ticket.id.span), id, message).help(help).on(report.date));
    }
}
