//! `cr-not-raised` (lapse): no change request was submitted in time.
//!
//! A `raise-cr` clock is late or overdue. Its due date, and how it came about, are in the message.
//!
//! **Why.** A change of code needs a Change Request that ACFO-FS submits.
//!
//! **Example.**
//!
//! ```yaml
//! `researched` as a code change on 2 Nov, no CR by 9 Nov
//! ```
//!
//! **To mend it:** an overdue one: prepare the CR and submit it; a late one stays on record as it is.

use crate::model::{ClockKind, Level};
use crate::rules::support::late_clocks;
use crate::workflow::Context;
use super::{Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "cr-not-raised",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("cr_not_raised.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    late_clocks(ctx, sink, ClockKind::RaiseCr, "no change request was submitted", "prepare the CR and submit it");
}
