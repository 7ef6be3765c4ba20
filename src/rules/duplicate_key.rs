//! `duplicate-key` (error): a field is written twice.
//!
//! A field stands once in its record or entry.
//!
//! **Why.** Nobody can say which of two values is meant.
//!
//! **Example.**
//!
//! ```yaml
//! poc: jrivera
//!   poc: mlee
//! ```
//!
//! **To mend it:** keep one of the two lines.

use crate::model::Level;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "duplicate-key",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("duplicate_key.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    sink.add_faults(ctx);
}
