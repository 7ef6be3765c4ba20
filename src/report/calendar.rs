//! Working days, holidays, meetings and due dates between two dates, the model of `calendar`.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::words::Words;
use crate::model::{ClockKind, MeetingKind, Minute, PersonId};
use crate::workflow::{Clock, ClockOwner, Context, occurrences};

/// The format's name and version.
const FORMAT: &str = "heatpack.calendar/1";

/// What happens between two dates.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarView {
    /// Always `heatpack.calendar/1`.
    pub format: &'static str,
    /// Every date, in order.
    pub days: Vec<DayView>,
    /// The meetings that are scheduled for, or held on, one of these dates, in the order of the time held.
    pub meetings: Vec<MeetingView>,
    /// The open deadlines due on one of these dates, by date.
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
    pub canceled: bool,
    /// Its name.
    pub name: String,
    /// Why it is moved or canceled; null if it is neither.
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
    /// The record's title.
    pub title: String,
    /// The owner.
    pub who: String,
    /// When its clock started; together with record and clock it identifies the due date.
    pub since: Minute,
}

/// How many days back, and how many ahead, a calendar goes that a calendar program subscribes to.
const BACK: Days = Days::new(90);
const AHEAD: Days = Days::new(400);

/// The calendar for those who subscribe to it: the meetings of some months back and a year ahead, and whatever is due.
pub fn subscription(ctx: &Context) -> CalendarView {
    let (from, to) = (ctx.today() - BACK, ctx.today() + AHEAD);
    CalendarView {
        format: FORMAT,
        days: Vec::new(),
        meetings: meetings(ctx, from, to),
        due: due(ctx, NaiveDate::MIN, NaiveDate::MAX),
    }
}

/// Of a subscription what a POC needs: the monthly meetings, and what is due on their own tickets.
pub fn subscription_of_poc(ctx: &Context, all: &CalendarView, poc: &PersonId) -> CalendarView {
    let tickets = ctx.tickets().filter(|line| line.poc_at(ctx.as_of) == poc);
    let own: BTreeSet<String> = tickets.map(|line| line.ticket.id.to_string()).collect();
    let meetings = all.meetings.iter().filter(|meeting| meeting.kind == MeetingKind::Monthly);
    CalendarView {
        format: FORMAT,
        days: Vec::new(),
        meetings: meetings.cloned().collect(),
        due: all.due.iter().filter(|due| own.contains(&due.record)).cloned().collect(),
    }
}

/// The calendar from one date to another, both included.
pub fn calendar(ctx: &Context, from: NaiveDate, to: NaiveDate) -> CalendarView {
    let days = from.iter_days().take_while(|date| *date <= to).map(|date| {
        let day = ctx.prepared.calendar_on(date).day(date);
        DayView { date, working: day.working, name: day.name }
    });
    CalendarView { format: FORMAT, days: days.collect(), meetings: meetings(ctx, from, to), due: due(ctx, from, to) }
}

fn meetings(ctx: &Context, from: NaiveDate, to: NaiveDate) -> Vec<MeetingView> {
    let range = from..=to;
    // A move depends on the meeting after it, and no meeting is moved past that.
    let until = to + Days::new(100);
    let all = MeetingKind::ALL.iter().flat_map(|kind| occurrences(ctx.prepared, *kind, ctx.starts(), until));
    let mut meetings: Vec<MeetingView> = all
        .filter(|meeting| range.contains(&meeting.scheduled) || range.contains(&meeting.held.date()))
        .map(|meeting| MeetingView {
            kind: meeting.kind,
            scheduled: meeting.scheduled,
            held: meeting.held,
            canceled: meeting.canceled.is_some(),
            name: meeting.name.to_owned(),
            reason: meeting.canceled.map(str::to_owned).or(meeting.moved),
        })
        .collect();
    meetings.sort_by_key(|meeting| (meeting.held, meeting.kind));
    meetings
}

/// The open deadlines that were due before today.
pub fn overdue(ctx: &Context) -> Vec<DueView> {
    due(ctx, NaiveDate::MIN, ctx.today() - Days::new(1))
}

fn due(ctx: &Context, from: NaiveDate, to: NaiveDate) -> Vec<DueView> {
    let running = ctx.clocks().filter(|clock| clock.runs_at(ctx.as_of) && (from..=to).contains(&clock.due));
    let words = Words::new(&ctx.project().settings.names);
    let mut due: Vec<DueView> = running
        .map(|clock| DueView {
            date: clock.due,
            record: clock.owner.to_string(),
            clock: clock.kind,
            what: words.clock(clock.kind),
            title: title(ctx, clock),
            who: words.clock_holder(clock.kind),
            since: clock.began,
        })
        .collect();
    due.sort_by(|a, b| (a.date, &a.record, a.clock, a.since).cmp(&(b.date, &b.record, b.clock, b.since)));
    due
}

fn title(ctx: &Context, clock: &Clock) -> String {
    let title = match &clock.owner {
        ClockOwner::Ticket(id) => ctx.prepared.tickets.get(id).map(|line| &line.ticket.title),
        ClockOwner::Change(id) => ctx.prepared.changes.get(id).map(|line| &line.cr.title),
    };
    title.map(|title| title.0.clone()).unwrap_or_default()
}
