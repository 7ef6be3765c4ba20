//! What is said of each ticket that a pack names, once.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Entry, Minute, RichText, TicketEvent, TicketId, TicketState};
use crate::report::pack::{NoteView, Pack, TicketCard};
use crate::report::words::Words;
use crate::workflow::{Context, TicketLine};

/// The cards of every ticket that the pack names and that exists.
pub fn cards(ctx: &Context, pack: &Pack) -> BTreeMap<TicketId, TicketCard> {
    let mut ids: BTreeSet<TicketId> = BTreeSet::new();
    ids.extend(pack.new.iter().chain(&pack.closed).chain(&pack.reopened));
    ids.extend(pack.outstanding.iter().map(|row| row.id));
    ids.extend(pack.changes.iter().flat_map(|row| &row.tickets));
    let attention = pack.attention_groups.iter().flat_map(|group| &group.items).map(|item| &item.record);
    let nitc = pack.nitc.iter().filter_map(|row| row.heat.as_ref());
    let lapses = pack.lapses.iter().map(|row| &row.record);
    let exceptions = pack.method.exceptions.iter().map(|row| &row.record);
    ids.extend(attention.chain(nitc).chain(lapses).chain(exceptions).filter_map(|id| TicketId::parse(id)));
    let known = ids.into_iter().filter_map(|id| ctx.prepared.tickets.get(&id));
    known.filter(|line| line.exists_at(ctx.as_of)).map(|line| (line.ticket.id.value, card(ctx, line))).collect()
}

/// What is said of a ticket.
pub fn card(ctx: &Context, line: &TicketLine) -> TicketCard {
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
        last_note: line.effective_until(ctx.as_of).rev().find_map(|(at, entry)| note_view(words, at, entry)),
        resolution: resolved.and_then(|(_, entry)| entry.note.as_ref()).map(|note| RichText::new(&note.0)),
        resolved: resolved.map(|(at, _)| at),
        closed: closed.map(|(at, _)| at),
        nitc_ref: line.nitc_ref_at(ctx.as_of).map(str::to_owned),
        changes: line.changes.iter().filter(|cr| exists(ctx, cr)).cloned().collect(),
    }
}

fn exists(ctx: &Context, cr: &crate::model::CrId) -> bool {
    ctx.prepared.changes.get(cr).is_some_and(|line| line.exists_at(ctx.as_of))
}

/// An entry's note, if it has one.
fn note_view(words: Words, at: Minute, entry: &Entry<TicketEvent>) -> Option<NoteView> {
    let note = entry.note.as_ref()?;
    Some(NoteView {
        at,
        event: entry.event.value.as_str(),
        event_text: words.event(entry.event.value),
        by: entry.by.as_ref().map(|by| by.value.clone()),
        text: RichText::new(&note.0),
    })
}
