//! The NITC number of a row of the latest report is our ticket's latest `nitc_ref` by the end of the report's
//! date, where there is one.
//!
//! **Why.** NITC acknowledges a ticket with its own number, under which both sides speak of it.
//!
//! **Example.**
//!
//! ```csv
//! # HEAT-10423 was acknowledged with `nitc_ref: N-2291`
//! nitc_number,heat_number,status
//! N-2219,HEAT-10423,researching
//! ```
//!
//! **To mend it:** ask NITC for the right number. If it changed, enter `acknowledged` again with the new one.

use super::Sink;
use crate::model::RuleId;
use crate::rules::support::disagreements;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    disagreements(
        ctx,
        sink,
        RuleId::NitcNumberMismatch,
        "ask NITC for the right number, and have the report or the ticket corrected",
    );
}
