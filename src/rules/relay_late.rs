//! `relay-late` (lapse): the POC was not told of an answer within a working day.
//!
//! A `relay` clock is late or overdue. Its due date, and how it came about, are in the message.
//!
//! **Why.** The Help Desk gives NITC's answer, or word of the delivered change, to the POC within 1 working day.
//!
//! **Example.**
//!
//! ```yaml
//! `researched` on Monday, `resolved` on Friday
//! ```
//!
//! **To mend it:** an overdue one: tell the POC and enter `resolved` or a `follow-up`; a late one stays on record
//! as it is.

use crate::model::{ClockKind, Level};
use crate::rules::support::late_clocks;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "relay-late",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("relay_late.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    late_clocks(ctx, sink, ClockKind::Relay, "no word of the answer to the POC", "tell the POC and enter `resolved` or a `follow-up`");
}
