//! Judged with `check --base`. The `id`, `received`, `poc` and `subject` of a ticket that the base has stay what
//! they are.
//!
//! **Why.** The POC was given the number, deadlines count from the receipt, and packs named the POC and the subject.
//!
//! **Example.**
//!
//! ```yaml
//! id: HEAT-10423
//! poc: asmith                   # the base has jrivera
//! ```
//!
//! **To mend it:** take the edit back. A ticket passes to another POC with an entry `handed-over`. One that was
//! entered wrongly is `voided`, and entered anew under its right number. Where it has to be corrected all the same, put
//! an `exception` on the ticket.

use super::{Finding, Sink};
use crate::model::RuleId;
use crate::rules::support::allowed;
use crate::workflow::{Context, identity_differences, ticket_diffs};

/// What to do, whatever was altered.
const UNDO: &str = "take the edit back; a ticket that was entered wrongly is `voided` and entered anew, or gets an \
                    `exception`";

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let Some(base) = ctx.base() else { return };
    for diff in ticket_diffs(base, ctx.project()) {
        let Some(now) = diff.successor() else { continue };
        let exception = now.exception.as_ref().filter(|exception| exception.rule.value == RuleId::IdentityChanged);
        for (difference, span) in identity_differences(diff.was, now) {
            let message = format!("{} was altered: {}", diff.was.id.value, difference.words());
            let help = exception.map_or_else(
                || match difference.field.as_str() {
                    "poc" => format!("{UNDO}; a ticket passes to another POC with an entry `handed-over`"),
                    _ => UNDO.to_owned(),
                },
                allowed,
            );
            let finding = Finding::at((now.file, span), now.id.value, message).help(help);
            sink.add(finding.on(now.received.date()).excepted(exception.is_some()));
        }
    }
}
