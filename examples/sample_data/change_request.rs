//! Change requests: their script, their file, and the votes' files beside them.
//!
//! ```text
//! # CR-2025-001 Title
//! subject: travel-vouchers
//! tickets: key-of-a-ticket another
//! description:
//! > Text, as in the stories of tickets.
//! was description:
//! > The text as it was before the last `submitted`. Votes marked `early` are on it.
//! 2025-10-28@10:00 submitted kfoster
//! 2025-10-30@14:05 vote mleeway approve [early] [unsigned] | A reason.
//! ```

use std::collections::BTreeMap;

use crate::board::{self, Vote};
use crate::calendar::{Moment, show};
use crate::clocks::Clocks;
use crate::rng::Rng;
use crate::script::Line;
use crate::sign::{self, Value};
use crate::story::Exception;
use crate::ticket::write_exception;
use crate::yaml::{Yaml, wrapped};
use crate::{Files, Result};

/// The states in the order in which a ticket waits for them: the least advanced one says who holds it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CrState {
    Draft,
    Returned,
    Deferred,
    Submitted,
    Approved,
    Forwarded,
    InWork,
    Delivered,
    Verified,
    Rejected,
    Withdrawn,
}

/// The texts of a request, in the order of the file.
const TEXTS: [&str; 6] = ["description", "justification", "impact", "security_impact", "test_plan", "rollback_plan"];

/// An entry of the log that is not a vote.
pub struct CrEntry {
    pub at: Moment,
    pub line: Line,
    pub exception: Option<Exception>,
}

pub struct ChangeRequest {
    pub id: String,
    /// The keys of the tickets that it names.
    pub tickets: Vec<String>,
    fields: BTreeMap<String, String>,
    earlier: BTreeMap<String, String>,
    pub log: Vec<CrEntry>,
    pub votes: Vec<Vote>,
    /// Each state, from its instant on.
    pub timeline: Vec<(Moment, CrState)>,
    pub clocks: Clocks,
}

/// All change requests of the script.
pub fn read(text: &str) -> Result<Vec<ChangeRequest>> {
    let mut all: Vec<ChangeRequest> = Vec::new();
    let mut field = String::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if let Some((id, title)) = line.strip_prefix("# ").and_then(|heading| heading.split_once(' ')) {
            all.push(ChangeRequest::new(id, title));
            continue;
        }
        let cr = all.last_mut().ok_or("the script of change requests begins with a heading")?;
        cr.take(line, &mut field).map_err(|e| format!("{}: {e}", cr.id))?;
    }
    for cr in &mut all {
        board::decide(cr).map_err(|e| format!("{}: {e}", cr.id))?;
    }
    Ok(all)
}

impl ChangeRequest {
    fn new(id: &str, title: &str) -> ChangeRequest {
        ChangeRequest {
            id: id.to_owned(),
            tickets: Vec::new(),
            fields: BTreeMap::from([("title".to_owned(), title.to_owned())]),
            earlier: BTreeMap::new(),
            log: Vec::new(),
            votes: Vec::new(),
            timeline: Vec::new(),
            clocks: Clocks::default(),
        }
    }

    fn take(&mut self, line: &str, field: &mut String) -> Result<()> {
        if Line::is_one(line) {
            return self.take_entry(Line::parse(line)?);
        }
        if let Some(text) = line.strip_prefix("x ") {
            let entry = self.log.last_mut().ok_or("an exception without an entry")?;
            entry.exception = Some(Exception::parse(text)?);
            return Ok(());
        }
        if let Some(text) = line.strip_prefix('>') {
            let (texts, key) = match field.strip_prefix("was ") {
                Some(key) => (&mut self.earlier, key),
                None => (&mut self.fields, field.as_str()),
            };
            let all = texts.entry(key.to_owned()).or_default();
            *all += text.strip_prefix(' ').unwrap_or(text);
            all.push('\n');
            return Ok(());
        }
        let (key, value) = line.split_once(':').ok_or_else(|| format!("what is {line:?}?"))?;
        match (key, value.trim()) {
            ("tickets", keys) => self.tickets = keys.split_whitespace().map(str::to_owned).collect(),
            (key, "") => key.clone_into(field),
            (key, value) => _ = self.fields.insert(key.to_owned(), value.to_owned()),
        }
        Ok(())
    }

