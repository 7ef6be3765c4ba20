//! The events that a balance counts: tickets that are opened, and tickets that are closed.

use super::ticket::{TicketLine, TicketStep};
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
            TicketState::Closed if step.ceases() => Some(BalanceKind::Closed),
            TicketState::Voided if step.ceases() => Some(BalanceKind::Voided),
            TicketState::Redirected if step.ceases() => Some(BalanceKind::Redirected),
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
#[derive(Debug)]
pub struct BalanceEvents {
    list: Vec<BalanceEvent>,
    /// How many tickets are outstanding after each.
    outstanding: Vec<usize>,
}

impl BalanceEvents {
    /// The events of these tickets.
    pub fn of<'t, 'p: 't>(tickets: impl Iterator<Item = &'t TicketLine<'p>>) -> BalanceEvents {
        let events = tickets.flat_map(|line| {
            let ticket = line.ticket.id.value;
            line.steps
                .iter()
                .filter_map(move |step| Some(BalanceEvent { at: step.at, ticket, kind: BalanceKind::of(step)? }))
        });
        let mut list: Vec<BalanceEvent> = events.collect();
        list.sort_by_key(|event| (event.at, event.ticket));
        let mut count = 0_usize;
        let after = |event: &BalanceEvent| {
            count = if event.kind.begins() { count + 1 } else { count.saturating_sub(1) };
            count
        };
        let outstanding = list.iter().map(after).collect();
        BalanceEvents { list, outstanding }
    }

    /// Those after one instant, up to and including another.
    pub fn between(&self, after: Minute, through: Minute) -> &[BalanceEvent] {
        let (from, to) = (self.until(after), self.until(through));
        self.list.get(from..to).unwrap_or_default()
    }

    /// How many tickets are outstanding at an instant.
    pub fn outstanding_at(&self, at: Minute) -> usize {
        self.until(at).checked_sub(1).map_or(0, |last| self.outstanding[last])
    }

    /// How many events there are up to and including an instant.
    fn until(&self, at: Minute) -> usize {
        self.list.partition_point(|event| event.at <= at)
    }
}
