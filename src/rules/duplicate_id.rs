//! `duplicate-id` (error): two records share an id, or two tickets an NITC number.
//!
//! Ids are unique: of records of a kind, of action items in all meetings, of people and subjects in their lists (a
//! person may come again for another period). NITC's number belongs to one ticket.
//!
//! **Why.** References and reports go by these ids.
//!
//! **Example.**
//!
//! ```yaml
//! two files with `id: HEAT-10423`
//! ```
//!
//! **To mend it:** give the newer record the next free id.

use crate::model::Level;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "duplicate-id",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("duplicate_id.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    sink.add_faults(ctx);
}
