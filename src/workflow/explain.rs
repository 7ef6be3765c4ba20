//! How a due date came about, in words that a clerk can check on a wall calendar.

use chrono::NaiveDate;

use super::clock::Clock;
use super::prepared::Prepared;
use crate::model::{ClockKind, Deadline, Minute};

/// "received Tue 10 Nov 16:55, 1 working day, 11 Nov is Veterans Day": what started the clock, the deadline,
/// and the named days that were passed over.
pub fn why_due(prepared: &Prepared, clock: &Clock) -> String {
    let mut parts = vec![format!("{} {}", beginning(clock), moment(clock.began))];
    if clock.kind == ClockKind::FollowUp && clock.counted_from != clock.began.date() {
        parts.push(format!("counted from {}", short(clock.counted_from)));
    } else if clock.counted_from != clock.began.date() {
        parts.push(format!("which counts as {}", short(clock.counted_from)));
    }
    parts.push(clock.deadline.to_string());
    let calendar = &prepared.calendars[clock.version];
    let first = clock.began.date().min(clock.counted_from);
    for date in first.iter_days().take_while(|date| *date <= clock.due) {
        let day = calendar.day(date);
        let Some(name) = day.name.filter(|_| !day.working) else { continue };
        parts.push(format!("{} is {name}", short(date)));
    }
    if let Deadline::Days(_) = clock.deadline
        && !calendar.is_working(clock.counted_from + chrono::Days::new(days(clock.deadline)))
    {
        parts.push("moved on to a working day".to_owned());
    }
    parts.join(", ")
}

fn beginning(clock: &Clock) -> &'static str {
    match clock.kind {
        ClockKind::Reply => "received",
        ClockKind::FollowUp => "last word to the POC",
        ClockKind::NitcResponse => "forwarded",
        ClockKind::Relay => "answered",
        ClockKind::RaiseCr => "researched as a code change",
        ClockKind::ForwardCr => "approved",
    }
}

fn days(deadline: Deadline) -> u64 {
    match deadline {
        Deadline::Days(number) | Deadline::WorkingDays(number) => u64::from(number),
        Deadline::None => 0,
    }
}

fn short(date: NaiveDate) -> String {
    date.format("%a %-d %b").to_string()
}

fn moment(at: Minute) -> String {
    at.0.format("%a %-d %b %H:%M").to_string()
}
