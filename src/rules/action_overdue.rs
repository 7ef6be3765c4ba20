//! Every action item must be done by its due date. Items are checked from just after the meeting that created them.
//!
//! **Why.** The meetings agree on action items and review them at the next meeting.
//!
//! **Example.**
//!
//! ```yaml
//! actions:
//!   - id: A-2026-031
//!     what: Send the freeze calendar to all POCs
//!     owner: tnguyen
//!     due: 2026-11-10           # past, and there is no `done:`
//! ```
//!
//! **How to fix it.**
//!
//! - The action is done: run `heatpack done` with its id, or add `done:` with the date.
//! - The action is not done: do it, or agree on a new action at the next meeting.

use super::{Finding, Sink};
use crate::model::day_in_words;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (meeting, _, action) in ctx.actions() {
        let done = action.done.is_some_and(|done| done.value.0 <= ctx.today());
        if !done && action.due.value.0 < ctx.today() {
            let due = day_in_words(action.due.value.0);
            let message = format!("{} was due {due} and is not done: {}", action.id.value, action.what.0);
            let help = "add `done:` with the date, or agree on a new action at the next meeting";
            let place = (meeting.file, action.due.span);
            sink.add(Finding::at(place, meeting.name(), message).help(help).on(action.due.value.0));
        }
    }
}
