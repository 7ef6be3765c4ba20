//! Judged with `check --base`. Every log entry of the base is still there, unaltered and in its order; so is every
//! vote, and the file of every meeting that was held (an action that was open may be `done` since). Entries may be
//! added between others, and an `exception` may be added to an entry. How it is written does not matter:
//! comments, quotes, the order of fields, line ends.
//!
//! **Why.** Packs were made from these entries, and people acted on them. What happened is not changed afterwards;
//! what was entered wrongly is put right by a new entry.
//!
//! **Example.**
//!
//! ```yaml
//! # the base has 2026-11-02 13:05 here
//! - at: 2026-11-02 14:05
//!   event: forwarded
//!   by: tnguyen
//! ```
//!
//! **To mend it:** take the edit back (`git diff` shows it), and enter a `note` that says what is right. Where the
//! entry has to be corrected all the same, put an `exception` on it. A new decision is a new vote, and minutes are
//! corrected at the next meeting.

use super::{Finding, Sink};
use crate::load::Base;
use crate::model::{Entry, EventKind, FileId, RuleId, Span, day_in_words, minute_in_words};
use crate::rules::support::allowed;
use crate::workflow::{
    After, Context, Difference, LogDiff, change_diffs, entry_differences, file_at, is_left_out, meeting_diffs,
    minutes_differences, ticket_diffs, vote_diff, vote_differences,
};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let Some(base) = ctx.base() else { return };
    let project = ctx.project();
    for diff in ticket_diffs(base, project) {
        let Some(now) = diff.successor() else { continue };
        let place = (now.file, now.id.span);
        log(sink, place, &now.id.to_string(), &diff.was.log, &now.log);
    }
    for diff in change_diffs(base, project) {
        let Some(now) = diff.successor() else { continue };
        let place = (now.file, now.id.span);
        log(sink, place, now.id.as_str(), &diff.was.log, &now.log);
    }
    votes(ctx, base, sink);
    meetings(ctx, base, sink);
}

fn log<E: EventKind>(sink: &mut Sink, record: (FileId, Span), id: &str, was: &[Entry<E>], is: &[Entry<E>]) {
    let change = LogDiff::new(was, is);
    for (before, now) in &change.altered {
        let (before, now) = (&was[*before], &is[*now]);
        let words = words(&entry_differences(before, now));
        let message = format!("the entry of {} was altered: {words}", entry_words(before));
        entry(sink, record.0, id, now, message);
    }
    for (before, now) in &change.moved {
        let message = format!("the entry of {} was moved to another place in the log", entry_words(&was[*before]));
        entry(sink, record.0, id, &is[*now], message);
    }
    for before in &change.removed {
        let before = &was[*before];
        let message = format!("the entry of {} was taken out of the log", entry_words(before));
        let help = "put the entry back as it was; what was wrong in it is put right by a new entry, such as a `note`";
        sink.add(Finding::at(record, id, message).help(help).on(before.at.date()));
    }
}

/// A finding at an entry as it is now.
fn entry<E: EventKind>(sink: &mut Sink, file: FileId, id: &str, now: &Entry<E>, message: String) {
    let exception = now.exception.as_ref().filter(|exception| exception.rule.value == RuleId::HistoryRewritten);
    let help = exception.map_or_else(
        || "take the edit back, and enter what is right as a new entry, such as a `note`; or put an `exception` on the entry".to_owned(),
        allowed,
    );
    let finding = Finding::at((file, now.span), id, message).help(help).on(now.at.date());
    sink.add(finding.excepted(exception.is_some()));
}

fn votes(ctx: &Context, base: &Base, sink: &mut Sink) {
    let changes = vote_diff(base, ctx.project());
    let help = "take the edit back: a new decision is a new vote, in a file of its own";
    for (was, now) in changes.altered {
        let words = words(&vote_differences(was, now));
        let message = format!("the vote of {} of {} was altered: {words}", was.by.value, minute_in_words(was.at.value));
        sink.add(Finding::at((now.file, now.cr.span), &was.cr.value, message).help(help).on(was.at.date()));
    }
    for was in changes.gone {
        let path = &base.records.file(was.file).path;
        let message = format!("the vote of {} of {} was taken out", was.by.value, minute_in_words(was.at.value));
        missing(ctx, sink, path, was.cr.as_str(), message, "put the file back: a member's later vote stands before it");
    }
    // A vote that could not be read was on record too.
    let broken = base.records.left_out.iter().filter(|path| path.starts_with("data/decisions/"));
    for path in broken.filter(|path| file_at(ctx.project(), path).is_none()) {
        let record = path.rsplit('/').nth(1).unwrap_or("");
        missing(
            ctx,
            sink,
            path,
            record,
            "a vote was taken out".to_owned(),
            "put the file back, and mend what is wrong in it",
        );
    }
}

fn meetings(ctx: &Context, base: &Base, sink: &mut Sink) {
    let help = "take the edit back: the minutes are final, and are corrected at the next meeting";
    for diff in meeting_diffs(base, ctx.project()).into_iter().filter(|diff| diff.was.was_held()) {
        let was = diff.was;
        let meeting = format!("the {} meeting of {}", was.kind, day_in_words(was.date.0));
        if let Some(now) = diff.successor() {
            let differences = minutes_differences(was, now);
            if !differences.is_empty() {
                let message = format!("what is on record of {meeting} was altered: {}", words(&differences));
                let span = now.held.map_or(now.date.span, |held| held.span);
                sink.add(Finding::at((now.file, span), was.name(), message).help(help).on(was.date.0));
            }
        } else if matches!(diff.now, After::Gone) {
            let path = &base.records.file(was.file).path;
            missing(
                ctx,
                sink,
                path,
                &was.name(),
                format!("the file of {meeting}, which was held, was taken out"),
                "put the file back as it was",
            );
        }
    }
}

/// A finding about a file that is not there any more, or holds something else.
fn missing(ctx: &Context, sink: &mut Sink, path: &str, record: &str, message: String, help: &str) {
    if is_left_out(ctx.project(), path) {
        return;
    }
    sink.add(Finding::missing(path.to_owned(), record, message).help(help));
}

/// "Mon 2 Nov 2026 13:05 `forwarded`".
fn entry_words<E: EventKind>(entry: &Entry<E>) -> String {
    format!("{} `{}`", minute_in_words(entry.at.value), entry.event.value)
}

fn words(differences: &[Difference]) -> String {
    differences.iter().map(Difference::words).collect::<Vec<_>>().join(", ")
}
