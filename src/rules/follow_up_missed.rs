//! `follow-up-missed` (lapse): the POC had no word for a week.
//!
//! A `follow-up` clock is late or overdue. Its due date, and how it came about, are in the message.
//!
//! **Why.** The Help Desk follows up with the POC every week until the ticket is resolved and closed.
//!
//! **Example.**
//!
//! ```yaml
//! a `follow-up` on 2 Nov, the next one on 20 Nov
//! ```
//!
//! **To mend it:** an overdue one: follow up with the POC and enter a `follow-up`; a late one stays on record as it
//! is.

use crate::model::{ClockKind, Level};
use crate::rules::support::late_clocks;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "follow-up-missed",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("follow_up_missed.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    late_clocks(ctx, sink, ClockKind::FollowUp, "no follow-up with the POC", "follow up with the POC and enter a `follow-up`");
}
