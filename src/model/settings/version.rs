//! The default settings, and what a later version changes.

use chrono::NaiveDate;

use super::file::{DeadlinesPatch, MeetingsPatch, NamedDay, VersionPatch, WorkingTimePatch};
use super::values::{Deadline, Holidays, MonthlyDay, WeekDay};
use crate::model::{Close, TimeOfDay};

/// A day with a name: one on which the office is closed, or works after all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedDay {
    pub date: NaiveDate,
    pub name: String,
}

/// `working_time`, with its defaults filled in.
#[derive(Debug, Clone)]
pub struct WorkingTime {
    pub days: Vec<WeekDay>,
    pub close: Close,
    pub holidays: Holidays,
    pub closed: Vec<ClosedDay>,
    pub worked: Vec<ClosedDay>,
}

/// `deadlines`, with their defaults filled in.
#[derive(Debug, Clone)]
pub struct Deadlines {
    pub reply: Deadline,
    pub follow_up: Deadline,
    pub nitc_response: Deadline,
    pub relay: Deadline,
    pub raise_cr: Deadline,
    pub forward_cr: Deadline,
}

/// A meeting's name, day and time.
#[derive(Debug, Clone)]
pub struct MeetingSchedule<D> {
    pub name: String,
    pub day: D,
    pub at: TimeOfDay,
}

/// Both meetings.
#[derive(Debug, Clone)]
pub struct Meetings {
    pub weekly: MeetingSchedule<WeekDay>,
    pub monthly: MeetingSchedule<MonthlyDay>,
}

/// What is in force from a date on.
#[derive(Debug, Clone)]
pub struct Version {
    /// The first date; none for the version that was there from the start.
    pub from: Option<NaiveDate>,
    pub working_time: WorkingTime,
    pub deadlines: Deadlines,
    pub meetings: Meetings,
}

impl Version {
    /// The defaults of `docs/reference/settings.md`.
    pub(super) fn standard() -> Version {
        let at = |hour| TimeOfDay(chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default());
        use WeekDay::{Fri, Mon, Thu, Tue, Wed};
        Version {
            from: None,
            working_time: WorkingTime {
                days: vec![Mon, Tue, Wed, Thu, Fri],
                close: Close(Some(at(17))),
                holidays: Holidays::UsFederal,
                closed: Vec::new(),
                worked: Vec::new(),
            },
            deadlines: Deadlines {
                reply: Deadline::WorkingDays(1),
                follow_up: Deadline::Days(7),
                nitc_response: Deadline::Days(2),
                relay: Deadline::WorkingDays(1),
                raise_cr: Deadline::WorkingDays(5),
                forward_cr: Deadline::WorkingDays(1),
            },
            meetings: Meetings {
                weekly: MeetingSchedule { name: "MITS Status Meeting".into(), day: Wed, at: at(10) },
                monthly: MeetingSchedule {
                    name: "Customer Support Group Meeting".into(),
                    day: MonthlyDay { nth: 2, day: Thu },
                    at: at(14),
                },
            },
        }
    }

    /// Puts what a version names in place of what was; closed and worked days are added to those that were.
    pub(super) fn apply(&mut self, patch: VersionPatch) {
        if let Some(patch) = patch.working_time {
            self.working_time.apply(patch);
        }
        if let Some(patch) = patch.deadlines {
            self.deadlines.apply(patch);
        }
        if let Some(patch) = patch.meetings {
            self.meetings.apply(patch);
        }
    }
}

/// Puts a new value in place of the old one, if there is a new one.
fn set<T>(old: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *old = new;
    }
}

impl WorkingTime {
    fn apply(&mut self, patch: WorkingTimePatch) {
        set(&mut self.days, patch.days.map(|days| days.0));
        set(&mut self.close, patch.close);
        set(&mut self.holidays, patch.holidays);
        let days = |days: Option<Vec<NamedDay>>, default: &'static str| {
            let named = move |day: NamedDay| ClosedDay {
                date: day.date.0,
                name: day.name.map_or(default.to_owned(), |name| name.0),
            };
            days.unwrap_or_default().into_iter().map(named)
        };
        self.closed.extend(days(patch.closed, "closed"));
        self.worked.extend(days(patch.worked, "worked"));
    }
}

impl Deadlines {
    fn apply(&mut self, patch: DeadlinesPatch) {
        set(&mut self.reply, patch.reply);
        set(&mut self.follow_up, patch.follow_up);
        set(&mut self.nitc_response, patch.nitc_response);
        set(&mut self.relay, patch.relay);
        set(&mut self.raise_cr, patch.raise_cr);
        set(&mut self.forward_cr, patch.forward_cr);
    }
}

impl Meetings {
    fn apply(&mut self, patch: MeetingsPatch) {
        if let Some(weekly) = patch.weekly {
            set(&mut self.weekly.name, weekly.name.map(|name| name.0));
            set(&mut self.weekly.day, weekly.day);
            set(&mut self.weekly.at, weekly.at);
        }
        if let Some(monthly) = patch.monthly {
            set(&mut self.monthly.name, monthly.name.map(|name| name.0));
            set(&mut self.monthly.day, monthly.day);
            set(&mut self.monthly.at, monthly.at);
        }
    }
}
