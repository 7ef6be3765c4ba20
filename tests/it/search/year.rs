//! A generated year of a help desk: matters that come once, and a few that come again in other people's words.

use std::fmt::Write;

use chrono::{Days, NaiveDate};
use heatpack::load::load;
use heatpack::model::TicketId;

use crate::support::{Project, sample};

const TOPICS: &str = include_str!("../../search/topics.txt");

/// How many matters of a year come again, and how many people write about each.
const MATTERS: usize = 4;
const FEWEST: usize = 3;
const MOST: usize = 5;

/// How many of the sample's stories come in a year.
const STORIES: usize = 130;

/// Which matters are planted: those by which the cut-off was chosen, or the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Chosen,
    Measured,
}

/// What someone asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub subject: String,
    pub title: String,
    pub description: String,
}

/// A year as a project, its first ticket on October 1, 2025.
pub struct Year {
    pub project: Project,
    /// The tickets of each matter that comes again, with its name.
    pub planted: Vec<(String, Vec<TicketId>)>,
}

/// A stream of numbers that is the same on every machine.
struct Rng(u64);

impl Rng {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    /// Some of the things, in any order.
    fn some<T>(&mut self, mut of: Vec<T>, count: usize) -> Vec<T> {
        let mut some = Vec::new();
        while some.len() < count && !of.is_empty() {
            some.push(of.swap_remove(self.below(of.len())));
        }
        some
    }
}

/// What is written about.
struct Topics {
    /// Matters that come again, each by its name.
    topics: Vec<(String, Vec<Asked>)>,
    singles: Vec<Asked>,
    /// Tickets of the sample about one of the matters.
    same: Vec<(String, String)>,
}

/// The matters of a part, and those that come once.
fn topics(part: Part) -> Topics {
    let mut same = Vec::new();
    let (mut topics, mut singles, mut now): (Vec<(String, Vec<Asked>)>, Vec<Asked>, _) =
        (Vec::new(), Vec::new(), "chosen");
    for line in TOPICS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("== ") {
            now = name;
        } else if let Some(head) = line.strip_prefix("= ") {
            let (key, subject) = head.split_once(' ').expect("a key and a subject");
            topics.push((format!("{now} {key} {subject}"), Vec::new()));
        } else if let Some(id) = line.strip_prefix("~ ") {
            same.push((id.to_owned(), topics.last().expect("a heading").0.clone()));
        } else {
            let (title, description) = line.split_once(" | ").expect("a title and a description");
            let (head, asked) = topics.last_mut().expect("a heading");
            let subject = head.rsplit(' ').next().unwrap_or_default().to_owned();
            asked.push(Asked { subject, title: title.to_owned(), description: description.to_owned() });
        }
    }
    let wanted = if part == Part::Chosen { "chosen " } else { "measured " };
    singles.extend(topics.iter().filter(|(head, _)| head.starts_with("singles ")).flat_map(|(_, asked)| asked.clone()));
    topics.retain(|(head, _)| head.starts_with(wanted));
    assert!(topics.len() == 10 && singles.len() > 30, "{} {}", topics.len(), singles.len());
    Topics { topics, singles, same }
}

/// The stories of the sample, but for those that were voided as duplicates.
fn stories() -> Vec<(String, Asked)> {
    let project = load(&sample()).expect("the sample");
    let duplicate = |ticket: &heatpack::model::Ticket| ticket.log.iter().any(|entry| entry.duplicate_of.is_some());
    let tickets = project.tickets.values().filter(|ticket| !duplicate(ticket));
    let asked = tickets.map(|ticket| {
        let (subject, title) = (ticket.subject.to_string(), ticket.title.0.clone());
        (ticket.id.to_string(), Asked { subject, title, description: ticket.description.0.trim().to_owned() })
    });
    asked.collect()
}

/// The year of that number.
pub fn year(number: u64, part: Part) -> Year {
    let mut rng = Rng(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed);
    let Topics { topics, singles, same } = topics(part);
    let mut all: Vec<(Option<usize>, Asked)> = singles.into_iter().map(|asked| (None, asked)).collect();
    let stories = rng.some(stories(), STORIES);
    let matters = rng.some(topics, MATTERS);
    for (id, asked) in stories {
        let topic = same.iter().find(|(own, _)| *own == id).map(|(_, topic)| topic);
        all.push((matters.iter().position(|(name, _)| Some(name) == topic), asked));
    }
    for (place, (_, phrasings)) in matters.iter().enumerate() {
        let count = FEWEST + rng.below(MOST - FEWEST + 1);
        all.extend(rng.some(phrasings.clone(), count).into_iter().map(|asked| (Some(place), asked)));
    }
    let count = all.len();
    let project = Project::copy_of(&sample());
    for path in crate::support::files(&project.root().join("data")).into_keys() {
        if !["pocs/", "staff.yaml", "subjects.yaml", "board.yaml"].iter().any(|kept| path.starts_with(kept)) {
            project.remove(&format!("data/{path}"));
        }
    }
    project.write("data/heatpack.yaml", "starts: 2025-10-01\nmeetings: {}\n");
    let mut planted: Vec<(String, Vec<TicketId>)> = matters.iter().map(|(key, _)| (key.clone(), Vec::new())).collect();
    for (place, (matter, asked)) in rng.some(all, count).into_iter().enumerate() {
        let id = TicketId(20_001 + u32::try_from(place).expect("a small number"));
        let first = NaiveDate::from_ymd_opt(2025, 10, 1).expect("a date");
        let date = first + Days::new((place * 355 / count) as u64);
        project.write(&format!("data/tickets/{}/{id}.yaml", date.format("%Y")), yaml(id, date, &asked));
        if let Some(matter) = matter {
            planted[matter].1.push(id);
        }
    }
    Year { project, planted }
}

fn yaml(id: TicketId, date: NaiveDate, asked: &Asked) -> String {
    let mut text = String::new();
    let quoted = |text: &str| serde_json::to_string(text).expect("a text");
    writeln!(text, "id: {id}\ntitle: {}\nsubject: {}\nkind: issue", quoted(&asked.title), asked.subject)
        .expect("a text");
    writeln!(text, "area: functional\npoc: jrivera\nreceived: {date} 09:00\nvia: [email]").expect("a text");
    writeln!(text, "description: {}\nlog:", quoted(&asked.description)).expect("a text");
    for (time, event, note) in [("09:30", "resolved", "Answered by telephone."), ("09:40", "closed", "The POC agreed.")]
    {
        writeln!(text, "  - at: {date} {time}\n    event: {event}\n    by: tnominal\n    note: {note}")
            .expect("a text");
    }
    text
}
