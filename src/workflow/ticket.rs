//! A ticket's timeline: its steps and clocks, and what is asked of them for an instant.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Violation;
use super::change::ChangeLine;
use super::clock::Clock;
use crate::load::Loaded;
use crate::model::{CrId, CrState, Entry, Holder, Minute, PersonId, Ticket, TicketEvent, TicketState};

/// What moved a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TicketCause {
    /// It was received.
    Received,
    /// The entry of that place in the log.
    Entry(usize),
    /// A change request that it waits for.
    Change(CrId),
}

/// A step of the timeline.
#[derive(Debug, Clone)]
pub struct TicketStep {
    pub at: Minute,
    pub cause: TicketCause,
    /// None before it was received.
    pub before: Option<TicketState>,
    pub after: TicketState,
    pub slip: Option<Violation>,
}

impl TicketStep {
    /// The ticket thereby begins to be outstanding.
    pub(super) fn begins(&self) -> bool {
        self.after.is_outstanding() && !self.before.is_some_and(TicketState::is_outstanding)
    }

    /// The ticket thereby ceases to be outstanding.
    pub fn ceases(&self) -> bool {
        !self.after.is_outstanding() && self.before.is_some_and(TicketState::is_outstanding)
    }

    /// It took effect.
    pub fn is_effective(&self) -> bool {
        self.slip.is_none_or(Violation::takes_effect)
    }
}

/// A ticket from its receipt to its last entry.
#[derive(Debug, Clone)]
pub struct TicketLine<'p> {
    pub ticket: &'p Loaded<Ticket>,
    pub steps: Vec<TicketStep>,
    pub clocks: Vec<Clock>,
    /// The change requests that name it.
    pub changes: Vec<CrId>,
    /// Whether the entries are in the order of their times, and none is before the receipt.
    pub is_in_order: bool,
    /// Whether an entry is not allowed in its state, or has an exception. Rules about these skip all other tickets.
    pub is_irregular: bool,
    /// When research ended with a change of code, and the CRs that were past counting then.
    pub(super) research: Vec<(Minute, BTreeSet<CrId>)>,
}

impl<'p> TicketLine<'p> {
    /// Whether it was received by that time.
    pub fn exists_at(&self, at: Minute) -> bool {
        self.ticket.received.value <= at
    }

    /// The steps up to that time.
    pub fn steps_until(&self, at: Minute) -> impl DoubleEndedIterator<Item = &TicketStep> {
        let is_over = self.steps.last().is_none_or(|last| last.at <= at);
        let end = if is_over { self.steps.len() } else { self.steps.partition_point(|step| step.at <= at) };
        self.steps[..end].iter()
    }

    /// Its state; none before it was received.
    pub fn state_at(&self, at: Minute) -> Option<TicketState> {
        self.steps_until(at).next_back().map(|step| step.after)
    }

    /// Whether the ticket still needs action.
    pub fn is_outstanding_at(&self, at: Minute) -> bool {
        self.state_at(at).is_some_and(TicketState::is_outstanding)
    }

    /// The owner of the next action; `None` if the ticket is not outstanding.
    pub fn holder_at(&self, at: Minute, changes: &BTreeMap<CrId, ChangeLine>) -> Option<Holder> {
        match self.state_at(at)? {
            TicketState::Open | TicketState::Answered => Some(Holder::HelpDesk),
            TicketState::WithNitc => Some(Holder::Nitc),
            TicketState::Resolved => Some(Holder::Poc),
            TicketState::AwaitingChange => Some(holder_by_changes(self.counting_at(at), at, changes)),
            TicketState::Closed | TicketState::Redirected | TicketState::Voided => None,
        }
    }

    /// The CRs that count for it since its research ended.
    pub fn counting_at(&self, at: Minute) -> impl Iterator<Item = &CrId> {
        let past = self.research.iter().rev().find(|(end, _)| *end <= at).map(|(_, past)| past);
        self.changes.iter().filter(move |cr| past.is_some_and(|past| !past.contains(*cr)))
    }

