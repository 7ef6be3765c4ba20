//! The values of settings: paper, days, deadlines, time zones, numbers.

use chrono::Weekday;
use serde_json::{Value as Json, json};

use crate::record::{Faults, Node, Value, counted, did_you_mean, read_text};
use crate::words;

words! {
    /// The paper of the PDFs.
    pub enum Paper: "paper size" {
        /// 8½ by 11 inches.
        UsLetter = "us-letter",
        /// 210 by 297 mm.
        A4 = "a4",
    }
}

words! {
    /// The holidays that are days off.
    pub enum Holidays: "set of holidays" {
        /// 5 U.S.C. 6103.
        UsFederal = "us-federal",
        /// No holidays.
        None = "none",
    }
}

words! {
    /// A day of the week.
    pub enum WeekDay: "day of the week" {
        /// Monday.
        Mon = "mon",
        /// Tuesday.
        Tue = "tue",
        /// Wednesday.
        Wed = "wed",
        /// Thursday.
        Thu = "thu",
        /// Friday.
        Fri = "fri",
        /// Saturday.
        Sat = "sat",
        /// Sunday.
        Sun = "sun",
    }
}

impl WeekDay {
    /// The same for chrono.
    pub fn weekday(self) -> Weekday {
        match self {
            WeekDay::Mon => Weekday::Mon,
            WeekDay::Tue => Weekday::Tue,
            WeekDay::Wed => Weekday::Wed,
            WeekDay::Thu => Weekday::Thu,
            WeekDay::Fri => Weekday::Fri,
            WeekDay::Sat => Weekday::Sat,
            WeekDay::Sun => Weekday::Sun,
        }
    }
}

/// The day of a monthly meeting: `second thu`, `last fri`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthlyDay {
    /// 1 to 4; 0 is the last.
    pub nth: u8,
    pub day: WeekDay,
}

const NTH: [&str; 5] = ["last", "first", "second", "third", "fourth"];

impl Value for MonthlyDay {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let found = |text: &str| {
            let (nth, day) = text.split_once(' ')?;
            let nth = NTH.iter().position(|word| *word == nth)? as u8;
            Some(MonthlyDay { nth, day: WeekDay::from_word(day.trim())? })
        };
        let help =
            "write `first`, `second`, `third`, `fourth` or `last` and a day of the week, for example `second thu`";
        read_text(node, "a day of a month", faults, found, |_| help)
    }

    fn schema() -> Json {
        let pattern = "^(first|second|third|fourth|last) \\s*(mon|tue|wed|thu|fri|sat|sun)\\s*$";
        json!({"type": "string", "pattern": pattern, "examples": ["second thu", "last fri"]})
    }
}

/// A deadline in whole days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// A number of working days.
    WorkingDays(u32),
    /// A number of calendar days, moved to the next working day.
    Days(u32),
    /// No deadline.
    None,
}

impl Deadline {
    fn parse(text: &str) -> Option<Deadline> {
        if text == "none" {
            return Some(Deadline::None);
        }
        let (number, unit) = text.split_once(' ')?;
        let plain = number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
        let number: u32 = number.parse().ok().filter(|number| plain && (1..=3650).contains(number))?;
        match unit.trim() {
            "working day" | "working days" => Some(Deadline::WorkingDays(number)),
            "day" | "days" => Some(Deadline::Days(number)),
            _ => None,
        }
    }
}

impl std::fmt::Display for Deadline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Deadline::WorkingDays(number) => f.write_str(&counted(*number as usize, "working day")),
            Deadline::Days(number) => f.write_str(&counted(*number as usize, "day")),
            Deadline::None => f.write_str("none"),
        }
    }
}

impl Value for Deadline {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let help = |_: &str| "write `1 working day`, `3 working days`, `7 days` (from 1 to 3650) or `none`";
        read_text(node, "a deadline", faults, |text| Deadline::parse(text.trim()), help)
    }

    fn schema() -> Json {
        json!({
            "type": "string",
            "pattern": "^\\s*(none|[0-9]{1,4} \\s*(working )?days?)\\s*$",
            "examples": ["1 working day", "7 days", "none"],
        })
    }
}

/// An IANA time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZoneName(pub chrono_tz::Tz);

impl Value for ZoneName {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let help = |text: &str| {
            let meant = zone_of_abbreviation(text).map(|name| format!("did you mean `{name}`?"));
            meant
                .or_else(|| did_you_mean(text, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())))
                .unwrap_or_else(|| "write a name, for example `America/New_York`".to_owned())
        };
        let zone = read_text(node, "a time zone", faults, |text| text.trim().parse().ok(), help);
        zone.filter(|zone| is_a_place(*zone, node, faults)).map(ZoneName)
    }

    fn schema() -> Json {
        json!({"type": "string", "examples": ["America/New_York"]})
    }
}

/// Whether a zone is that of a place. `EST` has no daylight saving time: all times of a summer would be an hour off.
fn is_a_place(zone: chrono_tz::Tz, node: &Node, faults: &mut Faults) -> bool {
    let Some(meant) = zone_of_abbreviation(zone.name()).filter(|_| zone.name().len() == 3) else { return true };
    let message = format!("`{}` is a fixed offset without daylight saving time, not the zone of a place", zone.name());
    faults.invalid(node.span, message, format!("did you mean `{meant}`?"));
    false
}

/// The United States time zone of an abbreviation. The time zone database has some of them as zones, most of them
/// without daylight saving time.
fn zone_of_abbreviation(text: &str) -> Option<&'static str> {
    Some(match text.to_ascii_uppercase().as_str() {
        "EST" | "EDT" | "EST5EDT" | "ET" | "EASTERN" => "America/New_York",
        "CST" | "CDT" | "CST6CDT" | "CT" | "CENTRAL" => "America/Chicago",
        "MST" | "MDT" | "MST7MDT" | "MT" | "MOUNTAIN" => "America/Denver",
        "PST" | "PDT" | "PST8PDT" | "PT" | "PACIFIC" => "America/Los_Angeles",
        "AKST" | "AKDT" | "ALASKA" => "America/Anchorage",
        "HST" | "HDT" | "HAWAII" => "Pacific/Honolulu",
        _ => return None,
    })
}

/// A whole percentage of at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent(pub usize);

impl Value for Percent {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let percent = |text: &str| {
            let plain = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|number| plain && (1..=100).contains(number)).map(Percent)
        };
        let help = |_: &str| "write a whole number from 1 to 100, without `%`";
        read_text(node, "a percentage", faults, percent, help)
    }

    fn schema() -> Json {
        json!({"type": ["integer", "string"], "minimum": 1, "maximum": 100, "pattern": "^[0-9]{1,3}$"})
    }
}

/// The ticket numbers that HEAT hands out. Ours would collide with them there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    pub heat_from: Option<u32>,
    /// If it is not set, no end is known.
    pub heat_to: Option<u32>,
}

impl Numbers {
    /// Whether HEAT hands that number out.
    pub fn are_heats(self, number: u32) -> bool {
        self.heat_from.is_some_and(|from| from <= number) && self.heat_to.is_none_or(|to| number <= to)
    }
}
