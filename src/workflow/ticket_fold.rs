//! A ticket's log, and the change requests that it waits for → its timeline.

use std::collections::{BTreeMap, BTreeSet};

use super::Violation;
use super::change::{ChangeCause, ChangeLine};
use super::clock::{ClockOwner, Clocks, EndReason};
use super::entry_times::effective_times;
use super::ticket::{TicketCause, TicketLine, TicketStep, is_done};
use crate::calendar::Calendar;
use crate::load::{Loaded, Project};
use crate::model::{
    ChangeEvent, ClockKind, CrId, CrState, Entry, EventKind, Exception, FileId, Minute, Outcome, RuleId, Span, Ticket,
    TicketEvent, TicketState,
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

/// A timeline under construction: the present state of the ticket and its change requests.
struct TicketFold<'p, 'c> {
    line: TicketLine<'p>,
    clocks: Clocks<'c>,
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
    let mut fold = TicketFold {
        clocks: Clocks::new(ClockOwner::Ticket(ticket.id.value), &project.settings, calendars),
        line: TicketLine {
            ticket,
            steps: Vec::new(),
            clocks: Vec::new(),
            changes: naming.to_vec(),
            is_in_order: std::iter::once(received).chain(ticket.log.iter().map(|entry| entry.at.value)).is_sorted(),
            is_irregular: ticket.exception.is_some() || ticket.log.iter().any(|entry| entry.exception.is_some()),
            research: Vec::new(),
        },
        state: TicketState::Open,
        crs: BTreeMap::new(),
        past: BTreeSet::new(),
        answered_by_changes: false,
        changes_unsure: project.known.changes.is_partial(),
    };
    fold.clocks.start(ClockKind::Reply, received, (ticket.file, ticket.received.span));
    fold.line.steps.push(TicketStep {
        at: received,
        cause: TicketCause::Received,
        before: None,
        after: TicketState::Open,
        slip: None,
    });
    let times = effective_times(Some(received), ticket.log.iter().map(|entry| entry.at.value));
    let moves = moves(changes, naming);
    let mut moves = moves.iter().peekable();
    for (index, at) in times.into_iter().enumerate() {
        // At one minute votes and CRs come before tickets.
        while let Some(moved) = moves.next_if(|moved| moved.at <= at) {
            fold.change(moved);
        }
        fold.entry(index, at);
    }
    moves.for_each(|moved| fold.change(moved));
    fold.line.clocks = fold.clocks.list;
    fold.line
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
            let step = TicketStep { at: moved.at, cause, before: Some(before), after: self.state, slip: None };
            self.line.steps.push(step);
        }
    }

    fn entry(&mut self, index: usize, at: Minute) {
        let ticket = self.line.ticket;
        let entry = &ticket.record.log[index];
        let before = self.state;
        let slip = (!self.is_allowed(entry)).then(|| self.slip(entry));
        self.line.is_irregular |= slip.is_some();
        if slip.is_none_or(Violation::takes_effect) {
            self.take(entry, at);
        }
        self.line.steps.push(TicketStep {
            at,
            cause: TicketCause::Entry(index),
            before: Some(before),
            after: self.state,
            slip,
        });
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
        let place = (self.line.ticket.file, entry.span);
        match entry.event.value {
            TicketEvent::FollowUp => self.word_to_poc(at, place),
            TicketEvent::Forwarded => {
                self.clocks.stop(ClockKind::Relay, at, EndReason::Void);
                self.enter(TicketState::WithNitc, at);
                self.clocks.start(ClockKind::NitcResponse, at, place);
            }
            TicketEvent::Acknowledged | TicketEvent::HandedOver | TicketEvent::Note => {}
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
        self.line.research.push((at, self.past.clone()));
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
