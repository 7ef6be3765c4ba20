//! `forward-cr-late` (lapse): an approved CR was not forwarded within a working day.
//!
//! A `forward-cr` clock is late or overdue. Its due date, and how it came about, are in the message.
//!
//! **Why.** ACFO-FS forwards the signed CR to NITC.
//!
//! **Example.**
//!
//! ```yaml
//! approved on Monday, `forwarded` on Thursday
//! ```
//!
//! **To mend it:** an overdue one: forward the CR to NITC and enter `forwarded`; a late one stays on record as it
//! is.

use crate::model::{ClockKind, Level};
use crate::rules::support::late_clocks;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "forward-cr-late",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("forward_cr_late.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    late_clocks(ctx, sink, ClockKind::ForwardCr, "the approved CR was not forwarded", "forward the CR to NITC and enter `forwarded`");
}
