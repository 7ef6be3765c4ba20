//! The statuses that a POC is given while nothing new is known: when, and in what words.

use chrono::NaiveDate;

use crate::calendar::{self, Moment};
use crate::change_request::CrState;
use crate::clocks::status_day;
use crate::lifecycle::{Holder, Life, State};
use crate::rng::Rng;
use crate::script::on_day;
use crate::ticket::Entry;

/// Times without contact to the POC, on purpose: from an entry until a day.
pub type Quiet = Vec<(Moment, NaiveDate)>;

/// What an entry does to the follow-up deadline.
enum Contact {
    /// It starts again on that day.
    From(NaiveDate),
    Ends,
    Unmoved,
}

fn contact(entry: &Entry) -> Contact {
    match entry.event.as_str() {
        "follow-up" | "resolved" => Contact::From(entry.at.date()),
        "waived" if entry.argument("follow-up") => {
            let until = entry.words.get(2).and_then(|until| calendar::parse_date(until).ok());
            until.map_or(Contact::Unmoved, Contact::From)
        }
        "closed" | "redirected" | "voided" | "reopened" => Contact::Ends,
        _ => Contact::Unmoved,
    }
}

/// Adds a follow-up wherever a story has more than a week without contact to the POC.
pub fn fill(log: &mut Vec<Entry>, quiet: &Quiet, rng: &mut Rng) {
    let last = calendar::end().date().succ_opt().unwrap_or_default();
    let told = log.clone();
    for (i, entry) in told.iter().enumerate() {
        let Contact::From(mut day) = contact(entry) else { continue };
        let next_word = told[i + 1..].iter().find(|e| !matches!(contact(e), Contact::Unmoved));
        let until = next_word.map_or(last, |e| e.at.date());
        let silence = quiet.iter().find(|(from, _)| *from >= entry.at && from.date() < until);
        while calendar::due_follow_up(day, 1) < until {
            let mut next = status_day(day, rng.between(0, 2) as u64);
            if let Some((_, silent)) = silence.filter(|(from, silent)| next >= from.date() && next < *silent) {
                next = calendar::on_or_after(*silent);
            }
            if next >= until {
                break;
            }
            log.push(status(on_day(next, rng)));
            day = next;
        }
    }
    log.sort_by_key(|entry| entry.at);
}

fn status(at: Moment) -> Entry {
    Entry {
        at,
        event: "follow-up".to_owned(),
        words: vec!["follow-up".to_owned(), "status".to_owned()],
        by: None,
        note: None,
        exception: None,
        nitc_ref: None,
    }
}

/// What the desk says when there is nothing new, by where the ticket stands.
pub struct Phrases(Vec<(String, Vec<String>)>);

impl Phrases {
    /// A heading `== name` stands over the phrases of each situation.
    pub fn read(text: &str) -> Phrases {
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            match (line.strip_prefix("== "), groups.last_mut()) {
                (Some(name), _) => groups.push((name.to_owned(), Vec::new())),
                (None, Some((_, phrases))) => phrases.push(line.to_owned()),
                (None, None) => {}
            }
        }
        Phrases(groups)
    }

    /// Gives the statuses that were filled in their notes; one in six has none, as in life.
    pub fn give(&self, log: &mut [Entry], life: &Life, rng: &mut Rng) {
        let first = rng.between(0, 99) as usize;
        let mut used = 0;
        for entry in log.iter_mut().filter(|entry| entry.argument("status")) {
            let Some(point) = life.at(entry.at) else { continue };
            let name = match (point.state, point.holder) {
                (State::WithNitc, _) => "research",
                (State::AwaitingChange, Holder::AcfoFs) if point.waits_on > Some(CrState::Draft) => {
                    "with-sponsor-again"
                }
                (State::AwaitingChange, Holder::AcfoFs) => "sponsor",
                (State::AwaitingChange, _) if point.waits_on == Some(CrState::Deferred) => "deferred",
                (State::AwaitingChange, Holder::Board) => "board",
                (State::AwaitingChange, _) if point.waits_on == Some(CrState::Forwarded) => "forwarded",
                (State::AwaitingChange, _) => "work",
                (State::Resolved, _) => "resolved",
                _ => "desk",
            };
            let group = self.0.iter().find(|(group, _)| group == name);
            if let Some((_, phrases)) = group.filter(|_| !rng.one_in(6)) {
                entry.note = Some(phrases[(first + used) % phrases.len()].clone());
                used += 1;
            }
        }
    }
}
