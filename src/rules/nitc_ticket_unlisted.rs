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

use super::{Finding, Sink};
use crate::model::day_in_words;
use crate::workflow::{Context, unlisted};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let Some(report) = ctx.latest_report().filter(|report| !sink.skips(report.date)) else { return };
    for line in unlisted(ctx, report) {
        let id = line.ticket.id.value;
        let message = format!("{id} is with NITC, and not in its report of {}", day_in_words(report.date));
        let help = "ask NITC whether it has the ticket, and forward it again if not";
        sink.add(Finding::at((line.ticket.file, line.ticket.id.span), id, message).help(help).on(report.date));
    }
}
