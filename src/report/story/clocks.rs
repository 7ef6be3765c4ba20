//! The deadlines of a record as a table.

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::{ClockKind, Minute};
use crate::report::words::{Words, counted};
use crate::workflow::{Clock, Context, Outcome};

/// A clock of a ticket or CR.
#[derive(Debug, Clone, Serialize)]
pub struct ClockRow {
    /// Its kind, `nitc-response`.
    pub kind: ClockKind,
    /// Its kind in words, "NITC's initial response".
    pub kind_text: String,
    pub started: Minute,
    /// The working day from which its days are counted.
    pub deemed: NaiveDate,
    pub due: NaiveDate,
    pub stopped: Option<Minute>,
    /// `met`, `late`, `overdue`, `running`, `waived` or `void`.
    pub outcome: Outcome,
    /// The outcome in words, "late by 2 days".
    pub outcome_text: String,
    /// The due dates that were missed.
    pub misses: Vec<NaiveDate>,
}

/// The clocks that have started, in the order of their start.
pub fn clocks(ctx: &Context, clocks: &[Clock]) -> Vec<ClockRow> {
    begun(ctx, clocks).into_iter().map(|clock| ClockRow::new(ctx, clock)).collect()
}

/// The clocks themselves, in the same order.
pub fn begun<'c>(ctx: &Context, clocks: &'c [Clock]) -> Vec<&'c Clock> {
    let mut begun: Vec<&Clock> = clocks.iter().filter(|clock| clock.began <= ctx.as_of).collect();
    begun.sort_by_key(|clock| (clock.began, clock.kind));
    begun
}

impl ClockRow {
    /// Describes a clock.
    pub fn new(ctx: &Context, clock: &Clock) -> ClockRow {
        let outcome = clock.outcome(ctx.as_of);
        ClockRow {
            kind: clock.kind,
            kind_text: Words::new(&ctx.project().settings.names).clock(clock.kind),
            started: clock.began,
            deemed: clock.counted_from,
            due: clock.due,
            stopped: clock.end_by(ctx.as_of).map(|end| end.at),
            outcome,
            outcome_text: outcome_text(clock, outcome, ctx.as_of),
            misses: match outcome {
                Outcome::Late | Outcome::Overdue => clock.missed(ctx.as_of, &ctx.prepared.calendars),
                _ => Vec::new(),
            },
        }
    }
}

fn outcome_text(clock: &Clock, outcome: Outcome, as_of: Minute) -> String {
    let end = clock.end_by(as_of).map_or(as_of, |end| end.at).date();
    let days = |days: i64| counted(days.max(0) as usize, "day");
    match outcome {
        Outcome::Met => "met".to_owned(),
        Outcome::Late => format!("late by {}", days((end - clock.due).num_days())),
        Outcome::Overdue => format!("overdue by {}", days((end - clock.due).num_days())),
        Outcome::Running => "open".to_owned(),
        Outcome::Waived => "waived".to_owned(),
        Outcome::Void => "no longer needed".to_owned(),
    }
}
