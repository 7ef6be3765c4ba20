//! `reply-late` (lapse): the POC had no word within a working day.
//!
//! A `reply` clock is late or overdue. Its due date, and how it came about, are in the message.
//!
//! **Why.** The Help Desk gets back to the POC within 1 working day, with the ticket number, an answer or the
//! status.
//!
//! **Example.**
//!
//! ```yaml
//! received on Monday, the first `follow-up` on Wednesday
//! ```
//!
//! **To mend it:** an overdue one: get back to the POC and enter a `follow-up`; a late one stays on record as it
//! is.

use crate::model::{ClockKind, Level};
use crate::rules::support::late_clocks;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "reply-late",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("reply_late.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    late_clocks(ctx, sink, ClockKind::Reply, "no word to the POC", "get back to the POC and enter a `follow-up`");
}
