//! Working days, holidays, meetings and due dates between two dates (`cli.md`, "calendar --format json").

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::{ClockKind, MeetingKind, Minute};
use crate::workflow::{Context, clock_words, occurrences};

/// What happens between two dates.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarView {
    /// Always `heatpack.calendar/1`.
    pub format: &'static str,
    /// Every date, in order.
    pub days: Vec<DayView>,
    /// The meetings that are scheduled for, or held on, one of these dates, in the order of the time held.
    pub meetings: Vec<MeetingView>,
    /// The clocks that have not stopped and are due on one of these dates, by date.
    pub due: Vec<DueView>,
}

/// A date.
#[derive(Debug, Clone, Serialize)]
pub struct DayView {
    pub date: NaiveDate,
    pub working: bool,
    /// The holiday's or closure's name; null for an ordinary day.
    pub name: Option<String>,
}

/// A meeting.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingView {
    pub kind: MeetingKind,
    pub scheduled: NaiveDate,
    pub held: Minute,
    pub cancelled: bool,
    /// Its name.
    pub name: String,
    /// Why it is moved or cancelled; null where it is neither.
    pub reason: Option<String>,
}

/// A due date.
#[derive(Debug, Clone, Serialize)]
pub struct DueView {
    pub date: NaiveDate,
    pub record: String,
    pub clock: ClockKind,
    /// What is due, in words.
    pub what: String,
}

/// The calendar from one date to another, both included.
pub fn calendar(ctx: &Context, from: NaiveDate, to: NaiveDate) -> CalendarView {
    let days = from.iter_days().take_while(|date| *date <= to).map(|date| {
        let day = ctx.prepared.calendar_on(date).day(date);
        DayView { date, working: day.working, name: day.name }
    });
    CalendarView {
        format: "heatpack.calendar/1",
        days: days.collect(),
        meetings: meetings(ctx, from, to),
        due: due(ctx, from, to),
    }
}

fn meetings(ctx: &Context, from: NaiveDate, to: NaiveDate) -> Vec<MeetingView> {
    let range = from..=to;
    // A move depends on the meeting after it, and no meeting is moved past that.
    let until = to + chrono::Days::new(100);
    let all = MeetingKind::ALL.iter().flat_map(|kind| occurrences(ctx.prepared, *kind, ctx.starts(), until));
    let mut meetings: Vec<MeetingView> = all
        .filter(|meeting| range.contains(&meeting.scheduled) || range.contains(&meeting.held.date()))
        .map(|meeting| MeetingView {
            kind: meeting.kind,
            scheduled: meeting.scheduled,
            held: meeting.held,
            cancelled: meeting.cancelled.is_some(),
            name: meeting.name.to_owned(),
            reason: meeting.cancelled.map(str::to_owned).or(meeting.moved),
        })
        .collect();
    meetings.sort_by_key(|meeting| (meeting.held, meeting.kind));
    meetings
}

fn due(ctx: &Context, from: NaiveDate, to: NaiveDate) -> Vec<DueView> {
    let running = ctx.clocks().filter(|clock| clock.runs_at(ctx.as_of) && (from..=to).contains(&clock.due));
    let mut due: Vec<DueView> = running
        .map(|clock| DueView {
            date: clock.due,
            record: clock.owner.to_string(),
            clock: clock.kind,
            what: clock_words(clock.kind).to_owned(),
        })
        .collect();
    due.sort_by(|a, b| (a.date, &a.record, a.clock).cmp(&(b.date, &b.record, b.clock)));
    due
}
