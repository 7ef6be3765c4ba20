//! The letter that forwards a ticket to NITC: what the POC reported, what was tried, and what NITC must answer by when.

use chrono::NaiveDate;
use serde::Serialize;

use super::Unfit;
use super::about::{About, LetterEvent};
use super::recipient::{Recipient, of_office};
use crate::model::{ClockKind, EventKind, Minute, Office, RichText, TicketEvent, TicketId, minute_in_words};
use crate::report::desk::Desk;
use crate::report::words::Words;
use crate::workflow::{Context, TicketLine, deadline};

/// A ticket on its way to NITC.
#[derive(Debug, Clone, Serialize)]
pub struct ForwardLetter {
    pub to: Vec<Recipient>,
    pub subject: String,
    pub id: TicketId,
    pub title: String,
    /// The subject's name.
    pub subject_name: String,
    /// `question` or `issue`.
    pub kind: &'static str,
    /// `functional` or `technical`.
    pub area: &'static str,
    pub received: Minute,
    /// The POC's name.
    pub poc: String,
    pub description: RichText,
    /// What the POC tried first.
    pub first_line: Option<RichText>,
    /// What happened so far, oldest first; no updates to the POC.
    pub history: Vec<HistoryItem>,
    /// NITC's own number from an earlier turn.
    pub nitc_ref: Option<String>,
    /// When NITC's initial response is due if it gets this now; null without such a deadline.
    pub response_due: Option<NaiveDate>,
    pub third_line: String,
    pub desk: Desk,
    #[serde(skip)]
    pub about: About,
}

/// An entry of the ticket's log.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryItem {
    /// "returned to the Help Desk, Mon, Nov 16, 2026 10:00".
    pub what: String,
    pub note: RichText,
}

/// The letter for a ticket that can be forwarded, to `given` or else to NITC's staff of today.
pub fn forward_letter(ctx: &Context, line: &TicketLine, given: Vec<Recipient>) -> Result<ForwardLetter, Unfit> {
    let (id, names) = (line.ticket.id.value, &ctx.project().settings.names);
    let state = ctx.state(line);
    if !state.is_some_and(|state| TicketEvent::Forwarded.spec().allowed.contains(&state)) {
        let state = state.map_or("not received yet".to_owned(), |state| Words::new(names).state(state));
        let help = format!(
            "run `heatpack mail reply {id}` for a letter to its POC; only an open or answered ticket is forwarded"
        );
        return Err(Unfit { why: format!("{id} is {state} and cannot be forwarded now"), help });
    }
    let ticket = &line.ticket;
    let told = |event| {
        matches!(event, TicketEvent::FollowUp | TicketEvent::Waived | TicketEvent::HandedOver | TicketEvent::Struck)
    };
    let words = Words::new(names);
    let history = line.effective_until(ctx.as_of).filter(|(_, entry)| !told(entry.event.value));
    let history = history.filter_map(|(at, entry)| {
        let what = format!("{}, {}", words.event(entry.event.value), minute_in_words(at));
        Some(HistoryItem { what, note: RichText::new(&entry.note.as_ref()?.0) })
    });
    let deadline = deadline(ClockKind::NitcResponse, ctx.project().settings.on(ctx.today()));
    Ok(ForwardLetter {
        to: if given.is_empty() { of_office(ctx, Office::Nitc, ctx.today()) } else { given },
        subject: format!("[{id}] {}", ticket.title.0),
        id,
        title: ticket.title.0.clone(),
        subject_name: ctx.project().subject_name(&ticket.subject.value),
        kind: ticket.kind.as_str(),
        area: ticket.area.as_str(),
        received: ticket.received.value,
        poc: ctx.project().person_name(line.poc_at(ctx.as_of)),
        description: RichText::new(&ticket.description.0),
        first_line: ticket.first_line.as_ref().map(|text| RichText::new(&text.0)),
        history: history.collect(),
        nitc_ref: line.nitc_ref_at(ctx.as_of).map(str::to_owned),
        response_due: ctx.calendar().due(ctx.calendar().deemed(ctx.as_of), deadline),
        third_line: names.third_line.clone(),
        desk: Desk::of(ctx),
        about: About::tickets(ctx, LetterEvent::Forwarded, [line]),
    })
}
