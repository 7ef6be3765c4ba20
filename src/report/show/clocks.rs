//! A record's deadlines, and how each due date is computed, so that staff can check it on a wall calendar.

use chrono::NaiveDate;

use crate::calendar::Calendar;
use crate::model::{ClockKind, Deadline, day_in_words, minute_in_words};
use crate::report::story::{ClockRow, begun};
use crate::report::words;
use crate::workflow::{Clock, Context, EndReason, counted_to, why_due};

/// A deadline, and how its due date is computed.
#[derive(Debug)]
pub struct ClockView {
    pub row: ClockRow,
    /// How the due date is computed, in a line.
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
        ("counted from", deemed(ctx, clock, calendar)),
        ("deadline", deadline(ctx, clock)),
    ];
    let idle = not_worked(clock, calendar);
    if !idle.is_empty() {
        steps.push(("nonworking", idle));
    }
    steps.push(("due", due(clock, calendar)));
    steps.push(("ended", stopped(ctx, clock)));
    let outcome = clock.outcome(ctx.as_of);
    let missed = clock.missed(ctx.as_of, &ctx.prepared.calendars);
    let times = match missed.len() {
        0 | 1 => String::new(),
        count => format!(
            ", missed {count} times: {}",
            missed.iter().map(|d| day_in_words(*d)).collect::<Vec<_>>().join("; ")
        ),
    };
    steps.push(("outcome", format!("{}{times}", words::outcome(outcome))));
    steps
}

/// The date from which days are counted, and why it is not the date of the start.
fn deemed(ctx: &Context, clock: &Clock, calendar: &Calendar) -> String {
    let (began, from) = (clock.began.date(), clock.counted_from);
    let date = day_in_words(from);
    if clock.kind == ClockKind::FollowUp {
        return match from == began {
            true => format!("{date} (contact date)"),
            false => format!("{date} (date of the waiver)"),
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

/// The deadline, and the date of the settings that set it.
fn deadline(ctx: &Context, clock: &Clock) -> String {
    let from = ctx.project().settings.versions[clock.version].from;
    let since = from.map(|from| format!(", by the settings in force since {}", day_in_words(from)));
    format!("{}{}", clock.deadline, since.unwrap_or_default())
}

/// The nonworking days that move the due date, each with its name.
fn not_worked(clock: &Clock, calendar: &Calendar) -> String {
    let first = match clock.deadline {
        // Every nonworking day between the two is skipped.
        Deadline::WorkingDays(_) => clock.counted_from,
        // Calendar days all count; a nonworking due date moves to the next working day.
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
    days.join("; ")
}

/// Why a date is nonworking: its name, or the day of the week.
fn idle_name(calendar: &Calendar, date: NaiveDate) -> String {
    calendar.day(date).name.unwrap_or_else(|| format!("a {}", date.format("%A")))
}

fn due(clock: &Clock, calendar: &Calendar) -> String {
    let date = day_in_words(clock.due);
    let nominal = counted_to(clock);
    if nominal == clock.due || calendar.is_working(nominal) {
        format!("{date}, the whole day")
    } else {
        format!("{date}, the whole day (moved from {})", day_in_words(nominal))
    }
}

fn stopped(ctx: &Context, clock: &Clock) -> String {
    match clock.end_by(ctx.as_of) {
        None => "not yet".to_owned(),
        Some(end) => {
            let how = match end.how {
                EndReason::Done => "completed",
                EndReason::Waived => "waived",
                EndReason::Void => "no longer needed",
            };
            format!("{}: {how}", minute_in_words(end.at))
        }
    }
}
