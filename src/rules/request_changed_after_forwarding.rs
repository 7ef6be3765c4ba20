//! Judged with `check --base`. Once a change request was forwarded its request, which is everything but its log,
//! stays as the CFMSCCB signed it: its digest is the one that the base has.
//!
//! **Why.** NITC builds what was approved. A request that is edited afterwards is one that nobody approved.
//!
//! **Example.**
//!
//! ```yaml
//! id: CR-2026-007
//! effort: 8 days                # the base has 3 days, and the CR was forwarded
//! ```
//!
//! **To mend it:** take the edit back. What turned out otherwise goes into a `note`; what is to be built otherwise
//! into a new change request.

use super::{Finding, Sink};
use crate::model::{ChangeEvent, day_in_words};
use crate::workflow::{Context, Difference, change_diffs, is_request_edited, request_differences};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let Some(base) = ctx.base() else { return };
    for diff in change_diffs(base, ctx.project()) {
        let Some(now) = diff.successor() else { continue };
        if !is_request_edited(ctx, diff.was, now) {
            continue;
        }
        let forwarded = diff.was.log.iter().rfind(|entry| entry.event.value == ChangeEvent::Forwarded);
        let since = forwarded.map(|entry| day_in_words(entry.at.date())).unwrap_or_default();
        let differences = request_differences(diff.was, now);
        let words: Vec<String> = differences.iter().map(Difference::words).collect();
        let what = if words.is_empty() { "the text of the request is another".to_owned() } else { words.join(", ") };
        let message = format!("{} was altered after it was forwarded on {since}: {what}", now.id.value);
        let help = "take the edit back; put what there is to say into a `note`, and what is to be built otherwise into a new CR";
        sink.add(Finding::at((now.file, now.id.span), &now.id.value, message).help(help));
    }
}
