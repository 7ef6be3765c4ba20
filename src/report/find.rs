//! Everything that a search finds: the records, packs and action items, each with its texts and where the site shows it.
//!
//! Another kind of record is added here: a function that makes its records, in [`records`]'s chain. The kinds come in an
//! order in which new records mostly come last, so that the site's index changes little with each.

use chrono::NaiveDate;
use serde::Serialize;

use super::answers::path_of;
use super::places::{PackPlace, RecordPage, pack_places};
use super::words::Words;
use crate::model::{Action, Minute, Owner, REQUEST_TEXTS, TicketState, day_in_words};
use crate::search::{Document, Excerpt, Field, Found, Hits, Index, excerpt};
use crate::workflow::{ChangeLine, Context, TicketLine, is_written};

/// The kind of packs.
const PACK: &str = "pack";

/// The kind of people.
const POC: &str = "POC";

/// A record that a search finds.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    pub id: String,
    /// `ticket`, `answer`, `change request`, `POC`, `subject`, `pack`, `action item`.
    pub kind: &'static str,
    pub title: String,
    /// The state, in words; blank for what has none.
    pub state: String,
    /// The date that tells it from others: received, submitted, held, due.
    pub date: Option<NaiveDate>,
    /// From the site's root.
    pub href: String,
    /// What it is found by beside all that.
    pub names: Vec<String>,
    /// NITC's numbers for it.
    pub numbers: Vec<String>,
    /// Its texts in Markdown, the most telling first.
    pub texts: Vec<String>,
}

/// A record that a query finds, for the terminal.
#[derive(Debug, Clone)]
pub struct Hit<'r> {
    pub record: &'r Record,
    pub score: u64,
    /// Why it was found; `None` if only its number or title has the words.
    pub context: Option<Excerpt>,
}

/// Everything that there is as of the context's time.
pub fn records(ctx: &Context) -> Vec<Record> {
    let packs = pack_places(ctx);
    let mut records = subjects(ctx);
    records.extend(pocs(ctx));
    records.extend(packs.iter().map(|place| pack(ctx, place)));
    records.extend(actions(ctx, &packs));
    records.extend(answers(ctx));
    records.extend(ctx.changes().map(|line| change(ctx, line)));
    records.extend(ctx.tickets().map(|line| ticket(ctx, line)));
    records
}

/// The index of some records.
pub fn index(records: &[Record]) -> Index {
    let documents: Vec<Document> = records.iter().map(document).collect();
    Index::new(&documents)
}

/// The first records that a query finds, with a line of at most `width` characters that shows why.
pub fn hits<'r>(records: &'r [Record], hits: &Hits, limit: usize, width: usize) -> Vec<Hit<'r>> {
    let hit = |found: &Found| {
        let record = records.get(found.document)?;
        let texts: Vec<String> = record.texts.iter().map(|text| crate::model::RichText::new(text).line()).collect();
        let names = [record.names.join(", "), record.numbers.join(", ")];
        let context = excerpt(&texts, &hits.stems, width).or_else(|| excerpt(&names, &hits.stems, width));
        Some(Hit { record, score: found.score, context })
    };
    hits.found.iter().take(limit).filter_map(hit).collect()
}

fn document(record: &Record) -> Document {
    // A pack has no number, but a name that many have.
    let number = if record.kind == PACK { Field::Title } else { Field::Number };
    let title = if record.kind == POC { Field::Person } else { Field::Title };
    let mut texts = vec![
        (number, record.id.clone()),
        (title, record.title.clone()),
        (Field::Name, record.kind.to_owned()),
        (Field::Text, record.state.clone()),
    ];
    texts.extend(record.date.map(|date| (Field::Text, format!("{date} {}", day_in_words(date)))));
    texts.extend(record.names.iter().map(|name| (Field::Name, name.clone())));
    texts.extend(record.numbers.iter().map(|number| (Field::Number, number.clone())));
    texts.extend(record.texts.iter().map(|text| (Field::Text, text.clone())));
    Document { texts }
}

fn ticket(ctx: &Context, line: &TicketLine) -> Record {
    let (project, ticket) = (ctx.project(), line.ticket);
    let words = Words::new(&project.settings.names);
    // Its POC; if it was handed over, also who called.
    let mut people = vec![line.poc_at(ctx.as_of), &ticket.poc.value];
    people.dedup();
    let entries = || ticket.log.iter().filter(|entry| entry.at.value <= ctx.as_of);
    let notes = entries().filter_map(|entry| entry.note.as_ref()).map(|note| note.0.clone());
    let mut numbers: Vec<String> =
        entries().filter_map(|entry| entry.nitc_ref.as_ref()).map(|own| own.0.clone()).collect();
    numbers.dedup();
    let asked =
        [Some(&ticket.description), ticket.first_line.as_ref()].into_iter().flatten().map(|text| text.0.clone());
    Record {
        id: ticket.id.to_string(),
        kind: "ticket",
        title: ticket.title.0.clone(),
        state: words.state(ctx.state(line).unwrap_or(TicketState::Open)),
        date: Some(ticket.received.date()),
        href: RecordPage::Ticket.path(&ticket.id.to_string()),
        names: people
            .into_iter()
            .map(|id| project.person_name(id))
            .chain([project.subject_name(&ticket.subject.value)])
            .collect(),
        numbers,
        texts: asked.chain(notes).collect(),
    }
}

