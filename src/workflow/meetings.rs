//! When the meetings are held, and the period that each one's pack covers (`docs/explanation/packs-and-figures.md`).

use chrono::{Days, NaiveDate};

use super::prepared::Prepared;
use crate::calendar::{monthly_dates, weekly_dates};
use crate::load::{Loaded, Project};
use crate::model::{Meeting, MeetingKind, Minute, day_in_words};

/// A meeting, on the schedule or beside it.
#[derive(Debug, Clone)]
pub struct Occurrence<'p> {
    pub kind: MeetingKind,
    /// The date that names it.
    pub scheduled: NaiveDate,
    /// When it is held.
    pub held: Minute,
    /// Why it is not held at all.
    pub canceled: Option<&'p str>,
    /// Its file, if there is one.
    pub record: Option<&'p Loaded<Meeting>>,
    /// Why it is not held on its scheduled date, in words.
    pub moved: Option<String>,
    /// Its file moves it past the next meeting of its kind: the move is not heeded, and is an error.
    pub moved_too_far: bool,
    /// Its name, as the settings in force on its date have it.
    pub name: &'p str,
}

impl Occurrence<'_> {
    /// `2026-11-18-weekly`.
    pub fn id(&self) -> String {
        format!("{}-{}", self.scheduled, self.kind)
    }

    /// The day on which it is held. Where its files are named by another, that one too: "Tue, Nov 24, 2026 (scheduled for
    /// Wed, Nov 25, 2026)".
    pub fn day_held(&self) -> String {
        let held = day_in_words(self.held.date());
        match self.scheduled == self.held.date() {
            true => held,
            false => format!("{held} (scheduled for {})", day_in_words(self.scheduled)),
        }
    }
}

/// What a pack covers: after one instant, up to and including another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The instant of the meeting before; of the first one the beginning of the first day.
    pub after: Minute,
    pub through: Minute,
    /// Nothing up to this minute is in the period.
    past: Minute,
}

impl Period {
    /// The period of the meeting at `index` of its kind; `None` if it is canceled.
    pub fn of(meetings: &[Occurrence], index: usize, starts: NaiveDate) -> Option<Period> {
        let through = meetings.get(index).filter(|meeting| meeting.canceled.is_none())?.held;
        let before = meetings[..index].iter().rev().find(|meeting| meeting.canceled.is_none());
        Some(match before {
            Some(before) => Period { after: before.held, through, past: before.held },
            None => {
                let after = Minute::start_of(starts);
                Period { after, through, past: after.before() }
            }
        })
    }

    /// Whether an instant lies in it.
    pub fn contains(&self, at: Minute) -> bool {
        self.past < at && at <= self.through
    }

    /// Whether no meeting was held before it.
    pub fn is_first(&self) -> bool {
        self.past < self.after
    }

    /// Its start: what was so at this minute was so when it began.
    pub fn start(&self) -> Minute {
        self.past
    }

    /// Whether a due date or a lapse's date falls in it: from the date of the meeting before up to, but not
    /// including, the date of this one.
    pub fn contains_date(&self, date: NaiveDate) -> bool {
        self.after.date() <= date && date < self.through.date()
    }
}

/// No meeting is before this date: the setting, else the date of the first ticket received by `as_of`. A ticket that
/// is still to come begins nothing, or adding one would change earlier packs.
pub fn starts(project: &Project, as_of: Minute) -> Option<NaiveDate> {
    let received = project.tickets.values().map(|ticket| ticket.received.value);
    let first = || received.filter(|at| *at <= as_of).min().map(Minute::date);
    project.settings.starts.or_else(first)
}

/// The meetings of a kind from `starts` on that are scheduled up to `to`, in the order in which they are held.
pub fn occurrences<'p>(
    prepared: &Prepared<'p>,
    kind: MeetingKind,
    starts: NaiveDate,
    to: NaiveDate,
) -> Vec<Occurrence<'p>> {
    let project = prepared.project;
    let mut dates = scheduled_dates(prepared, kind, starts, to);
    let files = project.meetings.values().filter(|meeting| meeting.kind == kind);
    let extra = files.filter(|meeting| meeting.extra).map(|meeting| meeting.date.0);
    dates.extend(extra.filter(|date| (starts..=to).contains(date)));
    dates.sort();
    dates.dedup();
    let mut meetings: Vec<Occurrence> = dates.into_iter().map(|date| plan(prepared, kind, date)).collect();
    heed_moves(&mut meetings);
    meetings.sort_by_key(|meeting| (meeting.held, meeting.scheduled));
    meetings
}

/// The dates that the schedule has, by the settings in force on each.
pub fn scheduled_dates(prepared: &Prepared, kind: MeetingKind, starts: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let versions = &prepared.project.settings.versions;
    let mut dates = Vec::new();
    for (index, version) in versions.iter().enumerate() {
        let from = version.from.map_or(starts, |from| from.max(starts));
        let next = versions.get(index + 1).and_then(|next| next.from);
        let until = next.map_or(to, |next| to.min(next - Days::new(1)));
        if from > until {
            continue;
        }
        match kind {
            MeetingKind::Weekly => dates.extend(weekly_dates(version.meetings.weekly.day, from, until)),
            MeetingKind::Monthly => dates.extend(monthly_dates(version.meetings.monthly.day, from, until)),
        }
    }
    dates
}

/// The meeting of a date, before it is known whether its file moves it too far.
fn plan<'p>(prepared: &Prepared<'p>, kind: MeetingKind, date: NaiveDate) -> Occurrence<'p> {
    let project = prepared.project;
    let record = project.meetings.get(&(kind, date));
    let version = project.settings.on(date);
    let (name, at) = match kind {
        MeetingKind::Weekly => (&version.meetings.weekly.name, version.meetings.weekly.at),
        MeetingKind::Monthly => (&version.meetings.monthly.name, version.meetings.monthly.at),
    };
    let calendar = prepared.calendar_on(date);
    // An extra meeting is on the day that its file names, whatever day that is.
    let is_extra = record.is_some_and(|record| record.extra);
    let day = if is_extra { date } else { calendar.on_or_after(date) };
    let moved = (day != date).then(|| {
        let why = calendar.day(date).name.unwrap_or_else(|| "not a working day".to_owned());
        format!("scheduled for {}, which is {why}", day_in_words(date))
    });
    let canceled = record.and_then(|record| record.canceled.as_ref()).map(|reason| reason.as_str());
    Occurrence {
        kind,
        scheduled: date,
        held: Minute(day.and_time(at.0)),
        canceled,
        record,
        moved,
        moved_too_far: false,
        name,
    }
}

/// Moves each meeting to the time in its file, unless that is not before the next one of the kind.
fn heed_moves(meetings: &mut [Occurrence]) {
    for index in (0..meetings.len()).rev() {
        let Some(to) = meetings[index].record.and_then(|record| record.moved_to) else { continue };
        let next = meetings[index + 1..].iter().find(|next| next.canceled.is_none());
        if next.is_some_and(|next| to.value >= next.held) {
            meetings[index].moved_too_far = true;
        } else {
            let meeting = &mut meetings[index];
            meeting.moved = Some(format!("scheduled for {}", day_in_words(meeting.scheduled)));
            meeting.held = to.value;
        }
    }
}
