//! What is new of a ticket since the last update to its POC, and why it waits, in sentences for the POC.

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::{CrState, Decision, Entry, EventKind, Minute, RichText, TicketEvent, TicketState};
use crate::report::story::entry_made;
use crate::report::words::{Words, day};
use crate::workflow::{ChangeLine, Context, TicketLine};

/// The most characters of a note among the news.
const LONGEST: usize = 400;

/// A sentence, and the words of the record that it introduces.
#[derive(Debug, Clone, Serialize)]
pub struct Reason {
    /// "The CFMSCCB deferred CR-2026-005 on Wed, Aug 26, 2026."
    pub what: String,
    /// The reason as the vote gives it; null if it gives none.
    pub text: Option<RichText>,
}

/// What the records hold since the last update to the POC, oldest first: "Thu, Nov 19, 2026: research complete".
pub fn news(ctx: &Context, line: &TicketLine) -> Option<(NaiveDate, Vec<String>)> {
    let is_contact = |event| matches!(event, TicketEvent::FollowUp | TicketEvent::Resolved);
    let steps: Vec<_> = line.steps_until(ctx.as_of).filter(|step| step.is_effective()).collect();
    let entry_is =
        |step: &&crate::workflow::TicketStep| line.entry(step).is_some_and(|entry| is_contact(entry.event.value));
    let last = steps.iter().rposition(entry_is)?;
    let since = steps[last].at;
    let answer = answer_entry(ctx, line).map(|(at, _)| at);
    let own = steps[last + 1..].iter().filter_map(|step| {
        let entry = line.entry(step)?;
        // The letter has the answer itself; a waiver or a struck entry is the office's own affair.
        let is_told = entry.event.value == TicketEvent::Researched && Some(step.at) == answer;
        let is_inner = matches!(entry.event.value, TicketEvent::Waived | TicketEvent::Struck);
        (!is_told && !is_inner).then(|| (step.at, item(ctx, "", entry)))
    });
    let mut items: Vec<(Minute, String)> = own.collect();
    for change in line.changes.iter().filter_map(|cr| ctx.prepared.changes.get(cr)) {
        items.extend(change_news(ctx, change, since));
    }
    items.sort_by_key(|(at, _)| *at);
    Some((since.date(), items.into_iter().map(|(_, text)| text).collect()))
}

/// What happened to a CR: its entries, and what the votes decided.
fn change_news(ctx: &Context, line: &ChangeLine, since: Minute) -> Vec<(Minute, String)> {
    let id = format!("{}: ", line.cr.id.value);
    let words = Words::new(&ctx.project().settings.names);
    let steps = line.steps.iter().filter(|step| since < step.at && step.at <= ctx.as_of);
    let items = steps.filter_map(|step| match line.entry(step) {
        Some(entry) => step.slip.is_none().then(|| (step.at, item(ctx, &id, entry))),
        None if step.before != step.after && !is_unknown(ctx, line) => {
            Some((step.at, format!("{}: {id}{}", day(step.at.date()), words.change_state(step.after))))
        }
        None => None,
    });
    items.collect()
}

/// Whether how the board decided is not known.
fn is_unknown(ctx: &Context, line: &ChangeLine) -> bool {
    line.is_unsure() || !line.unsigned_at(ctx.as_of).is_empty()
}

/// "Wed, Nov 18, 2026: acknowledged by NITC, number N-2291: note".
fn item<E: EventKind>(ctx: &Context, record: &str, entry: &Entry<E>) -> String {
    let made = entry_made(ctx, entry);
    let details: String = made.details.iter().map(|(term, text)| format!(", {term} {text}")).collect();
    let what = format!("{}{details}", made.event);
    // The word "note" before a note says nothing.
    let what = Some(what).filter(|_| entry.event.value.name() != TicketEvent::Note.as_str());
    let note = entry.note.as_ref().map(|note| RichText::new(&note.0).plain(LONGEST));
    let parts: Vec<String> = what.into_iter().chain(note).collect();
    format!("{}: {record}{}", day(made.at.date()), parts.join(": "))
}

/// Why a ticket waits, if the board has sent its CR back or deferred it.
pub fn reasons(ctx: &Context, line: &TicketLine) -> Vec<Reason> {
    if ctx.state(line) != Some(TicketState::AwaitingChange) {
        return Vec::new();
    }
    let board = &ctx.project().settings.names.board;
    let changes = &ctx.prepared.changes;
    let waiting = line.waits_for_at(ctx.as_of, changes).filter_map(|cr| changes.get(cr));
    let reasons = waiting.filter(|change| !is_unknown(ctx, change)).filter_map(|change| {
        let (done, decision) = match change.state_at(ctx.as_of)? {
            CrState::Deferred => ("deferred", Decision::Defer),
            CrState::Returned => ("returned", Decision::Return),
            _ => return None,
        };
        let since = change.in_state_since(ctx.as_of)?;
        let standing = change.standing_at(ctx.as_of);
        let votes = standing.votes.values().map(|index| change.votes[*index].vote);
        let mut given: Vec<_> = votes.filter(|vote| vote.decision.value == decision).collect();
        given.sort_by_key(|vote| vote.at.value);
        let text = given.iter().rev().find_map(|vote| vote.reason.as_ref());
        Some(Reason {
            what: format!("The {board} {done} {} on {}.", change.cr.id.value, day(since.date())),
            text: text.map(|text| RichText::new(&text.0)),
        })
    });
    reasons.collect()
}

/// The date that NITC's latest report, or else the change request, names for a ticket that waits.
pub fn expected(ctx: &Context, line: &TicketLine) -> Option<String> {
    let state = ctx.state(line)?;
    if !matches!(state, TicketState::WithNitc | TicketState::AwaitingChange) {
        return None;
    }
    let (id, third_line) = (line.ticket.id.value, &ctx.project().settings.names.third_line);
    let reported = ctx.latest_report().and_then(|report| {
        let rows = report.rows.iter().filter(|row| row.ticket == Some(id));
        let date = rows.filter_map(|row| row.expected_date).max().filter(|date| *date >= ctx.today())?;
        Some(format!("{third_line} expects to finish by {}, by its report of {}.", day(date), day(report.date)))
    });
    reported.or_else(|| {
        let changes = &ctx.prepared.changes;
        let waiting = line.waits_for_at(ctx.as_of, changes).filter_map(|cr| changes.get(cr));
        let dates = waiting.filter_map(|change| change.cr.requested_for.map(|date| date.0));
        let date = dates.max().filter(|date| *date >= ctx.today())?;
        Some(format!("The code change is requested for {}.", day(date)))
    })
}

/// The answer of NITC's research, while the POC is to be told.
pub fn answer_entry<'l>(ctx: &Context, line: &TicketLine<'l>) -> Option<(Minute, &'l Entry<TicketEvent>)> {
    let is_answered = ctx.state(line) == Some(TicketState::Answered);
    let research = line.last_entry(TicketEvent::Researched, ctx.as_of).filter(|_| is_answered)?;
    (research.1.outcome == Some(crate::model::Outcome::Answer)).then_some(research)
}
