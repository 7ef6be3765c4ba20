//! `forwarded-unapproved` (error, takes an exception): a CR was forwarded that the votes do not carry.
//!
//! A CR is forwarded to NITC once the standing votes carry it: as many approvals as the quorum, the chair's among
//! them if so required, and neither a reject nor a return.
//!
//! **Why.** A change of code needs a CR that the CFMSCCB approves and signs before work begins.
//!
//! **Example.**
//!
//! ```yaml
//! event: forwarded, with 1 of 2 approvals
//! ```
//!
//! **To mend it:** have the board vote first; what was done knowingly takes an `exception`.

use crate::model::Level;
use crate::rules::support::slips;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "forwarded-unapproved",
    level: Some(Level::Error),
    takes_exception: true,
    source: include_str!("forwarded_unapproved.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    slips(ctx, sink, RULE.name, |_, state| match state {
        "draft" => "submit it to the board first, and forward it once it is approved".to_owned(),
        _ => "the votes on record do not carry it; have the board vote first, or put an `exception` on the entry".to_owned(),
    });
}
