//! `resolved-with-cr-pending` (error, takes an exception): a ticket was resolved while it awaits a change.
//!
//! A ticket that awaits a change of code is resolved once its CRs are delivered or finished.
//!
//! **Why.** A change of code needs a CR that the CFMSCCB approves before work begins; the ticket stays open until
//! the change is in.
//!
//! **Example.**
//!
//! ```yaml
//! event: resolved, while CR-2026-007 is before the board
//! ```
//!
//! **To mend it:** wait for the change; if the POC can do without it, have the CR withdrawn or enter `returned`
//! first.

use crate::model::Level;
use crate::rules::support::slips;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "resolved-with-cr-pending",
    level: Some(Level::Error),
    takes_exception: true,
    source: include_str!("resolved_with_cr_pending.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    slips(ctx, sink, RULE.name, |_, _| {
        "enter the CR's delivery or withdrawal first, or `returned` if no change is needed after all".to_owned()
    });
}
