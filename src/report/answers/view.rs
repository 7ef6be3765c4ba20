//! What is shown of an answer: the question, the answer and the release, without names of POCs.

use std::collections::BTreeSet;

use super::found::{Found, Source};
use super::model::{AnswerView, Release};
use super::nameless::Nameless;
use crate::model::{Audience, ChangeEvent, CrState, PersonId, TicketId};
use crate::workflow::{Callers, ChangeLine, Context, TicketLine, resolution_at};

/// What is shown of an answer.
pub fn view(ctx: &Context, nameless: &Nameless, found: &Found) -> AnswerView {
    let lines: Vec<&TicketLine> = match found.source {
        Source::Ticket(line, ..) => vec![line],
        Source::Written(answer) => answer.from.iter().filter_map(|id| ctx.prepared.tickets.get(&id.value)).collect(),
    };
    let lines: Vec<&TicketLine> = lines.into_iter().filter(|line| line.exists_at(ctx.as_of)).collect();
    let releases: BTreeSet<Release> = lines.iter().flat_map(|line| release_of(ctx, line)).collect();
    let (title, question, answer) = texts(found);
    let callers = callers(ctx, nameless, found);
    let is_public = |line: &&TicketLine| {
        resolution_at(line, ctx.as_of).is_none_or(|(_, entry)| entry.answer != Some(Audience::Private))
    };
    let tickets: BTreeSet<TicketId> = lines.into_iter().filter(is_public).map(|line| line.ticket.id.value).collect();
    let review_by = match found.source {
        Source::Ticket(..) => None,
        Source::Written(answer) => answer.review_by.map(|date| date.value.0),
    };
    AnswerView {
        anchor: found.anchor(),
        title: nameless.line(title, &callers),
        question: question.map(|text| nameless.rich(text, &callers)),
        answer: nameless.rich(answer, &callers),
        releases: releases.into_iter().collect(),
        tickets: tickets.iter().map(ToString::to_string).collect(),
        asked: found.tickets.len(),
        date: found.date,
        is_written: matches!(found.source, Source::Written(_)),
        review_due: review_by.filter(|date| *date < ctx.today()),
    }
}

/// The title of an answer without names.
pub fn title(ctx: &Context, nameless: &Nameless, found: &Found) -> String {
    nameless.line(texts(found).0, &callers(ctx, nameless, found))
}

/// The beginning of an answer on one line, without names.
pub fn one_line(ctx: &Context, nameless: &Nameless, found: &Found) -> String {
    const LONGEST: usize = 200;
    nameless.rich(texts(found).2, &callers(ctx, nameless, found)).plain(LONGEST)
}

/// The title, question and answer as the record has them.
fn texts<'p>(found: &Found<'p>) -> (&'p str, Option<&'p str>, &'p str) {
    match found.source {
        Source::Ticket(line, _, entry) => {
            let ticket = &line.ticket.record;
            (ticket.title.as_str(), Some(&ticket.description.0), entry.note.as_ref().map_or("", |note| &note.0))
        }
        Source::Written(answer) => (answer.record.title.as_str(), None, &answer.record.text.value.0),
    }
}

/// The POCs of the tickets that asked: who called, and to whom a ticket was handed over.
fn callers<'p>(ctx: &Context<'p>, nameless: &Nameless<'p>, found: &Found) -> Callers {
    let lines = found.tickets.iter().filter_map(|id| ctx.prepared.tickets.get(id));
    let pocs: BTreeSet<&PersonId> = lines
        .flat_map(|line| {
            let handed = line.ticket.log.iter().filter_map(|entry| entry.poc.as_ref());
            std::iter::once(&line.ticket.poc).chain(handed).map(|poc| &poc.value)
        })
        .collect();
    let (title, question, answer) = texts(found);
    nameless.callers(&pocs, &found.subjects(), &[title, question.unwrap_or_default(), answer])
}

/// The releases with the code changes that a ticket waited for.
fn release_of(ctx: &Context, line: &TicketLine) -> Vec<Release> {
    let changes = line.changes.iter().filter_map(|cr| ctx.prepared.changes.get(cr));
    let is_in = |state| matches!(state, CrState::Delivered | CrState::Verified);
    let released = changes.filter(|change| change.state_at(ctx.as_of).is_some_and(is_in));
    let release = |change: &ChangeLine| {
        let is_delivery = |step: &&_| change.is(step, ChangeEvent::Delivered);
        let step = change.steps.iter().filter(|step| step.at <= ctx.as_of).rfind(is_delivery)?;
        let release = change.entry(step)?.release.as_ref()?.0.clone();
        Some(Release { release, change: change.cr.id.to_string() })
    };
    released.filter_map(release).collect()
}
