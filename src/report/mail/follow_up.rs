//! The update to each POC who is due one: the status of all their tickets.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::about::{About, LetterEvent};
use super::recipient::{Recipient, of_poc};
use super::ticket::{TicketNews, ticket_news};
use crate::load::Loaded;
use crate::model::{ClockKind, PersonId, Poc};
use crate::report::desk::Desk;
use crate::report::story::handover;
use crate::report::words::counted;
use crate::workflow::{Context, TicketLine, deadline};

/// An update to a POC on all their outstanding tickets.
#[derive(Debug, Clone, Serialize)]
pub struct FollowUp {
    pub to: Recipient,
    pub subject: String,
    /// The date of the status.
    pub today: NaiveDate,
    /// When they hear again at the latest, if they get this update today; null without such a deadline.
    pub next_word: Option<NaiveDate>,
    /// The tickets with an update due, the most urgent first.
    pub due: Vec<TicketNews>,
    /// Their other outstanding tickets, the oldest first.
    pub others: Vec<TicketNews>,
    pub help_desk: String,
    pub organization: String,
    pub desk: Desk,
    #[serde(skip)]
    pub about: About,
}

/// One for each POC to whom an update is due by the next working day, by name.
pub fn follow_ups(ctx: &Context) -> Vec<FollowUp> {
    let by = ctx.calendar().next(ctx.today());
    let mut lines: BTreeMap<&PersonId, Vec<&TicketLine>> = BTreeMap::new();
    for line in ctx.outstanding() {
        lines.entry(line.poc_at(ctx.as_of)).or_default().push(line);
    }
    let pocs = lines.into_iter().filter_map(|(id, lines)| Some((ctx.project().pocs.get(id)?, lines)));
    let mut mails: Vec<FollowUp> = pocs.filter_map(|(poc, lines)| follow_up(ctx, poc, &lines, by)).collect();
    mails.sort_by(|a, b| (&a.to.name, &a.to.id).cmp(&(&b.to.name, &b.to.id)));
    mails
}

/// The outstanding tickets that another POC should take over, a line each.
pub fn handovers(ctx: &Context) -> Vec<String> {
    ctx.outstanding().into_iter().filter_map(|line| Some(handover(ctx, line)?.to_do())).collect()
}

fn follow_up(ctx: &Context, poc: &Loaded<Poc>, lines: &[&TicketLine], by: NaiveDate) -> Option<FollowUp> {
    let tickets = lines.iter().map(|line| ticket_news(ctx, line));
    let (mut due, others): (Vec<_>, Vec<_>) = tickets.partition(|ticket| ticket.word_due.is_some_and(|due| due <= by));
    due.sort_by_key(|ticket| ticket.word_due);
    let subject = match due.as_slice() {
        [] => return None,
        [only] if others.is_empty() => format!("{}: {}", only.id, only.title),
        _ => {
            let ids: Vec<String> = due.iter().chain(&others).map(|ticket| ticket.id.to_string()).collect();
            let more = if ids.len() > 3 { " and more" } else { "" };
            let some = ids.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
            format!("Your {}: {some}{more}", counted(ids.len(), "ticket"))
        }
    };
    let names = &ctx.project().settings.names;
    Some(FollowUp {
        to: of_poc(poc),
        subject,
        today: ctx.today(),
        next_word: next_word(ctx),
        due,
        others,
        help_desk: names.help_desk.clone(),
        organization: ctx.project().settings.organization.clone(),
        desk: Desk::of(ctx),
        about: About::tickets(ctx, LetterEvent::FollowUp, lines.iter().copied()),
    })
}

/// When a POC hears again at the latest who gets an update today.
pub fn next_word(ctx: &Context) -> Option<NaiveDate> {
    let settings = &ctx.project().settings;
    ctx.calendar().due(ctx.today(), deadline(ClockKind::FollowUp, settings.on(ctx.today())))
}
