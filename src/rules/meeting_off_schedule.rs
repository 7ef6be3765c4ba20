//! `meeting-off-schedule` (error): a meeting's file is for a date that the schedule does not have.
//!
//! A meeting's file bears the scheduled date, also where the meeting is moved, unless it says `extra: true`.
//!
//! **Why.** A weekly status meeting and a monthly customer support group meeting are held.
//!
//! **Example.**
//!
//! ```yaml
//! meetings/2026-11-19-weekly.yaml, the meeting being on Wednesdays
//! ```
//!
//! **To mend it:** name the file and `date:` for the scheduled date and say `moved_to:`; or write `extra: true`.

use chrono::{Days, NaiveDate};

use crate::model::{Level, day_in_words};
use crate::workflow::{Context, scheduled_dates};
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "meeting-off-schedule",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("meeting_off_schedule.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    let project = ctx.project();
    for meeting in project.meetings.values().filter(|meeting| !meeting.extra) {
        let date = meeting.date.0;
        let starts = project.starts().unwrap_or(date);
        let scheduled = |from: NaiveDate, to| scheduled_dates(ctx.prepared, meeting.kind, from.max(starts), to);
        if date >= starts && scheduled(date, date).contains(&date) {
            continue;
        }
        let near = scheduled(date - Days::new(31), date + Days::new(31));
        let nearest = near.into_iter().min_by_key(|other| (*other - date).num_days().abs());
        let help = match nearest {
            Some(nearest) => format!(
                "the nearest is {}; use that date in the file and its name (a move is `moved_to:`), or add `extra: true`",
                day_in_words(nearest)
            ),
            None => "correct the date, or add `extra: true`".to_owned(),
        };
        let message = format!("no {} meeting is scheduled for {}", meeting.kind, day_in_words(date));
        sink.add(Finding::at((meeting.file, meeting.date.span), meeting.name(), message).help(help).on(date));
    }
}
