//! A meeting's file bears the scheduled date, also where the meeting is moved or falls on a holiday, unless it
//! says `extra: true`. The schedule is that of the settings in force on the date, from `starts` on.
//!
//! **Why.** There is a weekly status meeting and a monthly customer support group meeting, each on its day.
//!
//! **Example.**
//!
//! ```yaml
//! # meetings/2026-11-19-weekly.yaml, and the weekly meeting is on Wednesdays
//! kind: weekly
//! date: 2026-11-19
//! ```
//!
//! **To mend it:** name the file and `date:` for the scheduled date, and write `moved_to: 2026-11-19 10:00`; or
//! write `extra: true`, if it is one more meeting.

use chrono::{Days, NaiveDate};

use super::{Finding, Sink};
use crate::load::Loaded;
use crate::model::{Meeting, day_in_words};
use crate::workflow::{Context, scheduled_dates};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let project = ctx.project();
    // Of the default schedule nobody can say that it is this project's.
    if project.settings_left_out {
        return;
    }
    // The first ticket received may be one that is left out.
    let starts_known = project.settings.starts.is_some() || !project.known.tickets.is_partial();
    let placed = |meeting: &&Loaded<Meeting>| !meeting.extra && !project.is_misplaced(meeting.file);
    for meeting in project.meetings.values().filter(placed) {
        let date = meeting.date.0;
        let starts = project.starts().filter(|starts| starts_known || *starts < date).unwrap_or(date);
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
        let early = if date < starts { format!(": meetings begin on {}", day_in_words(starts)) } else { String::new() };
        let message = format!("no {} meeting is scheduled for {}{early}", meeting.kind, day_in_words(date));
        sink.add(Finding::at((meeting.file, meeting.date.span), meeting.name(), message).help(help).on(date));
    }
}
