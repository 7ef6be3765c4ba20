//! What came and what went: the events of a period, and the balance that counts them.

use crate::model::{Minute, TicketId};
use crate::report::pack::{Balance, HistoryRow};
use crate::report::scope::Scope;
use crate::report::words::counted;
use crate::workflow::{BalanceKind as TurnKind, Context, Period};

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
        let mut events = Events::default();
        for turn in ctx.prepared.turns.between(period.start(), period.through.min(ctx.as_of)) {
            let list = match turn.kind {
                TurnKind::Received => &mut events.received,
                TurnKind::Reopened => &mut events.reopened,
                TurnKind::Closed => &mut events.closed,
                TurnKind::Voided => &mut events.voided,
                TurnKind::Redirected => &mut events.redirected,
            };
            list.push(turn.ticket);
        }
        events
    }
}

/// The balance of a period: its opening is computed from the records, and so is its closing.
pub fn balance(ctx: &Context, period: Period, events: &Events) -> Balance {
    // Where the schedule begins after the as-of time, nothing is known of the time between.
    let outstanding = |at: Minute| ctx.prepared.turns.outstanding_at(at.min(ctx.as_of));
    Balance {
        opening: outstanding(period.start()),
        received: events.received.len(),
        reopened: events.reopened.len(),
        closed: events.closed.len(),
        voided: events.voided.len(),
        redirected: events.redirected.len(),
        closing: outstanding(period.through),
    }
}

/// How much of a period has passed, "10 of 28 days"; none once it is over.
fn progress(period: Period, as_of: Minute) -> Option<String> {
    let days = |to: Minute| usize::try_from((to.date() - period.after.date()).num_days()).unwrap_or(0);
    let of = days(period.through);
    (as_of < period.through).then(|| format!("{} of {}", days(as_of).min(of), counted(of, "day")))
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
                opening: balance.opening,
                received: balance.received,
                reopened: balance.reopened,
                closed: balance.closed,
                voided: balance.voided,
                redirected: balance.redirected,
                outstanding: balance.closing,
                progress: progress(period, scope.ctx.as_of),
            }
        })
        .collect();
    rows.reverse();
    rows
}
