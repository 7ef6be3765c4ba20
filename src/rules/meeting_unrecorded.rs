//! `meeting-unrecorded` (lapse): a meeting has passed and nobody recorded it.
//!
//! Within 7 days after a meeting its file says `held: true` or `cancelled:`. It is judged for each kind since its
//! first file.
//!
//! **Why.** The weekly meeting notes new and closed tickets and reviews every open one; the minutes are its record.
//!
//! **Example.**
//!
//! ```yaml
//! no file for the meeting of 4 Nov on 12 Nov
//! ```
//!
//! **To mend it:** add or complete the meeting's file.

use chrono::Days;

use crate::model::{Level, MeetingKind, day_in_words};
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "meeting-unrecorded",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("meeting_unrecorded.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    let today = ctx.today();
    for kind in MeetingKind::ALL {
        let first = ctx.project().meetings.keys().filter(|(other, _)| other == kind).map(|(_, date)| *date).min();
        let Some(first) = first else { continue };
        for meeting in ctx.meetings(*kind).iter().filter(|meeting| meeting.scheduled >= first) {
            let last = meeting.held.date() + Days::new(7);
            let recorded = meeting.record.is_some_and(|record| record.was_held() || record.cancelled.is_some());
            if recorded || last >= today {
                continue;
            }
            let message = format!("the {kind} meeting of {} is not on record", day_in_words(meeting.held.date()));
            let help = "say `held: true` with its minutes in its file, or `cancelled:` and why";
            let finding = match meeting.record {
                Some(record) => Finding::at((record.file, record.date.span), meeting.id(), message),
                None => Finding::missing(format!("data/meetings/{}.yaml", meeting.id()), meeting.id(), message),
            };
            sink.add(finding.help(help).on(last));
        }
    }
}
