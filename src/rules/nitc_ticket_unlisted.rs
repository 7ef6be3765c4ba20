//! `nitc-ticket-unlisted` (lapse): a ticket that is with NITC is not in its report.
//!
//! Every ticket that by our records has been with NITC, or in work there, since before the date of the latest
//! report is in that report.
//!
//! **Why.** NITC's own weekly report is gone through beside our tickets, ticket by ticket.
//!
//! **Example.**
//!
//! ```yaml
//! forwarded on Thursday, not in Monday's report
//! ```
//!
//! **To mend it:** ask NITC whether it has the ticket; send it again if not.

use crate::model::{Level, day_in_words};
use crate::workflow::{Context, reconcile};
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "nitc-ticket-unlisted",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("nitc_ticket_unlisted.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    let Some(report) = ctx.latest_report() else { return };
    let (_, unlisted) = reconcile(ctx, report);
    for line in unlisted {
        let id = line.ticket.id.value;
        let message = format!("{id} is with NITC, and not in its report of {}", day_in_words(report.date));
        let help = "ask NITC whether it has the ticket, and forward it again if not";
        sink.add(Finding::at((line.ticket.file, line.ticket.id.span), id, message).help(help).on(report.date));
    }
}
