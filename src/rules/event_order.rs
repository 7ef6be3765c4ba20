//! Every log entry must be as late as the one before it or later, and no earlier than the ticket's `received`. Two
//! entries can have the same time.
//!
//! **Why.** States and deadlines follow from the order of events. An entry out of order counts as made at the time of
//! the entry before it.
//!
//! **Example.**
//!
//! ```yaml
//! received: 2026-11-02 09:14
//! log:
//!   - at: 2026-10-02 11:30      # before `received`
//!     event: follow-up
//!     by: tnguyen
//! ```
//!
//! **How to fix it.**
//!
//! - The time is wrong: correct `at`, here to `2026-11-02 11:30`.
//! - The time is right: move the entry, so that the oldest comes first.

use std::fmt::Display;

use super::{Finding, Sink};
use crate::model::{Entry, EventKind, FileId, Help, Minute, RuleId, Spanned};
use crate::rules::support::is_on;
use crate::workflow::{Context, LogDiff};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let reported = is_on(ctx, RuleId::HistoryRewritten);
    let base = ctx.base().filter(|_| reported).map(|base| &base.records);
    for ticket in ctx.prepared.tickets.values().filter(|line| !line.is_in_order).map(|line| line.ticket) {
        let was = base.and_then(|base| base.tickets.get(&ticket.id.value));
        if was.is_some_and(|was| is_reordered(&was.log, &ticket.log)) {
            continue;
        }
        let received = Some((ticket.received.value, "the ticket, received"));
        judge(ctx, sink, ticket.file, ticket.id.value, received, ticket.log.iter().map(|entry| entry.at));
    }
    for cr in ctx.project().changes.values() {
        let was = base.and_then(|base| base.changes.get(&cr.id.value));
        if was.is_some_and(|was| is_reordered(&was.log, &cr.log)) {
            continue;
        }
        judge(ctx, sink, cr.file, &cr.id.value, None, cr.log.iter().map(|entry| entry.at));
    }
}

/// Whether the pull request moved entries. `history-rewritten` reports that, unless an exception allows it.
fn is_reordered<E: EventKind>(was: &[Entry<E>], is: &[Entry<E>]) -> bool {
    let moved = LogDiff::new(was, is).moved;
    !moved.is_empty() && moved.iter().all(|(_, now)| is[*now].exception.is_none())
}

fn judge(
    ctx: &Context,
    sink: &mut Sink,
    file: FileId,
    record: impl Display,
    first: Option<(Minute, &'static str)>,
    times: impl Iterator<Item = Spanned<Minute>>,
) {
    // `future-event` reports future times. They make no other entry too old.
    let is_future = |at: Minute| !ctx.as_of_given && at > ctx.as_of;
    let mut before = first.filter(|(at, _)| !is_future(*at));
    for at in times {
        if let Some((earlier, what)) = before.filter(|(earlier, _)| at.value < *earlier) {
            let message = format!("the entry of {} is older than {what} {earlier}", at.value);
            let is_first = first.is_some_and(|(_, received)| received == what);
            let flags = if is_first { "use --at with a time after that" } else { "use --at with a later time" };
            let help = Help::Either {
                file: "correct the time, or move the entry so that the oldest comes first".to_owned(),
                flags: flags.to_owned(),
            };
            sink.add(Finding::at((file, at.span), &record, message).help(help).on(at.date()));
        }
        if !is_future(at.value) {
            before = Some((at.value, "the one before it, of"));
        }
    }
}
