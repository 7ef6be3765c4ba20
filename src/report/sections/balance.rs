//! What came and what went: the events of a period, and the balance that counts them.

use crate::model::{Minute, TicketId, TicketState};
use crate::report::pack::{Balance, HistoryRow};
use crate::report::scope::Scope;
use crate::workflow::{Context, Period};

/// The events of a period by which tickets begin or cease to be outstanding, each list in the order of events.
#[derive(Debug, Default)]
pub struct Events {
    pub received: Vec<TicketId>,
    pub reopened: Vec<TicketId>,
    pub closed: Vec<TicketId>,
    pub voided: Vec<TicketId>,
    pub redirected: Vec<TicketId>,
}

impl Events {
    /// The events of `period` that lie at or before the context's time.
    pub fn of(ctx: &Context, period: Period) -> Events {
        let mut steps: Vec<_> = ctx
            .tickets()
            .flat_map(|line| line.steps_until(ctx.as_of).map(move |step| (step.at, line.ticket.id.value, step)))
            .filter(|(at, _, _)| period.contains(*at))
            .collect();
        steps.sort_by_key(|(at, id, _)| (*at, *id));
        let mut events = Events::default();
        for (_, id, step) in steps {
            match step.after {
                _ if step.begins() && step.before.is_none() => events.received.push(id),
                _ if step.begins() => events.reopened.push(id),
                TicketState::Closed if step.ceases() => events.closed.push(id),
                TicketState::Voided if step.ceases() => events.voided.push(id),
                TicketState::Redirected if step.ceases() => events.redirected.push(id),
                _ => {}
            }
        }
        events
    }
}

/// The balance of a period: its opening is computed from the records, and so is its closing.
pub fn balance(ctx: &Context, period: Period, events: &Events) -> Balance {
    let outstanding = |at: Minute| ctx.tickets().filter(|line| line.is_outstanding_at(at)).count();
    Balance {
        // Where the schedule begins after the as-of time, nothing is known of the time between.
        opening: outstanding(period.start().min(ctx.as_of)),
        received: events.received.len(),
        reopened: events.reopened.len(),
        closed: events.closed.len(),
        voided: events.voided.len(),
        redirected: events.redirected.len(),
        closing: outstanding(period.through.min(ctx.as_of)),
    }
}

/// The balances of the last 12 periods, this one last.
pub fn history(scope: &Scope) -> Vec<HistoryRow> {
    const PERIODS: usize = 12;
    let meetings = scope.ctx.meetings(scope.kind);
    let starts = scope.ctx.starts();
    let held = (0..=scope.index).rev().filter_map(|index| Some((index, Period::of(meetings, index, starts)?)));
    let mut rows: Vec<HistoryRow> = held
        .take(PERIODS)
        .map(|(index, period)| {
            let balance = balance(scope.ctx, period, &Events::of(scope.ctx, period));
            HistoryRow {
                date: meetings[index].held.date(),
                received: balance.received,
                closed: balance.closed,
                outstanding: balance.closing,
            }
        })
        .collect();
    rows.reverse();
    rows
}
