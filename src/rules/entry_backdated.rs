//! Judged with `check --base`. A log entry, a vote or the `received` of a ticket that the base has not is of a time
//! whose meeting was over when the base was committed: the pack that was handed out there says otherwise. A vote by
//! somebody who is no longer on the board, of a time at which they were, is one too. So is an entry of a CR that comes
//! before another one that the base has, notes aside.
//!
//! It is an error if the entry would change how the board decided: a `submitted`, `forwarded` or `withdrawn` dated before
//! a vote that the base has, or a `submitted` or `withdrawn` before an entry that it has. Such an entry has no effect.
//!
//! **Why.** Entering late is no fault, yet the meeting decided by a pack that did not have it. A vote that is
//! dated back has to stand out. What the board decided, and what followed, is not changed afterward.
//!
//! **Example.**
//!
//! ```yaml
//! # added on 20 November; the weekly meetings of the 4th, the 12th and the 18th are over
//! - at: 2026-11-02 13:05
//!   event: forwarded
//!   by: tnguyen
//! ```
//!
//! **To mend it:** if the time is right, nothing: tell the next meeting that the pack read otherwise. Else correct
//! the time. An entry that is an error needs a time after the last vote and entry of its CR.

use chrono::NaiveDate;

use super::{Finding, Sink};
use crate::load::{Base, LoadedChange, LoadedVote};
use crate::model::{
    ChangeEvent, Entry, EventKind, FileId, Level, MeetingKind, Minute, RuleId, Span, day_in_words, minute_in_words,
};
use crate::rules::support::is_on;
use crate::workflow::{Context, KnownLog, LogDiff, change_diffs, ticket_diffs, vote_diff};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let Some(base) = ctx.base() else { return };
    let project = ctx.project();
    let is_new = |file: FileId, had: bool| !had && base.touches(project, file);
    let mut renamed = Vec::new();
    for diff in ticket_diffs(base, project) {
        let Some(now) = diff.successor() else { continue };
        renamed.push(now.file);
        added(ctx, base, sink, now.file, &now.id.to_string(), &diff.was.log, &now.log);
    }
    for diff in change_diffs(base, project) {
        let Some(now) = diff.successor() else { continue };
        added_to_change(ctx, base, sink, now);
    }
    for ticket in project.tickets.values() {
        let had = base.records.known.tickets.ids.contains(&ticket.id.value) || renamed.contains(&ticket.file);
        if is_new(ticket.file, had) {
            let times = std::iter::once(ticket.received.value).chain(ticket.log.iter().map(|entry| entry.at.value));
            let what = format!("{} was received on {}", ticket.id.value, minute_in_words(ticket.received.value));
            new(ctx, base, sink, (ticket.file, ticket.received.span), &ticket.id.to_string(), what, times);
        }
    }
    for cr in project.changes.values() {
        let had = base.records.known.changes.ids.contains(&cr.id.value);
        if let Some(first) = cr.log.first().filter(|_| is_new(cr.file, had)) {
            let what = format!("{} begins on {}", cr.id.value, minute_in_words(first.at.value));
            new(
                ctx,
                base,
                sink,
                (cr.file, first.at.span),
                cr.id.as_str(),
                what,
                cr.log.iter().map(|entry| entry.at.value),
            );
        }
    }
    for vote in vote_diff(base, project).added {
        cast(ctx, base, sink, vote);
    }
}

/// The entries that a log has now and had not in the base.
fn added<E: EventKind>(
    ctx: &Context,
    base: &Base,
    sink: &mut Sink,
    file: FileId,
    record: &str,
    was: &[Entry<E>],
    is: &[Entry<E>],
) {
    for entry in LogDiff::new(was, is).added.into_iter().map(|at| &is[at]) {
        let packs = packs(ctx, base, [entry.at.value].into_iter());
        if !packs.is_empty() {
            let what = format!("the entry of {} `{}`", minute_in_words(entry.at.value), entry.event.value);
            late(
                sink,
                (file, entry.at.span),
                record,
                format!("{what} is entered only now: {}", words(&packs)),
                entry.at.date(),
            );
        }
    }
}

