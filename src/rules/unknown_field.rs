//! `unknown-field` (error): a field that the record does not have.
//!
//! Every field's name is one of the record's own. A field that belongs to another event, such as `nitc_ref` on
//! anything but `acknowledged`, is unknown too.
//!
//! **Why.** A misspelt field would be information that no pack ever shows, and nobody would notice.
//!
//! **Example.**
//!
//! ```yaml
//! id: HEAT-10423
//! recieved: 2026-11-02 09:14
//! ```
//!
//! **To mend it:** write the field as the data format names it, here `received`. The message names the nearest
//! field, or lists them all.

use super::{Check, Rule, Sink};
use crate::load::Project;
use crate::model::Level;

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "unknown-field",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("unknown_field.rs"),
    check: Check::OfRecords(check),
};

fn check(project: &Project, sink: &mut Sink) {
    sink.add_faults(project);
}
