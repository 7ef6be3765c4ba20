//! `duplicate-key` (error): a field is written twice.
//!
//! A field stands once in its record or entry.
//!
//! **Why.** Nobody can say which of the two values is meant, and programs differ in which one they take.
//!
//! **Example.**
//!
//! ```yaml
//! poc: jrivera
//! received: 2026-11-02 09:14
//! poc: bfabula
//! ```
//!
//! **To mend it:** write the field once, with the right value. If another entry of a list begins there, put `- ` before
//! its first field, and delete nothing.

use super::{Check, Rule, Sink};
use crate::load::Project;
use crate::model::Level;

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "duplicate-key",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("duplicate_key.rs"),
    check: Check::OfRecords(check),
};

fn check(project: &Project, sink: &mut Sink) {
    sink.add_faults(project);
}
