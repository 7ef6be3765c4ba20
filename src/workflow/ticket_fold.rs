//! A ticket's log, and the change requests that it waits for → its timeline.

use std::collections::{BTreeMap, BTreeSet};

use super::Violation;
use super::change::{ChangeCause, ChangeLine};
use super::clock::{ClockOwner, Clocks, EndReason};
use super::entry_times::effective_times;
use super::ticket::{Fold, RefusedStrike, TicketCause, TicketLine, TicketStep, is_done};
use crate::calendar::Calendar;
use crate::load::{Loaded, Project};
use crate::model::{
    ChangeEvent, ClockKind, CrId, CrState, Entry, EventKind, Exception, FileId, Minute, Outcome, RuleId, Span, Ticket,
    TicketEvent, TicketState, strikes as strikes_of,
};

/// A step of a CR that a ticket may wait for.
struct CrMove<'a> {
    at: Minute,
    is_entry: bool,
    cr: &'a CrId,
    before: CrState,
    after: CrState,
    submitted: bool,
    place: (FileId, Span),
}

/// What a fold of a ticket's log depends on.
struct Source<'s, 'p> {
    project: &'s Project,
    calendars: &'s [Calendar],
    ticket: &'p Loaded<Ticket>,
    moves: Vec<CrMove<'s>>,
    /// When each entry takes effect.
    times: Vec<Minute>,
}

/// Which entries a fold does not count, or counts in spite of the rules.
#[derive(Clone, Default)]
struct Strikes {
    /// Entries that were struck, each with the entry that struck it.
    struck: BTreeMap<usize, usize>,
    /// Entries that an excused strike leaves in a state where they are not allowed.
    kept: BTreeSet<usize>,
    /// The `struck` entries that something is wrong with.
    refused: BTreeMap<usize, RefusedStrike>,
}

/// A timeline under construction: the present state of the ticket and its change requests.
struct TicketFold<'f, 'p> {
    ticket: &'p Loaded<Ticket>,
    strikes: &'f Strikes,
    steps: Vec<TicketStep>,
    clocks: Clocks<'f>,
    research: Vec<(Minute, BTreeSet<CrId>)>,
    state: TicketState,
    /// The state of each CR that names the ticket.
    crs: BTreeMap<CrId, CrState>,
    /// CRs that did not count when research ended.
    past: BTreeSet<CrId>,
    /// It is answered because its CRs were delivered.
    answered_by_changes: bool,
    /// Whether a CR has errors, so that it is unknown what the ticket waits for.
    changes_unsure: bool,
}

/// Folds a ticket's log, and the moves of the change requests that name it.
pub(super) fn fold<'p>(
    project: &Project,
    calendars: &[Calendar],
    changes: &BTreeMap<CrId, ChangeLine<'p>>,
    naming: &[CrId],
    ticket: &'p Loaded<Ticket>,
) -> TicketLine<'p> {
    let received = ticket.received.value;
    let times = effective_times(Some(received), ticket.log.iter().map(|entry| entry.at.value));
    let source = Source { project, calendars, ticket, moves: moves(changes, naming), times };
    let mut strikes = Strikes::default();
    let named = strikes_of(&ticket.log);
    let nothing = named.iter().filter_map(|(by, found)| Some((*by, RefusedStrike::Nothing(found.err()?))));
    strikes.refused = nothing.collect();
    let mut folds = vec![source.fold(received, &strikes)];
    for (by, struck) in named.into_iter().filter_map(|(by, found)| Some((by, found.ok()?))) {
        source.strike(by, struck, &mut strikes, &mut folds);
    }
    let is_irregular = folds.iter().flat_map(|fold| &fold.steps).any(|step| step.slip.is_some());
    TicketLine {
        ticket,
        changes: naming.to_vec(),
        is_in_order: std::iter::once(received).chain(ticket.log.iter().map(|entry| entry.at.value)).is_sorted(),
        is_irregular: is_irregular
            || ticket.exception.is_some()
            || ticket.log.iter().any(|entry| entry.exception.is_some()),
        folds,
        refused: strikes.refused,
    }
}

