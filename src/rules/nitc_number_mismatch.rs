//! `nitc-number-mismatch` (lapse): NITC's number for a ticket is not the one that we have.
//!
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

use super::{Check, Rule, Sink};
use crate::model::Level;
use crate::rules::support::disagreements;
use crate::workflow::Context;

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "nitc-number-mismatch",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("nitc_number_mismatch.rs"),
    check: Check::AsOf(check),
};

fn check(ctx: &Context, sink: &mut Sink) {
    disagreements(ctx, sink, RULE.name, "ask NITC for the right number, and have the report or the ticket corrected");
}
