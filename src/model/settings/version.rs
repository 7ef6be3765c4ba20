//! The settings that can have later versions, with their defaults.

use chrono::{NaiveDate, NaiveTime};
use serde_json::Value as Json;

use super::merge::{Setting, replaced, settings};
use super::values::{Deadline, Holidays, MonthlyDay, WeekDay};
use crate::model::{Close, Day, Text, TimeOfDay};
use crate::record;
use crate::record::{Faults, Node, Value};

settings! {
    /// Later settings, from a date.
    pub struct Version of struct VersionPatch: "a version of the settings" {
        /// working days and hours
        pub working_time: WorkingTimePatch = WorkingTime::default(),
        /// the six deadlines
        pub deadlines: DeadlinesPatch = Deadlines::default(),
        /// the meeting schedule
        pub meetings: MeetingsPatch = Meetings::default(),
        ..
        /// The first date; none for the version that was there from the start.
        pub from: Option<NaiveDate>,
    }
}

settings! {
    /// Working days and hours.
    pub struct WorkingTime of struct WorkingTimePatch: "`working_time`" {
        /// the working days of the week
        pub days: WorkDays = vec![WeekDay::Mon, WeekDay::Tue, WeekDay::Wed, WeekDay::Thu, WeekDay::Fri],
        /// the time at which a working day ends, up to 24:00
        pub close: Close = Close(Some(at(17))),
        /// us-federal or none
        pub holidays: Holidays = Holidays::UsFederal,
        /// additional days off
        pub closed: Vec<ClosedDay> = Vec::new(),
        /// holidays that are working days
        pub worked: Vec<ClosedDay> = Vec::new(),
    }
}

record! {
    /// A day with a name.
    pub struct ClosedDay: "a day of this list" {
        /// the date
        pub date: Day,
        /// the name in packs and calendars
        pub name: Option<Text>,
    }
}

/// A list of days is added to.
impl Setting for Vec<ClosedDay> {
    type Value = Vec<ClosedDay>;

    fn apply(self, old: &mut Vec<ClosedDay>) {
        old.extend(self);
    }
}

settings! {
    /// The deadlines of the process.
    pub struct Deadlines of struct DeadlinesPatch: "`deadlines`" {
        /// inquiry to first reply
        pub reply: Deadline = Deadline::WorkingDays(1),
        /// last follow-up to the next
        pub follow_up: Deadline = Deadline::Days(7),
        /// forwarded to NITC's initial response
        pub nitc_response: Deadline = Deadline::Days(2),
        /// NITC's answer or a delivered CR to a follow-up with the POC
        pub relay: Deadline = Deadline::WorkingDays(1),
        /// research found a code change to CR submitted
        pub raise_cr: Deadline = Deadline::WorkingDays(5),
        /// CR approved to forwarded to NITC
        pub forward_cr: Deadline = Deadline::WorkingDays(1),
    }
}

settings! {
    /// The meeting schedule.
    pub struct Meetings of struct MeetingsPatch: "`meetings`" {
        /// the weekly meeting
        pub weekly: WeeklyPatch = Weekly::default(),
        /// the monthly meeting
        pub monthly: MonthlyPatch = Monthly::default(),
    }
}

settings! {
    /// The weekly meeting.
    pub struct Weekly of struct WeeklyPatch: "`weekly`" {
        /// its name
        pub name: Text = "MITS Status Meeting".to_owned(),
        /// its day of the week
        pub day: WeekDay = WeekDay::Wed,
        /// its time
        pub at: TimeOfDay = at(10),
    }
}

settings! {
    /// The monthly meeting.
    pub struct Monthly of struct MonthlyPatch: "`monthly`" {
        /// its name
        pub name: Text = "Customer Support Group Meeting".to_owned(),
        /// its day of the month, for example second thu
        pub day: MonthlyDay = MonthlyDay { nth: 2, day: WeekDay::Thu },
        /// its time
        pub at: TimeOfDay = at(14),
    }
}

/// The working days of the week: at least one.
#[derive(Debug, Clone)]
pub struct WorkDays(pub Vec<WeekDay>);

impl Value for WorkDays {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let days = Vec::<WeekDay>::decode(node, faults)?;
        if days.is_empty() {
            faults.invalid(node.span, "there is no working day", "write at least one day, for example `[mon]`");
            return None;
        }
        Some(WorkDays(days))
    }

    fn schema() -> Json {
        Vec::<WeekDay>::schema()
    }
}

replaced! {
    WorkDays.0: Vec<WeekDay>,
}

/// The full hour.
fn at(hour: u32) -> TimeOfDay {
    TimeOfDay(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default())
}
