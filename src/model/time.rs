//! Dates, times of day and instants, as records write them (`docs/reference/records.md`).

use std::fmt;

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use super::time_meant::{date_meant, is_in_range, minute_meant};
use crate::record::{Faults, Node, Value, read_text};

crate::compared!(Minute, Day.0, Until.0);

/// A wall-clock minute of the project's time zone. A time that occurs twice is the first of the two, so that
/// minutes can be compared as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minute(pub NaiveDateTime);

impl Minute {
    /// Reads `2026-11-02 09:14`, or with a `T` between.
    pub fn parse(text: &str) -> Option<Minute> {
        if text.len() != 16 || !text.is_ascii() || !matches!(text.as_bytes()[10], b' ' | b'T') {
            return None;
        }
        let date = parse_date(&text[..10])?;
        let time = TimeOfDay::parse(&text[11..])?;
        Some(Minute(date.and_time(time.0)))
    }

    /// The wall-clock minute of an instant. A wall-clock time that occurs twice is the first of the two; in the second
    /// it is the end of the doubled hour, as `docs/reference/records.md` has it.
    pub fn of(instant: DateTime<Utc>, zone: chrono_tz::Tz) -> Minute {
        let local = instant.with_timezone(&zone).naive_local();
        let mut minute = local - TimeDelta::seconds(i64::from(local.second()));
        minute = minute.with_nanosecond(0).unwrap_or(minute);
        if let LocalResult::Ambiguous(_, second) = zone.from_local_datetime(&minute)
            && instant >= second.with_timezone(&Utc)
        {
            while matches!(zone.from_local_datetime(&minute), LocalResult::Ambiguous(..)) {
                minute += TimeDelta::minutes(1);
            }
        }
        Minute(minute)
    }

    /// The date on which it lies.
    pub fn date(self) -> NaiveDate {
        self.0.date()
    }

    /// The last minute of a date.
    pub fn end_of(date: NaiveDate) -> Minute {
        Minute(date.and_time(NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default()))
    }

    /// The first minute of a date.
    pub fn start_of(date: NaiveDate) -> Minute {
        Minute(date.and_time(NaiveTime::MIN))
    }

    /// The instant in a time zone; of a time that the zone skips, the first one after it.
    pub fn in_utc(self, zone: chrono_tz::Tz) -> DateTime<Utc> {
        let mut local = self.0;
        // No zone skips more than a day.
        for _ in 0..=24 * 60 {
            if let Some(instant) = zone.from_local_datetime(&local).earliest() {
                return instant.with_timezone(&Utc);
            }
            local += chrono::TimeDelta::minutes(1);
        }
        self.0.and_utc()
    }

    /// The minute before.
    pub fn before(self) -> Minute {
        Minute(self.0 - chrono::TimeDelta::minutes(1))
    }
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d %H:%M"))
    }
}

impl Serialize for Minute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.format("%Y-%m-%dT%H:%M"))
    }
}

impl Value for Minute {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let help = |text: &str| minute_meant(text).unwrap_or_else(|| MINUTE_HELP.to_owned());
        let minute = read_text(node, "a date and time", faults, Minute::parse, help)?;
        if !in_range(node, minute.date(), MINUTE_HELP, faults) {
            return None;
        }
        if faults.zone.is_some_and(|zone| zone.from_local_datetime(&minute.0) == LocalResult::None) {
            let help = "on that day the clocks go forward and skip this hour; write the time before or after it";
            faults.invalid(node.span, format!("{minute} does not exist in the project's time zone"), help);
            return None;
        }
        Some(minute)
    }

    fn schema() -> Json {
        json!({
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}$",
            "examples": ["2026-11-02 09:14"],
        })
    }
}

/// A date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub NaiveDate);

