//! The module or initiative was supported on the date on which the ticket was received (`from` and `until` in
//! subjects.yaml).
//!
//! **Why.** The MITS Help Desk supports the MITS modules and PMA initiatives, each for its time.
//!
//! **Example.**
//!
//! ```yaml
//! # subjects.yaml says `until: 2026-09-30` of competitive-sourcing
//! id: HEAT-10423
//! subject: competitive-sourcing
//! received: 2026-11-02 09:14
//! ```
//!
//! **To mend it:** correct `subject` or `received`, or the period in data/subjects.yaml.

use super::{Finding, Sink};
use crate::model::{day_in_words, is_reversed};
use crate::workflow::{Context, is_supported};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.tickets() {
        let ticket = line.ticket;
        let Some(subject) = ctx.project().subject(&ticket.subject.value) else { continue };
        let date = ticket.received.date();
        // A period that is turned round is `period-reversed`'s to report.
        if !is_supported(subject, date) && !is_reversed(subject.from, subject.until) {
            let bound = match (subject.from, subject.until) {
                (Some(from), _) if date < from.value.0 => format!("only from {} on", day_in_words(from.value.0)),
                (_, Some(until)) => format!("until {}", day_in_words(until.value.0)),
                _ => continue,
            };
            let (name, on) = (&subject.name.0, day_in_words(date));
            let message = format!("{name} was not supported on {on}, when the ticket was received, but {bound}");
            let help = "correct `subject` or `received`, or the period in data/subjects.yaml";
            sink.add(Finding::at((ticket.file, ticket.subject.span), ticket.id.value, message).help(help).on(date));
        }
    }
}
