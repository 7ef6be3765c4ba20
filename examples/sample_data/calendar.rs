//! The office's calendar: federal holidays, closures, working days, deadlines and meeting dates.

use chrono::LocalResult;
use chrono::TimeZone;
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use chrono_tz::America::New_York;

use crate::Result;

/// A wall-clock time in the office's zone.
pub type Moment = NaiveDateTime;

/// Days on which the office was closed beside the holidays; `texts/heatpack.yaml` says the same.
const CLOSED: [(i32, u32, u32); 2] = [(2025, 12, 24), (2025, 12, 26)];

/// From this date NITC has two calendar days for its first response, and three working days before it.
const SHORTER_RESPONSE: (i32, u32, u32) = (2026, 4, 1);

/// The last instant that the sample tells of; the story's "today" is the Monday after it.
pub fn end() -> Moment {
    date(2026, 11, 22).and_hms_opt(23, 59, 0).unwrap_or_default()
}

/// The first day of the sample, and of the meetings.
pub fn start() -> NaiveDate {
    date(2025, 10, 1)
}

/// A date known to be valid when it was written into this source.
pub fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_else(|| panic!("no such date: {year}-{month}-{day}"))
}

/// `2026-11-02`
pub fn parse_date(text: &str) -> Result<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|e| format!("date {text:?}: {e}").into())
}

/// `09:14`
pub fn parse_time(text: &str) -> Result<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|e| format!("time {text:?}: {e}").into())
}

/// As the records write it: `2026-11-02 09:14`.
pub fn show(at: Moment) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

/// Whether the zone has this wall-clock time and has it once, so that no reader can be in doubt.
pub fn is_plain(at: Moment) -> bool {
    matches!(New_York.from_local_datetime(&at), LocalResult::Single(_))
}

/// The US federal holidays of 5 U.S.C. 6103, on the day when they are observed.
fn is_holiday(day: NaiveDate) -> bool {
    let nth = |month, weekday, n| NaiveDate::from_weekday_of_month_opt(day.year(), month, weekday, n) == Some(day);
    let last_monday_of_may = day.month() == 5 && day.weekday() == Weekday::Mon && day.day() > 24;
    nth(1, Weekday::Mon, 3)
        || nth(2, Weekday::Mon, 3)
        || last_monday_of_may
        || nth(9, Weekday::Mon, 1)
        || nth(10, Weekday::Mon, 2)
        || nth(11, Weekday::Thu, 4)
        || [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)].into_iter().any(|(month, on)| {
            // January 1 may be observed in the year before.
            [day.year(), day.year() + 1].into_iter().any(|year| observed(date(year, month, on)) == day)
        })
}

fn observed(holiday: NaiveDate) -> NaiveDate {
    match holiday.weekday() {
        Weekday::Sat => holiday - Days::new(1),
        Weekday::Sun => holiday + Days::new(1),
        _ => holiday,
    }
}

pub fn is_working(day: NaiveDate) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let closed = CLOSED.into_iter().any(|(y, m, d)| date(y, m, d) == day);
    !weekend && !closed && !is_holiday(day)
}

/// The day itself, or the next working day where it is none.
pub fn on_or_after(mut day: NaiveDate) -> NaiveDate {
    while !is_working(day) {
        day = day + Days::new(1);
    }
    day
}

/// The `n`-th working day after `day`.
pub fn working_days_after(mut day: NaiveDate, n: u32) -> NaiveDate {
    for _ in 0..n {
        day = on_or_after(day + Days::new(1));
    }
    day
}

/// The working day on which something is taken to have happened.
fn deemed(at: Moment) -> NaiveDate {
    let before_close = at.time() < NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default();
    if is_working(at.date()) && before_close { at.date() } else { on_or_after(at.date() + Days::new(1)) }
}

/// `n` working days after the deemed date.
pub fn due_working(at: Moment, n: u32) -> NaiveDate {
    working_days_after(deemed(at), n)
}

/// When NITC's first response is due for what was forwarded at `at`.
pub fn due_response(at: Moment) -> NaiveDate {
    let (y, m, d) = SHORTER_RESPONSE;
    if at.date() < date(y, m, d) { due_working(at, 3) } else { on_or_after(deemed(at) + Days::new(2)) }
}

/// The `k`-th due date of the next word to a POC who was last contacted on `day`.
pub fn due_follow_up(day: NaiveDate, k: u64) -> NaiveDate {
    on_or_after(day + Days::new(7 * k))
}

/// The scheduled dates of the weekly meeting (Wednesdays) from the first day up to `last`.
pub fn weekly_dates(last: NaiveDate) -> Vec<NaiveDate> {
    start().iter_days().take_while(|day| *day <= last).filter(|day| day.weekday() == Weekday::Wed).collect()
}

/// The scheduled dates of the monthly meeting (second Thursdays) from the first day up to `last`.
pub fn monthly_dates(last: NaiveDate) -> Vec<NaiveDate> {
    start()
        .iter_days()
        .take_while(|day| *day <= last)
        .filter(|day| day.weekday() == Weekday::Thu && (8..=14).contains(&day.day()))
        .collect()
}
