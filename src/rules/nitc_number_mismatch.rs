//! Every NITC number in the latest report must equal our ticket's latest `nitc_ref` at the end of the report's date, if
//! it has one.
//!
//! **Why.** NITC acknowledges a ticket with its own number, which both sides use for the ticket.
//!
//! **Example.**
//!
//! ```csv
//! # HEAT-10423 was acknowledged with `nitc_ref: N-2291`
//! nitc_number,heat_number,status
//! N-2219,HEAT-10423,researching  # a different number
//! ```
//!
//! **How to fix it.**
//!
//! - The report is wrong: ask NITC to correct it.
//! - The number has changed: run `heatpack log HEAT-10423 acknowledged --by rpatel --nitc-ref N-2219`.

use super::Sink;
use crate::model::RuleId;
use crate::rules::support::disagreements;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let help = "ask NITC for the right number, then correct the report or the ticket";
    disagreements(ctx, sink, RuleId::NitcNumberMismatch, help);
}