    /// Of the CRs that count those that are known, and neither delivered nor finished.
    pub fn waits_for_at<'a>(
        &'a self,
        at: Minute,
        changes: &'a BTreeMap<CrId, ChangeLine>,
    ) -> impl Iterator<Item = &'a CrId> {
        let state = move |cr: &CrId| changes.get(cr)?.state_at(at);
        self.counting_at(at).filter(move |cr| state(cr).is_some_and(|state| !is_done(state)))
    }

    /// The log entry of a step.
    pub fn entry(&self, step: &TicketStep) -> Option<&'p Entry<TicketEvent>> {
        match step.cause {
            TicketCause::Entry(index) => self.ticket.record.log.get(index),
            TicketCause::Received | TicketCause::Change(_) => None,
        }
    }

    /// The entries that took effect up to that time, with their times.
    pub fn effective_until(&self, at: Minute) -> impl DoubleEndedIterator<Item = (Minute, &'p Entry<TicketEvent>)> {
        self.steps_until(at).filter(|step| step.is_effective()).filter_map(|step| Some((step.at, self.entry(step)?)))
    }

    /// The last entry of that event that took effect up to that time.
    pub fn last_entry(&self, event: TicketEvent, at: Minute) -> Option<(Minute, &'p Entry<TicketEvent>)> {
        self.effective_until(at).rfind(|(_, entry)| entry.event.value == event)
    }

    /// The date of the last follow-up or resolution.
    pub fn last_contact_at(&self, at: Minute) -> Option<NaiveDate> {
        let contact = |event| matches!(event, TicketEvent::FollowUp | TicketEvent::Resolved);
        self.effective_until(at).rev().find(|(_, entry)| contact(entry.event.value)).map(|(at, _)| at.date())
    }

    /// Its POC: who called, or to whom it was last `handed-over`.
    pub fn poc_at(&self, at: Minute) -> &'p PersonId {
        self.poc_since(at).0
    }

    /// Its POC, and since when they are.
    pub fn poc_since(&self, at: Minute) -> (&'p PersonId, Minute) {
        let (ticket, entries) = (self.ticket, self.effective_until(at));
        let handed = entries.rev().find_map(|(at, entry)| Some((&entry.poc.as_ref()?.value, at)));
        handed.unwrap_or((&ticket.record.poc.value, ticket.received.value))
    }

    /// NITC's latest number for it.
    pub fn nitc_ref_at(&self, at: Minute) -> Option<&'p str> {
        self.effective_until(at).rev().find_map(|(_, entry)| entry.nitc_ref.as_ref()).map(|number| number.as_str())
    }

    /// Calendar days since it was received.
    pub fn age_at(&self, date: NaiveDate) -> i64 {
        (date - self.ticket.received.date()).num_days()
    }
}

/// The owner of a ticket that waits for a code change, by the least advanced CR that counts.
fn holder_by_changes<'a>(
    counting: impl Iterator<Item = &'a CrId>,
    at: Minute,
    changes: &BTreeMap<CrId, ChangeLine>,
) -> Holder {
    let states = counting.filter_map(|cr| changes.get(cr)?.state_at(at)).filter(|state| !is_done(*state));
    match states.min_by_key(|state| advance(*state)) {
        Some(CrState::Submitted | CrState::Deferred) => Holder::Cfmsccb,
        Some(CrState::Forwarded | CrState::InWork) => Holder::Nitc,
        _ => Holder::AcfoFs,
    }
}

/// Delivered or finished: the ticket no longer waits for it.
pub(super) fn is_done(state: CrState) -> bool {
    state == CrState::Delivered || state.is_finished()
}

/// How far a CR is, the least advanced first.
fn advance(state: CrState) -> usize {
    const ORDER: [CrState; 7] = [
        CrState::Draft,
        CrState::Returned,
        CrState::Deferred,
        CrState::Submitted,
        CrState::Approved,
        CrState::Forwarded,
        CrState::InWork,
    ];
    ORDER.iter().position(|other| *other == state).unwrap_or(ORDER.len())
}
