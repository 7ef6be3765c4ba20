//! A ticket.

use super::{Effect, Moment, Show, clocks, entry_words, found_in, person};
use crate::model::{Holder, Ticket, TicketState, day_in_words};
use crate::workflow::{Context, TicketCause, TicketLine, TicketStep, clock_words};

/// What there is to say of a ticket.
pub fn show_ticket(ctx: &Context, line: &TicketLine) -> Show {
    let ticket = line.ticket;
    let steps = line.steps_until(ctx.as_of);
    Show {
        id: ticket.id.to_string(),
        title: ticket.title.0.clone(),
        head: head(ctx, line),
        texts: texts(ticket),
        lists: Vec::new(),
        timeline: steps.map(|step| moment(ctx, line, step)).collect(),
        clocks: clocks::views(ctx, &line.clocks),
        found: found_in(ctx, &ticket.id.to_string()),
    }
}

fn head(ctx: &Context, line: &TicketLine) -> Vec<(&'static str, String)> {
    let ticket = line.ticket;
    let state = ctx.state(line).map_or("", TicketState::as_str);
    let holder = ctx.holder(line).map(|holder| format!(", held by {}", holder_name(ctx, holder)));
    let via: Vec<String> = ticket.via.value.iter().map(ToString::to_string).collect();
    let mut head = vec![
        ("state", format!("{state}{}", holder.unwrap_or_default())),
        ("subject", ctx.project().subject_name(&ticket.subject)),
        ("POC", poc(ctx, line)),
        ("inquiry", format!("{}, {}, by {}", ticket.kind, ticket.area, via.join(" and "))),
        ("received", ticket.received.to_string()),
    ];
    if line.is_outstanding_at(ctx.as_of) {
        let (attention, reason) = ctx.attention(line);
        head.push(("age", days(line.age_at(ctx.today()))));
        head.push(("attention", format!("{attention}: {reason}")));
        if let Some(clock) = ctx.next_due(line) {
            head.push(("next due", format!("{}, {}", day_in_words(clock.due), clock_words(clock.kind))));
        }
    }
    if let Some(number) = line.nitc_ref_at(ctx.as_of) {
        head.push((NITC_NUMBER, number.to_owned()));
    }
    let changes: Vec<String> = line
        .changes
        .iter()
        .filter_map(|id| Some((id, ctx.prepared.changes.get(id)?.state_at(ctx.as_of)?)))
        .map(|(id, state)| format!("{id} ({state})"))
        .collect();
    if !changes.is_empty() {
        head.push(("CRs", changes.join(", ")));
    }
    head
}

/// What the ticket says: the inquiry, and what the POC tried.
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

fn days(number: i64) -> String {
    if number == 1 { "1 day".to_owned() } else { format!("{number} days") }
}

/// A holder as the project names it.
fn holder_name(ctx: &Context, holder: Holder) -> String {
    let names = &ctx.project().settings.names;
    match holder {
        Holder::HelpDesk => names.help_desk.clone(),
        Holder::Nitc => names.third_line.clone(),
        Holder::AcfoFs => names.sponsor.clone(),
        Holder::Cfmsccb => names.board.clone(),
        Holder::Poc => "the POC".to_owned(),
    }
}

fn moment(ctx: &Context, line: &TicketLine, step: &TicketStep) -> Moment {
    let entry = line.entry(step);
    let what = match (&step.cause, entry) {
        (TicketCause::Change(cr), _) => format!("moved by {cr}"),
        (_, Some(entry)) => entry_words(entry),
        _ => "received".to_owned(),
    };
    let by = match step.cause {
        TicketCause::Received => Some(person(ctx, &line.ticket.poc)),
        _ => entry.and_then(|entry| entry.by.as_ref()).map(|by| person(ctx, by)),
    };
    Moment {
        at: step.at,
        what,
        by,
        effect: Effect::new(step.before.map(TicketState::as_str), step.after.as_str(), step.slip),
        note: entry.and_then(|entry| entry.note.as_ref()).map(|note| note.0.clone()),
    }
}
