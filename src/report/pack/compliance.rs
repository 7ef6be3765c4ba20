//! How deadlines were kept, times to resolve, and answers at first contact.

use std::collections::BTreeSet;

use serde::Serialize;

use super::heading::Heading;
use super::scope::Scope;
use crate::model::{ClockKind, Minute, TicketEvent, TicketId};
use crate::report::words::percent_to_target;
use crate::workflow::{Clock, Context, Outcome, Period, deadline};

/// What the monthly pack calls the section.
pub(super) const HEADING: Heading = Heading::new("compliance", "Deadlines met and time to resolve");

/// How often one kind of deadline was met.
#[derive(Debug, Clone, Serialize)]
pub struct ComplianceRow {
    pub clock: ClockKind,
    /// The deadline in words.
    pub clock_text: String,
    /// Done by the due date.
    pub met: usize,
    /// Done after it.
    pub late: usize,
    /// Not done, and the due date is past.
    pub overdue: usize,
    pub waived: usize,
    /// The action that the deadline requires, "first reply to the POC: within 1 working day".
    pub asks: String,
    /// met + late + overdue: what the share is of.
    pub of: usize,
    /// "4 of 5", with a percentage from 10 deadlines up; "none due" if `of` is 0.
    pub share: String,
    /// The same in the last period; blank in the first one.
    pub last: String,
    /// Fewer were met than the target asks for.
    pub below: bool,
}

/// All deadlines of the period against the target.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeadlineTarget {
    /// The percentage to meet, from the settings.
    pub percent: usize,
    pub met: usize,
    pub of: usize,
    pub share: String,
    /// The share of the last period; blank in the first one.
    pub last: String,
    /// Fewer were met than the target asks for.
    pub below: bool,
}

/// Times to resolve in calendar days; null if no closed ticket has one.
#[derive(Debug, Clone, Serialize)]
pub struct TimesToResolve {
    pub count: usize,
    /// The mean of the middle two for an even count, so it may end in .5.
    pub median: Option<Days>,
    pub p90: Option<i64>,
    pub max: Option<i64>,
}

/// A number of days in halves; whole ones are written without a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub halves: i64,
}

impl Serialize for Days {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.halves % 2 == 0 {
            serializer.serialize_i64(self.halves / 2)
        } else {
            serializer.serialize_f64(self.halves as f64 / 2.0)
        }
    }
}

/// Tickets received in the period whose first reply to the POC was the resolution.
#[derive(Debug, Clone, Serialize)]
pub struct FirstContact {
    pub answered: usize,
    pub of: usize,
}

/// How often each deadline was met, over the due dates that fall in the period.
pub fn compliance(scope: &Scope) -> Vec<ComplianceRow> {
    let now = kept(scope.ctx, scope.period, scope.ctx.as_of);
    let last = scope.last_period().map(|period| kept(scope.ctx, period, period.through));
    let row = |kind: &ClockKind| {
        let place = *kind as usize;
        compliance_row(scope, *kind, now[place], last.map(|last| last[place]))
    };
    ClockKind::ALL.iter().map(row).collect()
}

/// All deadlines of the period against the target.
pub fn deadline_target(scope: &Scope) -> DeadlineTarget {
    let (met, of) = met(scope.ctx, scope.period, scope.ctx.as_of);
    let last = scope.last_period().map(|period| self::met(scope.ctx, period, period.through));
    DeadlineTarget {
        percent: target(scope),
        met,
        of,
        share: share(scope, met, of),
        last: last.map(|(met, of)| share(scope, met, of)).unwrap_or_default(),
        below: is_below(scope, met, of),
    }
}

/// Whether fewer deadlines were met than the target asks for.
pub(super) fn is_below(scope: &Scope, met: usize, of: usize) -> bool {
    met * 100 < of * target(scope)
}

/// The percentage of deadlines to meet.
pub(super) fn target(scope: &Scope) -> usize {
    scope.ctx.project().settings.targets.deadlines_met
}

/// The percentage of deadlines that were met, beside the target.
pub(super) fn percent_met(scope: &Scope, met: usize, of: usize) -> String {
    percent_to_target(met, of, target(scope))
}

/// The deadlines of all kinds that were due in a period: how many were met by a time, and of how many.
pub(super) fn met(ctx: &Context, period: Period, at: Minute) -> (usize, usize) {
    kept(ctx, period, at).iter().fold((0, 0), |(met, of), kept| (met + kept.met, of + kept.of()))
}