/// The entries that a CR's log has now and had not in the base.
fn added_to_change(ctx: &Context, base: &Base, sink: &mut Sink, cr: &LoadedChange) {
    let log = KnownLog::new(base, ctx.project(), cr);
    for index in log.added() {
        let entry = &cr.log[index];
        let (at, event, place) = (entry.at.value, entry.event.value, (cr.file, entry.at.span));
        let what = format!("the entry of {} `{event}` is entered only now", minute_in_words(at));
        if ctx.prepared.late.has_entry(&cr.id.value, index) {
            let message = format!("{what}, and would change how the board decided on {}", cr.id.value);
            let help = "date the entry after the last vote and entry of the CR, or remove it: it has no effect";
            sink.add(Finding::at(place, &cr.id.value, message).help(help).on(at.date()).level(Level::Error));
            continue;
        }
        let before = log.after_entry(index).filter(|_| event != ChangeEvent::Note);
        let packs = packs(ctx, base, [at].into_iter());
        if packs.is_empty() && before.is_none() {
            continue;
        }
        let before = before.map(|next| format!(", before the `{}` that the base has", next.event.value));
        let packs = if packs.is_empty() { String::new() } else { format!(": {}", words(&packs)) };
        late(sink, place, cr.id.as_str(), format!("{what}{}{packs}", before.unwrap_or_default()), at.date());
    }
}

/// A record that is new as a whole: its entries come late with it.
fn new(
    ctx: &Context,
    base: &Base,
    sink: &mut Sink,
    place: (FileId, Span),
    record: &str,
    what: String,
    times: impl Iterator<Item = Minute> + Clone,
) {
    let packs = packs(ctx, base, times.clone());
    if let Some(first) = times.min().filter(|_| !packs.is_empty()) {
        late(sink, place, record, format!("{what} and is entered only now: {}", words(&packs)), first.date());
    }
}

fn cast(ctx: &Context, base: &Base, sink: &mut Sink, vote: &LoadedVote) {
    // What is wrong with one that the base has entries after is told by the rule about that.
    if ctx.prepared.late.has_vote(vote.file) && is_on(ctx, RuleId::DecisionOutOfTime) {
        return;
    }
    let at = vote.at.value;
    let packs = packs(ctx, base, [at].into_iter());
    let left = left_board(ctx, base, vote).filter(|_| at <= ctx.as_of);
    if packs.is_empty() && left.is_none() {
        return;
    }
    let mut message = format!("the vote of {} of {} is added only now", vote.by.value, minute_in_words(at));
    if let Some(left) = left {
        message.push_str(&format!(", dated back into their term on the board, which ended on {}", day_in_words(left)));
    }
    if !packs.is_empty() {
        message.push_str(&format!(": {}", words(&packs)));
    }
    late(sink, (vote.file, vote.at.span), vote.cr.as_str(), message, at.date());
}

/// The last date of a voter on the board who was on it at the vote's date, and was no longer when the base was
/// committed.
fn left_board(ctx: &Context, base: &Base, vote: &LoadedVote) -> Option<NaiveDate> {
    let board = ctx.board();
    let is_member = |date| board.members_on(date).iter().any(|member| member.id.value == vote.by.value);
    let then = is_member(vote.at.date()) && !is_member(base.committed.date());
    let own = board.members.iter().filter(|member| then && member.id.value == vote.by.value);
    let untils = own.filter_map(|member| member.until).map(|until| until.value.0);
    untils.filter(|until| *until >= vote.at.date() && *until < base.committed.date()).min()
}

fn late(sink: &mut Sink, place: (FileId, Span), record: &str, message: String, on: NaiveDate) {
    let help = "if the time is right, nothing is to be changed: tell the next meeting; else correct the time";
    sink.add(Finding::at(place, record, message).help(help).on(on));
}

/// The packs in whose periods these times lie and that were due when the base was committed: one of each kind for
/// a time, in the order of their meetings.
fn packs(ctx: &Context, base: &Base, times: impl Iterator<Item = Minute>) -> Vec<(Minute, MeetingKind, String)> {
    let mut packs = Vec::new();
    for at in times.filter(|at| *at <= ctx.as_of && *at < base.committed) {
        for kind in MeetingKind::ALL.iter().copied() {
            let held = ctx.meetings(kind);
            // Meetings are in the order in which they are held.
            let from = held.partition_point(|meeting| meeting.held < at);
            let own = held[from..].iter().find(|meeting| meeting.canceled.is_none());
            packs.extend(own.filter(|own| own.held < base.committed).map(|own| (own.held, kind, own.day_held())));
        }
    }
    packs.sort();
    packs.dedup();
    packs
}

/// "the weekly pack of Wed 4 Nov 2026 and the monthly pack of Thu 12 Nov 2026 read otherwise".
fn words(packs: &[(Minute, MeetingKind, String)]) -> String {
    const NAMED: usize = 4;
    let mut names: Vec<String> =
        packs.iter().take(NAMED).map(|(_, kind, day)| format!("the {kind} pack of {day}")).collect();
    if packs.len() > NAMED {
        names.push(format!("{} more", packs.len() - NAMED));
    }
    let verb = if packs.len() == 1 { "reads" } else { "read" };
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last} {verb} otherwise", rest.join(", ")),
        _ => format!("{} {verb} otherwise", names.concat()),
    }
}
