//! Every outstanding ticket, oldest first.

use crate::model::Attention;
use crate::report::pack::{AttentionCounts, NextDue, OutstandingRow};
use crate::report::words::Words;
use crate::workflow::{Context, TicketLine};

/// The outstanding tickets of a context.
pub fn outstanding(ctx: &Context) -> Vec<OutstandingRow> {
    let rows = ctx.outstanding().into_iter().filter_map(|line| {
        let (attention, attention_reason) = ctx.attention(line);
        Some(OutstandingRow {
            id: line.ticket.id.value,
            subject: line.ticket.subject.value.clone(),
            poc: line.poc_at(ctx.as_of).clone(),
            state: ctx.state(line)?,
            holder: ctx.holder(line)?,
            age_days: line.age_at(ctx.today()),
            last_contact: line.last_contact_at(ctx.as_of),
            attention,
            attention_reason,
            next_due: next_due(ctx, line),
            next_due_text: next_due_text(ctx, line),
        })
    });
    rows.collect()
}

/// The earliest due date of a ticket.
pub fn next_due(ctx: &Context, line: &TicketLine) -> Option<NextDue> {
    ctx.next_due(line).map(|clock| NextDue { clock: clock.kind, due: clock.due })
}

/// The clock of that due date in words.
pub fn next_due_text(ctx: &Context, line: &TicketLine) -> Option<String> {
    let words = Words::new(&ctx.project().settings.names);
    ctx.next_due(line).map(|clock| words.clock(clock.kind))
}

/// How many of these are red, yellow and green.
pub fn attention_counts(rows: &[OutstandingRow]) -> AttentionCounts {
    let mut counts = AttentionCounts::default();
    for row in rows {
        *match row.attention {
            Attention::Red => &mut counts.red,
            Attention::Yellow => &mut counts.yellow,
            Attention::Green => &mut counts.green,
        } += 1;
    }
    counts
}
