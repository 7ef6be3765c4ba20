//! `subject-not-supported` (error): the subject was not supported on the date received.
//!
//! The module or initiative was supported on the date the ticket was received (`from` and `until` in
//! subjects.yaml).
//!
//! **Why.** The Help Desk supports the MITS modules and PMA initiatives, each for its time.
//!
//! **Example.**
//!
//! ```yaml
//! a ticket of 2 Nov for a module with `until: 2026-09-30`
//! ```
//!
//! **To mend it:** correct `subject`, or the period in data/subjects.yaml.

use crate::model::{Level, day_in_words};
use crate::workflow::{Context, is_supported};
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "subject-not-supported",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("subject_not_supported.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.tickets() {
        let ticket = line.ticket;
        let Some(subject) = ctx.project().subject(&ticket.subject.value) else { continue };
        let date = ticket.received.date();
        if !is_supported(subject, date) {
            let message = format!("{} was not supported on {}", subject.name.0, day_in_words(date));
            let help = "correct `subject` or `received`, or the period in data/subjects.yaml";
            sink.add(Finding::at((ticket.file, ticket.subject.span), ticket.id.value, message).help(help).on(date));
        }
    }
}
