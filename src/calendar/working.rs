//! Working days, and due dates counted in whole days, so that no change of the clocks can move one.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::holidays::holiday_on;
use crate::model::{Close, ClosedDay, Deadline, Holidays, Minute, WorkingTime};

/// The working days of one version of the settings.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// By `Weekday::num_days_from_monday`.
    worked_days: [bool; 7],
    close: Close,
    federal: bool,
    closed: BTreeMap<NaiveDate, String>,
    worked: BTreeMap<NaiveDate, String>,
}

/// What a date is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayKind {
    pub working: bool,
    /// The holiday's, closure's or exception's name; none for an ordinary day.
    pub name: Option<String>,
}

impl Calendar {
    /// The calendar of these settings, which name one day of the week at least.
    pub fn new(time: &WorkingTime) -> Calendar {
        let mut worked_days = [false; 7];
        for day in &time.days {
            worked_days[day.weekday().num_days_from_monday() as usize] = true;
        }
        let by_date = |days: &[ClosedDay], unnamed: &str| {
            let name = |day: &ClosedDay| day.name.as_ref().map_or(unnamed.to_owned(), |name| name.0.clone());
            days.iter().map(|day| (day.date.0, name(day))).collect::<BTreeMap<_, _>>()
        };
        Calendar {
            worked_days,
            close: time.close,
            federal: time.holidays == Holidays::UsFederal,
            closed: by_date(&time.closed, "closed"),
            worked: by_date(&time.worked, "worked"),
        }
    }

    /// What a date is. A day that is named in `worked` is a working day whatever else it is.
    pub fn day(&self, date: NaiveDate) -> DayKind {
        if let Some(name) = self.worked.get(&date) {
            return DayKind { working: true, name: Some(name.clone()) };
        }
        let holiday = || self.holiday(date);
        match self.closed.get(&date).cloned().or_else(holiday) {
            Some(name) => DayKind { working: false, name: Some(name) },
            None => DayKind { working: self.is_weekday_worked(date), name: None },
        }
    }

    /// Whether a date is a working day.
    pub fn is_working(&self, date: NaiveDate) -> bool {
        self.worked.contains_key(&date)
            || (self.is_weekday_worked(date) && !self.closed.contains_key(&date) && !self.is_holiday(date))
    }

    fn is_weekday_worked(&self, date: NaiveDate) -> bool {
        self.worked_days[date.weekday().num_days_from_monday() as usize]
    }

    fn is_holiday(&self, date: NaiveDate) -> bool {
        self.federal && holiday_on(date).is_some()
    }

    fn holiday(&self, date: NaiveDate) -> Option<String> {
        let holiday = holiday_on(date).filter(|_| self.federal)?;
        Some(if holiday.observed { format!("{} (observed)", holiday.name) } else { holiday.name.to_owned() })
    }

    /// The date itself if it is a working day, else the next working day.
    pub fn on_or_after(&self, date: NaiveDate) -> NaiveDate {
        let mut date = date;
        // Some day of the week is worked and no list of closures is endless; the bound is for the last dates
        // that can be written at all.
        while !self.is_working(date) {
            match date.succ_opt() {
                Some(next) => date = next,
                None => return date,
            }
        }
        date
    }

    /// The next working day after a date.
    pub fn next(&self, date: NaiveDate) -> NaiveDate {
        self.on_or_after(date + Days::new(1))
    }

    /// The date on which an instant is deemed to fall: its own if that is a working day and the time is before
    /// `close`, else the next working day.
    pub fn deemed(&self, at: Minute) -> NaiveDate {
        if self.close.is_past(at.0.time()) { self.next(at.date()) } else { self.on_or_after(at.date()) }
    }

    /// The due date of a deadline counted from `from`; `None` if there is no deadline.
    pub fn due(&self, from: NaiveDate, deadline: Deadline) -> Option<NaiveDate> {
        self.due_again(from, deadline, 1)
    }

    /// Every due date before `end` of a deadline that falls due again and again, the first one first; a date on
    /// which two of them come together is one.
    pub fn dues_before(&self, from: NaiveDate, deadline: Deadline, end: NaiveDate) -> Vec<NaiveDate> {
        let mut dues = Vec::new();
        let mut last = from;
        for k in 1.. {
            let due = match deadline {
                // n working days after n·k working days are n·(k + 1) of them.
                Deadline::WorkingDays(_) => self.due(last, deadline),
                Deadline::Days(_) => self.due_again(from, deadline, k),
                Deadline::None => None,
            };
            match due {
                Some(due) if due < end => {
                    last = due;
                    dues.push(due);
                }
                _ => break,
            }
        }
        dues.dedup();
        dues
    }

    /// The `k`-th due date of a deadline that falls due again and again: `k` times the deadline after `from`.
    fn due_again(&self, from: NaiveDate, deadline: Deadline, k: u32) -> Option<NaiveDate> {
        match deadline {
            Deadline::WorkingDays(number) => {
                let mut date = from;
                for _ in 0..u64::from(number) * u64::from(k) {
                    date = self.next(date);
                }
                Some(date)
            }
            Deadline::Days(number) => Some(self.on_or_after(from + Days::new(u64::from(number) * u64::from(k)))),
            Deadline::None => None,
        }
    }
}
