//! heatpack: checks the records of a three-line user support process and makes the packs of its meetings.
//!
//! One crate, one binary, data flowing one way; a floor uses lower floors only:
//!
//! ```text
//! data/ ──load──> Project ──workflow──> Context ──rules───> Vec<Diagnostic> ──┐
//!                                          └─────report──> Pack ──────────────┴─render──> Bundle ──commands──> output/
//! ```
//!
//! | floor | modules | what it does |
//! |---|---|---|
//! | 0 | [`record`], [`model`], [`calendar`] | nodes with places and typed values; the records; working days and dates |
//! | 1 | [`load`], [`git`] | files to records, with every fault found in one run |
//! | 2 | [`workflow`] | timelines, clocks, votes, meetings, for one as-of time |
//! | 3 | [`rules`], [`import`] | what is wrong, and what was late: one file a rule; another tracker's export as records |
//! | 4 | [`report`] | packs and pages as typed views |
//! | 5 | [`render`] | views to HTML, PDF, JSON, CSV and text |
//! | 6 | [`commands`] | the command line |
#![forbid(unsafe_code)]
// These panic where nobody can hear them.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod calendar;
pub mod commands;
pub mod git;
pub mod import;
pub mod load;
pub mod model;
pub mod record;
pub mod render;
pub mod report;
pub mod rules;
pub mod workflow;
