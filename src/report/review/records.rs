//! Tickets and change requests in a pull request: states, votes, deadlines, one line a record.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Fate, Kind, RecordLine};
use super::phrases::short;
use super::{lists, versions::Versions};
use crate::model::{ClockKind, CrState, Decision, FileId, Minute};
use crate::report::entered::{Unfinished, unfinished};
use crate::report::pack::change_row;
use crate::report::words::Words;
use crate::workflow::{
    ChangeLine, Clock, Context, LogDiff, Outcome, TicketLine, request_differences, ticket_differences, verdict,
};

/// A line for each record that the change means something for, kind by kind in the order of ids.
pub fn lines(versions: &Versions) -> Vec<RecordLine> {
    let mut lines = tickets(versions);
    lines.extend(changes(versions));
    lines.extend(lists::lines(versions));
    lines
}

/// Both versions of the records of a kind, by id.
fn both<'l, K: Ord + Clone, L>(
    was: &'l BTreeMap<K, L>,
    now: &'l BTreeMap<K, L>,
) -> Vec<(Option<&'l L>, Option<&'l L>)> {
    let ids: BTreeSet<&K> = was.keys().chain(now.keys()).collect();
    ids.into_iter().map(|id| (was.get(id), now.get(id))).collect()
}

fn tickets(versions: &Versions) -> Vec<RecordLine> {
    let (was, now) = (versions.was, versions.now);
    let words = Words::new(&now.project().settings.names);
    let pairs = both(&was.prepared.tickets, &now.prepared.tickets);
    let line = |(before, after): (Option<&TicketLine>, Option<&TicketLine>)| {
        let state = |ctx: &Context, line: Option<&TicketLine>| {
            line.and_then(|line| ctx.state(line)).map(|state| words.state(state))
        };
        let holder = |ctx: &Context, line: Option<&TicketLine>| {
            line.and_then(|line| ctx.holder(line)).map(|holder| words.holder(holder))
        };
        let ticket = after.or(before)?.ticket;
        let id = ticket.id.value;
        if after.is_none() && now.is_left_out(id) {
            return Some(unread(Kind::Ticket, id.to_string(), &ticket.title.0));
        }
        let (from, to) = (state(was, before), state(now, after));
        let mut says = Vec::new();
        let holders = (holder(was, before), holder(now, after));
        // "with NITC" already names the owner.
        if let (Some(held), true) = (&holders.1, holders.0 != holders.1)
            && !to.as_ref().is_some_and(|state| state.contains(held.as_str()))
        {
            says.push(format!("next action: {held}"));
        }
        if let (Some(before), Some(after)) = (before, after)
            && let handed = after.poc_at(now.as_of)
            && handed != before.poc_at(was.as_of)
            && *handed != after.ticket.poc.value
        {
            says.push(format!("handed over to {handed}"));
        }
        if from != to {
            says.extend(after.into_iter().flat_map(|after| unfinished_words(now, &words, after)));
        }
        let clocks = [before.map(|line| line.clocks_at(was.as_of)), after.map(|line| line.clocks_at(now.as_of))];
        says.extend(clock_words(versions, clocks[0], clocks[1]));
        let touched = is_touched(versions, before.is_some(), after.map(|line| line.ticket.file));
        if !touched && from == to && says.is_empty() {
            return None;
        }
        if let (Some(before), Some(after)) = (before, after) {
            let edited: Vec<String> =
                ticket_differences(before.ticket, after.ticket).into_iter().map(|own| own.field).collect();
            if !edited.is_empty() {
                says.push(format!("edited: {}", edited.join(", ")));
            }
            if from == to && says.is_empty() {
                says.push(log_words(&LogDiff::new(&before.ticket.log, &after.ticket.log)));
            }
        }
        Some(RecordLine {
            kind: Kind::Ticket,
            id: id.to_string(),
            title: ticket.title.0.clone(),
            fate: Fate::of(before.is_some(), after.is_some()),
            from,
            to,
            says,
        })
    };
    pairs.into_iter().filter_map(line).collect()
}

/// The unfinished CRs of a ticket that is void now.
fn unfinished_words(now: &Context, words: &Words, line: &TicketLine) -> Vec<String> {
    let of = |own: Unfinished| {
        let state = words.change_state(own.state);
        let rest = match own.needed_by.is_empty() {
            true => "no other outstanding ticket needs it".to_owned(),
            false => format!("{} still needs it", own.needed_by.join(" and ")),
        };
        format!("{} for this ticket is not finished ({state}), {rest}", own.cr)
    };
    unfinished(now, line).into_iter().map(of).collect()
}

