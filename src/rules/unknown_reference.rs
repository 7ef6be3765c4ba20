//! `unknown-reference` (error): an id that no record has.
//!
//! Every POC, subject, member of staff or of the board, ticket and CR that a record names is on record, as what is
//! asked for there.
//!
//! **Why.** A reference to nothing is a slip of the pen, and the work goes to nobody.
//!
//! **Example.**
//!
//! ```yaml
//! poc: jriver
//! ```
//!
//! **To mend it:** correct the id; the message names the nearest one.

use crate::model::Level;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "unknown-reference",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("unknown_reference.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    sink.add_faults(ctx);
}
