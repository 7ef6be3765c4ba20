//! Every written-up answer with a `review_by` must be reviewed by that date. The Help Desk then sets a new date.
//!
//! **Why.** Modules change. An answer that was right last year can mislead a POC today.
//!
//! **Example.**
//!
//! ```yaml
//! id: export-drops-q4
//! review_by: 2026-11-10         # past
//! ```
//!
//! **How to fix it.**
//!
//! - The answer is still right: set `review_by` to the next date.
//! - The answer is wrong: correct `text`, then set `review_by`.
//! - The answer no longer needs a review: delete `review_by`.

use super::{Finding, Sink};
use crate::model::day_in_words;
use crate::workflow::{Context, is_written};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for answer in ctx.project().answers.values().filter(|answer| is_written(answer, ctx.as_of)) {
        let Some(review_by) = answer.review_by.filter(|date| date.value.0 < ctx.today()) else { continue };
        let on = review_by.value.0;
        if sink.skips(on) {
            continue;
        }
        let message = format!("the answer was due for review {}: {}", day_in_words(on), answer.title.0);
        let help = "review the answer, then set `review_by` to the next date";
        sink.add(Finding::at((answer.file, review_by.span), &answer.id.value, message).help(help).on(on));
    }
}
