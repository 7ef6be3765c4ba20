//! Every new log entry, vote and `received` must be dated after the last meeting before the base commit. This rule
//! applies with `check --base`. Two more cases are backdated: a vote dated in a board term that has ended, and a CR
//! entry dated before an entry in the base branch, except notes. The finding is an error if the entry would change a
//! board decision: a `submitted`, `forwarded` or `withdrawn` dated before a vote in the base branch, or a `submitted`
//! or `withdrawn` dated before an entry there. Such an entry has no effect.
//!
//! **Why.** A late entry is allowed, but the meeting used a pack without it. A backdated vote must be visible. A board
//! decision and what followed it must not change afterward.
//!
//! **Example.**
//!
//! ```yaml
//! # added on November 20, after the weekly meetings of November 4, 12 and 18
//! - at: 2026-11-02 13:05        # before those meetings
//!   event: forwarded
//!   by: tnguyen
//! ```
//!
//! **How to fix it.**
//!
//! - The time is right: tell the next meeting that the pack has changed. No edit is needed.
//! - The time is wrong: correct `at`.
//! - The finding is an error: use a time after the last vote and entry of the CR.

use chrono::NaiveDate;

use super::{Finding, Sink};
use crate::load::{Base, LoadedChange, LoadedVote};
use crate::model::{
    ChangeEvent, Entry, EventKind, FileId, Level, MeetingKind, Minute, RuleId, Span, day_in_words, minute_in_words,
};
use crate::record::in_a_row;
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
            let what = format!("{}, received {},", ticket.id.value, minute_in_words(ticket.received.value));
            new(ctx, base, sink, (ticket.file, ticket.received.span), &ticket.id.to_string(), what, times);
        }
    }
    for cr in project.changes.values() {
        let had = base.records.known.changes.ids.contains(&cr.id.value);
        if let Some(first) = cr.log.first().filter(|_| is_new(cr.file, had)) {
            let what = format!("{}, begun {},", cr.id.value, minute_in_words(first.at.value));
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

/// Checks the entries of a log that are not in the base.
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
            late(sink, (file, entry.at.span), record, what, vec![changed(&packs)], entry.at.date());
        }
    }
}

/// Checks the entries of a CR's log that are not in the base.
fn added_to_change(ctx: &Context, base: &Base, sink: &mut Sink, cr: &LoadedChange) {
    let log = KnownLog::new(base, ctx.project(), cr);
    for index in log.added() {
        let entry = &cr.log[index];
        let (at, event, place) = (entry.at.value, entry.event.value, (cr.file, entry.at.span));
        let what = format!("the entry of {} `{event}`", minute_in_words(at));
        if ctx.prepared.late.has_entry(&cr.id.value, index) {
            let message = format!("{what} is backdated");
            let note = format!("it would change the board's decision on {}", cr.id.value);
            let help = "use a time after the CR's last vote and entry, or delete the entry, which has no effect";
            let finding = Finding::at(place, &cr.id.value, message).note(note).help(help);
            sink.add(finding.on(at.date()).level(Level::Error));
            continue;
        }
        let before = log.after_entry(index).filter(|_| event != ChangeEvent::Note);
        let packs = packs(ctx, base, [at].into_iter());
        if packs.is_empty() && before.is_none() {
            continue;
        }
        let before = before.map(|next| format!("it is dated before the `{}` in the base", next.event.value));
        let packs = (!packs.is_empty()).then(|| changed(&packs));
        late(sink, place, cr.id.as_str(), what, before.into_iter().chain(packs).collect(), at.date());
    }
}

/// Checks a new record: its entries are backdated with it.
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
        late(sink, place, record, what, vec![changed(&packs)], first.date());
    }
}

fn cast(ctx: &Context, base: &Base, sink: &mut Sink, vote: &LoadedVote) {
    // `decision-out-of-time` reports a vote that is older than entries in the base.
    if ctx.prepared.late.has_vote(vote.file) && is_on(ctx, RuleId::DecisionOutOfTime) {
        return;
    }
    let at = vote.at.value;
    let packs = packs(ctx, base, [at].into_iter());
    let left = left_board(ctx, base, vote).filter(|_| at <= ctx.as_of);
    if packs.is_empty() && left.is_none() {
        return;
    }
    let what = format!("the vote of {} of {}", vote.by.value, minute_in_words(at));
    let left = left.map(|left| format!("the voter's term on the board ended on {}", day_in_words(left)));
    let packs = (!packs.is_empty()).then(|| changed(&packs));
    late(sink, (vote.file, vote.at.span), vote.cr.as_str(), what, left.into_iter().chain(packs).collect(), at.date());
}

/// The last date on the board of a voter who was a member on the vote's date but no longer when the base was committed.
fn left_board(ctx: &Context, base: &Base, vote: &LoadedVote) -> Option<NaiveDate> {
    let board = ctx.board();
    let is_member = |date| board.members_on(date).iter().any(|member| member.id.value == vote.by.value);
    let then = is_member(vote.at.date()) && !is_member(base.committed.date());
    let own = board.members.iter().filter(|member| then && member.id.value == vote.by.value);
    let untils = own.filter_map(|member| member.until).map(|until| until.value.0);
    untils.filter(|until| *until >= vote.at.date() && *until < base.committed.date()).min()
}

fn late(sink: &mut Sink, place: (FileId, Span), record: &str, what: String, notes: Vec<String>, on: NaiveDate) {
    let help = "correct the time if it is wrong; otherwise tell the next meeting";
    let finding = Finding::at(place, record, format!("{what} is backdated"));
    sink.add(notes.into_iter().fold(finding, Finding::note).help(help).on(on));
}

/// The packs for these times that were due when the base was committed, one of each kind for each time, in the order of
/// their meetings.
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

/// "this changes the weekly pack of Wed, Nov 4, 2026 and the monthly pack of Thu, Nov 12, 2026".
fn changed(packs: &[(Minute, MeetingKind, String)]) -> String {
    const NAMED: usize = 4;
    let mut names: Vec<String> =
        packs.iter().take(NAMED).map(|(_, kind, day)| format!("the {kind} pack of {day}")).collect();
    if packs.len() > NAMED {
        names.push(format!("{} more", packs.len() - NAMED));
    }
    format!("this changes {}", in_a_row(&names, "and"))
}
