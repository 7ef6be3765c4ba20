//! Meetings as the morning needs them: the next one, what the last ones still lack, and NITC's report of the week.

use chrono::{Days, NaiveDate};

use crate::calendar::weekly_dates;
use crate::model::{MeetingKind, TicketState};
use crate::report::next_meeting;
use crate::workflow::{Context, Occurrence};

/// The next meeting of all kinds.
pub(super) fn next<'c, 'p>(ctx: &'c Context<'p>) -> Option<(MeetingKind, &'c Occurrence<'p>)> {
    let meetings =
        MeetingKind::ALL.iter().filter_map(|kind| Some((*kind, &ctx.meetings(*kind)[next_meeting(ctx, *kind)?])));
    meetings.min_by_key(|(_, meeting)| meeting.held)
}

/// What the record of a meeting lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lacks {
    /// That it was held, or canceled.
    Held,
    Minutes,
}

/// The last meeting of each kind, if its hour has come and its record is not whole; also where no file was made.
pub(super) fn unrecorded<'c, 'p>(ctx: &'c Context<'p>) -> Vec<(&'c Occurrence<'p>, Lacks)> {
    let project = ctx.project();
    // The default schedule may not be this project's.
    if project.settings_left_out {
        return Vec::new();
    }
    let last = |kind: &MeetingKind| ctx.meetings(*kind).iter().rfind(|meeting| meeting.held <= ctx.as_of);
    let lacking = MeetingKind::ALL.iter().filter_map(last).filter(|meeting| meeting.canceled.is_none());
    let lacking = lacking.filter_map(|meeting| {
        // A file with errors is an error by itself.
        let path = format!("data/meetings/{}.yaml", meeting.id());
        let is_unread = meeting.record.is_none() && project.files.iter().any(|file| file.path == path);
        match meeting.record {
            _ if is_unread => None,
            Some(record) if !record.was_held() => Some((meeting, Lacks::Held)),
            Some(record) => record.minutes.is_none().then_some((meeting, Lacks::Minutes)),
            None => Some((meeting, Lacks::Held)),
        }
    });
    lacking.collect()
}

/// The day on which NITC's report of this week is due, if the week's is not there yet; none where no report is expected.
pub(super) fn report_due(ctx: &Context) -> Option<NaiveDate> {
    let (project, today) = (ctx.project(), ctx.today());
    let due = weekly_dates(project.settings.nitc_report.day, today - Days::new(6), today).last()?;
    let mut reports = project.reports.keys().chain(&project.malformed_reports).filter(|date| **date <= today);
    let is_there = reports.clone().any(|date| *date >= due);
    let with_nitc = || ctx.outstanding().into_iter().any(|line| ctx.state(line) == Some(TicketState::WithNitc));
    let is_expected = reports.next().is_some() || with_nitc();
    (is_expected && !is_there).then_some(due)
}
