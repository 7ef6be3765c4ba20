//! `ticket-not-reviewed` (lapse): a meeting left out tickets that were outstanding.
//!
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

use super::{Finding, Rule, Sink};
use crate::model::{Level, MeetingKind, Reviewed, TicketId};
use crate::workflow::Context;

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "ticket-not-reviewed",
    level: Some(Level::Lapse),
    takes_exception: false,
    source: include_str!("ticket_not_reviewed.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for kind in MeetingKind::ALL {
        for meeting in ctx.meetings(*kind) {
            let Some(record) = meeting.record.filter(|record| record.was_held() && meeting.held < ctx.as_of) else {
                continue;
            };
            let reviewed = |id: TicketId| match &record.reviewed {
                Reviewed::All => true,
                Reviewed::None => false,
                Reviewed::These(list) => list.iter().any(|other| other.value == id),
            };
            let outstanding = ctx.tickets().filter(|line| line.is_outstanding_at(meeting.held));
            let missed: Vec<String> = outstanding
                .map(|line| line.ticket.id.value)
                .filter(|id| !reviewed(*id))
                .map(|id| id.to_string())
                .collect();
            if !missed.is_empty() {
                let number = if missed.len() == 1 {
                    "1 outstanding ticket was"
                } else {
                    &format!("{} outstanding tickets were", missed.len())
                };
                let message = format!("{number} not gone through: {}", missed.join(", "));
                let help = "go through what is left at the next meeting; if it was done, write `reviewed: all`";
                let place = (record.file, record.held.map_or(record.date.span, |held| held.span));
                sink.add(Finding::at(place, meeting.id(), message).help(help).on(meeting.held.date()));
            }
        }
    }
}
