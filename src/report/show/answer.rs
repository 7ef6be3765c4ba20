//! A written-up answer.

use super::{Show, found_in};
use crate::model::{Answer, day_in_words};
use crate::report::story::ticket_stands;
use crate::workflow::{Context, TicketLine, is_written};

/// Builds the view of a written-up answer: its text and the tickets that it is from.
pub fn show_answer(ctx: &Context, answer: &Answer) -> Show {
    let subjects = answer.subjects.iter().map(|own| ctx.project().subject_name(&own.value));
    let mut head = vec![("for", subjects.collect::<Vec<_>>().join(", "))];
    head.extend(answer.written.map(|written| {
        let later = if is_written(answer, ctx.as_of) { "" } else { " (not shown before)" };
        ("written", format!("{}{later}", day_in_words(written.value.0)))
    }));
    head.extend(answer.review_by.map(|date| ("review by", day_in_words(date.value.0))));
    Show {
        id: answer.id.to_string(),
        title: answer.title.value.0.clone(),
        head,
        texts: vec![("answer".to_owned(), answer.text.value.0.clone())],
        lists: vec![("written from", tickets(ctx, answer))],
        timeline: Vec::new(),
        clocks: Vec::new(),
        found: found_in(ctx, answer.id.as_str()),
    }
}

fn tickets(ctx: &Context, answer: &Answer) -> Vec<String> {
    let lines = answer.from.iter().filter_map(|id| ctx.prepared.tickets.get(&id.value));
    let line = |line: &TicketLine| {
        let state = ticket_stands(ctx, line).map(|stands| stands.state).unwrap_or_default();
        format!("{}  {state}: {}", line.ticket.id.value, line.ticket.title.0)
    };
    lines.filter(|line| line.exists_at(ctx.as_of)).map(line).collect()
}
