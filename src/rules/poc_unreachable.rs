//! `poc-unreachable` (error): a POC has neither phone nor email.
//!
//! At least one of `phone` and `email` is there.
//!
//! **Why.** The Help Desk gets back to the POC within a working day.
//!
//! **Example.**
//!
//! ```yaml
//! a POC's file without `email:` and `phone:`
//! ```
//!
//! **To mend it:** add one of the two.

use crate::model::Level;
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "poc-unreachable",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("poc_unreachable.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for poc in ctx.project().pocs.values().filter(|poc| poc.email.is_none() && poc.phone.is_none()) {
        let message = format!("{} has neither phone nor email", poc.name.0);
        let help = "add a line `email: …` or `phone: …`";
        sink.add(Finding::at((poc.file, poc.id.span), &poc.id.value, message).help(help));
    }
}
