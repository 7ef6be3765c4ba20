//! The result of a new entry in a few lines: the entry, the status of the record, the next deadline.

use super::story::{change_stands, entry_made, next_due, ticket_stands};
use super::words::{Words, day};
use crate::model::{
    ChangeEvent, ClockKind, CrId, CrState, Entry, EventKind, TicketEvent, TicketId, TicketState, minute_in_words,
};
use crate::workflow::{Context, TicketLine};

/// The result of a new entry.
#[derive(Debug, PartialEq, Eq)]
pub struct Entered {
    pub record: String,
    /// "forwarded to NITC, Mon, Nov 2, 2026, 13:05, by Taylor Nominal".
    pub what: String,
    /// The state and the owner, "with NITC; next action: NITC".
    pub stands: String,
    /// "follow-up due Mon, Nov 23, 2026"; `None` if nothing is due.
    pub next: Option<String>,
    /// What else follows from it, and would go unnoticed: a sentence each.
    pub notes: Vec<String>,
}

impl Entered {
    /// The lines: the entry, the status of the record, the next deadline.
    pub fn text(&self) -> String {
        let next = self.next.as_deref().unwrap_or("nothing due");
        let notes: String = self.notes.iter().map(|note| format!("note: {note}\n")).collect();
        format!("{}: {}\nnow: {}\nnext: {next}\n{notes}", self.record, self.what, self.stands)
    }

    /// The same as one line.
    pub fn line(&self) -> String {
        self.text().trim_end().replace('\n', "; ")
    }
}

/// The result of a new ticket.
pub fn received_ticket(ctx: &Context, id: TicketId) -> Option<Entered> {
    let line = ctx.prepared.tickets.get(&id)?;
    let (ticket, project) = (line.ticket, ctx.project());
    let when = minute_in_words(ticket.received.value);
    Some(Entered {
        what: format!("received {when} from {}: {}", project.person_name(&ticket.poc), ticket.title.0),
        ..entered(ctx, line)?
    })
}

/// The result of the entry at a place in a ticket's log.
pub fn entered_ticket(ctx: &Context, id: TicketId, place: usize) -> Option<Entered> {
    let line = ctx.prepared.tickets.get(&id)?;
    let log = &line.ticket.record.log;
    let placed = placed(log, place).into_iter().chain(belongs_elsewhere(log.get(place)?));
    let notes = placed.chain(unfinished_changes(ctx, line)).chain(waiver_ended(ctx, line));
    Some(Entered { what: what(ctx, log.get(place)?), notes: notes.collect(), ..entered(ctx, line)? })
}

/// How an entry that was struck is entered under the ticket to which it belongs.
fn belongs_elsewhere(entry: &Entry<TicketEvent>) -> Option<String> {
    let struck = entry.entry?.value;
    Some(format!("if it belongs to another ticket, run `heatpack log ID {} --at \"{}\"`", struck.event, struck.at))
}

/// The status of a ticket after an edit; `what` describes it.
pub fn amended_ticket(ctx: &Context, id: TicketId, what: String) -> Option<Entered> {
    let line = ctx.prepared.tickets.get(&id)?;
    Some(Entered { what, ..entered(ctx, line)? })
}

/// The status of a change request after an edit; `what` describes it.
pub fn amended_change(ctx: &Context, id: &CrId, what: String) -> Option<Entered> {
    let line = ctx.prepared.changes.get(id)?;
    let running = line.clocks.iter().filter(|clock| clock.runs_at(ctx.as_of));
    Some(Entered {
        record: id.to_string(),
        what,
        stands: change_stands(ctx, line).to_string(),
        next: running.min_by_key(|clock| (clock.due, clock.kind)).map(|clock| next_due(ctx, clock)),
        notes: Vec::new(),
    })
}

/// Where an entry is that is not the last one: "inserted before the entry of 10:00 (`follow-up`)".
fn placed<E: EventKind>(log: &[Entry<E>], place: usize) -> Option<String> {
    let (own, next) = (log.get(place)?, log.get(place + 1)?);
    let is_same_day = own.at.value.date() == next.at.value.date();
    let time = if is_same_day { next.at.value.0.format("%H:%M").to_string() } else { minute_in_words(next.at.value) };
    Some(format!("inserted before the entry of {time} (`{}`)", next.event.value))
}

