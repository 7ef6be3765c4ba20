//! Every submitted CR must have `priority`, `risk`, `effort`, `description`, `justification`, `impact`,
//! `security_impact`, `test_plan` and `rollback_plan`, none of them blank. Drafts are not checked.
//!
//! **Why.** The CFMSCCB decides on the whole request, including its risk and its rollback plan.
//!
//! **Example.**
//!
//! ```yaml
//! id: CR-2026-007
//! priority: routine
//! risk: low
//! rollback_plan:                # blank
//! log:
//!   - at: 2026-11-10 10:00
//!     event: submitted
//!     by: kfoster
//! ```
//!
//! **How to fix it.**
//!
//! - Fill in the missing fields, then run `heatpack log CR-2026-007 submitted`. The board votes on the new text.

use super::{Finding, Sink};
use crate::record::list;
use crate::rules::support::submissions;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, entry, at) in submissions(ctx) {
        let missing = line.cr.lacks();
        if !missing.is_empty() {
            let message = format!("submitted without {}", list(&missing));
            let help = format!("fill in the missing fields, then run `heatpack log {} submitted`", line.cr.id.value);
            let finding = Finding::at((line.cr.file, entry.event.span), &line.cr.id.value, message);
            sink.add(finding.help(help).on(at.date()));
        }
    }
}
