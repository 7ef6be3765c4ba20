//! Every CR must be `forwarded` by ACFO-FS before NITC enters `started`.
//!
//! **Why.** A code change needs a CR that the CFMSCCB approves and signs before work begins.
//!
//! **Example.**
//!
//! ```yaml
//! log:
//!   - at: 2026-11-10 10:00
//!     event: submitted
//!     by: kfoster
//!   - at: 2026-11-18 08:30
//!     event: started            # not forwarded
//!     by: rpatel
//! ```
//!
//! **How to fix it.**
//!
//! - `forwarded` is missing: run `heatpack log CR-2026-007 forwarded`, with the time it happened.
//! - The CR was not forwarded: stop the work.
//! - Work began deliberately: add an `exception` to the entry. The entry then takes effect.

use super::Sink;
use crate::model::{Help, RuleId};
use crate::rules::support::{change_slips, slip_finding};
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, step, entry) in change_slips(ctx, RuleId::WorkBeforeApproval) {
        let id = &line.cr.id.value;
        let message = format!("work on {id} began while it was `{}`, before it was forwarded", step.before);
        let first = "enter `forwarded` first, or stop the work";
        let help = Help::or_exception(first, first);
        let place = (line.cr.file, entry.event.span);
        sink.add(slip_finding(place, id, entry, step.slip, message, help));
    }
}
