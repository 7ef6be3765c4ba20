//! How a due date was computed, in a form that staff can check on a wall calendar.

use chrono::{Days, NaiveDate};

use super::clock::{Clock, ClockOwner};
use super::prepared::Prepared;
use crate::model::{ClockKind, Deadline, Minute};

/// "received Tue, Nov 10, 16:55, plus 1 working day (Nov 11 is Veterans Day)": what started the clock, the deadline,
/// and the named days that did not count.
pub fn why_due(prepared: &Prepared, clock: &Clock) -> String {
    let mut parts = vec![format!("{} {}", beginning(prepared, clock), moment(clock.began))];
    if is_waived(clock) {
        parts.push(format!("until {}", short(clock.counted_from)));
    } else if clock.counted_from != clock.began.date() {
        parts.push(format!("counted from {}", short(clock.counted_from)));
    }
    let calendar = &prepared.calendars[clock.version];
    let named = uncounted_days(clock).filter_map(|date| {
        let day = calendar.day(date);
        let name = day.name.filter(|_| !day.working)?;
        Some(format!("{} is {name}", date.format("%b %-d")))
    });
    let named = named.collect::<Vec<_>>().join(", ");
    let named = if named.is_empty() { named } else { format!(" ({named})") };
    parts.push(format!("plus {}{named}", clock.deadline));
    if matches!(clock.deadline, Deadline::Days(_)) && clock.due != counted_to(clock) {
        parts.push("moved to the next working day".to_owned());
    }
    parts.join(", ")
}

/// The dates that did not count: before the count began, and, of a deadline in working days, within it; one in
/// calendar days counts them all, and is moved on past its end.
fn uncounted_days(clock: &Clock) -> impl Iterator<Item = NaiveDate> {
    let run = |from: NaiveDate, to: NaiveDate| from.iter_days().take_while(move |date| *date < to);
    let before = if is_waived(clock) { clock.counted_from } else { clock.began.date() };
    let within = match clock.deadline {
        Deadline::Days(_) => counted_to(clock),
        Deadline::WorkingDays(_) | Deadline::None => clock.counted_from,
    };
    run(before, clock.counted_from).chain(run(within, clock.due))
}

/// The end of a deadline in calendar days, before it moves to a working day.
pub fn counted_to(clock: &Clock) -> NaiveDate {
    match clock.deadline {
        Deadline::Days(number) => clock.counted_from + Days::new(u64::from(number)),
        Deadline::WorkingDays(_) | Deadline::None => clock.due,
    }
}

/// A follow-up clock counts from a date other than that of its entry if the one before it was waived.
fn is_waived(clock: &Clock) -> bool {
    clock.kind == ClockKind::FollowUp && clock.counted_from != clock.began.date()
}

fn beginning(prepared: &Prepared, clock: &Clock) -> &'static str {
    let ticket = match &clock.owner {
        ClockOwner::Ticket(id) => prepared.tickets.get(id).map(|line| line.ticket),
        ClockOwner::Change(_) => None,
    };
    match clock.kind {
        ClockKind::Reply if ticket.is_some_and(|ticket| clock.place.1 != ticket.received.span) => "reopened",
        ClockKind::Reply => "received",
        ClockKind::FollowUp if is_waived(clock) => "waived",
        ClockKind::FollowUp => "last follow-up",
        ClockKind::NitcResponse => "forwarded",
        ClockKind::Relay if ticket.is_some_and(|ticket| clock.place.0 != ticket.file) => "CR delivered",
        ClockKind::Relay => "answered",
        ClockKind::RaiseCr => "researched as a code change",
        ClockKind::ForwardCr => "approved",
    }
}

fn short(date: NaiveDate) -> String {
    date.format("%a, %b %-d").to_string()
}

fn moment(at: Minute) -> String {
    at.0.format("%a, %b %-d, %H:%M").to_string()
}
