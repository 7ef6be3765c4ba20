//! Every value must be of its field's type: a date, a time that exists in the project's time zone, an id, or one of the
//! field's words. Values must not contradict each other (a canceled meeting is not held), and a meeting must be moved
//! to a time before the next one of its kind.
//!
//! **Why.** States, due dates and figures are computed from these values.
//!
//! **Example.**
//!
//! ```yaml
//! received: 2 November 2026, 9:14   # not in the form of a time
//! via: [fax]                        # not a word of this field
//! ```
//!
//! **How to fix it.**
//!
//! - Write the value as the help shows it, here `received: 2026-11-02 09:14`, and `via: [phone]`, `[email]` or both.

use super::{Finding, Sink};
use crate::model::MeetingKind;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    sink.add_faults(ctx.project());
    if ctx.project().settings_left_out {
        return;
    }
    for kind in MeetingKind::ALL {
        for meeting in ctx.meetings(*kind).iter().filter(|meeting| meeting.moved_too_far) {
            let Some(record) = meeting.record else { continue };
            let Some(to) = record.moved_to else { continue };
            let message = format!("the meeting is moved to {}, after the next {kind} meeting began", to.value);
            let help = "move it to a time before the next meeting, or cancel it; the next pack then covers both";
            sink.add(Finding::at((record.file, to.span), meeting.id(), message).help(help));
        }
    }
}
