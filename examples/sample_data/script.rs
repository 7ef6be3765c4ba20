//! The line that the scripts of tickets and change requests share: when, what, and a note.

use chrono::{NaiveDate, NaiveTime};

use crate::Result;
use crate::calendar::{self, Moment};
use crate::rng::Rng;

/// `+2 researched answer | The note.` or `2026-11-05@14:30 delivered release=8.6 | The note.`
///
/// `+n` is n working days after the line before; a time may follow an `@`, else the generator picks one.
#[derive(Clone)]
pub struct Line {
    when: When,
    time: Option<NaiveTime>,
    /// The event and its arguments.
    pub words: Vec<String>,
    pub note: Option<String>,
}

#[derive(Clone)]
enum When {
    After(u32),
    On(NaiveDate),
}

impl Line {
    /// Whether a line of a script is one of these, rather than a text or a heading.
    pub fn is_one(text: &str) -> bool {
        text.starts_with('+') || text.starts_with("20")
    }

    pub fn parse(text: &str) -> Result<Line> {
        let (head, note) = match text.split_once(" | ") {
            Some((head, note)) => (head, Some(note.trim().to_owned())),
            None => (text, None),
        };
        let mut words = head.split_whitespace().map(str::to_owned);
        let when = words.next().ok_or("an empty line where an entry belongs")?;
        let (day, time) = match when.split_once('@') {
            Some((day, time)) => (day, Some(calendar::parse_time(time)?)),
            None => (when.as_str(), None),
        };
        let when = match day.strip_prefix('+') {
            Some(n) => When::After(n.parse().map_err(|e| format!("{text:?}: {e}"))?),
            None => When::On(calendar::parse_date(day)?),
        };
        let words: Vec<String> = words.collect();
        if words.is_empty() {
            return Err(format!("no event in {text:?}").into());
        }
        Ok(Line { when, time, words, note })
    }

    pub fn event(&self) -> &str {
        &self.words[0]
    }

    /// The first argument of the event.
    pub fn argument(&self) -> Result<&str> {
        self.words.get(1).map(String::as_str).ok_or_else(|| format!("`{}` asks for an argument", self.event()).into())
    }

    /// The value of an argument written `key=value`.
    pub fn option(&self, key: &str) -> Option<&str> {
        self.words.iter().find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
    }

    /// When it happened, given the line before it; always within office hours on a working day.
    pub fn resolve(&self, before: Moment, rng: &mut Rng) -> Result<Moment> {
        let day = match self.when {
            When::After(n) => calendar::working_days_after(before.date(), n),
            When::On(day) => day,
        };
        let at = match self.time {
            Some(time) => day.and_time(time),
            None if day == before.date() => soon_after(before, rng),
            None => on_day(day, rng),
        };
        check_office_hours(at, before).map_err(|fault| format!("`{}`: {fault}", self.event()))?;
        Ok(at)
    }
}

/// A time of the same day: within an hour and a half, and sooner the less is left of the day.
fn soon_after(before: Moment, rng: &mut Rng) -> Moment {
    let minutes_left = i64::from(17 * 60 - 2) - minutes(before);
    let pause = rng.between(6, (minutes_left / 2).clamp(6, 85)).min(minutes_left.max(1));
    before + chrono::TimeDelta::minutes(pause)
}

/// A time in the office's hours.
pub fn on_day(day: NaiveDate, rng: &mut Rng) -> Moment {
    day.and_time(NaiveTime::MIN) + chrono::TimeDelta::minutes(rng.between(8 * 60 + 5, 15 * 60 + 20))
}

fn minutes(at: Moment) -> i64 {
    use chrono::Timelike;
    i64::from(at.hour() * 60 + at.minute())
}

/// Nothing that staff do lies outside office hours, goes back in time or falls on a doubtful hour.
fn check_office_hours(at: Moment, before: Moment) -> std::result::Result<(), String> {
    let when = calendar::show(at);
    if at < before {
        return Err(format!("{when} is before {}", calendar::show(before)));
    }
    if !calendar::is_working(at.date()) {
        return Err(format!("{when} is not on a working day"));
    }
    if !(7 * 60 + 30..=18 * 60 + 30).contains(&minutes(at)) {
        return Err(format!("{when} is at an odd hour"));
    }
    if at > calendar::end() {
        return Err(format!("{when} is after the last day of the sample"));
    }
    Ok(())
}
