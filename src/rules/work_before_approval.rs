//! `work-before-approval` (error, takes an exception): work began on a CR that was not forwarded.
//!
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

use super::{Check, Rule, Sink};
use crate::model::Level;
use crate::rules::support::{change_slips, slip_finding};
use crate::workflow::Context;

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "work-before-approval",
    level: Some(Level::Error),
    takes_exception: true,
    source: include_str!("work_before_approval.rs"),
    check: Check::AsOf(check),
};

fn check(ctx: &Context, sink: &mut Sink) {
    for (line, step, entry) in change_slips(ctx, RULE.name) {
        let id = &line.cr.id.value;
        let message = format!("work on {id} began while it was `{}` and had not been forwarded", step.before);
        let help =
            "enter `forwarded` before it if that was done; else stop the work, or put an `exception` on the entry";
        let place = (line.cr.file, entry.event.span);
        sink.add(slip_finding(place, id, entry, step.slip, message, help.to_owned()));
    }
}
