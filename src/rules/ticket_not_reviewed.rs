//! `ticket-not-reviewed` (lapse): a meeting left out tickets that were outstanding.
//!
//! A meeting that was held went through every ticket that was outstanding then (`reviewed`).
//!
//! **Why.** The weekly status meeting reviews every open ticket.
//!
//! **Example.**
//!
//! ```yaml
//! reviewed: none, with twelve outstanding
//! ```
//!
//! **To mend it:** go through them at the next meeting; correct `reviewed:` if they were gone through.

use crate::model::{Level, MeetingKind, Reviewed, TicketId};
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

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
                let message = format!("outstanding and not gone through: {}", missed.join(", "));
                let help = "go through them at the next meeting; if they were, write `reviewed: all`";
                let place = (record.file, record.held.map_or(record.date.span, |held| held.span));
                sink.add(Finding::at(place, meeting.id(), message).help(help).on(meeting.held.date()));
            }
        }
    }
}