fn changes(versions: &Versions) -> Vec<RecordLine> {
    let (was, now) = (versions.was, versions.now);
    let words = Words::new(&now.project().settings.names);
    let pairs = both(&was.prepared.changes, &now.prepared.changes);
    let line = |(before, after): (Option<&ChangeLine>, Option<&ChangeLine>)| {
        let cr = after.or(before)?.cr;
        if after.is_none() && now.project().known.changes.broken.contains(&cr.id.value) {
            return Some(unread(Kind::ChangeRequest, cr.id.to_string(), &cr.title.0));
        }
        // A CR without an entry yet is a draft that no pack shows.
        let state = |ctx: &Context, line: &ChangeLine| line.state_at(ctx.as_of).unwrap_or(CrState::Draft);
        let from = before.map(|line| state(was, line));
        let to = after.map(|line| state(now, line));
        let mut says = after.map(|after| vote_words(versions, before, after)).unwrap_or_default();
        let touched = is_touched(versions, before.is_some(), after.map(|line| line.cr.file));
        let clocks =
            clock_words(versions, before.map(|line| line.clocks.as_slice()), after.map(|line| line.clocks.as_slice()));
        if !touched && from == to && says.is_empty() && clocks.is_empty() {
            return None;
        }
        if let (Some(before), Some(after)) = (before, after) {
            says.extend(request_words(before, after));
        }
        // The owner and the due date are more useful than the start of a clock.
        let next = after
            .zip(to)
            .filter(|_| from != to || !says.is_empty())
            .and_then(|(line, to)| next_words(now, &words, line, to));
        let is_forward = |words: &&String| words.starts_with(&format!("{} deadline ", ClockKind::ForwardCr));
        says.extend(clocks.iter().filter(|words| next.is_none() || !is_forward(words)).cloned());
        says.extend(next);
        if let (Some(before), Some(after), true) = (before, after, from == to && says.is_empty()) {
            says.push(log_words(&LogDiff::new(&before.cr.log, &after.cr.log)));
        }
        Some(RecordLine {
            kind: Kind::ChangeRequest,
            id: cr.id.to_string(),
            title: cr.title.0.clone(),
            fate: Fate::of(before.is_some(), after.is_some()),
            from: before.zip(from).map(|(line, state)| words.change_stands(line, state, was.as_of)),
            to: after.zip(to).map(|(line, state)| words.change_stands(line, state, now.as_of)),
            says,
        })
    };
    pairs.into_iter().filter_map(line).collect()
}

/// A record of the base whose file has errors now.
fn unread(kind: Kind, id: String, title: &str) -> RecordLine {
    let says = vec!["has errors and cannot be read".to_owned()];
    RecordLine { kind, id, title: title.to_owned(), fate: Fate::Changed, from: None, to: None, says }
}

/// Whether the file of a record differs from the base's.
fn is_touched(versions: &Versions, was_there: bool, file: Option<FileId>) -> bool {
    file.map_or(was_there, |file| versions.touches(file))
}

/// What the votes come to, if the base has not all that count, and the new ones: "returned: 1 vote to reject; 2 of 2
/// approvals", "dquill rejects it", "the vote of nhasty does not count: …".
fn vote_words(versions: &Versions, before: Option<&ChangeLine>, after: &ChangeLine) -> Vec<String> {
    let as_of = versions.now.as_of;
    let had = |vote: &crate::load::LoadedVote| {
        let votes = before.into_iter().flat_map(|line| &line.votes);
        votes.into_iter().any(|other| crate::workflow::vote_differences(other.vote, vote).is_empty())
    };
    let mut words = Vec::new();
    let mut counts = false;
    for (index, judged) in after.votes.iter().enumerate().filter(|(_, judged)| judged.vote.at.value <= as_of) {
        let vote = judged.vote;
        if had(vote) {
            continue;
        }
        counts |= after.uncounted[index].is_none();
        match (&after.uncounted[index], vote.decision.value) {
            (Some(why), _) => words.push(format!("the vote of {} does not count: {why}", vote.by.value)),
            (None, Decision::Approve) => {}
            (None, Decision::Reject) => words.push(format!("{} rejects it", vote.by.value)),
            (None, Decision::Return) => words.push(format!("{} returns it", vote.by.value)),
            (None, Decision::Defer) => words.push(format!("{} defers it", vote.by.value)),
        }
    }
    if counts {
        words.insert(0, verdict(versions.now.board(), after, as_of));
    }
    words
}

