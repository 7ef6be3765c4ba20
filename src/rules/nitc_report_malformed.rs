//! `nitc-report-malformed` (error): NITC's report cannot be read.
//!
//! The report is comma-separated text in UTF-8 of at most 1 MiB. It has the columns `nitc_number`,
//! `heat_number` and `status`, or what the settings call them; no heading and no NITC number comes twice; dates
//! and statuses are such; and every row has as many cells as there are headings.
//!
//! **Why.** NITC's own weekly status report is gone through beside our tickets, ticket by ticket.
//!
//! **Example.**
//!
//! ```csv
//! nitc_number,heat_number,status
//! N-2291,HEAT-10423,on hold
//! ```
//!
//! **To mend it:** correct the row that the message names (here the status, to `researching`), or ask NITC to
//! send the report again.

use super::{Check, Rule, Sink};
use crate::load::Project;
use crate::model::Level;

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "nitc-report-malformed",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("nitc_report_malformed.rs"),
    check: Check::OfRecords(check),
};

fn check(project: &Project, sink: &mut Sink) {
    sink.add_faults(project);
}