fn kept(ctx: &Context, period: Period, at: Minute) -> [Kept; ClockKind::ALL.len()] {
    let mut kept = [Kept::default(); ClockKind::ALL.len()];
    // Of a deadline whose dates all lie before or after the period nothing is counted, and most are such.
    let touches = |clock: &&Clock| {
        let is_over = clock.end_by(at).is_some_and(|end| end.at.date() < period.after.date());
        clock.began <= at && clock.due < period.through.date() && (!is_over || clock.due >= period.after.date())
    };
    for clock in ctx.clocks_known_at(at).filter(touches) {
        let kept = &mut kept[clock.kind as usize];
        // A follow-up clock counts once for every due date missed or, if none was, for the one met.
        let missed = || {
            let missed = clock.missed(at, &ctx.prepared.calendars);
            missed.into_iter().filter(|due| period.contains_date(*due)).count()
        };
        match clock.outcome(at) {
            Outcome::Late => kept.late += missed(),
            Outcome::Overdue => kept.overdue += missed(),
            Outcome::Met if period.contains_date(clock.due) => kept.met += 1,
            Outcome::Waived if period.contains_date(clock.due) => kept.waived += 1,
            Outcome::Met | Outcome::Waived | Outcome::Void | Outcome::Running => {}
        }
    }
    kept
}

/// How often a kind of deadline was met, and how often not.
#[derive(Clone, Copy, Default)]
struct Kept {
    met: usize,
    late: usize,
    overdue: usize,
    waived: usize,
}

impl Kept {
    /// What the share is of.
    fn of(&self) -> usize {
        self.met + self.late + self.overdue
    }
}

fn compliance_row(scope: &Scope, kind: ClockKind, kept: Kept, last: Option<Kept>) -> ComplianceRow {
    let (Kept { met, late, overdue, waived }, of) = (kept, kept.of());
    let version = scope.ctx.project().settings.on(scope.ctx.today());
    let clock_text = scope.words().clock(kind);
    let asks = format!("{}: {}", scope.words().clock_asks(kind), deadline(kind, version));
    ComplianceRow {
        clock: kind,
        clock_text,
        met,
        late,
        overdue,
        waived,
        asks,
        of,
        share: share(scope, met, of),
        last: last.map(|last| share(scope, last.met, last.of())).unwrap_or_default(),
        below: is_below(scope, met, of),
    }
}

/// "4 of 5"; a percentage only from 10 on.
fn share(scope: &Scope, met: usize, of: usize) -> String {
    match of {
        0 => "none due".to_owned(),
        1..10 => format!("{met} of {of}"),
        _ => format!("{met} of {of} ({})", percent_met(scope, met, of)),
    }
}

/// Calendar days from receipt to the last resolution, over the distinct tickets closed that have one.
pub fn times_to_resolve(scope: &Scope, closed: &[TicketId]) -> TimesToResolve {
    let distinct: BTreeSet<TicketId> = closed.iter().copied().collect();
    let lines = distinct.iter().filter_map(|id| scope.ctx.prepared.tickets.get(id));
    let mut days: Vec<i64> = lines
        .filter_map(|line| Some(line.age_at(line.last_entry(TicketEvent::Resolved, scope.ctx.as_of)?.0.date())))
        .collect();
    days.sort_unstable();
    let count = days.len();
    let median = (count > 0).then(|| Days { halves: days[(count - 1) / 2] + days[count / 2] });
    // Nearest rank: the smallest value that at least 90% do not exceed.
    let p90 = (count > 0).then(|| days[(count * 9).div_ceil(10) - 1]);
    TimesToResolve { count, median, p90, max: days.last().copied() }
}

/// Tickets received in the period whose first reply to the POC was the resolution, and that were never
/// forwarded nor reopened.
pub fn first_contact(scope: &Scope, received: &[TicketId]) -> FirstContact {
    let answered = |id: &&TicketId| {
        let Some(line) = scope.ctx.prepared.tickets.get(*id) else { return false };
        let events = || line.effective_until(scope.ctx.as_of).map(|(_, entry)| entry.event.value);
        let first = events().find(|event| matches!(event, TicketEvent::FollowUp | TicketEvent::Resolved));
        first == Some(TicketEvent::Resolved)
            && !events().any(|event| matches!(event, TicketEvent::Forwarded | TicketEvent::Reopened))
    };
    FirstContact { answered: received.iter().filter(answered).count(), of: received.len() }
}
