//! Every log entry and vote in the base branch, and the file of every meeting that was held, must be unchanged and in
//! the same order. This rule applies with `check --base`. You can add entries between others, add an `exception` to an
//! entry, set `answer` of a resolution, and add `done` to an open action item. Comments, quotes, the order of fields and
//! line ends do not matter.
//!
//! **Why.** Packs were built from these entries, and people acted on them. A new entry corrects a mistake; the old
//! entry stays. `heatpack amend` corrects entries that are not in the base branch yet.
//!
//! **Example.**
//!
//! ```yaml
//! - at: 2026-11-02 14:05        # 2026-11-02 13:05 in the base branch
//!   event: forwarded
//!   by: tnguyen
//! ```
//!
//! **How to fix it.**
//!
//! - A log entry: undo the edit (`git diff` shows it), then run `heatpack log HEAT-10423 note --note TEXT` with the
//!   correction.
//! - An entry that should not be there: undo the edit, then run `heatpack log HEAT-10423 struck`.
//! - A vote: undo the edit. A new decision is a new vote (`heatpack sign`).
//! - Minutes: undo the edit, and correct them at the next meeting.
//! - The entry itself has to change: add an `exception` to it.

use super::{Finding, Sink};
use crate::load::Base;
use crate::model::{Entry, EventKind, Exception, FileId, RuleId, Span, day_in_words, minute_in_words};
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
        let differences = entry_differences(before, now);
        // Who can read a resolution is no part of what happened.
        if !differences.is_empty() && differences.iter().all(|own| own.field == "answer") {
            continue;
        }
        let message = format!("the entry of {} was changed", entry_words(before));
        entry(sink, record.0, id, now, message, &differences);
    }
    for (before, now) in &change.moved {
        let message = format!("the entry of {} was moved in the log", entry_words(&was[*before]));
        entry(sink, record.0, id, &is[*now], message, &[]);
    }
    for before in &change.removed {
        let before = &was[*before];
        let message = format!("the entry of {} was removed from the log", entry_words(before));
        let help = "restore the entry, and correct it with a new entry: a `note`, or `struck` for a ticket";
        sink.add(Finding::at(record, id, message).help(help).on(before.at.date()));
    }
}

/// A finding at an entry as it is now.
fn entry<E: EventKind>(
    sink: &mut Sink,
    file: FileId,
    id: &str,
    now: &Entry<E>,
    message: String,
    differences: &[Difference],
) {
    let exception = Exception::to(&now.exception, RuleId::HistoryRewritten);
    let help = exception.map_or_else(
        || "undo the edit and add a `note` with the correction, or add an `exception` to the entry".to_owned(),
        allowed,
    );
    let finding = Finding::at((file, now.span), id, message).help(help).on(now.at.date());
    sink.add(noted(finding, differences).excepted(exception.is_some()));
}

fn votes(ctx: &Context, base: &Base, sink: &mut Sink) {
    let changes = vote_diff(base, ctx.project());
    let help = "undo the edit, and record a new decision as a new vote";
    for (was, now) in changes.altered {
        let message = format!("the vote of {} of {} was changed", was.by.value, minute_in_words(was.at.value));
        let finding = Finding::at((now.file, now.cr.span), &was.cr.value, message).help(help).on(was.at.date());
        sink.add(noted(finding, &vote_differences(was, now)));
    }
    for was in changes.gone {
        let path = &base.records.file(was.file).path;
        let message = format!("the vote of {} of {} was deleted", was.by.value, minute_in_words(was.at.value));
        missing(ctx, sink, path, was.cr.as_str(), message, "restore the file; a later vote of the member replaces it");
    }
    // A vote with errors was on record too.
    let broken = base.records.left_out.iter().filter(|path| path.starts_with("data/decisions/"));
    for path in broken.filter(|path| file_at(ctx.project(), path).is_none()) {
        let record = path.rsplit('/').nth(1).unwrap_or("");
        missing(ctx, sink, path, record, "a vote was deleted".to_owned(), "restore the file, and fix its errors");
    }
}

fn meetings(ctx: &Context, base: &Base, sink: &mut Sink) {
    let help = "undo the edit, and correct the minutes at the next meeting";
    for diff in meeting_diffs(base, ctx.project()).into_iter().filter(|diff| diff.was.was_held()) {
        let was = diff.was;
        let meeting = format!("the {} meeting of {}", was.kind, day_in_words(was.date.0));
        if let Some(now) = diff.successor() {
            let differences = minutes_differences(was, now);
            if !differences.is_empty() {
                let message = format!("the record of {meeting} was changed");
                let span = now.held.map_or(now.date.span, |held| held.span);
                let finding = Finding::at((now.file, span), was.name(), message).help(help).on(was.date.0);
                sink.add(noted(finding, &differences));
            }
        } else if matches!(diff.now, After::Gone) {
            let path = &base.records.file(was.file).path;
            missing(
                ctx,
                sink,
                path,
                &was.name(),
                format!("the file of {meeting}, which was held, was deleted"),
                "restore the file",
            );
        }
    }
}

/// Reports a file that is missing, or that has another record now.
fn missing(ctx: &Context, sink: &mut Sink, path: &str, record: &str, message: String, help: &str) {
    if is_left_out(ctx.project(), path) {
        return;
    }
    sink.add(Finding::missing(path.to_owned(), record, message).help(help));
}

/// "Mon, Nov 2, 2026, 13:05 `forwarded`".
fn entry_words<E: EventKind>(entry: &Entry<E>) -> String {
    format!("{} `{}`", minute_in_words(entry.at.value), entry.event.value)
}

/// The finding with a note for each difference.
fn noted(finding: Finding, differences: &[Difference]) -> Finding {
    differences.iter().map(Difference::words).fold(finding, Finding::note)
}
