//! `missing-field` (error): a required field is missing or blank.
//!
//! Every field that the data format does not call optional is there, and a required text is not blank.
//!
//! **Why.** The packs show these fields of every record.
//!
//! **Example.**
//!
//! ```yaml
//! - at: 2026-11-02 13:05
//!     event: acknowledged
//!     by: rpatel
//! ```
//!
//! **To mend it:** add the field; here `nitc_ref: N-2291`.

use crate::model::Level;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "missing-field",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("missing_field.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    sink.add_faults(ctx);
}
