//! Every meeting that was held must have reviewed all tickets that were outstanding: `reviewed` is `all` or lists them.
//! There is one lapse for each meeting, with the ticket numbers.
//!
//! **Why.** The weekly status meeting reviews every open ticket.
//!
//! **Example.**
//!
//! ```yaml
//! kind: weekly
//! date: 2026-11-11
//! held: true
//! reviewed: [HEAT-10423]       # HEAT-10424 was outstanding too
//! ```
//!
//! **How to fix it.**
//!
//! - The meeting reviewed them: correct `reviewed:`.
//! - The meeting did not review them: review them at the next meeting. The lapse stays on record.

use super::{Finding, Sink};
use crate::model::{MeetingKind, Reviewed, TicketId};
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let meetings = MeetingKind::ALL.iter().flat_map(|kind| ctx.meetings(*kind));
    let held = meetings.filter_map(|meeting| {
        let record = meeting.record.filter(|record| record.was_held() && meeting.held < ctx.as_of)?;
        let is_checked = record.reviewed != Reviewed::All && !sink.skips(meeting.held.date());
        is_checked.then(|| (meeting, record, Vec::new()))
    });
    let mut held: Vec<(_, _, Vec<TicketId>)> = held.collect();
    // Ticket by ticket, so that each of ten thousand is looked up once, not for every meeting.
    for line in ctx.tickets() {
        let id = line.ticket.id.value;
        for (meeting, record, missed) in &mut held {
            let is_reviewed =
                matches!(&record.reviewed, Reviewed::These(list) if list.iter().any(|other| other.value == id));
            if line.is_outstanding_at(meeting.held) && !is_reviewed {
                missed.push(id);
            }
        }
    }
    for (meeting, record, missed) in held.into_iter().filter(|(_, _, missed)| !missed.is_empty()) {
        let number = match missed.len() {
            1 => "1 outstanding ticket was".to_owned(),
            count => format!("{count} outstanding tickets were"),
        };
        let missed: Vec<String> = missed.iter().map(TicketId::to_string).collect();
        let message = format!("{number} not reviewed: {}", missed.join(", "));
        let help = "review them at the next meeting, or correct `reviewed:` if this meeting did";
        let place = (record.file, record.held.map_or(record.date.span, |held| held.span));
        sink.add(Finding::at(place, meeting.id(), message).help(help).on(meeting.held.date()));
    }
}