impl Value for Day {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let help = |text: &str| date_meant(text).unwrap_or_else(|| DATE_HELP.to_owned());
        let date = read_text(node, "a date", faults, parse_date, help)?;
        in_range(node, date, DATE_HELP, faults).then_some(Day(date))
    }

    fn schema() -> Json {
        json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "examples": ["2026-11-02"]})
    }
}

/// The last date of something; 9999-12-31 means that no end is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Until(pub NaiveDate);

impl Value for Until {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        match node.text().and_then(parse_date) {
            Some(date) if NaiveDate::from_ymd_opt(9999, 12, 31) == Some(date) => Some(Until(date)),
            _ => Day::decode(node, faults).map(|day| Until(day.0)),
        }
    }

    fn schema() -> Json {
        Day::schema()
    }
}

const DATE_HELP: &str = "write the date as `2026-11-02`, between the years 2000 and 2099";
const MINUTE_HELP: &str = "write date and time as `2026-11-02 09:14`, between the years 2000 and 2099, without seconds";

/// A time of day, `10:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay(pub NaiveTime);

impl TimeOfDay {
    /// Reads `HH:MM`.
    pub fn parse(text: &str) -> Option<TimeOfDay> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 5 && bytes[2] == b':' && [0, 1, 3, 4].iter().all(|&at| bytes[at].is_ascii_digit());
        if !shaped {
            return None;
        }
        NaiveTime::from_hms_opt(text[..2].parse().ok()?, text[3..].parse().ok()?, 0).map(TimeOfDay)
    }
}

impl Value for TimeOfDay {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        read_text(node, "a time of day", faults, TimeOfDay::parse, |text| time_help(text, "from 00:00 to 23:59"))
    }

    fn schema() -> Json {
        // Some YAML readers make a number of a time that is not between quotes.
        json!({"type": ["string", "integer"], "pattern": "^[0-9]{2}:[0-9]{2}$", "examples": ["10:00"]})
    }
}

/// The time at which a working day ends: a time of day, or none for `24:00`, the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Close(pub Option<TimeOfDay>);

impl Close {
    /// Whether a working day is over at that time.
    pub fn is_past(self, time: NaiveTime) -> bool {
        self.0.is_some_and(|close| close.0 <= time)
    }

    /// The end of a date's working day: its last minute if the office does not close.
    pub fn on(self, date: NaiveDate) -> Minute {
        self.0.map_or(Minute::end_of(date), |close| Minute(date.and_time(close.0)))
    }
}

impl Close {
    /// The time for packs: "5:00 p.m.".
    pub fn on_paper(self) -> String {
        self.0.map_or_else(|| "midnight".to_owned(), |close| time_on_paper(close.0))
    }
}

impl fmt::Display for Close {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(close) => write!(f, "{}", close.0.format("%H:%M")),
            None => write!(f, "24:00"),
        }
    }
}

impl Value for Close {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let close = |text: &str| match text {
            "24:00" => Some(Close(None)),
            text => TimeOfDay::parse(text).map(|time| Close(Some(time))),
        };
        let help = |text: &str| time_help(text, "from 00:00 to 24:00, the end of the day");
        read_text(node, "a time of day", faults, close, help)
    }

    fn schema() -> Json {
        TimeOfDay::schema()
    }
}

/// What to write instead of a text that is not a time of day.
fn time_help(text: &str, range: &str) -> String {
    match super::time_meant::time(text) {
        Some(time) => format!("write `\"{}\"`", time.format("%H:%M")),
        None => format!("write it as `\"10:00\"`, {range}"),
    }
}

/// Reads `2026-11-02`; any year of four digits.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shaped {
        return None;
    }
    NaiveDate::from_ymd_opt(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
}

/// A date for people: "Wed, Nov 18, 2026".
pub fn day_in_words(date: NaiveDate) -> String {
    date.format("%a, %b %-d, %Y").to_string()
}

/// A date for narrow columns: "Nov 18, 2026".
pub fn short_day(date: NaiveDate) -> String {
    date.format("%b %-d, %Y").to_string()
}

