//! Every CR that was forwarded in the base branch must keep its request, which is everything except its log. This rule
//! applies with `check --base`.
//!
//! **Why.** NITC builds what the CFMSCCB approved and signed. No one has approved a request that was edited afterward.
//!
//! **Example.**
//!
//! ```yaml
//! id: CR-2026-007
//! effort: 8 days                # 3 days in the base branch, where the CR is forwarded
//! ```
//!
//! **How to fix it.**
//!
//! - Undo the edit (`git diff` shows it).
//! - Something turned out differently: undo the edit, then run `heatpack log CR-2026-007 note --note TEXT`.
//! - The work is different: undo the edit, then open a new CR with `heatpack new cr`.

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
        let message = format!("{} was changed after it was forwarded on {since}", now.id.value);
        let help = "undo the edit; add a `note`, or open a new CR for different work";
        let finding = Finding::at((now.file, now.id.span), &now.id.value, message).help(help);
        sink.add(differences.iter().map(Difference::words).fold(finding, Finding::note));
    }
}