fn change(ctx: &Context, line: &ChangeLine) -> Record {
    let (project, cr) = (ctx.project(), line.cr);
    let words = Words::new(&project.settings.names);
    let state = line.state_at(ctx.as_of);
    let entries = cr.log.iter().filter(|entry| entry.at.value <= ctx.as_of);
    let notes = entries.filter_map(|entry| entry.note.as_ref()).map(|note| note.0.clone());
    let tickets = cr.tickets.iter().map(|ticket| ticket.value.to_string());
    Record {
        id: cr.id.to_string(),
        kind: "change request",
        title: cr.title.0.clone(),
        state: state.map(|state| words.change_stands(line, state, ctx.as_of)).unwrap_or_default(),
        date: line.in_state_since(ctx.as_of).map(|since| since.date()),
        href: RecordPage::Change.path(cr.id.as_str()),
        names: vec![project.subject_name(&cr.subject.value), project.person_name(&cr.prepared_by.value)],
        numbers: Vec::new(),
        texts: REQUEST_TEXTS
            .iter()
            .filter_map(|(_, text)| text(cr))
            .map(|text| text.0.clone())
            .chain(notes)
            .chain(tickets)
            .collect(),
    }
}

fn pocs(ctx: &Context) -> Vec<Record> {
    let project = ctx.project();
    let poc = |poc: &crate::load::Loaded<crate::model::Poc>| {
        let designations = poc.designations.iter().map(|own| project.subject_name(&own.subject.value));
        let reached = [&poc.email, &poc.phone].into_iter().flatten().map(|text| text.0.clone());
        Record {
            id: poc.id.to_string(),
            kind: POC,
            title: poc.name.0.clone(),
            state: String::new(),
            date: None,
            href: RecordPage::Poc.path(poc.id.as_str()),
            names: poc.office.iter().map(|office| office.0.clone()).collect(),
            numbers: Vec::new(),
            texts: designations.chain(reached).collect(),
        }
    };
    project.pocs.values().map(poc).collect()
}

fn subjects(ctx: &Context) -> Vec<Record> {
    let subject = |subject: &crate::load::Loaded<crate::model::Subject>| Record {
        id: subject.id.to_string(),
        kind: "subject",
        title: subject.name.0.clone(),
        state: String::new(),
        date: None,
        href: RecordPage::Subject.path(subject.id.as_str()),
        names: vec![subject.kind.to_string()],
        numbers: Vec::new(),
        texts: Vec::new(),
    };
    ctx.project().subjects.iter().map(subject).collect()
}

/// The written-up answers; those of a ticket are its texts.
fn answers(ctx: &Context) -> Vec<Record> {
    let project = ctx.project();
    let record = |answer: &crate::load::Loaded<crate::model::Answer>| {
        Some(Record {
            id: answer.id.to_string(),
            kind: "answer",
            title: answer.title.value.0.clone(),
            state: String::new(),
            date: answer.written.map(|written| written.value.0),
            href: path_of(ctx, answer)?,
            names: answer.subjects.iter().map(|own| project.subject_name(&own.value)).collect(),
            numbers: Vec::new(),
            texts: vec![answer.text.value.0.clone()],
        })
    };
    project.answers.values().filter(|answer| is_written(answer, ctx.as_of)).filter_map(record).collect()
}

fn pack(ctx: &Context, place: &PackPlace) -> Record {
    let line = place.line();
    let meeting = ctx.meetings(place.kind).get(place.index).and_then(|meeting| meeting.record);
    // What was said is known from just after the meeting.
    let minutes = meeting.filter(|_| !line.preliminary && place.held() < ctx.as_of);
    let texts = minutes.and_then(|meeting| meeting.minutes.as_ref()).map(|minutes| minutes.0.clone());
    Record {
        id: format!("{} pack", place.kind),
        kind: PACK,
        title: line.title,
        state: if line.preliminary { "preliminary".to_owned() } else { String::new() },
        date: Some(line.meeting.date()),
        href: line.href,
        names: Vec::new(),
        numbers: Vec::new(),
        texts: texts.into_iter().collect(),
    }
}

/// Action items lead to the pack of the meeting that decided on them, or else to the latest pack.
fn actions(ctx: &Context, packs: &[PackPlace]) -> Vec<Record> {
    let words = Words::new(&ctx.project().settings.names);
    let owner = |owner: &Owner| match owner {
        Owner::Office(office) => words.office(*office),
        Owner::Board => words.board(),
        Owner::Person(person) => ctx.project().person_name(person),
    };
    let record = |held: Minute, action: &Action| {
        let pack = packs.iter().find(|place| place.held() == held).or_else(|| packs.last())?;
        let is_done = action.done.is_some_and(|done| done.value.0 <= ctx.today());
        Some(Record {
            id: action.id.to_string(),
            kind: "action item",
            title: action.what.0.clone(),
            state: if is_done { "done".to_owned() } else { "open".to_owned() },
            date: Some(action.due.value.0),
            href: format!("{}#actions", pack.line().href),
            names: vec![owner(&action.owner.value)],
            numbers: Vec::new(),
            texts: Vec::new(),
        })
    };
    ctx.actions().filter_map(|(_, held, action)| record(held, action)).collect()
}