/// A time for the terminal and for messages: "Wed, Nov 18, 2026, 10:00".
pub fn minute_in_words(at: Minute) -> String {
    format!("{}, {}", day_in_words(at.date()), at.0.format("%H:%M"))
}

/// A time for packs, pages and mail: "Wed, Nov 18, 2026, 10:00 a.m.".
pub fn minute_on_paper(at: Minute) -> String {
    format!("{}, {}", day_in_words(at.date()), time_on_paper(at.0.time()))
}

/// A time of day for packs, pages and mail: "10:00 a.m.".
fn time_on_paper(time: NaiveTime) -> String {
    let (is_afternoon, hour) = time.hour12();
    format!("{hour}:{:02} {}", time.minute(), if is_afternoon { "p.m." } else { "a.m." })
}

/// Whether a date is one that records can have; reports one that is not.
fn in_range(node: &Node, date: NaiveDate, help: &str, faults: &mut Faults) -> bool {
    if !is_in_range(date) {
        faults.invalid(node.span, format!("{} is outside the years 2000 to 2099", node.describe()), help);
    }
    is_in_range(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_a_doubled_hour_is_its_end() {
        let zone = chrono_tz::America::New_York;
        let at = |seconds| DateTime::from_timestamp(seconds, 0).map(|at| Minute::of(at, zone).to_string());
        // 2026-11-01 05:30 UTC is 01:30 EDT, 06:30 UTC is 01:30 EST.
        assert_eq!(at(1_793_511_000).as_deref(), Some("2026-11-01 01:30"));
        assert_eq!(at(1_793_514_600).as_deref(), Some("2026-11-01 02:00"));
        assert_eq!(at(1_793_518_200).as_deref(), Some("2026-11-01 02:30"));
    }

    #[test]
    fn paper_has_a_clock_of_twelve_hours() {
        let shown = |text| Minute::parse(text).map(minute_on_paper);
        assert_eq!(shown("2026-11-18 10:00").as_deref(), Some("Wed, Nov 18, 2026, 10:00 a.m."));
        assert_eq!(shown("2026-11-02 00:05").as_deref(), Some("Mon, Nov 2, 2026, 12:05 a.m."));
        assert_eq!(shown("2026-11-02 12:00").as_deref(), Some("Mon, Nov 2, 2026, 12:00 p.m."));
        assert_eq!(shown("2026-11-02 23:59").as_deref(), Some("Mon, Nov 2, 2026, 11:59 p.m."));
    }

    #[test]
    fn a_minute_is_an_instant_of_its_zone() {
        let at = |text| Minute::parse(text).map(|minute| minute.in_utc(chrono_tz::America::New_York).to_rfc3339());
        assert_eq!(at("2026-07-01 10:00").as_deref(), Some("2026-07-01T14:00:00+00:00"));
        assert_eq!(at("2026-12-01 10:00").as_deref(), Some("2026-12-01T15:00:00+00:00"));
        // 2026-03-08 02:30 is skipped, 2026-11-01 01:30 occurs twice.
        assert_eq!(at("2026-03-08 02:30").as_deref(), Some("2026-03-08T07:00:00+00:00"));
        assert_eq!(at("2026-11-01 01:30").as_deref(), Some("2026-11-01T05:30:00+00:00"));
    }

    #[test]
    fn minutes_are_written_without_seconds() {
        assert!(Minute::parse("2026-11-02 09:14").is_some());
        assert_eq!(Minute::parse("2026-11-02T09:14"), Minute::parse("2026-11-02 09:14"));
        for bad in [
            "2026-11-02",
            "2026-11-02 9:14",
            "2026-11-02 09:14:00",
            "2026-02-29 09:14",
            "2026-11-02 24:00",
            "2026-1é-02 09:1",
        ] {
            assert_eq!(Minute::parse(bad), None, "{bad}");
        }
    }
}
