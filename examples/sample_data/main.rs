//! Writes the sample project: fourteen months of a fictional help desk, every byte the same at each run.
//!
//! `cargo run --example sample_data -- DIR` writes `DIR/data/`; what it covers goes to standard error.
//! The stories are in `texts/`, people and subjects in `people.rs`. Everything is fictional: names, addresses
//! (example.org), numbers (202-555-01xx) and keys, which protect nothing. A story that does what docs/explanation/states.md
//! forbids ends the run with a message that names it.

mod answers;
mod board;
mod calendar;
mod change_request;
mod clocks;
mod coverage;
mod lifecycle;
mod meetings;
mod nitc_report;
mod people;
mod rng;
mod roster;
mod script;
mod sign;
mod statuses;
mod story;
mod ticket;
mod yaml;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use chrono::Datelike;

use statuses::Phrases;
use story::Story;
use ticket::Ticket;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The number before that of the first ticket, and NITC's before its first.
const TICKETS_BEFORE: u32 = 10230;
const NITC_BEFORE: u32 = 1850;

/// The scripts of tickets, one a subject.
const STORIES: [(&str, &str); 12] = [
    ("scorecard", include_str!("texts/tickets/scorecard.txt")),
    ("budget-formulation", include_str!("texts/tickets/budget-formulation.txt")),
    ("travel-vouchers", include_str!("texts/tickets/travel-vouchers.txt")),
    ("grants-ledger", include_str!("texts/tickets/grants-ledger.txt")),
    ("fixed-assets", include_str!("texts/tickets/fixed-assets.txt")),
    ("receivables", include_str!("texts/tickets/receivables.txt")),
    ("funds-control", include_str!("texts/tickets/funds-control.txt")),
    ("improved-financial-performance", include_str!("texts/tickets/improved-financial-performance.txt")),
    ("budget-performance-integration", include_str!("texts/tickets/budget-performance-integration.txt")),
    ("human-capital", include_str!("texts/tickets/human-capital.txt")),
    ("competitive-sourcing", include_str!("texts/tickets/competitive-sourcing.txt")),
    ("expanded-egov", include_str!("texts/tickets/expanded-egov.txt")),
];

/// The files of `data/`, by path.
#[derive(Default)]
pub struct Files(BTreeMap<String, String>);

impl Files {
    pub fn add(&mut self, path: &str, text: String) {
        let before = self.0.insert(path.to_owned(), text);
        assert!(before.is_none(), "{path} is written twice");
    }

    fn write(&self, data: &Path) -> Result<()> {
        for (path, text) in &self.0 {
            let path = data.join(path);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()))?;
        }
        Ok(())
    }
}

fn main() -> ExitCode {
    let Some(dir) = env::args_os().nth(1) else {
        eprintln!("usage: sample_data DIR   (writes DIR/data)");
        return ExitCode::from(2);
    };
    match run(Path::new(&dir)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("sample_data: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(dir: &Path) -> Result<()> {
    let crs = change_request::read(include_str!("texts/change_requests.txt"))?;
    let tickets = tickets(&crs)?;
    check_research(&tickets, &crs)?;
    let ids: BTreeMap<&str, &str> = tickets.iter().map(|t| (t.story.key.as_str(), t.id.as_str())).collect();
    if let Some(key) = crs.iter().flat_map(|cr| &cr.tickets).find(|key| !ids.contains_key(key.as_str())) {
        return Err(format!("a change request names `{key}`, which is no ticket").into());
    }

    let mut files = Files::default();
    roster::write(&mut files)?;
    for ticket in &tickets {
        let text = ticket.yaml(&|text| expand(text, &ids).replace("{poc}", ticket.caller()));
        files.add(&format!("tickets/{}/{}.yaml", ticket.story.received.year(), ticket.id), text);
    }
    for cr in &crs {
        cr.write(&mut files, &|text| expand(text, &ids))?;
    }
    answers::write(&mut files, include_str!("texts/answers.txt"), &tickets)?;
    meetings::write(&mut files, &tickets, &|text| expand(text, &ids))?;
    nitc_report::write(&mut files, &tickets, &crs)?;
    if let Some((path, _)) = files.0.iter().find(|(_, text)| text.contains("@[") || text.contains("{poc}")) {
        return Err(format!("{path}: a mark that stands for nothing").into());
    }
    files.write(&dir.join("data"))?;
    coverage::report(&tickets, &crs)
}

/// All tickets, numbered in the order in which they came in; NITC numbers those it acknowledges.
fn tickets(crs: &[change_request::ChangeRequest]) -> Result<Vec<Ticket>> {
    let mut stories: Vec<Story> = Vec::new();
    for (subject, text) in STORIES {
        stories.extend(story::read(subject, text)?);
    }
    stories.sort_by(|a, b| (a.received, &a.key).cmp(&(b.received, &b.key)));
    let phrases = Phrases::read(include_str!("texts/statuses.txt"));
    let mut tickets = Vec::new();
    for (number, story) in (TICKETS_BEFORE + 1..).zip(stories) {
        let name = format!("{}, {}", story.subject, story.key);
        let ticket =
            Ticket::build(format!("HEAT-{number}"), story, crs, &phrases).map_err(|e| format!("{name}: {e}"))?;
        tickets.push(ticket);
    }
    let mut received: Vec<&mut ticket::Entry> =
        tickets.iter_mut().flat_map(|t| &mut t.log).filter(|entry| entry.event == "acknowledged").collect();
    received.sort_by_key(|entry| entry.at);
    for (number, entry) in (NITC_BEFORE + 1..).step_by(2).zip(received) {
        entry.nitc_ref = Some(format!("N-{number}"));
    }
    Ok(tickets)
}

/// A change request is submitted after one of its tickets was researched as a code change.
fn check_research(tickets: &[Ticket], crs: &[change_request::ChangeRequest]) -> Result<()> {
    for cr in crs {
        let entries = tickets.iter().filter(|t| cr.tickets.contains(&t.story.key)).flat_map(|t| &t.log);
        let first = entries.filter(|e| e.event == "researched" && e.argument("code-change")).map(|e| e.at).min();
        let submitted = cr.log.iter().find(|entry| entry.line.event() == "submitted");
        if submitted.is_some_and(|entry| first.is_none_or(|at| at >= entry.at)) {
            return Err(format!("{}: submitted before any ticket was researched", cr.id).into());
        }
    }
    Ok(())
}

/// Puts the ids of tickets where a text names their keys.
fn expand(text: &str, ids: &BTreeMap<&str, &str>) -> String {
    ids.iter().fold(text.to_owned(), |text, (key, id)| {
        let mark = format!("@[{key}]");
        if text.contains(&mark) { text.replace(&mark, id) } else { text }
    })
}
