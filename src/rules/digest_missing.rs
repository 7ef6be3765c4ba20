//! Every `submitted` and `forwarded` must have the `digest` of its request while the board's terms have `signatures:
//! required`. `heatpack log` writes it. Without it, the votes of the round are checked against the present text, so an
//! edit can change which votes count.
//!
//! **Why.** An auditor must be able to tell from the records alone which text the CFMSCCB approved.
//!
//! **Example.**
//!
//! ```yaml
//! - at: 2026-11-10 10:00
//!   event: submitted            # no `digest` follows
//!   by: kfoster
//! ```
//!
//! **How to fix it.**
//!
//! - A new entry: add `submitted` and `forwarded` with `heatpack log`, which writes the digest.
//! - An older entry: no action needed. Adding the digest later would rewrite history.

use super::{Finding, Sink};
use crate::model::{ChangeEvent, SignatureRule};
use crate::workflow::{Context, Violation};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.changes() {
        // Another rule reports an entry without effect.
        let effective = line.steps.iter().filter(|step| step.slip.is_none_or(Violation::takes_effect));
        for entry in effective.filter(|step| step.at <= ctx.as_of).filter_map(|step| line.entry(step)) {
            let event = entry.event.value;
            let date = entry.at.date();
            let required = ctx.board().term_on(date).is_some_and(|term| term.signatures == SignatureRule::Required);
            let needs_one = matches!(event, ChangeEvent::Submitted | ChangeEvent::Forwarded);
            if !needs_one || entry.digest.is_some() || !required || sink.skips(date) {
                continue;
            }
            let message = format!("{} was {event} without the digest of its request", line.cr.id.value);
            let help = "no action needed; `heatpack log` writes the digest of the next entry";
            let finding = Finding::at((line.cr.file, entry.event.span), &line.cr.id.value, message);
            sink.add(finding.help(help).on(date));
        }
    }
}
