//! A ticket's page: its card, its timeline and its deadlines.

use super::Site;
use crate::report::pack::card;
use crate::report::site::{Page, TicketPage};
use crate::report::story::{clocks, ticket_timeline};
use crate::workflow::TicketLine;

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
    let asked_before = site.asked_before(ticket.id.value);
    names.tickets(asked_before.iter().map(|other| other.id));
    let names = names.book;
    let page = TicketPage {
        path: ctx.project().file(ticket.file).path.clone(),
        card,
        via: ticket.via.iter().map(|via| via.to_string()).collect(),
        standing: site.standing(line),
        nitc_numbers: numbers,
        changes: line.changes.iter().filter_map(|cr| site.change_row(cr)).collect(),
        timeline: ticket_timeline(ctx, line),
        clocks: clocks(ctx, line.clocks_at(ctx.as_of)),
        asked_before,
        diagnostics: site.diagnostics(&id),
        id,
    };
    site.page_of_one(names, page)
}
