//! Every ticket in the `from` of a written-up answer must have been resolved at least once.
//!
//! **Why.** POCs rely on what they read under Answers. A ticket without a resolution has no answer yet.
//!
//! **Example.**
//!
//! ```yaml
//! # data/answers/export-drops-q4.yaml, while HEAT-10423 is still with NITC
//! id: export-drops-q4
//! from: [HEAT-10423]            # never resolved
//! ```
//!
//! **How to fix it.**
//!
//! - The POC has the answer: run `heatpack log HEAT-10423 resolved --note TEXT`.
//! - The number is wrong, or the ticket repeats another one: correct `from:`.

use super::{Finding, Sink};
use crate::model::TicketEvent;
use crate::workflow::{Context, is_written};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let answers = ctx.project().answers.values();
    for answer in answers.filter(|answer| is_written(answer, ctx.as_of)) {
        for id in &answer.from {
            // Other rules report unknown tickets and files with errors.
            let Some(line) = ctx.prepared.tickets.get(&id.value).filter(|line| line.exists_at(ctx.as_of)) else {
                continue;
            };
            if line.last_entry(TicketEvent::Resolved, ctx.as_of).is_none() {
                let message = format!("{} was never resolved", id.value);
                let help = "enter `resolved` in the ticket, or correct `from`";
                sink.add(Finding::at((answer.file, id.span), &answer.id.value, message).help(help));
            }
        }
    }
}
