//! `event-order` (error): a log entry is older than the one before it.
//!
//! The entries of a log are in the order of their times, none before the ticket was received.
//!
//! **Why.** States and clocks follow from the order of events.
//!
//! **Example.**
//!
//! ```yaml
//! received 2026-11-02 09:14, then an entry `at: 2026-10-02 11:30`
//! ```
//!
//! **To mend it:** correct the time; if the time is right, move the entry to its place.

use crate::model::{FileId, Level, Minute, Spanned};
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "event-order",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("event_order.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for ticket in ctx.project().tickets.values() {
        let received = Some((ticket.received.value, "the ticket was received"));
        judge(sink, ticket.file, &ticket.id.to_string(), received, ticket.log.iter().map(|entry| entry.at));
    }
    for cr in ctx.project().changes.values() {
        judge(sink, cr.file, &cr.id.to_string(), None, cr.log.iter().map(|entry| entry.at));
    }
}

fn judge(
    sink: &mut Sink,
    file: FileId,
    record: &str,
    first: Option<(Minute, &'static str)>,
    times: impl Iterator<Item = Spanned<Minute>>,
) {
    let mut before = first;
    for at in times {
        if let Some((earlier, what)) = before.filter(|(earlier, _)| at.value < *earlier) {
            let message = format!("{} is before {earlier}, when {what}", at.value);
            let help = "correct the time, or move the entry to its place: the oldest comes first";
            sink.add(Finding::at((file, at.span), record, message).help(help).on(at.date()));
        }
        before = Some((at.value, "the entry before it was made"));
    }
}
