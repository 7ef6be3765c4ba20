//! Where a record stands: its state, who acts next, and what is due.

use std::fmt;

use crate::model::CrState;
use crate::report::words::{Words, day};
use crate::workflow::{ChangeLine, Clock, Context, TicketLine};

/// Where a record stands, in the office's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    pub state: String,
    /// Who acts next; `None` for a record that is finished.
    pub owner: Option<String>,
}

impl fmt::Display for Stands {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match &self.owner {
            Some(owner) => write!(out, "{}; to act: {owner}", self.state),
            None => out.write_str(&self.state),
        }
    }
}

/// Where a ticket stands; `None` before it was received.
pub fn ticket_stands(ctx: &Context, line: &TicketLine) -> Option<Stands> {
    let words = Words::new(&ctx.project().settings.names);
    let owner = ctx.holder(line).map(|holder| words.holder(holder));
    Some(Stands { state: words.state(ctx.state(line)?), owner })
}

/// Where a change request stands; a draft without an entry is one.
pub fn change_stands(ctx: &Context, line: &ChangeLine) -> Stands {
    let words = Words::new(&ctx.project().settings.names);
    let state = line.state_at(ctx.as_of).unwrap_or(CrState::Draft);
    let owner = Some(words.change_holder(state)).filter(|owner| !owner.is_empty());
    Stands { state: words.change_stands(line, state, ctx.as_of), owner }
}

/// What is due next and when, "follow-up due Mon 23 Nov 2026".
pub fn next_due(ctx: &Context, clock: &Clock) -> String {
    let what = Words::new(&ctx.project().settings.names).clock(clock.kind);
    let due = day(clock.due);
    if clock.due < ctx.today() { format!("{what} overdue since {due}") } else { format!("{what} due {due}") }
}
