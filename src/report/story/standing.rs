//! The status of a record: its state, its owner, and what is due.

use std::fmt;

use crate::model::CrState;
use crate::report::words::{Words, day};
use crate::workflow::{ChangeLine, Clock, Context, TicketLine};

/// The status of a record, in the office's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    pub state: String,
    /// The owner; `None` for a finished record.
    pub owner: Option<String>,
}

impl fmt::Display for Stands {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match &self.owner {
            Some(owner) => write!(out, "{}; next action: {owner}", self.state),
            None => out.write_str(&self.state),
        }
    }
}

/// The status of a ticket; `None` before it was received.
pub fn ticket_stands(ctx: &Context, line: &TicketLine) -> Option<Stands> {
    let words = Words::new(&ctx.project().settings.names);
    let owner = ctx.holder(line).map(|holder| words.holder(holder));
    Some(Stands { state: words.state(ctx.state(line)?), owner })
}

/// The status of a change request; one without an entry is a draft.
pub fn change_stands(ctx: &Context, line: &ChangeLine) -> Stands {
    let words = Words::new(&ctx.project().settings.names);
    let state = line.state_at(ctx.as_of).unwrap_or(CrState::Draft);
    let owner = Some(words.change_holder(state)).filter(|owner| !owner.is_empty());
    Stands { state: words.change_stands(line, state, ctx.as_of), owner }
}

/// The next deadline and its date, "follow-up due Mon, Nov 23, 2026".
pub fn next_due(ctx: &Context, clock: &Clock) -> String {
    let what = Words::new(&ctx.project().settings.names).clock(clock.kind);
    let due = day(clock.due);
    if clock.due < ctx.today() { format!("{what} overdue since {due}") } else { format!("{what} due {due}") }
}
