//! `invalid-value` (error): a value is not what its field takes.
//!
//! A value is of its field's type: a date, a time, an id, one of the field's words. Two values do not exclude each
//! other, and a meeting is moved to a time before the next one of its kind.
//!
//! **Why.** Dates, offices and states are worked out from these values.
//!
//! **Example.**
//!
//! ```yaml
//! via: [fax]
//! ```
//!
//! **To mend it:** write what the message says; here `[phone]`, `[email]` or both.

use crate::model::{Level, MeetingKind};
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "invalid-value",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("invalid_value.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    sink.add_faults(ctx);
    for kind in MeetingKind::ALL {
        for meeting in ctx.meetings(*kind).iter().filter(|meeting| meeting.moved_too_far) {
            let Some(record) = meeting.record else { continue };
            let Some(to) = record.moved_to else { continue };
            let message = format!("the meeting is moved to {}, which is not before the next {kind} one", to.value);
            let help = "move it to a time before the next meeting, or cancel it: the next pack then covers both";
            sink.add(Finding::at((record.file, to.span), meeting.id(), message).help(help));
        }
    }
}
