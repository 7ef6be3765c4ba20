//! Every outstanding ticket, oldest first.

use crate::report::pack::{NextDue, OutstandingRow};
use crate::workflow::Context;

/// The outstanding tickets of a context.
pub fn outstanding(ctx: &Context) -> Vec<OutstandingRow> {
    let rows = ctx.outstanding().into_iter().filter_map(|line| {
        let (attention, attention_reason) = ctx.attention(line);
        Some(OutstandingRow {
            id: line.ticket.id.value,
            subject: line.ticket.subject.value.clone(),
            poc: line.ticket.poc.value.clone(),
            state: ctx.state(line)?,
            holder: ctx.holder(line)?,
            age_days: line.age_at(ctx.today()),
            last_contact: line.last_contact_at(ctx.as_of),
            attention,
            attention_reason,
            next_due: ctx.next_due(line).map(|clock| NextDue { clock: clock.kind, due: clock.due }),
        })
    });
    rows.collect()
}