impl Source<'_, '_> {
    /// Folds the log without the entries that were struck.
    fn fold(&self, from: Minute, strikes: &Strikes) -> Fold {
        let (project, ticket) = (self.project, self.ticket);
        let received = ticket.received.value;
        let mut fold = TicketFold {
            ticket,
            strikes,
            clocks: Clocks::new(ClockOwner::Ticket(ticket.id.value), &project.settings, self.calendars),
            steps: Vec::new(),
            research: Vec::new(),
            state: TicketState::Open,
            crs: BTreeMap::new(),
            past: BTreeSet::new(),
            answered_by_changes: false,
            changes_unsure: project.known.changes.is_partial(),
        };
        fold.clocks.start(ClockKind::Reply, received, (ticket.file, ticket.received.span));
        fold.steps.push(TicketStep {
            at: received,
            cause: TicketCause::Received,
            before: None,
            after: TicketState::Open,
            slip: None,
            struck: None,
        });
        let mut moves = self.moves.iter().peekable();
        for (index, at) in self.times.iter().copied().enumerate() {
            // At one minute votes and CRs come before tickets.
            while let Some(moved) = moves.next_if(|moved| moved.at <= at) {
                fold.change(moved);
            }
            fold.entry(index, at);
        }
        moves.for_each(|moved| fold.change(moved));
        Fold { from, steps: fold.steps, clocks: fold.clocks.list, research: fold.research }
    }

    /// Folds the log again without the entry that the `struck` entry at the place `by` names. If a later entry needs it, the
    /// strike is refused, unless an exception allows it; then the later one stays what it was.
    fn strike(&self, by: usize, struck: usize, strikes: &mut Strikes, folds: &mut Vec<Fold>) {
        let Some(before) = folds.last_mut() else { return };
        let mut tried = strikes.clone();
        tried.struck.insert(struck, by);
        let mut fold = self.fold(self.times[by], &tried);
        while let Some((later, state)) = forbidden(before, &fold, struck, by) {
            tried.refused.entry(by).or_insert(RefusedStrike::Needed { struck, later, state });
            let Some(slip) = refusal(&tried, by, &self.ticket.log[by]).filter(|slip| !slip.excused) else {
                tried.kept.insert(later);
                fold = self.fold(self.times[by], &tried);
                continue;
            };
            // The entry is a part of the last fold only: the earlier ones end before it.
            let own = before.steps.iter_mut().find(|step| step.cause == TicketCause::Entry(by));
            own.into_iter().for_each(|step| step.slip = Some(slip));
            strikes.refused = tried.refused;
            return;
        }
        reveal(before, &mut fold);
        *strikes = tried;
        folds.push(fold);
    }
}

/// What is wrong with a `struck` entry at a place.
fn refusal(strikes: &Strikes, by: usize, entry: &Entry<TicketEvent>) -> Option<Violation> {
    let rule = match strikes.refused.get(&by)? {
        RefusedStrike::Nothing(_) => RuleId::NothingToStrike,
        RefusedStrike::Needed { .. } => RuleId::TransitionForbidden,
    };
    let excused = rule.takes_exception() && Exception::to(&entry.exception, rule).is_some();
    Some(Violation { rule, excused, hidden: false })
}

/// The first entry between two places that one fold allowed, and that the other does not; and the state in which it does
/// not.
fn forbidden(before: &Fold, after: &Fold, from: usize, until: usize) -> Option<(usize, TicketState)> {
    let pairs = before.steps.iter().filter(|step| is_entry(step)).zip(after.steps.iter().filter(|step| is_entry(step)));
    let mut lost = pairs.filter(|(was, is)| was.is_effective() && is.struck.is_none() && !is.is_effective());
    lost.find_map(|(_, is)| match is.cause {
        TicketCause::Entry(at) if from < at && at < until => Some((at, is.before?)),
        _ => None,
    })
}

fn is_entry(step: &TicketStep) -> bool {
    matches!(step.cause, TicketCause::Entry(_))
}

