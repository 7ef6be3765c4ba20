//! `work-before-approval` (error, takes an exception): work began on a CR that was not forwarded.
//!
//! NITC starts work on a CR after ACFO-FS has forwarded it, signed.
//!
//! **Why.** The CFMSCCB approves and signs a CR before work begins.
//!
//! **Example.**
//!
//! ```yaml
//! event: started, without `forwarded` before it
//! ```
//!
//! **To mend it:** enter the `forwarded` that is missing; what was done knowingly takes an `exception`.

use crate::model::Level;
use crate::rules::support::slips;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "work-before-approval",
    level: Some(Level::Error),
    takes_exception: true,
    source: include_str!("work_before_approval.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    slips(ctx, sink, RULE.name, |_, _| {
        "enter `forwarded` before it if it was; else stop the work, or put an `exception` on the entry".to_owned()
    });
}
