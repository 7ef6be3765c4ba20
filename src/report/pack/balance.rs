//! The ticket count of a period, and the events that it counts.

use chrono::NaiveDate;
use serde::Serialize;

use super::heading::Heading;
use super::scope::Scope;
use crate::model::{Minute, TicketId};
use crate::report::words::counted;
use crate::workflow::{BalanceKind, Context, Period};

/// What the packs call the section.
pub(super) const HEADING: Heading = Heading::new("balance", "Ticket count");

/// What the weekly pack calls its list of tickets received.
pub(super) const NEW: Heading = Heading::new("new", "New tickets");

/// What the weekly pack calls its list of tickets closed.
pub(super) const CLOSED: Heading = Heading::new("closed", "Closed tickets");

/// What the monthly pack calls the same list.
pub(super) const CLOSED_AND_RESOLVED: Heading = Heading::new("closed", "Closed tickets and resolutions");

/// The balance of one period, in events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// Outstanding at its beginning.
    pub opening: usize,
    pub received: usize,
    pub reopened: usize,
    pub closed: usize,
    pub voided: usize,
    pub redirected: usize,
    /// Outstanding at its end.
    pub closing: usize,
}

/// One period of the history: opening + received + reopened − closed − voided − redirected = outstanding, which is the
/// opening of the next row.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryRow {
    /// The date on which the meeting that ends the period is held.
    pub date: NaiveDate,
    /// Outstanding at the beginning.
    pub opening: usize,
    pub received: usize,
    pub reopened: usize,
    pub closed: usize,
    pub voided: usize,
    pub redirected: usize,
    /// Outstanding at the end.
    pub outstanding: usize,
    /// How much of a period that is not over the figures cover, "10 of 28 days"; null for one that is.
    pub progress: Option<String>,
}

/// The events of a period by which tickets begin or cease to be outstanding, each list in the order of events.
#[derive(Debug, Default)]
pub(super) struct Events {
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
        for event in ctx.prepared.balance_events.between(period.start(), period.through.min(ctx.as_of)) {
            let list = match event.kind {
                BalanceKind::Received => &mut events.received,
                BalanceKind::Reopened => &mut events.reopened,
                BalanceKind::Closed => &mut events.closed,
                BalanceKind::Voided => &mut events.voided,
                BalanceKind::Redirected => &mut events.redirected,
            };
            list.push(event.ticket);
        }
        events
    }
}

/// The balance of a period: its opening is computed from the records, and so is its closing.
pub(super) fn balance(ctx: &Context, period: Period, events: &Events) -> Balance {
    // Where the schedule begins after the as-of time, nothing is known of the time between.
    let outstanding = |at: Minute| ctx.prepared.balance_events.outstanding_at(at.min(ctx.as_of));
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
    let meetings = scope.ctx.meetings(scope.kind);
    let row = |(index, period): (usize, Period)| {
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
    };
    scope.last_periods().into_iter().map(row).collect()
}
