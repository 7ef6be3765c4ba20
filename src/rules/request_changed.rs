//! Every CR under board review or at NITC must have the text that was last submitted: its digest must equal the
//! `digest` of its last `submitted`. Comments, quotes and the order of fields do not matter. Drafts, returned CRs and
//! finished CRs are not checked.
//!
//! **Why.** The CFMSCCB decides on the submitted text, and NITC builds the approved text. An edit does not move votes:
//! they stay on the old text.
//!
//! **Example.**
//!
//! ```yaml
//! # data/crs/CR-2026-007.yaml
//! effort: 90 days               # 6 days when it was submitted
//! log:
//!   - at: 2026-11-10 10:00
//!     event: submitted
//!     by: kfoster
//!     digest: sha256:9f2c…
//! ```
//!
//! **How to fix it.**
//!
//! - The edit is wrong: undo it (`git diff` shows it).
//! - The new text is right: run `heatpack log CR-2026-007 submitted`, and ask the board to vote on it.

use super::{Finding, Sink};
use crate::model::{ChangeEvent, CrState, RuleId, day_in_words};
use crate::rules::support::{is_on, is_request_change_reported};
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.changes().filter(|line| line.is_request_changed(ctx.as_of)) {
        if is_on(ctx, RuleId::RequestChangedAfterForwarding) && is_request_change_reported(ctx, line) {
            continue;
        }
        let submitted = |step: &&_| line.is(step, ChangeEvent::Submitted);
        let Some(step) = line.steps.iter().rfind(|step| step.at <= ctx.as_of && submitted(step)) else { continue };
        let Some(entry) = line.entry(step) else { continue };
        let id = &line.cr.id.value;
        let message = format!("{id} differs from the request submitted on {}", day_in_words(step.at.date()));
        let may_submit = line.state_at(ctx.as_of).is_some_and(CrState::is_before_board);
        let help = if may_submit {
            format!("undo the edit, or submit the new text with `heatpack log {id} submitted`")
        } else {
            "undo the edit, and add a `note` or open a new CR".to_owned()
        };
        let place = entry.digest.as_ref().map_or(entry.event.span, |digest| digest.span);
        let finding = Finding::at((line.cr.file, line.cr.id.span), id, message).help(help);
        sink.add(finding.label((line.cr.file, place), "the digest of the submitted text").on(step.at.date()));
    }
}