/// Notes on the unfinished CRs of a ticket that was just voided: nothing else shows that they continue.
fn unfinished_changes(ctx: &Context, line: &TicketLine) -> Vec<String> {
    let is_voided = line.ticket.log.last().is_some_and(|entry| entry.event.value == TicketEvent::Voided);
    if !is_voided {
        return Vec::new();
    }
    let words = Words::new(&ctx.project().settings.names);
    let notes = unfinished(ctx, line).into_iter().map(|Unfinished { cr, state, needed_by }| {
        let rest = match ChangeEvent::Withdrawn.spec().allowed.contains(&state) {
            _ if !needed_by.is_empty() => format!("{} still needs it", needed_by.join(" and ")),
            true => format!("if no one needs it, run `heatpack log {cr} withdrawn --note TEXT`"),
            false => "it can no longer be withdrawn".to_owned(),
        };
        format!("{cr} for this ticket is not finished ({}); {rest}", words.change_state(state))
    });
    notes.collect()
}

/// An unfinished CR of a void ticket.
pub struct Unfinished<'l> {
    pub cr: &'l CrId,
    pub state: CrState,
    /// The other tickets that it names and that are outstanding.
    pub needed_by: Vec<String>,
}

/// The CRs of a void ticket that are not finished; none of a ticket in another state.
pub fn unfinished<'l>(ctx: &Context<'l>, line: &'l TicketLine) -> Vec<Unfinished<'l>> {
    if ctx.state(line) != Some(TicketState::Voided) {
        return Vec::new();
    }
    let (id, tickets) = (line.ticket.id.value, &ctx.prepared.tickets);
    let own = line.changes.iter().filter_map(|cr| ctx.prepared.changes.get(cr));
    let unfinished = own.filter_map(|cr| {
        // A draft without an entry yet names the ticket too.
        let state = cr.state_at(ctx.as_of).unwrap_or(CrState::Draft);
        let other = cr.cr.tickets.iter().map(|ticket| ticket.value).filter(|other| *other != id);
        let needed = other.filter(|other| tickets.get(other).is_some_and(|other| other.is_outstanding_at(ctx.as_of)));
        let needed_by = needed.map(|other| other.to_string()).collect();
        (!state.is_finished()).then_some(Unfinished { cr: &cr.cr.id.value, state, needed_by })
    });
    unfinished.collect()
}

/// Notes that an update before a waiver's end makes the next follow-up due before that end.
fn waiver_ended(ctx: &Context, line: &TicketLine) -> Option<String> {
    let is_word =
        |entry: &Entry<TicketEvent>| matches!(entry.event.value, TicketEvent::FollowUp | TicketEvent::Resolved);
    let mut entries = line.effective_until(ctx.as_of).rev().map(|(_, entry)| entry);
    entries.next().filter(|last| is_word(last))?;
    // The entry that set the previous deadline: an update to the POC, or a waiver.
    let before = entries.find(|entry| is_word(entry) || entry.until.is_some())?;
    let until = before.until?.0;
    let running =
        line.clocks_at(ctx.as_of).iter().find(|clock| clock.kind == ClockKind::FollowUp && clock.runs_at(ctx.as_of))?;
    (running.due < until).then(|| {
        format!(
            "the waiver until {} no longer applies, since the next follow-up is due earlier; to keep it, run \
             `heatpack log {} waived --clock follow-up --until {until} --note TEXT`",
            day(until),
            line.ticket.id.value
        )
    })
}

fn entered(ctx: &Context, line: &TicketLine) -> Option<Entered> {
    Some(Entered {
        record: line.ticket.id.to_string(),
        what: String::new(),
        stands: ticket_stands(ctx, line)?.to_string(),
        next: ctx.next_due(line).map(|clock| next_due(ctx, clock)),
        notes: Vec::new(),
    })
}

/// The result of the entry at a place in a change request's log.
pub fn entered_change(ctx: &Context, id: &CrId, place: usize) -> Option<Entered> {
    let log = &ctx.prepared.changes.get(id)?.cr.log;
    let notes = placed(log, place).into_iter().collect();
    Some(Entered { notes, ..amended_change(ctx, id, what(ctx, log.get(place)?))? })
}

/// "forwarded to NITC, Mon, Nov 2, 2026 13:05, by Taylor Nominal".
pub fn what<E: EventKind>(ctx: &Context, entry: &Entry<E>) -> String {
    let made = entry_made(ctx, entry);
    let by = made.by.as_ref().map(|by| format!(", by {}", by.name)).unwrap_or_default();
    format!("{}, {}{by}", made.line(), minute_in_words(made.at))
}
