//! What a new entry came to, in a few lines: what was entered, where the record stands now, what is due next.

use super::show::entry_words;
use super::words::{Words, day};
use crate::model::{CrId, Entry, EventKind, TicketId};
use crate::workflow::{Clock, Context, TicketLine};

/// What to say of an entry that was just made.
#[derive(Debug, PartialEq, Eq)]
pub struct Entered {
    pub record: String,
    /// "forwarded to NITC, Mon 2 Nov 2026 13:05, by Taylor Nominal".
    pub what: String,
    /// "with NITC", and who has to act.
    pub stands: String,
    /// "follow-up due Mon 23 Nov 2026"; none where nothing is due.
    pub next: Option<String>,
}

impl Entered {
    /// It as lines: what was done, where the record stands now, what is next.
    pub fn text(&self) -> String {
        let next = self.next.as_deref().unwrap_or("nothing is due");
        format!("{}: {}\nnow: {}\nnext: {next}\n", self.record, self.what, self.stands)
    }
}

/// What a ticket is that was just received.
pub fn received_ticket(ctx: &Context, id: TicketId) -> Option<Entered> {
    let line = ctx.prepared.tickets.get(&id)?;
    let (ticket, project) = (line.ticket, ctx.project());
    let at = ticket.received.value;
    let when = format!("{} {}", day(at.date()), at.0.format("%H:%M"));
    Some(Entered {
        what: format!("received {when} from {}: {}", project.person_name(&ticket.poc), ticket.title.0),
        ..entered(ctx, line)?
    })
}

/// What the last entry of a ticket came to.
pub fn entered_ticket(ctx: &Context, id: TicketId) -> Option<Entered> {
    let line = ctx.prepared.tickets.get(&id)?;
    Some(Entered { what: what(ctx, line.ticket.log.last()?), ..entered(ctx, line)? })
}

/// Where a ticket stands.
fn entered(ctx: &Context, line: &TicketLine) -> Option<Entered> {
    let words = Words::new(&ctx.project().settings.names);
    let state = words.state(ctx.state(line)?);
    let stands = match ctx.holder(line).map(|holder| words.holder(holder)) {
        Some(holder) => format!("{state}; to act: {holder}"),
        None => state,
    };
    Some(Entered {
        record: line.ticket.id.to_string(),
        what: String::new(),
        stands,
        next: next(ctx, ctx.next_due(line)),
    })
}

/// What the last entry of a change request came to.
pub fn entered_change(ctx: &Context, id: &CrId) -> Option<Entered> {
    let line = ctx.prepared.changes.get(id)?;
    let words = Words::new(&ctx.project().settings.names);
    let state = line.state_at(ctx.as_of)?;
    let holder = words.change_holder(state);
    let state = words.change_stands(line, state, ctx.as_of);
    let running = line.clocks.iter().filter(|clock| clock.runs_at(ctx.as_of));
    Some(Entered {
        record: id.to_string(),
        what: what(ctx, line.cr.log.last()?),
        stands: if holder.is_empty() { state } else { format!("{state}; to act: {holder}") },
        next: next(ctx, running.min_by_key(|clock| (clock.due, clock.kind))),
    })
}

fn what<E: EventKind>(ctx: &Context, entry: &Entry<E>) -> String {
    let by = entry.by.as_ref().map(|by| format!(", by {}", ctx.project().person_name(by))).unwrap_or_default();
    format!("{}, {} {}{by}", entry_words(entry), day(entry.at.date()), entry.at.value.0.format("%H:%M"))
}

/// The clock that is due next, in words.
pub fn next(ctx: &Context, clock: Option<&Clock>) -> Option<String> {
    let clock = clock?;
    let what = Words::new(&ctx.project().settings.names).clock(clock.kind);
    let due = day(clock.due);
    Some(if clock.due < ctx.today() { format!("{what} overdue since {due}") } else { format!("{what} due {due}") })
}
