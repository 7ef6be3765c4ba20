//! Dates and times as people type them in flags and at questions → all that they can mean. Files take the strict form
//! alone.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike, Weekday};

use super::time::{Minute, TimeOfDay, parse_date};
use super::time_meant::{full_date, is_in_range, time};

/// On which side of the present a typed day is, where that decides which day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaning {
    /// Something that has happened.
    Past,
    /// Something that is due or planned.
    Future,
    Either,
}

/// The days that a typed text can mean: none if it is not a day, several if it can be read in more than one way.
pub fn days_typed(text: &str, today: NaiveDate, leaning: Leaning) -> Vec<NaiveDate> {
    let text = tidy(text);
    if let Some(date) = parse_date(&text) {
        return vec![date];
    }
    if text.len() > LONGEST {
        return Vec::new();
    }
    let relative = match text.as_str() {
        "today" => Some(today),
        "yesterday" => today.pred_opt(),
        "tomorrow" => today.succ_opt(),
        _ => None,
    };
    if let Some(date) = relative.or_else(|| full_date(&text)) {
        return vec![date];
    }
    let mut days = match text.trim_end_matches('.').parse::<Weekday>() {
        Ok(day) => around(day, today),
        Err(_) => without_year(&text, today),
    };
    days.retain(|date| is_in_range(*date));
    on_side(&mut days, leaning, |date| *date <= today, |date| *date >= today);
    days
}

/// The minutes that a typed text can mean, as `days_typed` does. A time of day alone is on the day `on`.
pub fn minutes_typed(text: &str, now: Minute, on: NaiveDate, leaning: Leaning) -> Vec<Minute> {
    let text = tidy(text);
    if let Some(minute) = Minute::parse(&text) {
        return vec![minute];
    }
    if text.len() > LONGEST {
        return Vec::new();
    }
    let alone = times_typed(&text);
    if !alone.is_empty() {
        return alone.into_iter().map(|time| Minute(on.and_time(time))).collect();
    }
    // `Nov 20 2026` is a day, and not 20:26 on Nov 20.
    if !days_typed(&text, now.date(), leaning).is_empty() {
        return Vec::new();
    }
    let mut minutes = Vec::new();
    for (at, blank) in text.match_indices([' ', 't']) {
        let (first, second) = (text[..at].trim_end_matches([',', ' ']), text[at + blank.len()..].trim());
        let second = second.strip_prefix("at ").unwrap_or(second);
        for (day, time) in [(first, second), (second, first)] {
            let times = times_typed(time);
            let days = if times.is_empty() { Vec::new() } else { days_typed(day, now.date(), leaning) };
            minutes.extend(days.iter().flat_map(|day| times.iter().map(|time| Minute(day.and_time(*time)))));
        }
    }
    minutes.sort();
    minutes.dedup();
    on_side(&mut minutes, leaning, |minute| *minute <= now, |minute| *minute >= now);
    minutes
}

/// The times of day that a typed text can mean: `9:14`, `9:14 am`, `3 pm`, `1500`. Before 7 a single digit can also be an
/// afternoon: `4:20`.
fn times_typed(text: &str) -> Vec<NaiveTime> {
    if let Some(time) = TimeOfDay::parse(text) {
        return vec![time.0];
    }
    let plain: String = text.chars().filter(|own| !matches!(own, ' ' | '.')).collect();
    let is_twelve = plain.ends_with("am") || plain.ends_with("pm");
    let digits = plain.trim_end_matches(|own: char| own.is_ascii_alphabetic());
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let with_colon = match (is_number, digits.len()) {
        (false, _) => plain.clone(),
        (true, 3 | 4) => {
            let (hour, minute) = plain.split_at(digits.len() - 2);
            format!("{hour}:{minute}")
        }
        (true, 1 | 2) if is_twelve => plain.replacen(digits, &format!("{digits}:00"), 1),
        _ => return Vec::new(),
    };
    let Some(time) = time(&with_colon) else { return Vec::new() };
    let is_one_digit = with_colon.find(':') == Some(1);
    let afternoon = time.with_hour(time.hour() + 12).filter(|_| is_one_digit && !is_twelve && time.hour() < 7);
    std::iter::once(time).chain(afternoon).collect()
}

/// The longest text that is read as a day or time.
const LONGEST: usize = 40;

/// How far a day without a year can be from today, in days, before another year is possible.
const HALF_A_YEAR: i64 = 183;

