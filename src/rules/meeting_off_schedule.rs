//! Every meeting's file must have the scheduled date, even if the meeting is moved or the date is a holiday, unless the
//! file has `extra: true`. The settings in effect on the date give the schedule, beginning with `starts`.
//!
//! **Why.** There is a weekly status meeting and a monthly customer support group meeting, each on its day.
//!
//! **Example.**
//!
//! ```yaml
//! # data/meetings/2026-11-19-weekly.yaml, and the weekly meeting is on Wednesdays
//! kind: weekly
//! date: 2026-11-19              # a Thursday
//! ```
//!
//! **How to fix it.**
//!
//! - The meeting was moved: use the scheduled date in `date` and in the file name, and add `moved_to: 2026-11-19
//!   10:00`.
//! - The meeting is an additional one: add `extra: true`.

use chrono::{Days, NaiveDate};

use super::{Finding, Sink};
use crate::load::Loaded;
use crate::model::{Meeting, day_in_words};
use crate::workflow::{Context, scheduled_dates};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let project = ctx.project();
    // The default schedule may not be this project's.
    if project.settings_left_out {
        return;
    }
    // The first ticket received may be one with errors.
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
                "use {} in the file and its name (with `moved_to:` for a move), or add `extra: true`",
                day_in_words(nearest)
            ),
            None => "correct the date, or add `extra: true`".to_owned(),
        };
        let early = if date < starts { format!(": meetings begin on {}", day_in_words(starts)) } else { String::new() };
        let message = format!("no {} meeting is scheduled for {}{early}", meeting.kind, day_in_words(date));
        sink.add(Finding::at((meeting.file, meeting.date.span), meeting.name(), message).help(help).on(date));
    }
}
