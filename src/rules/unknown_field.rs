//! `unknown-field` (error): a field that the record does not have.
//!
//! Every field's name is one of the record's own; one that belongs to another event is unknown too.
//!
//! **Why.** A misspelt field would be information that nobody ever sees.
//!
//! **Example.**
//!
//! ```yaml
//! recieved: 2026-11-02 09:14
//! ```
//!
//! **To mend it:** write the field as the data format names it; the message says which is nearest.

use crate::model::Level;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "unknown-field",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("unknown_field.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    sink.add_faults(ctx);
}
