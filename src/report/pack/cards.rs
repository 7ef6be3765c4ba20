//! What is said of each ticket that a pack names, once.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::mentions::{Mentioned, Mentions};
use crate::model::{Audience, CrId, Entry, Minute, PersonId, RichText, SubjectId, TicketEvent, TicketId, TicketState};
use crate::report::words::Words;
use crate::workflow::{Context, TicketLine};

/// What is said of a ticket wherever a list names it.
#[derive(Debug, Clone, Serialize)]
pub struct TicketCard {
    pub title: String,
    pub subject: SubjectId,
    /// `question` or `issue`.
    pub kind: &'static str,
    /// `functional` or `technical`.
    pub area: &'static str,
    pub poc: PersonId,
    pub received: Minute,
    pub state: TicketState,
    /// "with NITC", in words.
    pub state_text: String,
    /// The holder in words; blank for a ticket that is not outstanding.
    pub holder_text: String,
    pub description: RichText,
    pub first_line: Option<RichText>,
    /// The last entry with a note; a private answer is not in a pack.
    pub last_note: Option<NoteView>,
    /// The note of the last `resolved`; a private answer is not in a pack.
    pub resolution: Option<RichText>,
    pub resolved: Option<Minute>,
    pub closed: Option<Minute>,
    /// Our latest NITC number.
    pub nitc_ref: Option<String>,
    /// CRs that name it.
    pub changes: Vec<CrId>,
}

/// A note of a log.
#[derive(Debug, Clone, Serialize)]
pub struct NoteView {
    pub at: Minute,
    /// The event's name.
    pub event: &'static str,
    /// The event in words, "sent to NITC".
    pub event_text: String,
    pub by: Option<PersonId>,
    pub text: RichText,
}

impl Mentions for TicketCard {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.subjects.insert(self.subject.clone());
        mentioned.people.insert(self.poc.clone());
        mentioned.people.extend(self.last_note.iter().filter_map(|note| note.by.clone()));
    }
}

/// What a pack says in place of a note that only the caller may read.
const PRIVATE_ANSWER: &str = "Private answer; see the ticket.";

/// Who reads a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// Staff, on the ticket's own page.
    Staff,
    /// Everyone who is given a pack.
    Everyone,
}

/// The cards of those of the tickets that exist, for a pack: without private answers.
pub fn cards(ctx: &Context, ids: &BTreeSet<TicketId>) -> BTreeMap<TicketId, TicketCard> {
    let known = ids.iter().filter_map(|id| ctx.prepared.tickets.get(id));
    known
        .filter(|line| line.exists_at(ctx.as_of))
        .map(|line| (line.ticket.id.value, card_for(Reader::Everyone, ctx, line)))
        .collect()
}

/// What is said of a ticket to staff: with its private answer.
pub fn card(ctx: &Context, line: &TicketLine) -> TicketCard {
    card_for(Reader::Staff, ctx, line)
}

fn card_for(reader: Reader, ctx: &Context, line: &TicketLine) -> TicketCard {
    let words = Words::new(&ctx.project().settings.names);
    let ticket = line.ticket;
    let state = ctx.state(line).unwrap_or(TicketState::Open);
    let resolved = line.last_entry(TicketEvent::Resolved, ctx.as_of);
    let closed = line.last_entry(TicketEvent::Closed, ctx.as_of).filter(|_| state == TicketState::Closed);
    TicketCard {
        title: ticket.title.0.clone(),
        subject: ticket.subject.value.clone(),
        kind: ticket.kind.as_str(),
        area: ticket.area.as_str(),
        poc: line.poc_at(ctx.as_of).clone(),
        received: ticket.received.value,
        state,
        state_text: words.state(state),
        holder_text: ctx.holder(line).map(|holder| words.holder(holder)).unwrap_or_default(),
        description: RichText::new(&ticket.description.0),
        first_line: ticket.first_line.as_ref().map(|text| RichText::new(&text.0)),
        last_note: line.effective_until(ctx.as_of).rev().find_map(|(at, entry)| note_view(reader, words, at, entry)),
        resolution: resolved.and_then(|(_, entry)| note_for(reader, entry)),
        resolved: resolved.map(|(at, _)| at),
        closed: closed.map(|(at, _)| at),
        nitc_ref: line.nitc_ref_at(ctx.as_of).map(str::to_owned),
        changes: line.changes.iter().filter(|cr| exists(ctx, cr)).cloned().collect(),
    }
}

fn exists(ctx: &Context, cr: &crate::model::CrId) -> bool {
    ctx.prepared.changes.get(cr).is_some_and(|line| line.exists_at(ctx.as_of))
}

/// An entry's note, if it has one, as that reader may see it.
fn note_for(reader: Reader, entry: &Entry<TicketEvent>) -> Option<RichText> {
    let note = entry.note.as_ref()?;
    let is_hidden = reader == Reader::Everyone && entry.answer == Some(Audience::Private);
    Some(RichText::new(if is_hidden { PRIVATE_ANSWER } else { &note.0 }))
}

/// An entry with a note.
fn note_view(reader: Reader, words: Words, at: Minute, entry: &Entry<TicketEvent>) -> Option<NoteView> {
    let text = note_for(reader, entry)?;
    Some(NoteView {
        at,
        event: entry.event.value.as_str(),
        event_text: words.event(entry.event.value),
        by: entry.by.as_ref().map(|by| by.value.clone()),
        text,
    })
}
