//! Within 7 days after a meeting its file says `held: true`, or `canceled:` and why. It is judged for each
//! kind since the first file of that kind.
//!
//! **Why.** The weekly meeting notes new and closed tickets and reviews every open one; its minutes are the
//! record of that.
//!
//! **Example.**
//!
//! ```yaml
//! # meetings/2026-11-04-weekly.yaml, on 12 November
//! kind: weekly
//! date: 2026-11-04
//! agenda:
//!   - Year-end freeze dates
//! ```
//!
//! **To mend it:** complete the file with `held: true`, `reviewed:` and `minutes:`, or write `canceled:` and
//! why. If there is no file, add it.

use chrono::Days;

use super::{Finding, Sink};
use crate::model::{MeetingKind, day_in_words};
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let (project, today) = (ctx.project(), ctx.today());
    // Of the default schedule nobody can say that it is this project's.
    if project.settings_left_out {
        return;
    }
    for kind in MeetingKind::ALL {
        let first = project.meetings.keys().filter(|(other, _)| other == kind).map(|(_, date)| *date).min();
        let Some(first) = first else { continue };
        for meeting in ctx.meetings(*kind).iter().filter(|meeting| meeting.scheduled >= first) {
            let last = meeting.held.date() + Days::new(7);
            let recorded = meeting.record.is_some_and(|record| record.was_held() || record.canceled.is_some());
            let path = format!("data/meetings/{}.yaml", meeting.id());
            // A file that is left out, or holds another meeting, is an error of its own.
            let unread = meeting.record.is_none() && project.files.iter().any(|file| file.path == path);
            if recorded || unread || last >= today {
                continue;
            }
            let held = day_in_words(meeting.held.date());
            let message =
                format!("nobody recorded the {kind} meeting of {held} within 7 days, by {}", day_in_words(last));
            let help = "write `held: true` and its minutes into its file, or `canceled:` and why";
            let finding = match meeting.record {
                Some(record) => Finding::at((record.file, record.date.span), meeting.id(), message),
                None => Finding::missing(path, meeting.id(), message),
            };
            sink.add(finding.help(help).on(last));
        }
    }
}
