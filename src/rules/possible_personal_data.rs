//! `possible-personal-data` (error): a text holds what looks like a Social Security or payment-card number.
//!
//! No text, NITC's report included, holds a number of the form of a Social Security number (three, two and four
//! digits with hyphens or spaces between) that could have been given out, or one of 13 to 19 digits whose check
//! digit is right and that begins as those of payment cards do.
//!
//! **Why.** Packs go to many readers, and what was once in git stays in its history.
//!
//! **Example.**
//!
//! ```yaml
//! description: |
//!   The voucher of the user with the Social Security number 123-45-…
//! ```
//!
//! **To mend it:** take the number out, and ask for help to take it out of the history too. Name the person by
//! their id or by the number of a document.

use super::{Check, Rule, Sink};
use crate::load::Project;
use crate::model::Level;

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "possible-personal-data",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("possible_personal_data.rs"),
    check: Check::OfRecords(check),
};

/// A file's text is looked through once, when it is read (`load/personal_data.rs`).
fn check(project: &Project, sink: &mut Sink) {
    sink.add_faults(project);
}
