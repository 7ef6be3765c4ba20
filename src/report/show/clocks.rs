//! A record's clocks, and how each due date came about: what a clerk can check on a wall calendar.

use chrono::NaiveDate;

use crate::calendar::Calendar;
use crate::model::{ClockKind, Deadline, day_in_words, minute_in_words};
use crate::report::story::{ClockRow, begun};
use crate::workflow::{Clock, Context, EndReason, counted_to, why_due};

/// A clock, and how its due date came about.
#[derive(Debug)]
pub struct ClockView {
    pub row: ClockRow,
    /// How the due date came about, in a line.
    pub why: String,
    /// The same step by step: label and text.
    pub steps: Vec<(&'static str, String)>,
}

/// The clocks that have begun, in the order in which they did.
pub fn views(ctx: &Context, clocks: &[Clock]) -> Vec<ClockView> {
    let view = |clock, row| ClockView { row, why: why_due(ctx.prepared, clock), steps: steps(ctx, clock) };
    begun(ctx, clocks).into_iter().map(|clock| view(clock, ClockRow::new(ctx, clock))).collect()
}

fn steps(ctx: &Context, clock: &Clock) -> Vec<(&'static str, String)> {
    let calendar = &ctx.prepared.calendars[clock.version];
    let mut steps = vec![
        ("started", minute_in_words(clock.began)),
        ("deemed", deemed(ctx, clock, calendar)),
        ("deadline", deadline(ctx, clock)),
    ];
    let idle = not_worked(clock, calendar);
    if !idle.is_empty() {
        steps.push(("not worked", idle));
    }
    steps.push(("due", due(clock, calendar)));
    steps.push(("stopped", stopped(ctx, clock)));
    let outcome = clock.outcome(ctx.as_of);
    let missed = clock.missed(ctx.as_of, &ctx.prepared.calendars);
    let times = match missed.len() {
        0 | 1 => String::new(),
        count => format!(
            ", missed {count} times: {}",
            missed.iter().map(|d| day_in_words(*d)).collect::<Vec<_>>().join(", ")
        ),
    };
    steps.push(("outcome", format!("{outcome}{times}")));
    steps
}

/// The date from which days count, and why it is not the date of the start.
fn deemed(ctx: &Context, clock: &Clock, calendar: &Calendar) -> String {
    let (began, from) = (clock.began.date(), clock.counted_from);
    let date = day_in_words(from);
    if clock.kind == ClockKind::FollowUp {
        return match from == began {
            true => format!("{date}, the calendar date of the contact"),
            false => format!("{date}, the date that the waiver gives"),
        };
    }
    if from == began {
        return format!("{date}, the same day");
    }
    let close = ctx.project().settings.versions[clock.version].working_time.close;
    if calendar.is_working(began) {
        format!("{date}, the next working day: the working day ends at {close}")
    } else {
        format!("{date}, the next working day: {} is {}", day_in_words(began), idle_name(calendar, began))
    }
}

/// The deadline, and since when it is so.
fn deadline(ctx: &Context, clock: &Clock) -> String {
    let from = ctx.project().settings.versions[clock.version].from;
    let since = from.map(|from| format!(", by the settings in force since {}", day_in_words(from)));
    format!("{}{}", clock.deadline, since.unwrap_or_default())
}

/// The days that made the due date later, each with its name.
fn not_worked(clock: &Clock, calendar: &Calendar) -> String {
    let first = match clock.deadline {
        // Every day that is not worked between the two is passed over.
        Deadline::WorkingDays(_) => clock.counted_from,
        // Calendar days all count; a due date that is not worked moves on.
        Deadline::Days(_) => counted_to(clock).min(clock.due),
        Deadline::None => clock.due,
    };
    let idle: Vec<NaiveDate> =
        first.iter_days().take_while(|date| *date < clock.due).filter(|date| !calendar.is_working(*date)).collect();
    const SHOWN: usize = 12;
    let mut days: Vec<String> = idle
        .iter()
        .take(SHOWN)
        .map(|date| format!("{} ({})", day_in_words(*date), idle_name(calendar, *date)))
        .collect();
    if idle.len() > SHOWN {
        days.push(format!("and {} more", idle.len() - SHOWN));
    }
    days.join(", ")
}

/// Why a date is not worked: its name, or the day of the week.
fn idle_name(calendar: &Calendar, date: NaiveDate) -> String {
    calendar.day(date).name.unwrap_or_else(|| format!("a {}", date.format("%A")))
}

fn due(clock: &Clock, calendar: &Calendar) -> String {
    let date = day_in_words(clock.due);
    let nominal = counted_to(clock);
    if nominal == clock.due || calendar.is_working(nominal) {
        format!("{date}, the whole day")
    } else {
        format!("{date}, the whole day: moved on from {}", day_in_words(nominal))
    }
}

fn stopped(ctx: &Context, clock: &Clock) -> String {
    match clock.end_by(ctx.as_of) {
        None => "not yet".to_owned(),
        Some(end) => {
            let how = match end.how {
                EndReason::Done => "what it waited for happened",
                EndReason::Waived => "it was waived",
                EndReason::Void => "what it waited for fell away",
            };
            format!("{}: {how}", minute_in_words(end.at))
        }
    }
}
