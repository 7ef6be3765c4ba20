//! When tickets begin and cease to be outstanding: what a balance counts.

use super::ticket::{TicketLine, TicketStep};
use crate::model::{Minute, TicketId, TicketState};

/// By what a ticket begins or ceases to be outstanding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnKind {
    Received,
    Reopened,
    Closed,
    Voided,
    Redirected,
}

impl TurnKind {
    fn of(step: &TicketStep) -> Option<TurnKind> {
        match step.after {
            _ if step.begins() && step.before.is_none() => Some(TurnKind::Received),
            _ if step.begins() => Some(TurnKind::Reopened),
            TicketState::Closed if step.ceases() => Some(TurnKind::Closed),
            TicketState::Voided if step.ceases() => Some(TurnKind::Voided),
            TicketState::Redirected if step.ceases() => Some(TurnKind::Redirected),
            _ => None,
        }
    }

    fn begins(self) -> bool {
        matches!(self, TurnKind::Received | TurnKind::Reopened)
    }
}

/// A ticket begins or ceases to be outstanding.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    pub at: Minute,
    pub ticket: TicketId,
    pub kind: TurnKind,
}

/// Every turn of a project's tickets, in the order of events: by time, then by number.
#[derive(Debug)]
pub struct Turns {
    list: Vec<Turn>,
    /// How many tickets are outstanding after each.
    outstanding: Vec<usize>,
}

impl Turns {
    /// The turns of these tickets.
    pub fn of<'t, 'p: 't>(tickets: impl Iterator<Item = &'t TicketLine<'p>>) -> Turns {
        let turns = tickets.flat_map(|line| {
            let ticket = line.ticket.id.value;
            line.steps.iter().filter_map(move |step| Some(Turn { at: step.at, ticket, kind: TurnKind::of(step)? }))
        });
        let mut list: Vec<Turn> = turns.collect();
        list.sort_by_key(|turn| (turn.at, turn.ticket));
        let mut count = 0_usize;
        let after = |turn: &Turn| {
            count = if turn.kind.begins() { count + 1 } else { count.saturating_sub(1) };
            count
        };
        let outstanding = list.iter().map(after).collect();
        Turns { list, outstanding }
    }

    /// Those after one instant, up to and including another.
    pub fn between(&self, after: Minute, through: Minute) -> &[Turn] {
        let (from, to) = (self.until(after), self.until(through));
        self.list.get(from..to).unwrap_or_default()
    }

    /// How many tickets are outstanding at an instant.
    pub fn outstanding_at(&self, at: Minute) -> usize {
        self.until(at).checked_sub(1).map_or(0, |last| self.outstanding[last])
    }

    /// How many turns there are up to and including an instant.
    fn until(&self, at: Minute) -> usize {
        self.list.partition_point(|turn| turn.at <= at)
    }
}
