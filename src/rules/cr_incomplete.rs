//! A submitted CR has `priority`, `risk`, `effort`, `description`, `justification`, `impact`,
//! `security_impact`, `test_plan` and `rollback_plan`, none of them blank. A draft need not have them.
//!
//! **Why.** The CFMSCCB decides on the whole request, its risk and its way back included.
//!
//! **Example.**
//!
//! ```yaml
//! id: CR-2026-007
//! priority: routine
//! risk: low
//! rollback_plan:
//! log:
//!   - at: 2026-11-10 10:00
//!     event: submitted
//!     by: kfoster
//! ```
//!
//! **To mend it:** fill in what the message names, and enter `submitted` again, so that the board votes on the
//! new text.

use super::{Finding, Sink};
use crate::record::list;
use crate::rules::support::submissions;
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, entry, at) in submissions(ctx) {
        let missing = line.cr.lacks();
        if !missing.is_empty() {
            let message = format!("submitted without {}", list(&missing));
            let help = "fill in what is missing, and enter `submitted` again: the board decides on the new text";
            let finding = Finding::at((line.cr.file, entry.event.span), &line.cr.id.value, message);
            sink.add(finding.help(help).on(at.date()));
        }
    }
}
