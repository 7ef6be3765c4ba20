//! Every ticket that has been with NITC, or in progress there, since before the date of NITC's latest report must be in
//! that report.
//!
//! **Why.** NITC may not have a ticket that it does not list, and then no one works on it.
//!
//! **Example.**
//!
//! ```csv
//! # HEAT-10423 was forwarded on November 12; the report of November 16 does not list it
//! nitc_number,heat_number,status
//! N-2301,HEAT-10431,researching
//! ```
//!
//! **How to fix it.**
//!
//! - Ask NITC whether it has the ticket. If not, run `heatpack log HEAT-10423 returned --note TEXT`, and forward it
//!   again with `heatpack log HEAT-10423 forwarded`.

use super::{Finding, Sink};
use crate::model::day_in_words;
use crate::workflow::{Context, unlisted};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let Some(report) = ctx.latest_report().filter(|report| !sink.skips(report.date)) else { return };
    for line in unlisted(ctx, report) {
        let id = line.ticket.id.value;
        let message = format!("{id} is with NITC but not in its report of {}", day_in_words(report.date));
        let help = "ask NITC whether it has the ticket, and forward it again if not";
        sink.add(Finding::at((line.ticket.file, line.ticket.id.span), id, message).help(help).on(report.date));
    }
}