/// Notes since when the clocks of a fold are what they are.
fn reveal(before: &Fold, fold: &mut Fold) {
    let from = fold.from.date();
    let known: BTreeMap<_, _> = before.clocks.iter().map(|clock| (clock.key(), clock.revealed)).collect();
    for clock in &mut fold.clocks {
        clock.revealed = known.get(&clock.key()).copied().unwrap_or(Some(from));
    }
}

impl TicketFold<'_, '_> {
    fn change(&mut self, moved: &CrMove) {
        self.crs.insert(moved.cr.clone(), moved.after);
        if self.past.contains(moved.cr) {
            return;
        }
        let before = self.state;
        match self.state {
            TicketState::AwaitingChange => {
                if moved.submitted {
                    self.clocks.stop(ClockKind::RaiseCr, moved.at, EndReason::Done);
                }
                let counting = || self.crs.iter().filter(|(cr, _)| !self.past.contains(*cr));
                if counting().count() > 0 && counting().all(|(_, state)| is_done(*state)) {
                    self.clocks.stop(ClockKind::RaiseCr, moved.at, EndReason::Void);
                    self.clocks.start(ClockKind::Relay, moved.at, moved.place);
                    self.answered_by_changes = true;
                    self.state = TicketState::Answered;
                }
            }
            TicketState::Answered if self.answered_by_changes => {
                let failed = moved.before == CrState::Delivered && moved.after == CrState::InWork;
                if failed {
                    self.clocks.stop(ClockKind::Relay, moved.at, EndReason::Void);
                    self.state = TicketState::AwaitingChange;
                }
            }
            _ => {}
        }
        if before != self.state {
            let cause = TicketCause::Change(moved.cr.clone());
            let (at, after) = (moved.at, self.state);
            self.steps.push(TicketStep { at, cause, before: Some(before), after, slip: None, struck: None });
        }
    }

    fn entry(&mut self, index: usize, at: Minute) {
        let entry = &self.ticket.record.log[index];
        let (before, struck) = (self.state, self.strikes.struck.get(&index).copied());
        let is_free = struck.is_some() || self.strikes.kept.contains(&index) || self.is_allowed(entry);
        let slip = (!is_free).then(|| self.slip(entry)).or_else(|| refusal(self.strikes, index, entry));
        if struck.is_none() && slip.is_none_or(Violation::takes_effect) {
            self.take(entry, at);
        }
        let cause = TicketCause::Entry(index);
        self.steps.push(TicketStep { at, cause, before: Some(before), after: self.state, slip, struck });
    }

    fn is_allowed(&self, entry: &Entry<TicketEvent>) -> bool {
        let event = entry.event.value;
        let in_state = event.spec().allowed.contains(&self.state);
        // A clock is waived only while it has not stopped.
        in_state && entry.clock.is_none_or(|clock| event != TicketEvent::Waived || self.clocks.runs(clock.value))
    }

    fn slip(&self, entry: &Entry<TicketEvent>) -> Violation {
        let pending = entry.event.value == TicketEvent::Resolved && self.state == TicketState::AwaitingChange;
        let rule = if pending { RuleId::ResolvedWithCrPending } else { RuleId::TransitionForbidden };
        let excused = Exception::to(&entry.exception, rule).is_some();
        Violation { rule, excused, hidden: pending && self.changes_unsure }
    }

