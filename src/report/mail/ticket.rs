//! A ticket in a letter to its POC: status, why it waits, what is new, the answer, the next step, and what the POC must do.

use chrono::NaiveDate;
use serde::Serialize;

use super::news::{Reason, answer_entry, expected, news, reasons};
use crate::model::{ChangeEvent, Holder, Minute, RichText, TicketEvent, TicketId, TicketState};
use crate::report::story::{for_poc, handover};
use crate::report::words::{Words, counted, day};
use crate::workflow::{Context, TicketLine};

/// A ticket, as a letter tells its POC of it.
#[derive(Debug, Clone, Serialize)]
pub struct TicketNews {
    pub id: TicketId,
    pub title: String,
    /// The subject's name.
    pub subject: String,
    pub received: Minute,
    /// "open for 16 days"; "open since today".
    pub age: String,
    /// When the next update is due; null if no open deadline asks for one.
    pub word_due: Option<NaiveDate>,
    /// A sentence, if the update is late.
    pub apology: Option<String>,
    /// The status, a sentence.
    pub stands: String,
    /// Why it waits, if the board has deferred or returned its change request.
    pub reasons: Vec<Reason>,
    /// When the POC was last told something; null before the first reply.
    pub told: Option<NaiveDate>,
    /// What is new since then, oldest first.
    pub news: Vec<String>,
    /// The date that NITC or the change request names, a sentence.
    pub expected: Option<String>,
    /// The answer or resolution; null if there is none yet.
    pub answer: Option<RichText>,
    /// What comes next, a sentence.
    pub next: String,
    /// What the POC must do, a sentence; null if there is nothing to do.
    pub asked: Option<String>,
}

/// The ticket as of now.
pub fn ticket_news(ctx: &Context, line: &TicketLine) -> TicketNews {
    let own = for_poc(ctx, line);
    let state = ctx.state(line).unwrap_or(TicketState::Open);
    let handed_over = handover(ctx, line).is_some();
    let asked = match state {
        _ if handed_over => Some(own.asked),
        TicketState::Answered => Some("Tell us whether this solves the issue.".to_owned()),
        TicketState::Resolved => Some(own.asked),
        _ => None,
    };
    let next = match state {
        TicketState::Answered => "We will close the ticket when you confirm that the issue is solved.".to_owned(),
        _ => own.next,
    };
    let (told, news) = news(ctx, line).map_or((None, Vec::new()), |(told, news)| (Some(told), news));
    TicketNews {
        id: line.ticket.id.value,
        title: line.ticket.title.0.clone(),
        subject: ctx.project().subject_name(&line.ticket.subject.value),
        received: line.ticket.received.value,
        age: match line.age_at(ctx.today()) {
            0 => "open since today".to_owned(),
            days => format!("open for {}", counted(days.max(0) as usize, "day")),
        },
        word_due: own.word_due,
        apology: own
            .word_due
            .filter(|due| *due < ctx.today())
            .map(|due| format!("We apologize that this update is late: it was due {}.", day(due))),
        stands: stands(ctx, line, state).unwrap_or(own.stands),
        reasons: reasons(ctx, line),
        told,
        news,
        expected: expected(ctx, line),
        answer: answer(ctx, line, state),
        next,
        asked,
    }
}

/// The status, where a letter says more than the POC's page: the letter itself brings the answer, and names a change
/// request by its title.
fn stands(ctx: &Context, line: &TicketLine, state: TicketState) -> Option<String> {
    let names = &ctx.project().settings.names;
    let changes = &ctx.prepared.changes;
    let since = line.steps_until(ctx.as_of).rfind(|step| step.before != Some(step.after)).map(|step| step.at.date())?;
    match state {
        TicketState::Answered if answer_entry(ctx, line).is_some() => {
            Some(format!("{} answered on {}.", names.third_line, day(since)))
        }
        TicketState::Answered => {
            let delivered = line.counting_at(ctx.as_of).filter_map(|cr| changes.get(cr)).filter_map(|change| {
                let step = change
                    .steps
                    .iter()
                    .rfind(|step| step.at <= ctx.as_of && change.is(step, ChangeEvent::Delivered))?;
                let release = change.entry(step)?.release.as_ref().map(|release| format!(" in {}", release.0));
                Some(format!("{} ({}){}", change.cr.id.value, change.cr.title.0, release.unwrap_or_default()))
            });
            let delivered: Vec<String> = delivered.collect();
            let what = if delivered.is_empty() { "The code change".to_owned() } else { delivered.join(" and ") };
            Some(format!("{what} was released on {}.", day(since)))
        }
        TicketState::AwaitingChange => {
            let waiting = line.waits_for_at(ctx.as_of, changes).filter_map(|cr| changes.get(cr));
            let waiting = waiting.map(|change| format!("{} ({})", change.cr.id.value, change.cr.title.0));
            let waiting: Vec<String> = waiting.collect();
            let holder = ctx.holder(line)?;
            let the = if holder == Holder::Cfmsccb { "the " } else { "" };
            let holder = format!("{the}{}", Words::new(names).holder(holder));
            (!waiting.is_empty()).then(|| {
                format!(
                    "It has been waiting since {} for {}, which is with {holder}.",
                    day(since),
                    waiting.join(" and ")
                )
            })
        }
        _ => None,
    }
}

/// What the POC is to be told, or was told at last: NITC's answer, or the resolution.
fn answer(ctx: &Context, line: &TicketLine, state: TicketState) -> Option<RichText> {
    let entry = match state {
        TicketState::Resolved => line.last_entry(TicketEvent::Resolved, ctx.as_of)?.1,
        _ => answer_entry(ctx, line)?.1,
    };
    entry.note.as_ref().map(|note| RichText::new(&note.0))
}