    fn take_entry(&mut self, line: Line) -> Result<()> {
        let before = crate::calendar::start().and_time(chrono::NaiveTime::MIN);
        let at = line.resolve(before, &mut Rng::for_key(&self.id))?;
        if line.event() == "vote" {
            self.votes.push(Vote::parse(at, &line)?);
            return Ok(());
        }
        if self.log.last().is_some_and(|last| last.at > at) {
            return Err(format!("{} is out of order", show(at)).into());
        }
        self.log.push(CrEntry { at, line, exception: None });
        Ok(())
    }

    pub fn field(&self, key: &str) -> &str {
        self.fields.get(key).map_or("", String::as_str)
    }

    /// The state at an instant; none before the first entry.
    pub fn state_at(&self, at: Moment) -> Option<CrState> {
        self.timeline.iter().rev().find(|(from, _)| *from <= at).map(|(_, state)| *state)
    }

    /// Whatever a submitted request must say is there.
    pub fn is_complete(&self) -> bool {
        let short = ["title", "subject", "prepared_by", "priority", "risk", "effort"];
        short.iter().chain(&TEXTS).all(|key| !self.field(key).trim().is_empty()) && !self.tickets.is_empty()
    }

    /// The request as YAML will give it; `early` asks for the one before the last edit.
    fn request(&self, early: bool, expand: &dyn Fn(&str) -> String) -> BTreeMap<String, Value> {
        let earlier = |key: &str| self.earlier.get(key).filter(|_| early);
        let mut request: BTreeMap<String, Value> = self
            .fields
            .iter()
            .map(|(key, text)| {
                let text = expand(earlier(key).unwrap_or(text));
                let text = if TEXTS.contains(&key.as_str()) { wrapped(&text) } else { text };
                (key.clone(), Value::Text(text))
            })
            .collect();
        request.insert("id".to_owned(), Value::Text(self.id.clone()));
        request.insert("tickets".to_owned(), Value::List(self.ticket_ids(expand)));
        request
    }

    fn ticket_ids(&self, expand: &dyn Fn(&str) -> String) -> Vec<String> {
        self.tickets.iter().map(|key| expand(&format!("@[{key}]"))).collect()
    }

    /// Writes the request and its votes.
    pub fn write(&self, files: &mut Files, expand: &dyn Fn(&str) -> String) -> Result<()> {
        let present = sign::request_digest(&self.request(false, expand))?;
        let before = sign::request_digest(&self.request(true, expand))?;
        let digest = |early: bool| if early { &before } else { &present };
        files.add(&format!("crs/{}.yaml", self.id), self.yaml(&digest, expand));
        for vote in &self.votes {
            let digest = digest(vote.early);
            let name = format!("decisions/{}/{}-{}.yaml", self.id, vote.at.date(), vote.by);
            files.add(&name, vote.yaml(&self.id, digest, expand)?);
        }
        Ok(())
    }

    /// Whether the round that is under way at an instant is on the request as it was before its last edit.
    pub fn is_early_at(&self, at: Moment) -> bool {
        let last = self.log.iter().rfind(|entry| entry.line.event() == "submitted").map(|entry| entry.at);
        !self.earlier.is_empty() && last.is_some_and(|last| at < last)
    }

    fn yaml<'d>(&self, digest: &dyn Fn(bool) -> &'d String, expand: &dyn Fn(&str) -> String) -> String {
        let mut y = Yaml::default();
        y.scalar("", "id", &self.id).scalar("", "title", self.field("title")).scalar(
            "",
            "subject",
            self.field("subject"),
        );
        y.flow("", "tickets", &self.ticket_ids(expand));
        for key in ["prepared_by", "priority", "risk", "effort", "requested_for"] {
            if !self.field(key).is_empty() {
                y.scalar("", key, self.field(key));
            }
        }
        for key in TEXTS {
            if !self.field(key).is_empty() {
                y.block("", key, &expand(self.field(key)));
            }
        }
        y.line(if self.log.is_empty() { "log: []" } else { "log:" });
        for entry in &self.log {
            y.scalar("  ", "- at", &show(entry.at)).scalar("    ", "event", entry.line.event());
            y.scalar("    ", "by", entry.line.words.get(1).map_or("", String::as_str));
            if let Some(release) = entry.line.option("release") {
                y.scalar("    ", "release", release);
            }
            if ["submitted", "forwarded"].contains(&entry.line.event()) {
                y.scalar("    ", "digest", digest(self.is_early_at(entry.at)));
            }
            if let Some(note) = &entry.line.note {
                y.note("    ", "note", &expand(note));
            }
            if let Some(exception) = &entry.exception {
                write_exception(&mut y, "    ", exception);
            }
        }
        y.finish()
    }
}
