//! A ticket.

use super::{Show, clocks, found_in, person};
use crate::model::{Ticket, day_in_words};
use crate::report::story::{change_stands, next_due, ticket_stands, ticket_timeline};
use crate::report::words::counted;
use crate::workflow::{Context, TicketLine};

/// Builds the view of a ticket.
pub fn show_ticket(ctx: &Context, line: &TicketLine) -> Show {
    let ticket = line.ticket;
    Show {
        id: ticket.id.to_string(),
        title: ticket.title.0.clone(),
        head: head(ctx, line),
        texts: texts(ticket),
        lists: Vec::new(),
        timeline: ticket_timeline(ctx, line),
        clocks: clocks::views(ctx, line.clocks_at(ctx.as_of)),
        found: found_in(ctx, &ticket.id.to_string()),
    }
}

fn head(ctx: &Context, line: &TicketLine) -> Vec<(&'static str, String)> {
    let ticket = line.ticket;
    let via: Vec<String> = ticket.via.value.iter().map(ToString::to_string).collect();
    let mut head = vec![
        ("state", ticket_stands(ctx, line).map(|stands| stands.to_string()).unwrap_or_default()),
        ("subject", ctx.project().subject_name(&ticket.subject)),
        ("POC", poc(ctx, line)),
        ("inquiry", format!("{}, {}, by {}", ticket.kind, ticket.area, via.join(" and "))),
        ("received", ticket.received.to_string()),
    ];
    if line.is_outstanding_at(ctx.as_of) {
        let (attention, reason) = ctx.attention(line);
        head.push(("age", counted(line.age_at(ctx.today()).max(0) as usize, "day")));
        head.push(("attention", format!("{attention}: {reason}")));
        if let Some(clock) = ctx.next_due(line) {
            head.push(("next", next_due(ctx, clock)));
        }
    }
    if let Some(number) = line.nitc_ref_at(ctx.as_of) {
        head.push((NITC_NUMBER, number.to_owned()));
    }
    let changes: Vec<String> = line
        .changes
        .iter()
        .filter_map(|id| ctx.prepared.changes.get(id).filter(|cr| cr.exists_at(ctx.as_of)))
        .map(|cr| format!("{} ({})", cr.cr.id.value, change_stands(ctx, cr).state))
        .collect();
    if !changes.is_empty() {
        head.push(("CRs", changes.join(", ")));
    }
    head
}

/// The texts of the ticket: the inquiry, and what the POC tried.
fn texts(ticket: &Ticket) -> Vec<(String, String)> {
    let mut texts = vec![("description".to_owned(), ticket.description.0.clone())];
    texts.extend(ticket.first_line.as_ref().map(|text| ("what the POC tried first".to_owned(), text.0.clone())));
    texts
}

/// The POC; of a ticket that was handed over also who called.
fn poc(ctx: &Context, line: &TicketLine) -> String {
    let (poc, since) = line.poc_since(ctx.as_of);
    match poc == &line.ticket.poc.value {
        true => person(ctx, poc),
        false => format!(
            "{} since {}; {} called",
            person(ctx, poc),
            day_in_words(since.date()),
            person(ctx, &line.ticket.poc)
        ),
    }
}

const NITC_NUMBER: &str = "NITC's number";
