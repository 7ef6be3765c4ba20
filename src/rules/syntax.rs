//! `syntax` (error): the file is not one YAML mapping (or list) in UTF-8 within the limits.
//!
//! A record is one YAML document: a mapping, or a list in subjects.yaml and staff.yaml, in UTF-8, of at most 1 MiB,
//! nested at most 32 deep, with at most 10,000 log entries. Anchors, aliases, merge keys and tags are not used.
//!
//! **Why.** A file that cannot be read for certain cannot be kept on record.
//!
//! **Example.**
//!
//! ```yaml
//! title: Export: the last quarter is missing
//! ```
//!
//! **To mend it:** put a value that holds `: ` or `#`, or starts with `[`, `{` or `*`, into quotes.

use crate::model::Level;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "syntax",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("syntax.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    sink.add_faults(ctx);
}