/// In lower case, with single blanks.
fn tidy(text: &str) -> String {
    if text.len() > 2 * LONGEST {
        return text.to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The last and the next day of that name; today counts as both.
fn around(day: Weekday, today: NaiveDate) -> Vec<NaiveDate> {
    let since = u64::from((7 + today.weekday().num_days_from_monday() - day.num_days_from_monday()) % 7);
    let dates = match since {
        0 => [today.checked_sub_days(Days::new(7)), Some(today), today.checked_add_days(Days::new(7))],
        since => [today.checked_sub_days(Days::new(since)), today.checked_add_days(Days::new(7 - since)), None],
    };
    dates.into_iter().flatten().collect()
}

/// A day without its year, `11/20` or `Nov 20`: that of this year; also of the year before or after, if it is nearer.
fn without_year(text: &str, today: NaiveDate) -> Vec<NaiveDate> {
    let has_year = text.matches('/').count() != 1 && text.matches(' ').count() != 1;
    let of = |year: i32| {
        let with_year = match text.contains('/') {
            true => format!("{text}/{year}"),
            false => format!("{text} {year}"),
        };
        full_date(&with_year)
    };
    let year = today.year();
    let Some(own) = of(year).filter(|_| !has_year) else { return Vec::new() };
    let distance = |date: NaiveDate| (date - today).num_days().abs();
    let other = [of(year - 1), of(year + 1)].into_iter().flatten().min_by_key(|date| distance(*date));
    let other = other.filter(|other| distance(own) > HALF_A_YEAR && distance(*other) < distance(own));
    let mut dates: Vec<NaiveDate> = std::iter::once(own).chain(other).collect();
    dates.sort();
    dates
}

/// Keeps what is on the right side of the present, if any is.
fn on_side<T>(all: &mut Vec<T>, leaning: Leaning, is_past: impl Fn(&T) -> bool, is_future: impl Fn(&T) -> bool) {
    let fits = |one: &T| match leaning {
        Leaning::Past => is_past(one),
        Leaning::Future => is_future(one),
        Leaning::Either => true,
    };
    if all.iter().any(fits) {
        all.retain(fits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Wednesday.
    const NOW: &str = "2026-11-18 14:30";

    fn minutes(text: &str, leaning: Leaning) -> Vec<String> {
        let now = Minute::parse(NOW).expect("a time");
        minutes_typed(text, now, now.date(), leaning).iter().map(ToString::to_string).collect()
    }

    fn days(text: &str, leaning: Leaning) -> Vec<String> {
        let now = Minute::parse(NOW).expect("a time");
        days_typed(text, now.date(), leaning).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        for (typed, meant) in [
            ("2026-11-17 09:14", "2026-11-17 09:14"),
            ("09:14", "2026-11-18 09:14"),
            ("9:14", "2026-11-18 09:14"),
            ("9:14 am", "2026-11-18 09:14"),
            ("9:14 A.M.", "2026-11-18 09:14"),
            ("914", "2026-11-18 09:14"),
            ("1500", "2026-11-18 15:00"),
            ("0420", "2026-11-18 04:20"),
            ("04:20", "2026-11-18 04:20"),
            ("3 pm", "2026-11-18 15:00"),
            ("3pm", "2026-11-18 15:00"),
            ("1215pm", "2026-11-18 12:15"),
            ("11/17/2026 4:20 PM", "2026-11-17 16:20"),
            ("11/17 4:20 pm", "2026-11-17 16:20"),
            ("11/17/26, 16:20", "2026-11-17 16:20"),
            ("Nov 17, 2026 at 4:20 pm", "2026-11-17 16:20"),
            ("nov 17 1620", "2026-11-17 16:20"),
            ("yesterday 15:00", "2026-11-17 15:00"),
            ("3 pm yesterday", "2026-11-17 15:00"),
            ("today 9:14", "2026-11-18 09:14"),
            ("Mon 10:00", "2026-11-16 10:00"),
            ("Monday 10 am", "2026-11-16 10:00"),
            ("2026-11-17t9:14", "2026-11-17 09:14"),
        ] {
            assert_eq!(minutes(typed, Leaning::Past), [meant], "{typed}");
        }
        for none in
            ["", "noon", "15", "25:00", "13:00 pm", "Nov 17 2026", "tomorrow", "99:99", "1 2 3 4 5", &"9".repeat(99)]
        {
            assert!(minutes(none, Leaning::Past).is_empty(), "{none}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_read_in_both() {
        assert_eq!(minutes("4:20", Leaning::Either), ["2026-11-18 04:20", "2026-11-18 16:20"]);
        assert_eq!(minutes("yesterday 420", Leaning::Past), ["2026-11-17 04:20", "2026-11-17 16:20"]);
        // Today is a Wednesday.
        assert_eq!(minutes("Wed 10:00", Leaning::Past), ["2026-11-11 10:00", "2026-11-18 10:00"]);
        assert_eq!(minutes("Wed 15:00", Leaning::Past), ["2026-11-11 15:00"]);
        assert_eq!(days("wed", Leaning::Future), ["2026-11-18", "2026-11-25"]);
        assert_eq!(days("fri", Leaning::Either), ["2026-11-13", "2026-11-20"]);
        assert_eq!(days("fri", Leaning::Future), ["2026-11-20"]);
        assert_eq!(days("1/5", Leaning::Either), ["2026-01-05", "2027-01-05"]);
        assert_eq!(days("1/5", Leaning::Future), ["2027-01-05"]);
        assert_eq!(days("1/5", Leaning::Past), ["2026-01-05"]);
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        for typed in
            ["2026-11-24", "11/24/2026", "11/24/26", "11/24", "Nov 24", "24 November", "November 24, 2026", "tue"]
        {
            assert_eq!(days(typed, Leaning::Future), ["2026-11-24"], "{typed}");
        }
        assert_eq!(days("Tomorrow", Leaning::Future), ["2026-11-19"]);
        // The last day of a month that a year does not have.
        for none in ["", "soon", "2/30", "24/11/2026", "11/24/2026 10:00", "next week", "11-24", "2026", "may"] {
            assert!(days(none, Leaning::Future).is_empty(), "{none}");
        }
    }
}
