//! `nitc-response-late` (lapse): NITC gave no initial response within 2 days.
//!
//! A `nitc-response` clock is late or overdue. Its due date, and how it came about, are in the message.
//!
//! **Why.** NITC gives an initial response within 2 days.
//!
//! **Example.**
//!
//! ```yaml
//! forwarded on Monday, `initial-response` on Friday
//! ```
//!
//! **To mend it:** an overdue one: ask NITC for its first findings and enter the `initial-response`; a late one
//! stays on record as it is.

use crate::model::{ClockKind, Level};
use crate::rules::support::late_clocks;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "nitc-response-late",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("nitc_response_late.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    late_clocks(ctx, sink, ClockKind::NitcResponse, "no initial response by NITC", "ask NITC for its first findings and enter the `initial-response`");
}
