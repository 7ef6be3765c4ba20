//! What a new answer can begin with: the title, text and subjects of the tickets that it is written from.

use super::nameless::Nameless;
use crate::model::{Audience, TicketId};
use crate::workflow::{Context, answer_at, resolution_at};

/// The beginning of a new answer.
#[derive(Debug, Default)]
pub struct Proposal {
    /// The title of the first ticket.
    pub title: String,
    /// The resolutions one after another; blank if no ticket has one that all POCs can read.
    pub text: String,
    /// Ids.
    pub subjects: Vec<String>,
    /// The tickets whose resolution is private: their text is not proposed.
    pub private: Vec<TicketId>,
}

/// What an answer from these tickets can begin with, without names of POCs. Unknown tickets are skipped.
pub fn proposal(ctx: &Context, tickets: &[TicketId]) -> Proposal {
    let nameless = Nameless::new(ctx.project());
    let mut proposal = Proposal::default();
    let lines = tickets.iter().filter_map(|id| ctx.prepared.tickets.get(id));
    for line in lines.filter(|line| line.exists_at(ctx.as_of)) {
        let (ticket, resolution) = (&line.ticket.record, answer_at(line, ctx.as_of));
        if resolution_at(line, ctx.as_of).is_some_and(|(_, entry)| entry.answer == Some(Audience::Private)) {
            proposal.private.push(ticket.id.value);
        }
        let note = resolution.and_then(|(_, entry)| entry.note.as_ref()).map_or("", |note| note.0.trim());
        let pocs = [line.poc_at(ctx.as_of), &ticket.poc.value].into();
        let callers =
            nameless.callers(&pocs, &[&ticket.subject.value], &[ticket.title.as_str(), &ticket.description.0, note]);
        if proposal.title.is_empty() {
            proposal.title = nameless.line(ticket.title.as_str(), &callers);
        }
        let between = if proposal.text.is_empty() || note.is_empty() { "" } else { "\n\n" };
        proposal.text.extend([between, &nameless.line(note, &callers)]);
        let subject = ticket.subject.to_string();
        if !proposal.subjects.contains(&subject) {
            proposal.subjects.push(subject);
        }
    }
    proposal
}
