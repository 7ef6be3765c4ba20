//! Every ticket's module or initiative must be supported on the date received (`from` and `until` in
//! data/subjects.yaml).
//!
//! **Why.** The MITS Help Desk supports the MITS modules and PMA initiatives, each for its period.
//!
//! **Example.**
//!
//! ```yaml
//! # data/subjects.yaml has `until: 2026-09-30` for competitive-sourcing
//! id: HEAT-10423
//! subject: competitive-sourcing   # no longer supported
//! received: 2026-11-02 09:14
//! ```
//!
//! **How to fix it.**
//!
//! - The ticket is wrong: correct `subject` or `received`.
//! - The period is wrong: correct `from` or `until` in data/subjects.yaml.

use super::{Finding, Sink};
use crate::model::{day_in_words, is_reversed};
use crate::workflow::{Context, is_supported};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.tickets() {
        let ticket = line.ticket;
        let Some(subject) = ctx.project().subject(&ticket.subject.value) else { continue };
        let date = ticket.received.date();
        // `period-reversed` reports a reversed period.
        if !is_supported(subject, date) && !is_reversed(subject.from, subject.until) {
            let bound = match (subject.from, subject.until) {
                (Some(from), _) if date < from.value.0 => format!("only from {}", day_in_words(from.value.0)),
                (_, Some(until)) => format!("until {}", day_in_words(until.value.0)),
                _ => continue,
            };
            let (name, on) = (&subject.name.0, day_in_words(date));
            let message = format!("{name} was not supported on {on}, the date received, but {bound}");
            let help = "correct `subject` or `received`, or the period in data/subjects.yaml";
            sink.add(Finding::at((ticket.file, ticket.subject.span), ticket.id.value, message).help(help).on(date));
        }
    }
}
