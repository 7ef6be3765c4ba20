//! NITC enters `started` on a CR that ACFO-FS has `forwarded`.
//!
//! **Why.** A change of code needs a CR that the CFMSCCB approves and signs before work begins.
//!
//! **Example.**
//!
//! ```yaml
//! log:
//!   - at: 2026-11-10 10:00
//!     event: submitted
//!     by: kfoster
//!   - at: 2026-11-18 08:30
//!     event: started
//!     by: rpatel
//! ```
//!
//! **To mend it:** enter the `forwarded` that is missing, or stop the work. What was done knowingly takes an
//! `exception` on the entry, and then takes effect.

use super::Sink;
use crate::model::{Help, RuleId};
use crate::rules::support::{change_slips, slip_finding};
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for (line, step, entry) in change_slips(ctx, RuleId::WorkBeforeApproval) {
        let id = &line.cr.id.value;
        let message = format!("work on {id} began while it was `{}` and had not been forwarded", step.before);
        let first = "enter `forwarded` before it if that was done; else stop the work, or";
        let help = Help::Either {
            file: format!("{first} put an `exception` on the entry"),
            flags: format!("{first} use `--force --reason TEXT --allowed-by ID`"),
        };
        let place = (line.cr.file, entry.event.span);
        sink.add(slip_finding(place, id, entry, step.slip, message, help));
    }
}
