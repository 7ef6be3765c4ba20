//! A meeting that was held went through every ticket that was outstanding then: `reviewed` is `all`, or lists
//! them. One lapse for each meeting, naming the tickets.
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
//! **To mend it:** correct `reviewed:` if they were gone through; else go through them at the next meeting.
//! What was left out stays on record.

use super::{Finding, Sink};
use crate::model::{MeetingKind, Reviewed, TicketId};
use crate::workflow::Context;

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let meetings = MeetingKind::ALL.iter().flat_map(|kind| ctx.meetings(*kind));
    let held = meetings.filter_map(|meeting| {
        let record = meeting.record.filter(|record| record.was_held() && meeting.held < ctx.as_of)?;
        let is_asked = record.reviewed != Reviewed::All && !sink.skips(meeting.held.date());
        is_asked.then(|| (meeting, record, Vec::new()))
    });
    let mut held: Vec<(_, _, Vec<TicketId>)> = held.collect();
    // Ticket by ticket: of ten thousand, each is looked up once and not for every meeting.
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
        let message = format!("{number} not gone through: {}", missed.join(", "));
        let help = "go through what is left at the next meeting; if it was done, write `reviewed: all`";
        let place = (record.file, record.held.map_or(record.date.span, |held| held.span));
        sink.add(Finding::at(place, meeting.id(), message).help(help).on(meeting.held.date()));
    }
}
