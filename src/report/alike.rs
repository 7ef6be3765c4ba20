//! Questions that are alike: what was asked before and answered, and what is asked again and again.

use std::collections::BTreeMap;

use crate::model::{AnswerId, Minute, RichText, SubjectId, TicketId};
use crate::report::site::AskedBefore;
use crate::search::{Document, Field, Vectors, groups};
use crate::workflow::{Context, TicketLine, answer_at, is_written};

/// How much two questions share at least, in thousandths, to be alike. Chosen by half of `tests/search/topics.txt`, measured by
/// the other half; BENCHMARKS.md has the figures.
const ALIKE: u64 = 300;

/// How much a question shares at least with one that is shown as asked before: more, since a false one takes a person's time.
const SHOWN_FROM: u64 = 400;

/// How much two questions share that staff took for the same.
const SAME: u64 = 1_000;

/// How many questions make a group.
const GROUP: usize = 3;

/// How many answers are shown of those that may fit.
const SHOWN: usize = 3;

/// Questions that can be compared, oldest first.
pub struct Questions<'p> {
    lines: Vec<&'p TicketLine<'p>>,
    vectors: Vectors,
    /// For each ticket the written-up answers that were made from it.
    written_up: Vec<Vec<&'p AnswerId>>,
}

impl<'p> Questions<'p> {
    /// Compares these tickets' questions. Those that staff answered by one written-up answer are alike.
    pub fn new(ctx: &Context<'p>, lines: impl Iterator<Item = &'p TicketLine<'p>>) -> Questions<'p> {
        let mut lines: Vec<&TicketLine> = lines.collect();
        lines.sort_by_key(|line| (line.ticket.received.value, line.ticket.id.value));
        let documents: Vec<Document> = lines.iter().map(|line| question_of(line)).collect();
        let mut answers: BTreeMap<TicketId, Vec<&AnswerId>> = BTreeMap::new();
        for answer in ctx.project().answers.values().filter(|answer| is_written(answer, ctx.as_of)) {
            for ticket in &answer.from {
                answers.entry(ticket.value).or_default().push(&answer.id.value);
            }
        }
        let written_up = lines.iter().map(|line| answers.remove(&line.ticket.id.value).unwrap_or_default()).collect();
        Questions { lines, vectors: Vectors::new(&documents), written_up }
    }

    /// Whether staff wrote one answer for both.
    fn is_joined(&self, a: usize, b: usize) -> bool {
        self.written_up[a].iter().any(|answer| self.written_up[b].contains(answer))
    }

    /// Of the tickets of each written-up answer every one with the next.
    fn joined(&self) -> Vec<(usize, usize)> {
        let mut last: BTreeMap<&AnswerId, usize> = BTreeMap::new();
        let mut pairs = Vec::new();
        for (place, answers) in self.written_up.iter().enumerate() {
            pairs.extend(answers.iter().filter_map(|answer| Some((last.insert(*answer, place)?, place))));
        }
        pairs
    }

    /// How much two questions share: more if they are about the same subject.
    fn share(&self, a: usize, b: usize, words: u64) -> u64 {
        if self.is_joined(a, b) {
            return SAME;
        }
        weighed(self.lines[a].ticket.subject.value == self.lines[b].ticket.subject.value, words)
    }

    /// The groups of questions that are alike, each oldest first.
    pub fn groups(&self) -> Vec<Vec<&'p TicketLine<'p>>> {
        let all: Vec<usize> = (0..self.lines.len()).collect();
        let groups = groups(&self.vectors, &all, ALIKE, GROUP, &self.joined(), |a, b, words| self.share(a, b, words));
        groups.into_iter().map(|group| group.into_iter().map(|place| self.lines[place]).collect()).collect()
    }
}

/// The tickets whose answers may be shown, by which a new question is compared.
pub struct Answers<'p> {
    questions: Questions<'p>,
    places: BTreeMap<TicketId, usize>,
    at: Minute,
}

impl<'p> Answers<'p> {
    /// The answers that there are as of the context's time.
    pub fn new(ctx: &Context<'p>) -> Answers<'p> {
        let questions = Questions::new(ctx, ctx.tickets());
        let places = questions.lines.iter().enumerate().map(|(place, line)| (line.ticket.id.value, place)).collect();
        Answers { questions, places, at: ctx.as_of }
    }

    /// The answered questions received before this one that are most like it.
    pub fn before(&self, ticket: TicketId) -> Vec<AskedBefore> {
        let Some(place) = self.places.get(&ticket) else { return Vec::new() };
        let questions = &self.questions;
        // The words alone may share less, if both are about the same subject.
        let alike = questions.vectors.like(*place, ALIKE / 2).into_iter().filter(|alike| alike.document < *place);
        let shares = alike.map(|alike| (questions.share(*place, alike.document, alike.share), alike.document));
        best(shares, &questions.lines, self.at)
    }
}

/// The answered questions that are most like one that is not on record yet.
pub fn asked_before_new(ctx: &Context, subject: &SubjectId, title: &str, description: &str) -> Vec<AskedBefore> {
    let lines: Vec<&TicketLine> = ctx.tickets().filter(|line| answer_at(line, ctx.as_of).is_some()).collect();
    let mut documents: Vec<Document> = lines.iter().map(|line| question_of(line)).collect();
    documents.push(question(title, description));
    let alike = Vectors::new(&documents).like(lines.len(), ALIKE / 2).into_iter();
    let share = |line: &TicketLine, words| weighed(line.ticket.subject.value == *subject, words);
    best(alike.map(|alike| (share(lines[alike.document], alike.share), alike.document)), &lines, ctx.as_of)
}

/// The answers of the questions that share most, given how much each shares and its place among `lines`.
fn best(shares: impl Iterator<Item = (u64, usize)>, lines: &[&TicketLine], at: Minute) -> Vec<AskedBefore> {
    let mut shares: Vec<(u64, usize)> =
        shares.filter(|(share, other)| *share >= SHOWN_FROM && answer_at(lines[*other], at).is_some()).collect();
    shares.sort_by_key(|best| std::cmp::Reverse(*best));
    shares.into_iter().take(SHOWN).filter_map(|(_, other)| asked_before(lines[other], at)).collect()
}

fn asked_before(line: &TicketLine, at: Minute) -> Option<AskedBefore> {
    /// As much of an answer as fits in two lines.
    const LONGEST: usize = 140;
    let (_, entry) = answer_at(line, at)?;
    let answer = RichText::new(&entry.note.as_ref()?.0).plain(LONGEST);
    Some(AskedBefore { id: line.ticket.id.value, title: line.ticket.title.0.clone(), answer })
}

fn question_of(line: &TicketLine) -> Document {
    question(&line.ticket.title.0, &line.ticket.description.0)
}

fn question(title: &str, description: &str) -> Document {
    Document { texts: vec![(Field::Title, title.to_owned()), (Field::Text, description.to_owned())] }
}

fn weighed(is_same_subject: bool, words: u64) -> u64 {
    if is_same_subject { words * 5 / 4 } else { words * 3 / 4 }
}
