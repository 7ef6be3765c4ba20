//! `nitc-report-malformed` (error): NITC's report cannot be read.
//!
//! The report is a CSV file with the columns `nitc_number`, `heat_number` and `status`, dates and statuses that are
//! such, each NITC number once, and as many cells in every row as there are headings.
//!
//! **Why.** NITC's own weekly report is gone through beside our tickets.
//!
//! **Example.**
//!
//! ```yaml
//! a row with the status `on hold`
//! ```
//!
//! **To mend it:** correct the row that the message names, or ask NITC to send the report again.

use crate::model::Level;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "nitc-report-malformed",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("nitc_report_malformed.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    sink.add_faults(ctx);
}
