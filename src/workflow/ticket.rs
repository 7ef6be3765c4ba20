//! A ticket's timeline: its steps and clocks, and what is asked of them for an instant.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Violation;
use super::change::ChangeLine;
use super::clock::Clock;
use crate::load::Loaded;
use crate::model::{CrId, CrState, Entry, Holder, Minute, NothingStruck, PersonId, Ticket, TicketEvent, TicketState};

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
    /// The entry no longer counts: the place in the log of the entry that struck it.
    pub struck: Option<usize>,
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
        self.struck.is_none() && self.slip.is_none_or(Violation::takes_effect)
    }
}

/// What a log comes to, as it was known from some time on.
#[derive(Debug, Clone)]
pub(super) struct Fold {
    /// The time of the `struck` entry that made it; of the first one that of the receipt.
    pub from: Minute,
    pub steps: Vec<TicketStep>,
    pub clocks: Vec<Clock>,
    /// When research ended with a change of code, and the CRs that were past counting then.
    pub research: Vec<(Minute, BTreeSet<CrId>)>,
}

impl Fold {
    pub fn steps_until(&self, at: Minute) -> &[TicketStep] {
        let is_over = self.steps.last().is_none_or(|last| last.at <= at);
        let end = if is_over { self.steps.len() } else { self.steps.partition_point(|step| step.at <= at) };
        &self.steps[..end]
    }

    /// The state at a time; none before it was received.
    pub fn state_at(&self, at: Minute) -> Option<TicketState> {
        self.steps_until(at).last().map(|step| step.after)
    }
}

/// Why a `struck` entry has no effect, or has one by exception only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusedStrike {
    /// There is nothing that it can strike.
    Nothing(NothingStruck),
    /// Without the entry at the place `struck`, the one at the place `later` is not allowed in its `state`.
    Needed { struck: usize, later: usize, state: TicketState },
}

/// A ticket from its receipt to its last entry.
///
/// An entry counts until the time of the `struck` entry that names it. Whatever is asked for a time is answered as it was
/// known then, so that no later strike changes a past pack.
#[derive(Debug, Clone)]
pub struct TicketLine<'p> {
    pub ticket: &'p Loaded<Ticket>,
    /// The first counts every entry; each `struck` entry that takes effect adds one.
    pub(super) folds: Vec<Fold>,
    /// The `struck` entries that something is wrong with, by their places.
    pub(super) refused: BTreeMap<usize, RefusedStrike>,
    /// The change requests that name it.
    pub changes: Vec<CrId>,
    /// Whether the entries are in the order of their times, and none is before the receipt.
    pub is_in_order: bool,
    /// Whether an entry is not allowed in its state, or has an exception. Rules about these skip all other tickets.
    pub is_irregular: bool,
}

impl<'p> TicketLine<'p> {
    /// Whether it was received by that time.
    pub fn exists_at(&self, at: Minute) -> bool {
        self.ticket.received.value <= at
    }

    /// What the log came to, as it was known at a time.
    pub(super) fn known_at(&self, at: Minute) -> &Fold {
        let later = self.folds[1..].partition_point(|fold| fold.from <= at);
        &self.folds[later]
    }

    /// The steps up to that time.
    pub fn steps_until(&self, at: Minute) -> impl DoubleEndedIterator<Item = &TicketStep> {
        self.known_at(at).steps_until(at).iter()
    }

    /// The clocks as they were known at that time; some may begin later.
    pub fn clocks_at(&self, at: Minute) -> &[Clock] {
        &self.known_at(at).clocks
    }

    /// Every violation of an entry, whatever was struck since.
    pub fn slips(&self, entry: usize) -> impl Iterator<Item = Violation> {
        let is_its = move |step: &&TicketStep| step.cause == TicketCause::Entry(entry);
        self.folds.iter().filter_map(move |fold| fold.steps.iter().find(is_its)?.slip)
    }

    /// What is wrong with the `struck` entry at a place.
    pub fn refused_strike(&self, entry: usize) -> Option<RefusedStrike> {
        self.refused.get(&entry).copied()
    }

    /// Whether entries are struck.
    pub(super) fn is_restated(&self) -> bool {
        self.folds.len() > 1
    }

    /// The `struck` entries that took effect after one time and up to another: its place, and that of what it struck.
    pub fn struck_between(&self, after: Minute, through: Minute) -> impl Iterator<Item = (usize, usize)> {
        let within = move |step: &&TicketStep| after < step.at && step.at <= through;
        let strikes = self.steps_until(through).filter(within).filter_map(|step| match step.cause {
            TicketCause::Entry(by) => Some(by),
            _ => None,
        });
        strikes.filter_map(move |by| {
            let struck = self.steps_until(through).find(|step| step.struck == Some(by))?;
            match struck.cause {
                TicketCause::Entry(at) => Some((by, at)),
                _ => None,
            }
        })
    }

    /// The states before and after the `struck` entry at a place, as they were known then; none if it took no effect.
    pub fn states_of_strike(&self, by: usize) -> Option<(TicketState, TicketState)> {
        let made = |fold: &Fold| fold.steps.iter().any(|step| step.struck == Some(by));
        let after = self.folds.iter().position(made)?;
        let state = |fold: &Fold| {
            let own = fold.steps.iter().find(|step| step.cause == TicketCause::Entry(by));
            own.map(|step| step.after)
        };
        Some((state(self.folds.get(after.checked_sub(1)?)?)?, state(&self.folds[after])?))
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
        let past = self.known_at(at).research.iter().rev().find(|(end, _)| *end <= at).map(|(_, past)| past);
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