/// What was edited of a request.
fn request_words(before: &ChangeLine, after: &ChangeLine) -> Option<String> {
    let fields = request_differences(before.cr, after.cr);
    let names: Vec<String> = fields.into_iter().map(|difference| difference.field).collect();
    (!names.is_empty()).then(|| format!("request edited: {}", names.join(", ")))
}

/// "ACFO-FS forwards it by Nov 18", "waiting for rchen".
fn next_words(ctx: &Context, words: &Words, line: &ChangeLine, state: CrState) -> Option<String> {
    let row = change_row(ctx, line, state);
    match state {
        CrState::Approved => {
            let due = row.due.map(|due| format!(" by {}", short(ctx, due))).unwrap_or_default();
            Some(format!("{} forwards it{due}", words.change_holder(state)))
        }
        CrState::Submitted | CrState::Deferred if !row.waiting_for.is_empty() => {
            let names: Vec<String> = row.waiting_for.iter().map(ToString::to_string).collect();
            Some(format!("waiting for {}", names.join(", ")))
        }
        _ => None,
    }
}

/// Deadlines that ended, began or no longer apply.
fn clock_words(versions: &Versions, before: Option<&[Clock]>, after: Option<&[Clock]>) -> Vec<String> {
    let (ctx, as_of) = (versions.now, versions.now.as_of);
    let known = |clocks: Option<&[Clock]>| -> Vec<Clock> {
        clocks.into_iter().flatten().filter(|clock| clock.began <= as_of).cloned().collect()
    };
    let (before, after) = (known(before), known(after));
    let pairs = paired(&before, &after, as_of);
    let mut words = Vec::new();
    for (clock, pair) in after.iter().zip(&pairs) {
        let other = pair.map(|at| &before[at]);
        let (end, ended) = (clock.end_by(as_of), other.and_then(|other| other.end_by(as_of)));
        let due = short(ctx, clock.due);
        match (end, other) {
            (Some(end), _) if ended != Some(end) => {
                let outcome = clock.outcome(as_of);
                words.push(format!("{} deadline {outcome} (due {due}, {})", clock.kind, short(ctx, end.at.date())));
            }
            (None, None) => {
                let late = if clock.outcome(as_of) == Outcome::Overdue { "overdue since" } else { "open, due" };
                words.push(format!("{} deadline {late} {due}", clock.kind));
            }
            (None, Some(_)) if ended.is_some() => words.push(format!("{} deadline open again, due {due}", clock.kind)),
            (None, Some(other)) if other.due != clock.due => {
                words.push(format!("{} deadline {due}, was {}", clock.kind, short(ctx, other.due)));
            }
            _ => {}
        }
    }
    let gone = before.iter().enumerate().filter(|(at, _)| !pairs.contains(&Some(*at))).map(|(_, clock)| clock);
    if !after.is_empty() {
        words.extend(
            gone.map(|clock| format!("{} deadline of {} no longer applies", clock.kind, short(ctx, clock.due))),
        );
    }
    words
}

/// The clock of the base that each clock of `after` is, by its place in `before`; no two are the same one.
///
/// Several clocks of a kind can begin in one minute. Unchanged ones find each other first; the rest are paired in order.
fn paired(before: &[Clock], after: &[Clock], as_of: Minute) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; after.len()];
    let mut free = vec![true; before.len()];
    for is_strict in [true, false] {
        let fits = |a: &Clock, b: &Clock| {
            let is_unchanged = a.due == b.due && a.end_by(as_of) == b.end_by(as_of);
            a.kind == b.kind && a.began == b.began && (is_unchanged || !is_strict)
        };
        for (clock, pair) in after.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
            let found = before.iter().zip(&free).position(|(other, free)| *free && fits(other, clock));
            found.iter().for_each(|at| free[*at] = false);
            *pair = found;
        }
    }
    pairs
}

/// The edits of a log that change no state.
fn log_words(log: &LogDiff) -> String {
    let entries = |number: usize| if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") };
    let parts = [
        (log.added.len(), "added"),
        (log.altered.len(), "changed"),
        (log.moved.len(), "moved"),
        (log.removed.len(), "removed"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| format!("{} {word}", entries(*number)))
        .collect();
    if parts.is_empty() { "formatting only".to_owned() } else { parts.join(", ") }
}
