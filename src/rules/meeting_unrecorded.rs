//! Every meeting's file must have `held: true`, or `canceled:` with the reason, within 7 days after the meeting. Each
//! kind is checked from its first file.
//!
//! **Why.** The weekly meeting notes new and closed tickets and reviews every open one. Its minutes are the record of
//! that.
//!
//! **Example.**
//!
//! ```yaml
//! # data/meetings/2026-11-04-weekly.yaml, on November 12
//! kind: weekly
//! date: 2026-11-04              # neither `held` nor `canceled` follows
//! agenda:
//!   - Year-end freeze dates
//! ```
//!
//! **How to fix it.**
//!
//! - The meeting was held: run `heatpack meeting held` and `heatpack meeting minutes`, or add `held: true`, `reviewed:` and
//!   `minutes:`.
//! - The meeting was not held: run `heatpack meeting cancel`, or add `canceled:` with the reason.
//! - There is no file: these commands create it.

use chrono::Days;

use super::{Finding, Sink};
use crate::model::{MeetingKind, day_in_words};
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let (project, today) = (ctx.project(), ctx.today());
    // The default schedule may not be this project's.
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
            // Another rule reports a file with errors, or with another meeting.
            let unread = meeting.record.is_none() && project.files.iter().any(|file| file.path == path);
            if recorded || unread || last >= today {
                continue;
            }
            let held = day_in_words(meeting.held.date());
            let message = format!("the {kind} meeting of {held} was not recorded by {}", day_in_words(last));
            let help = "add `held: true` and the minutes to its file, or `canceled:` with the reason";
            let finding = match meeting.record {
                Some(record) => Finding::at((record.file, record.date.span), meeting.id(), message),
                None => Finding::missing(path, meeting.id(), message),
            };
            sink.add(finding.help(help).on(last));
        }
    }
}
