//! heatpack: checks the records of a three-line user support process and makes the packs of its meetings.
//!
//! One crate, one binary, data flowing one way; a floor uses lower floors only, and no other module of its own (`tests/it/architecture` checks it):
//!
//! ```text
//! data/ ──load──> Project ──workflow──> Context ──rules───> Vec<Diagnostic> ──┐
//!                                          └─────report──> Pack ──────────────┴─render──> Bundle ──commands──> output/
//! ```
//!
//! | floor | module | what it does |
//! |---|---|---|
//! | 0 | [`record`] | nodes with places, typed values, rules' names |
//! | 1 | [`model`] | the records |
//! | 2 | [`calendar`], `git`, `disk` | working days and dates; the history; files written as a whole or not at all |
//! | 3 | [`load`] | files to records, with every fault found in one run |
//! | 4 | [`workflow`] | timelines, clocks, votes, meetings, for one as-of time |
//! | 5 | [`rules`], [`import`], [`merge`] | what is wrong, and what was late: one file a rule; another tracker's export as records, and mails; two versions joined |
//! | 5 | [`search`] | an index of words, and documents that are alike |
//! | 6 | [`report`] | packs and pages as typed views |
//! | 7 | [`render`] | views to HTML, PDF, JSON, CSV, workbooks and text |
//! | 8 to 11 | [`commands`] | the command line: what commands share, entering records, the commands, their table |
#![forbid(unsafe_code)]
// These panic on a closed stream.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod calendar;
pub mod commands;
mod disk;
mod git;
pub mod import;
pub mod load;
pub mod merge;
pub mod model;
pub mod record;
pub mod render;
pub mod report;
pub mod rules;
pub mod search;
pub mod workflow;
