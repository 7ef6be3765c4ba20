//! The reply to a POC about one ticket: its number, what was asked, its status, and when the POC hears again.

use chrono::NaiveDate;
use serde::Serialize;

use super::Unfit;
use super::about::{About, LetterEvent};
use super::follow_up::next_word;
use super::recipient::{Recipient, of_poc};
use super::ticket::{TicketNews, ticket_news};
use crate::model::{RichText, TicketState};
use crate::report::desk::Desk;
use crate::report::words::Words;
use crate::workflow::{Context, TicketLine};

/// A reply about one ticket.
#[derive(Debug, Clone, Serialize)]
pub struct ReplyLetter {
    pub to: Recipient,
    pub subject: String,
    /// The date of the status.
    pub today: NaiveDate,
    pub ticket: TicketNews,
    /// What the POC asked.
    pub description: RichText,
    /// When they hear again at the latest, if they get this today; null without such a deadline.
    pub next_word: Option<NaiveDate>,
    pub desk: Desk,
    #[serde(skip)]
    pub about: About,
}

/// The reply for a ticket that is outstanding.
pub fn reply_letter(ctx: &Context, line: &TicketLine) -> Result<ReplyLetter, Unfit> {
    let id = line.ticket.id.value;
    let state = ctx.state(line);
    let Some(state) = state.filter(|state| state.is_outstanding()) else {
        let words = Words::new(&ctx.project().settings.names);
        let why = state.map_or("not received yet".to_owned(), |state| words.state(state));
        let help = match state {
            Some(TicketState::Closed) => {
                format!("run `heatpack log {id} reopened` first if the POC reports the issue again")
            }
            _ => format!("see `heatpack show {id}` for what happened"),
        };
        return Err(Unfit { why: format!("{id} is {why}; there is nothing to reply to"), help });
    };
    let ticket = ticket_news(ctx, line);
    let poc = line.poc_at(ctx.as_of);
    let Some(poc) = ctx.project().pocs.get(poc) else {
        let help = "fix that file: `heatpack check` lists its errors".to_owned();
        return Err(Unfit { why: format!("data/pocs/{poc}.yaml cannot be read"), help });
    };
    Ok(ReplyLetter {
        to: of_poc(poc),
        subject: format!("{id}: {}", ticket.title),
        today: ctx.today(),
        description: RichText::new(&line.ticket.description.0),
        // Who confirms a resolution hears no more.
        next_word: next_word(ctx).filter(|_| state != TicketState::Resolved),
        desk: Desk::of(ctx),
        about: About::tickets(ctx, LetterEvent::FollowUp, [line]),
        ticket,
    })
}
