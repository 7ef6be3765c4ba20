//! The events that a balance counts: tickets that are opened, and tickets that are closed.

use super::ticket::{Fold, TicketLine, TicketStep};
use crate::model::{Minute, TicketId, TicketState};

/// What opens or closes a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BalanceKind {
    Received,
    Reopened,
    Closed,
    Voided,
    Redirected,
}

impl BalanceKind {
    fn of(step: &TicketStep) -> Option<BalanceKind> {
        match step.after {
            _ if step.begins() && step.before.is_none() => Some(BalanceKind::Received),
            _ if step.begins() => Some(BalanceKind::Reopened),
            state if step.ceases() => BalanceKind::of_end(state),
            _ => None,
        }
    }

    /// The end of a ticket that is in this state since.
    fn of_end(state: TicketState) -> Option<BalanceKind> {
        match state {
            TicketState::Closed => Some(BalanceKind::Closed),
            TicketState::Voided => Some(BalanceKind::Voided),
            TicketState::Redirected => Some(BalanceKind::Redirected),
            _ => None,
        }
    }

    fn begins(self) -> bool {
        matches!(self, BalanceKind::Received | BalanceKind::Reopened)
    }
}

/// A ticket is opened or closed.
#[derive(Debug, Clone, Copy)]
pub struct BalanceEvent {
    pub at: Minute,
    pub ticket: TicketId,
    pub kind: BalanceKind,
}

/// Every such event of a project's tickets, in the order of events: by time, then by number.
///
/// A ticket with struck entries is counted by what is known at the end of a period. What was known at its beginning may
/// differ: the strike itself then opens or closes the ticket, so that the counts add up.
#[derive(Debug)]
pub struct BalanceEvents {
    list: Vec<BalanceEvent>,
    /// How many tickets are outstanding after each.
    outstanding: Vec<usize>,
    restated: Vec<Restated>,
}

/// A ticket with struck entries: what was known of it from each time on.
#[derive(Debug)]
struct Restated {
    ticket: TicketId,
    folds: Vec<Fold>,
}

impl Restated {
    fn known_at(&self, at: Minute) -> Option<&Fold> {
        self.folds.iter().rev().find(|fold| fold.from <= at).or(self.folds.first())
    }

    fn is_outstanding_at(&self, at: Minute) -> bool {
        self.known_at(at).and_then(|fold| fold.state_at(at)).is_some_and(TicketState::is_outstanding)
    }

    /// The events after one instant, up to and including another.
    fn between(&self, after: Minute, through: Minute) -> Vec<BalanceEvent> {
        let (Some(fold), ticket) = (self.known_at(through), self.ticket) else { return Vec::new() };
        let is = fold.state_at(after);
        let was = self.is_outstanding_at(after);
        let first = self.folds.iter().map(|fold| fold.from).find(|from| after < *from).unwrap_or(through);
        let kind = match is {
            Some(state) if state.is_outstanding() => (!was).then_some(BalanceKind::Reopened),
            Some(state) if was => BalanceKind::of_end(state),
            _ => None,
        };
        let mut events: Vec<BalanceEvent> =
            kind.into_iter().map(|kind| BalanceEvent { at: first, ticket, kind }).collect();
        let own = fold.steps.iter().filter(|step| after < step.at && step.at <= through);
        events.extend(own.filter_map(|step| Some(BalanceEvent { at: step.at, ticket, kind: BalanceKind::of(step)? })));
        events
    }
}

impl BalanceEvents {
    /// The events of these tickets.
    pub fn of<'t, 'p: 't>(tickets: impl Iterator<Item = &'t TicketLine<'p>>) -> BalanceEvents {
        let (mut list, mut restated) = (Vec::new(), Vec::new());
        for line in tickets {
            let ticket = line.ticket.id.value;
            if line.is_restated() {
                restated.push(Restated { ticket, folds: line.folds.clone() });
                continue;
            }
            let steps = line.folds.iter().flat_map(|fold| &fold.steps);
            list.extend(
                steps.filter_map(|step| Some(BalanceEvent { at: step.at, ticket, kind: BalanceKind::of(step)? })),
            );
        }
        list.sort_by_key(|event| (event.at, event.ticket));
        let mut count = 0_usize;
        let after = |event: &BalanceEvent| {
            count = if event.kind.begins() { count + 1 } else { count.saturating_sub(1) };
            count
        };
        let outstanding = list.iter().map(after).collect();
        BalanceEvents { list, outstanding, restated }
    }

    /// Those after one instant, up to and including another.
    pub fn between(&self, after: Minute, through: Minute) -> Vec<BalanceEvent> {
        let (from, to) = (self.until(after), self.until(through));
        let mut events = self.list.get(from..to).unwrap_or_default().to_vec();
        if after < through {
            events.extend(self.restated.iter().flat_map(|ticket| ticket.between(after, through)));
            events.sort_by_key(|event| (event.at, event.ticket));
        }
        events
    }

    /// How many tickets are outstanding at an instant.
    pub fn outstanding_at(&self, at: Minute) -> usize {
        let restated = self.restated.iter().filter(|ticket| ticket.is_outstanding_at(at)).count();
        self.until(at).checked_sub(1).map_or(0, |last| self.outstanding[last]) + restated
    }

    /// How many events there are up to and including an instant.
    fn until(&self, at: Minute) -> usize {
        self.list.partition_point(|event| event.at <= at)
    }
}
