//! Every ticket in NITC's latest report must be one of ours and outstanding at the end of the report's date, unless its
//! status is answered, delivered or closed.
//!
//! **Why.** The weekly meeting reviews NITC's own weekly status report beside our tickets. NITC should not work on
//! finished tickets.
//!
//! **Example.**
//!
//! ```csv
//! nitc_number,heat_number,status
//! N-2291,HEAT-99999,researching  # not one of our tickets
//! ```
//!
//! **How to fix it.**
//!
//! - Ask NITC which ticket it means, and ask for a corrected report or correct the ticket.
//! - The row has no ticket: leave `heat_number` blank.

use super::Sink;
use crate::model::RuleId;
use crate::rules::support::disagreements;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let help = "ask NITC which ticket it means, then correct the report or the ticket";
    disagreements(ctx, sink, RuleId::NitcTicketUnknown, help);
}
