//! `transition-forbidden` (error, takes an exception): an event that is not possible in the state.
//!
//! Every event is one that the state allows: a ticket is closed once it is resolved, NITC answers what was
//! forwarded to it, a clock is waived while it runs. An event that is not allowed has no effect.
//!
//! **Why.** The process has an order; a step that is left out is a step that nobody did, or nobody entered.
//!
//! **Example.**
//!
//! ```yaml
//! event: closed, of a ticket that was never resolved
//! ```
//!
//! **To mend it:** enter the step that is missing, or take the entry out; what was done knowingly takes an
//! `exception`.

use crate::model::{EventKind, Level};
use crate::rules::support::{either, slips};
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "transition-forbidden",
    level: Some(Level::Error),
    takes_exception: true,
    source: include_str!("transition_forbidden.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    slips(ctx, sink, RULE.name, |entry, _| {
        let (event, states) = either!(entry, entry => {
            let spec = entry.event.spec();
            (entry.event.name(), spec.allowed.iter().map(|state| format!("`{state}`")).collect::<Vec<_>>())
        });
        format!("`{event}` goes with {}; enter the step that is missing before it, or take this entry out", states.join(", "))
    });
}
