//! Every ticket in the base branch must keep its `id`, `received`, `poc` and `subject`. This rule applies with `check
//! --base`.
//!
//! **Why.** The POC has the number, deadlines count from `received`, and packs show the POC and the module or
//! initiative.
//!
//! **Example.**
//!
//! ```yaml
//! id: HEAT-10423
//! poc: asmith                   # jrivera in the base branch
//! ```
//!
//! **How to fix it.**
//!
//! - Undo the edit (`git diff` shows it).
//! - Another POC follows the ticket: undo the edit, then run `heatpack log HEAT-10423 handed-over --poc asmith`.
//! - The ticket was entered wrongly: undo the edit, run `heatpack log HEAT-10423 voided --note TEXT`, and enter the
//!   ticket again with `heatpack new ticket`.
//! - The field itself has to change: add an `exception` to the ticket.

use super::{Finding, Sink};
use crate::model::{Exception, RuleId};
use crate::rules::support::allowed;
use crate::workflow::{Context, identity_differences, ticket_diffs};

/// The help for every field.
const UNDO: &str = "undo the edit; for a wrong ticket, enter `voided` and create it again, or add an `exception`";

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let Some(base) = ctx.base() else { return };
    for diff in ticket_diffs(base, ctx.project()) {
        let Some(now) = diff.successor() else { continue };
        let exception = Exception::to(&now.exception, RuleId::IdentityChanged);
        for (difference, span) in identity_differences(diff.was, now) {
            let message = format!("{} was changed: {}", diff.was.id.value, difference.words());
            let help = exception.map_or_else(
                || match difference.field.as_str() {
                    "poc" => {
                        "undo the edit, then enter `handed-over` for another POC, or add an `exception`".to_owned()
                    }
                    _ => UNDO.to_owned(),
                },
                allowed,
            );
            let finding = Finding::at((now.file, span), now.id.value, message).help(help);
            sink.add(finding.on(now.received.date()).excepted(exception.is_some()));
        }
    }
}
