//! Every `submitted` and `forwarded` must have the `digest` of its request while the board's terms say
//! `signatures: required`. `heatpack log` writes it. A round without one is on the request as it is now, so an edit
//! can change which votes count.
//!
//! **Why.** An auditor must be able to tell from the records alone which text the CFMSCCB approved.
//!
//! **Example.**
//!
//! ```yaml
//! - at: 2026-11-10 10:00
//!   event: submitted
//!   by: kfoster
//! ```
//!
//! **To mend it:** enter `submitted` and `forwarded` with `heatpack log`. An older entry stays as it is: adding the
//! digest later would rewrite it.

use super::{Finding, Sink};
use crate::model::{ChangeEvent, SignatureRule};
use crate::workflow::{Context, Violation};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.changes() {
        // An entry that has no effect is an error, and nothing more.
        let effective = line.steps.iter().filter(|step| step.slip.is_none_or(Violation::takes_effect));
        for entry in effective.filter(|step| step.at <= ctx.as_of).filter_map(|step| line.entry(step)) {
            let event = entry.event.value;
            let date = entry.at.date();
            let required = ctx.board().term_on(date).is_some_and(|term| term.signatures == SignatureRule::Required);
            let bears_one = matches!(event, ChangeEvent::Submitted | ChangeEvent::Forwarded);
            if !bears_one || entry.digest.is_some() || !required || sink.skips(date) {
                continue;
            }
            let message = format!("{} was {event} without the digest of its request", line.cr.id.value);
            let help = "no action needed; this stays on record, and `heatpack log` writes the digest of the next one";
            let finding = Finding::at((line.cr.file, entry.event.span), &line.cr.id.value, message);
            sink.add(finding.help(help).on(date));
        }
    }
}
