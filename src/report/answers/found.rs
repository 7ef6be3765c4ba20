//! Which answers there are: the tickets that were resolved for everyone, and the written-up answers in their place.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::load::Loaded;
use crate::model::{Answer, Entry, Minute, SubjectId, TicketEvent, TicketId};
use crate::workflow::{Context, TicketLine, answer_at, is_written, repeats};

/// Where an answer is from.
#[derive(Debug, Clone, Copy)]
pub enum Source<'p> {
    /// A ticket, and the entry by which it was resolved.
    Ticket(&'p TicketLine<'p>, Minute, &'p Entry<TicketEvent>),
    /// A written-up answer.
    Written(&'p Loaded<Answer>),
}

/// An answer, and how often it was asked for.
#[derive(Debug, Clone)]
pub struct Found<'p> {
    pub source: Source<'p>,
    /// The tickets that asked: its own, those in `from`, and their duplicates.
    pub tickets: BTreeSet<TicketId>,
    /// When it was given or written; `None` for a written-up answer that is from no ticket and has no date.
    pub date: Option<NaiveDate>,
}

impl<'p> Found<'p> {
    /// The modules and initiatives that it is about.
    pub fn subjects(&self) -> Vec<&'p SubjectId> {
        match self.source {
            Source::Ticket(line, ..) => vec![&line.ticket.record.subject.value],
            Source::Written(answer) => answer.record.subjects.iter().map(|own| &own.value).collect(),
        }
    }

    /// Whether it is about a module or initiative.
    pub fn is_about(&self, subject: &SubjectId) -> bool {
        match self.source {
            Source::Ticket(line, ..) => line.ticket.subject.value == *subject,
            Source::Written(answer) => answer.is_about(subject),
        }
    }

    /// The place on the page of a subject: `HEAT-10423`, `answer-export-drops-q4`.
    pub fn anchor(&self) -> String {
        match self.source {
            Source::Ticket(line, ..) => line.ticket.id.to_string(),
            Source::Written(answer) => anchor_of(answer.id.as_str()),
        }
    }

    /// Its place among the answers of a subject, from the site's root.
    pub fn href(&self, subject: &SubjectId) -> String {
        format!("{}#{}", page_path(subject), self.anchor())
    }

    /// The id of its record.
    pub fn id(&self) -> String {
        match self.source {
            Source::Ticket(line, ..) => line.ticket.id.to_string(),
            Source::Written(answer) => answer.id.to_string(),
        }
    }
}

/// The folder of the site that has the answers of each subject.
pub const FOLDER: &str = "answers";

/// The page of a subject's answers, from the site's root.
pub fn page_path(subject: &SubjectId) -> String {
    format!("{FOLDER}/{subject}.html")
}

/// The place of a written-up answer on a page. Pages have places of their own, whose names are ids too.
pub fn anchor_of(id: &str) -> String {
    format!("answer-{id}")
}

/// Where a written-up answer is, from the site's root; `None` if it is about no known subject.
pub fn path_of(ctx: &Context, answer: &Answer) -> Option<String> {
    let subject = answer.subjects.iter().find(|own| ctx.project().subject(&own.value).is_some())?;
    Some(format!("{}#{}", page_path(&subject.value), anchor_of(answer.id.as_str())))
}

/// All answers: the most asked first, then the newest.
///
/// A written-up answer is in place of those of its tickets that are about one of its subjects.
pub fn answers<'p>(ctx: &Context<'p>) -> Vec<Found<'p>> {
    let repeats = repeats(ctx);
    let written: Vec<&Loaded<Answer>> =
        ctx.project().answers.values().filter(|answer| is_written(answer, ctx.as_of)).collect();
    let mut replaced: BTreeMap<TicketId, Vec<&Loaded<Answer>>> = BTreeMap::new();
    for answer in &written {
        answer.from.iter().for_each(|id| replaced.entry(id.value).or_default().push(answer));
    }
    let is_replaced = |line: &TicketLine| {
        let by = replaced.get(&line.ticket.id.value);
        by.is_some_and(|by| by.iter().any(|answer| answer.is_about(&line.ticket.subject.value)))
    };
    let tickets = ctx.tickets().filter(|line| !is_replaced(line)).filter_map(|line| {
        let (at, entry) = answer_at(line, ctx.as_of)?;
        let source = Source::Ticket(line, at, entry);
        let tickets = with_repeats(&repeats, [line.ticket.id.value]);
        Some(Found { source, tickets, date: Some(at.date()) })
    });
    let written = written.iter().map(|answer| {
        let from = answer.from.iter().map(|id| id.value);
        let known: Vec<&TicketLine> =
            from.filter_map(|id| ctx.prepared.tickets.get(&id)).filter(|line| line.exists_at(ctx.as_of)).collect();
        let resolved = || known.iter().filter_map(|line| answer_at(line, ctx.as_of)).map(|(at, _)| at.date()).max();
        Found {
            source: Source::Written(answer),
            date: answer.written.map(|written| written.value.0).or_else(resolved),
            tickets: with_repeats(&repeats, known.iter().map(|line| line.ticket.id.value)),
        }
    });
    let mut all: Vec<Found> = tickets.chain(written).collect();
    all.sort_by_cached_key(|own| (Reverse(own.tickets.len()), Reverse(own.date), own.anchor()));
    all
}

/// Some tickets, and those that repeat them.
fn with_repeats(
    repeats: &BTreeMap<TicketId, BTreeSet<TicketId>>,
    tickets: impl IntoIterator<Item = TicketId>,
) -> BTreeSet<TicketId> {
    let own = |id: TicketId| repeats.get(&id).into_iter().flatten().copied().chain([id]);
    tickets.into_iter().flat_map(own).collect()
}
