//! An export's times: by the map's forms, in the export's zone, as instants and as minutes of the project's zone.

use chrono::{DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::{OffsetName, Tz};

use super::cells::Refusal;
use crate::model::{ImportMap, Minute, UTC, day_number, is_in_range};

/// How the export's times are read.
#[derive(Debug, Clone, Copy)]
pub struct Times<'m> {
    map: &'m ImportMap,
    /// The project's zone, in which records are written.
    zone: Tz,
}

/// The meaning of a time of the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub first: DateTime<Utc>,
    /// When the clocks go back, an hour comes twice; which one is meant is not written.
    pub second: Option<DateTime<Utc>>,
}

impl Moment {
    /// The instant, where what happened before it is known.
    pub fn after(self, before: DateTime<Utc>) -> DateTime<Utc> {
        match self.second {
            // The order shows which hour is meant only within the two hours.
            Some(second) if self.first < before && before - second < TimeDelta::hours(1) => second,
            _ => self.first,
        }
    }

    /// Whether it is earlier, whichever of two hours is meant.
    pub fn is_surely_before(self, other: Moment) -> bool {
        self.second.unwrap_or(self.first) < other.first
    }
}

impl<'m> Times<'m> {
    pub fn new(map: &'m ImportMap, zone: Tz) -> Times<'m> {
        Times { map, zone }
    }

    /// A cell as a minute of the project's zone; `before` is what happened before it.
    pub fn read(&self, cell: &str, before: Option<Minute>) -> Result<Minute, Refusal> {
        let moment = self.moment(cell)?;
        let before = before.map_or(moment.first, |before| self.instant(before));
        Ok(self.minute(moment.after(before)))
    }

    /// The minute of the project's zone.
    pub fn minute(&self, instant: DateTime<Utc>) -> Minute {
        Minute::of(instant, self.zone)
    }

    /// The instant of a minute of the project's zone.
    pub fn instant(&self, minute: Minute) -> DateTime<Utc> {
        minute.in_utc(self.zone)
    }

    /// A cell as an instant.
    pub fn moment(&self, cell: &str) -> Result<Moment, Refusal> {
        let mut refused = None;
        for form in &self.map.times {
            match self.by_form(cell, &form.0) {
                Some(Ok(moment)) => return Ok(moment),
                // Another form may fit better.
                Some(Err(refusal)) => refused = refused.or(Some(refusal)),
                None => {}
            }
        }
        Err(refused.unwrap_or_else(|| self.of_no_form(cell)))
    }

    /// `None` if the cell does not have that format.
    fn by_form(&self, cell: &str, form: &str) -> Option<Result<Moment, Refusal>> {
        let in_digits = with_offset_in_digits(cell, form);
        if let Ok(instant) = DateTime::parse_from_str(in_digits.as_deref().unwrap_or(cell), form) {
            let first = instant.with_timezone(&Utc);
            return Some(self.in_range(cell, form, Moment { first, second: None }));
        }
        let local = match NaiveDateTime::parse_from_str(cell, form) {
            Ok(local) => local,
            Err(_) => {
                let date = NaiveDate::parse_from_str(cell, form).ok()?;
                match self.map.time_of_day {
                    Some(time) => date.and_time(time.0),
                    None => {
                        let help = "add the time of day to the map, for example `time_of_day: \"09:00\"`";
                        return Some(Err((format!("`{cell}` is a date without a time of day"), help.to_owned())));
                    }
                }
            }
        };
        let moment = if form.contains("%Z") { self.of_named(cell, local) } else { self.of_local(cell, local) };
        Some(moment.and_then(|moment| self.in_range(cell, form, moment)))
    }

    fn in_range(&self, cell: &str, form: &str, moment: Moment) -> Result<Moment, Refusal> {
        let date = self.minute(moment.first).date();
        if is_in_range(date) {
            return Ok(moment);
        }
        if (0..100).contains(&date.year()) && form.contains("%Y") {
            return Err((format!("the year of `{cell}` has two digits"), two_digits(form)));
        }
        Err((format!("`{cell}` is outside the years 2000 to 2099"), "correct it in the export".to_owned()))
    }

    fn of_local(&self, cell: &str, local: NaiveDateTime) -> Result<Moment, Refusal> {
        let zone = self.map.zone.map_or(self.zone, |zone| zone.0);
        match zone.from_local_datetime(&local) {
            LocalResult::Single(only) => Ok(Moment { first: only.with_timezone(&Utc), second: None }),
            LocalResult::Ambiguous(first, second) => {
                Ok(Moment { first: first.with_timezone(&Utc), second: Some(second.with_timezone(&Utc)) })
            }
            LocalResult::None => {
                let help = "on that day the clocks go forward and skip this hour: correct it in the export, or the map's \
                            `zone`";
                Err((format!("`{cell}` does not exist in the time zone {}", zone.name()), help.to_owned()))
            }
        }
    }

    /// A time with the short name of its zone, such as EST. The names are not unique: it must be one of the map's zone.
    fn of_named(&self, cell: &str, local: NaiveDateTime) -> Result<Moment, Refusal> {
        let words = cell.split(|c: char| !c.is_ascii_alphabetic());
        let names: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        if names.iter().any(|name| UTC.contains(name)) {
            return Ok(Moment { first: local.and_utc(), second: None });
        }
        let zone = self.map.zone.map_or(self.zone, |zone| zone.0);
        let found = zone.from_local_datetime(&local);
        let is_named = |time: &DateTime<Tz>| time.offset().abbreviation().is_some_and(|name| names.contains(&name));
        match [found.earliest(), found.latest()].into_iter().flatten().find(is_named) {
            Some(time) => Ok(Moment { first: time.with_timezone(&Utc), second: None }),
            None => {
                let help = "write the zone of the export as `zone` in the map";
                Err((format!("`{cell}` is not in the time zone {}", zone.name()), help.to_owned()))
            }
        }
    }

    /// Why a cell has none of the formats, with the help.
    fn of_no_form(&self, cell: &str) -> Refusal {
        if let Some(meant) = day_number(cell) {
            let meant = meant.format(if meant.time() == NaiveTime::MIN { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" });
            let help = "format the column as a date in the spreadsheet and export it again";
            return (format!("`{cell}` is Excel's number for {meant}"), help.to_owned());
        }
        let forms: Vec<String> = self.map.times.iter().map(|form| format!("`{}`", form.0)).collect();
        let message = format!("`{cell}` has none of the forms in the map's `times`");
        let short = self.map.times.iter().map(|form| form.0.as_str()).find(|form| form.contains("%y"));
        if let Some(short) = short
            && self.by_form(cell, &short.replace("%y", "%Y")).is_some_and(|read| read.is_ok())
        {
            return (message, format!("its year has four digits: add `{}`", short.replace("%y", "%Y")));
        }
        (message, format!("they are {}: add the form of this one", forms.join(", ")))
    }
}

fn two_digits(form: &str) -> String {
    format!("write `%y` for it in the map's `times`: `{}`", form.replace("%Y", "%y"))
}

/// The cell with an offset in digits if it ends with letters for UTC, which `%z` does not read.
fn with_offset_in_digits(cell: &str, form: &str) -> Option<String> {
    let reads_offset = ["%z", "%:z", "%#z"].iter().any(|field| form.ends_with(field));
    let head = UTC.iter().find_map(|utc| cell.strip_suffix(utc)).filter(|_| reads_offset)?;
    (!head.ends_with(|c: char| c.is_alphabetic())).then(|| format!("{head}+00:00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_says_which_of_two_hours_is_meant() {
        let at = |seconds: i64| DateTime::from_timestamp(seconds, 0).expect("an instant");
        let moment = |minutes: i64| Moment { first: at(minutes * 60), second: Some(at((minutes + 60) * 60)) };
        // 01:50 and then 01:10; 01:10 of the second hour and then 01:30; the hour is over.
        assert_eq!(moment(10).after(at(50 * 60)), at(70 * 60));
        assert_eq!(moment(30).after(at(70 * 60)), at(90 * 60));
        assert_eq!(moment(30).after(at(29 * 60)), at(30 * 60));
        assert_eq!(moment(10).after(at(200 * 60)), at(10 * 60));
    }
}
