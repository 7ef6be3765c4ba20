//! A value is of its field's type: a date, a time that the project's time zone has, an id, one of the field's
//! words. Two values do not exclude each other (a canceled meeting is not held as well), and a meeting is
//! moved to a time before the next one of its kind.
//!
//! **Why.** States, due dates and figures are worked out from these values; one that cannot be understood would
//! leave a hole in them.
//!
//! **Example.**
//!
//! ```yaml
//! received: 2 November 2026, 9:14
//! via: [fax]
//! ```
//!
//! **To mend it:** write what the message says is expected; here `received: 2026-11-02 09:14` and `via:
//! [phone]`, `[email]` or both.

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
            let message = format!("the meeting is moved to {}, after the next {kind} one has begun", to.value);
            let help = "move it to a time before the next meeting, or cancel it: the next pack then covers both";
            sink.add(Finding::at((record.file, to.span), meeting.id(), message).help(help));
        }
    }
}