    /// What an event does to the state and the clocks.
    fn take(&mut self, entry: &Entry<TicketEvent>, at: Minute) {
        let place = (self.ticket.file, entry.span);
        match entry.event.value {
            TicketEvent::FollowUp => self.word_to_poc(at, place),
            TicketEvent::Forwarded => {
                self.clocks.stop(ClockKind::Relay, at, EndReason::Void);
                self.enter(TicketState::WithNitc, at);
                self.clocks.start(ClockKind::NitcResponse, at, place);
            }
            TicketEvent::Acknowledged | TicketEvent::HandedOver | TicketEvent::Struck | TicketEvent::Note => {}
            TicketEvent::InitialResponse => self.clocks.stop(ClockKind::NitcResponse, at, EndReason::Done),
            TicketEvent::Returned => {
                self.clocks.stop(ClockKind::NitcResponse, at, EndReason::Done);
                self.enter(TicketState::Open, at);
            }
            TicketEvent::Researched => {
                self.clocks.stop(ClockKind::NitcResponse, at, EndReason::Done);
                match entry.outcome {
                    Some(Outcome::CodeChange) => self.await_change(at, place),
                    Some(Outcome::Answer) | None => {
                        self.enter(TicketState::Answered, at);
                        self.clocks.start(ClockKind::Relay, at, place);
                    }
                }
            }
            TicketEvent::Resolved => {
                self.word_to_poc(at, place);
                self.clocks.stop(ClockKind::NitcResponse, at, EndReason::Void);
                self.enter(TicketState::Resolved, at);
            }
            TicketEvent::Closed => self.end(TicketState::Closed, at),
            TicketEvent::Redirected => self.end(TicketState::Redirected, at),
            TicketEvent::Voided => self.end(TicketState::Voided, at),
            TicketEvent::Reopened => {
                self.clocks.stop(ClockKind::FollowUp, at, EndReason::Void);
                self.enter(TicketState::Open, at);
                self.clocks.start(ClockKind::Reply, at, place);
            }
            TicketEvent::Waived => {
                let Some(clock) = entry.clock else { return };
                self.clocks.stop(clock.value, at, EndReason::Waived);
                if let (ClockKind::FollowUp, Some(until)) = (clock.value, entry.until) {
                    self.clocks.start_follow_up_as_of(at, until.0, place);
                }
            }
        }
    }

    /// The POC hears something: replies, follow-ups and relays are done, the next follow-up begins to count.
    fn word_to_poc(&mut self, at: Minute, place: (FileId, Span)) {
        for kind in [ClockKind::Reply, ClockKind::FollowUp, ClockKind::Relay] {
            self.clocks.stop(kind, at, EndReason::Done);
        }
        self.clocks.start(ClockKind::FollowUp, at, place);
    }

    fn enter(&mut self, state: TicketState, at: Minute) {
        if self.state == TicketState::AwaitingChange {
            self.clocks.stop(ClockKind::RaiseCr, at, EndReason::Void);
        }
        self.answered_by_changes = false;
        self.state = state;
    }

    fn end(&mut self, state: TicketState, at: Minute) {
        self.clocks.void_all(at);
        self.enter(state, at);
    }

    /// Research ends with a change of code: CRs delivered or finished by now do not count for it.
    fn await_change(&mut self, at: Minute, place: (FileId, Span)) {
        self.past = self.crs.iter().filter(|(_, state)| is_done(**state)).map(|(cr, _)| cr.clone()).collect();
        self.research.push((at, self.past.clone()));
        self.enter(TicketState::AwaitingChange, at);
        let past_draft = |(cr, state): (&CrId, &CrState)| !self.past.contains(cr) && *state != CrState::Draft;
        if !self.crs.iter().any(past_draft) {
            self.clocks.start(ClockKind::RaiseCr, at, place);
        }
    }
}

/// The moves of the CRs that name a ticket, from the first log entry of each on, in the order of events.
fn moves<'a>(changes: &'a BTreeMap<CrId, ChangeLine>, naming: &'a [CrId]) -> Vec<CrMove<'a>> {
    let mut moves = Vec::new();
    for cr in naming {
        let Some(line) = changes.get(cr) else { continue };
        let known = line.steps.iter().filter(|step| line.exists_at(step.at));
        moves.extend(known.map(|step| CrMove {
            at: step.at,
            is_entry: matches!(step.cause, ChangeCause::Entry(_)),
            cr,
            before: step.before,
            after: step.after,
            submitted: line.is(step, ChangeEvent::Submitted),
            place: match step.cause {
                ChangeCause::Entry(index) => (line.cr.file, line.cr.record.log[index].span),
                ChangeCause::Vote(vote) => (line.votes[vote].vote.file, line.votes[vote].vote.at.span),
            },
        }));
    }
    moves.sort_by_key(|moved| (moved.at, moved.is_entry));
    moves
}
