//! A ticket's page: its card, its timeline and its clocks.

use crate::model::RichText;
use crate::report::pack::card;
use crate::report::site::{Page, StateChange, TicketPage, TimelineEntry};
use crate::workflow::{TicketCause, TicketLine, TicketStep};

use super::{Site, timeline};

/// The page of a ticket.
pub fn ticket_page(site: &Site, line: &TicketLine) -> Page<TicketPage> {
    let (ctx, ticket) = (site.ctx, line.ticket);
    let id = ticket.id.to_string();
    let card = card(ctx, line);
    let mut numbers: Vec<String> = Vec::new();
    for (_, entry) in line.effective_until(ctx.as_of) {
        numbers.extend(entry.nitc_ref.as_ref().map(|number| number.value.0.clone()));
    }
    numbers.dedup();
    let mut names = site.names();
    names.tickets([ticket.id.value]);
    names.tickets(ticket.log.iter().filter_map(|entry| entry.duplicate_of).map(|other| other.value));
    names.changes(&line.changes);
    names.subjects([&ticket.subject.value]);
    names.people([line.poc_at(ctx.as_of), &ticket.poc.value]);
    let exceptions = ticket.log.iter().filter_map(|entry| entry.exception.as_ref()).chain(&ticket.exception);
    names.people(exceptions.map(|exception| &exception.allowed_by.value));
    let names = names.book;
    let page = TicketPage {
        path: ctx.project().file(ticket.file).path.clone(),
        card,
        via: ticket.via.iter().map(|via| via.to_string()).collect(),
        standing: site.standing(line),
        nitc_numbers: numbers,
        changes: line.changes.iter().filter_map(|cr| site.change_row(cr)).collect(),
        timeline: line.steps_until(ctx.as_of).map(|step| step_entry(site, line, step)).collect(),
        clocks: timeline::clocks(site, &line.clocks),
        diagnostics: site.diagnostics(&id),
        id,
    };
    site.page_of_one(names, page)
}

fn step_entry(site: &Site, line: &TicketLine, step: &TicketStep) -> TimelineEntry {
    let words = site.words();
    let change = (step.before != Some(step.after))
        .then(|| StateChange { from: step.before.map(|state| words.state(state)), to: words.state(step.after) });
    if let Some(entry) = line.entry(step) {
        return timeline::entry(site, entry, step.at, change, step.slip);
    }
    let exception = match step.cause {
        TicketCause::Received => line.ticket.exception.as_ref(),
        _ => None,
    };
    let event = match &step.cause {
        TicketCause::Change(cr) => format!("{cr} moved on"),
        _ => format!("received from {}", site.ctx.project().person_name(&line.ticket.poc.value)),
    };
    TimelineEntry {
        at: step.at,
        event,
        by: None,
        details: Vec::new(),
        note: None::<RichText>,
        exception: exception.map(|exception| crate::report::site::ExceptionNote {
            rule: exception.rule.value.0.clone(),
            reason: exception.reason.0.clone(),
            allowed_by: exception.allowed_by.value.to_string(),
        }),
        change,
        no_effect: None,
    }
}
