//! Every log entry, vote, `received`, `held: true` and `done` must be dated now or earlier, and no later than `ends` in
//! data/heatpack.yaml. This rule does not apply with `--as-of`.
//!
//! **Why.** A log records what happened, not what is planned. A ticket to be closed tomorrow is open today.
//!
//! **Example.**
//!
//! ```yaml
//! - at: 2062-11-02 11:30        # the year is wrong
//!   event: follow-up
//!   by: tnguyen
//! ```
//!
//! **How to fix it.**
//!
//! - The date is wrong: correct it.
//! - The event is planned: enter it after it has happened.

use std::fmt::Display;

use super::{Finding, Sink};
use crate::model::{FLAG, FileId, Help, Minute, Spanned};
use crate::rules::support::{either, entries};
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    if ctx.as_of_given {
        return;
    }
    let project = ctx.project();
    for entry in entries(project) {
        let at = either!(entry.entry, entry => entry.at);
        judge(ctx, sink, entry.file, entry.record, at, "this entry is dated");
    }
    for ticket in project.tickets.values() {
        judge(ctx, sink, ticket.file, ticket.id.value, ticket.received, "`received` is");
    }
    for vote in project.votes.values().flatten() {
        judge(ctx, sink, vote.file, &vote.cr.value, vote.at, "this vote is dated");
    }
    for meeting in project.meetings.values() {
        let occurrence = ctx.meetings(meeting.kind).iter().find(|other| other.scheduled == meeting.date.0);
        let instant = occurrence.map_or(Minute::start_of(meeting.date.0), |occurrence| occurrence.held);
        if let Some(held) = meeting.held.filter(|held| held.value) {
            let at = Spanned { value: instant, span: held.span };
            judge(ctx, sink, meeting.file, meeting.name(), at, "`held: true` is for a meeting of");
        }
        for done in meeting.actions.iter().filter_map(|action| action.done) {
            let at = Spanned { value: Minute::start_of(done.value.0), span: done.span };
            judge(ctx, sink, meeting.file, meeting.name(), at, "`done` is dated");
        }
    }
}

fn judge(ctx: &Context, sink: &mut Sink, file: FileId, record: impl Display, at: Spanned<Minute>, what: &str) {
    if at.value > ctx.as_of {
        let ends = ctx.project().settings.ends.filter(|ends| *ends == ctx.as_of);
        let (message, help) = match ends {
            Some(ends) => (
                format!("{what} {}, after {ends}, which is `ends` in data/heatpack.yaml", at.value),
                "correct the date, or change `ends` in data/heatpack.yaml",
            ),
            None => (
                format!("{what} {}, in the future (now {})", at.value, ctx.as_of),
                "correct the date, or enter the event after it has happened",
            ),
        };
        let flags = format!("use {FLAG} with the time it happened, or enter the event after it has happened");
        let help = Help::Either { file: help.to_owned(), flags };
        sink.add(Finding::at((file, at.span), record, message).help(help).on(at.date()));
    }
}
