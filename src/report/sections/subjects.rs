//! Outstanding tickets by module and initiative.

use crate::model::TicketId;
use crate::report::pack::{OutstandingRow, SubjectRow};
use crate::workflow::{Context, is_supported};

use super::balance::Events;

/// The subjects that are supported or have tickets, in the order of subjects.yaml.
pub fn by_subject(ctx: &Context, outstanding: &[OutstandingRow], events: &Events) -> Vec<SubjectRow> {
    let of_subject = |id: &TicketId, subject: &crate::model::SubjectId| {
        ctx.prepared.tickets.get(id).is_some_and(|line| line.ticket.subject.value == *subject)
    };
    let rows = ctx.project().subjects.iter().map(|subject| {
        let id = &subject.id.value;
        let own: Vec<&OutstandingRow> = outstanding.iter().filter(|row| row.subject == *id).collect();
        let count = |list: &[TicketId]| list.iter().filter(|ticket| of_subject(ticket, id)).count();
        let row = SubjectRow {
            subject: id.clone(),
            name: subject.name.0.clone(),
            kind: subject.kind.as_str(),
            outstanding: own.iter().map(|row| row.id).collect(),
            oldest_days: own.iter().map(|row| row.age_days).max(),
            received: count(&events.received),
            closed: count(&events.closed),
        };
        (is_supported(subject, ctx.today()), row)
    });
    rows.filter(|(supported, row)| *supported || !row.outstanding.is_empty() || row.received + row.closed > 0)
        .map(|(_, row)| row)
        .collect()
}
