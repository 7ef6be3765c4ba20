//! A ticket as it will be written: a story with its times, its people and the statuses between its lines.

use crate::Result;
use crate::calendar::{self, Moment};
use crate::change_request::ChangeRequest;
use crate::lifecycle::{self, Life};
use crate::people::{self, Staff};
use crate::rng::Rng;
use crate::statuses::{self, Phrases, Quiet};
use crate::story::{Exception, Story};
use crate::yaml::Yaml;

/// One entry of the log.
#[derive(Clone)]
pub struct Entry {
    pub at: Moment,
    pub event: String,
    /// The event and its arguments, as the script has them.
    pub words: Vec<String>,
    pub by: Option<String>,
    pub note: Option<String>,
    pub exception: Option<Exception>,
    pub nitc_ref: Option<String>,
}

impl Entry {
    pub fn argument(&self, word: &str) -> bool {
        self.words.iter().any(|w| w == word)
    }
}

pub struct Ticket {
    pub id: String,
    pub story: Story,
    pub log: Vec<Entry>,
    pub life: Life,
    /// What was said of it at meetings, and after which instant.
    pub said: Vec<(Moment, String)>,
}

impl Ticket {
    /// Gives a story its times and people, fills in the weekly statuses, and checks the whole.
    pub fn build(id: String, story: Story, crs: &[ChangeRequest], phrases: &Phrases) -> Result<Ticket> {
        let crs: Vec<&ChangeRequest> = crs.iter().filter(|cr| cr.tickets.contains(&story.key)).collect();
        let mut rng = Rng::for_key(&story.key);
        let (mut log, said, quiet) = resolve(&story, &mut rng)?;
        statuses::fill(&mut log, &quiet, &mut rng);
        let life = lifecycle::run(story.received, &log, &crs)?;
        phrases.give(&mut log, &life, &mut rng);
        appoint(&mut log, &story, &mut rng)?;
        check_contact(&story, &log)?;
        log.iter().try_for_each(check_details)?;
        Ok(Ticket { id, story, log, life, said })
    }

    /// The caller's first name.
    pub fn caller(&self) -> &'static str {
        people::poc(&self.story.poc).map_or("", |poc| people::first_name(poc.name))
    }

    /// NITC's number as its own tracker has it at an instant: soon after the forwarding, before it tells us.
    pub fn nitc_number(&self, at: Moment) -> Option<&str> {
        let is_there = self.log.iter().any(|entry| entry.event == "forwarded" && entry.at <= at);
        let told = self.log.iter().rev().filter(|entry| entry.at <= at).find_map(|entry| entry.nitc_ref.as_deref());
        let to_be_told = || self.log.iter().find_map(|entry| entry.nitc_ref.as_deref());
        told.or_else(|| to_be_told().filter(|_| is_there))
    }

    /// The record. `expand` puts ids and names where the script has their marks.
    pub fn yaml(&self, expand: &dyn Fn(&str) -> String) -> String {
        let story = &self.story;
        let mut y = Yaml::default();
        y.scalar("", "id", &self.id).scalar("", "title", &story.title).scalar("", "subject", story.subject);
        y.scalar("", "kind", &story.kind).scalar("", "area", &story.area).scalar("", "poc", &story.poc);
        y.scalar("", "received", &calendar::show(story.received)).flow("", "via", &story.via);
        y.block("", "description", &expand(&story.description));
        if let Some(text) = &story.first_line {
            y.block("", "first_line", &expand(text));
        }
        if let Some(exception) = &story.exception {
            write_exception(&mut y, "", exception);
        }
        y.line(if self.log.is_empty() { "log: []" } else { "log:" });
        for entry in &self.log {
            entry.write(&mut y, expand);
        }
        y.finish()
    }
}

impl Entry {
    fn write(&self, y: &mut Yaml, expand: &dyn Fn(&str) -> String) {
        y.scalar("  ", "- at", &calendar::show(self.at)).scalar("    ", "event", &self.event);
        if let Some(by) = &self.by {
            y.scalar("    ", "by", by);
        }
        if let Some(number) = &self.nitc_ref {
            y.scalar("    ", "nitc_ref", number);
        }
        match (self.event.as_str(), self.words.get(1)) {
            ("researched", Some(outcome)) => _ = y.scalar("    ", "outcome", outcome),
            ("resolved", Some(audience)) => _ = y.scalar("    ", "answer", audience),
            ("voided", Some(other)) => _ = y.scalar("    ", "duplicate_of", &expand(other)),
            ("waived", Some(clock)) => _ = y.scalar("    ", "clock", clock),
            _ => {}
        }
        if let (true, Some(until)) = (self.argument("follow-up"), self.words.get(2)) {
            y.scalar("    ", "until", until);
        }
        if let Some(note) = &self.note {
            y.note("    ", "note", &expand(note));
        }
        if let Some(exception) = &self.exception {
            write_exception(y, "    ", exception);
        }
    }
}

pub fn write_exception(y: &mut Yaml, indent: &str, exception: &Exception) {
    let inner = format!("{indent}  ");
    y.line(&format!("{indent}exception:")).scalar(&inner, "rule", &exception.rule);
    y.scalar(&inner, "reason", &exception.reason).scalar(&inner, "allowed_by", &exception.allowed_by);
}

/// The log with its times, what was said at meetings, and the times without contact to the POC.
type Resolved = (Vec<Entry>, Vec<(Moment, String)>, Quiet);

fn resolve(story: &Story, rng: &mut Rng) -> Result<Resolved> {
    let (mut log, mut said, mut quiet) = (Vec::new(), Vec::new(), Vec::new());
    let mut before = story.received;
    for step in &story.steps {
        let at = step.line.resolve(before, rng)?;
        if !calendar::is_plain(at) {
            return Err(format!("{} is an hour that the clocks skip or repeat", calendar::show(at)).into());
        }
        said.extend(step.said.iter().map(|text| (at, text.clone())));
        quiet.extend(step.quiet_until.map(|until| (at, until)));
        log.push(Entry {
            at,
            event: step.line.event().to_owned(),
            words: step.line.words.clone(),
            by: step.line.option("by").map(str::to_owned),
            note: step.line.note.clone(),
            exception: step.exception.clone(),
            nitc_ref: None,
        });
        before = at;
    }
    Ok((log, said, quiet))
}

/// Names a person of the right office for each entry: mostly the ticket's own people, sometimes a colleague.
fn appoint(log: &mut [Entry], story: &Story, rng: &mut Rng) -> Result<()> {
    let (desk, nitc) = (rng.between(0, 99) as usize, rng.between(0, 99) as usize);
    for entry in log {
        let (office, own) = match entry.event.as_str() {
            "acknowledged" | "initial-response" | "researched" => ("nitc", nitc),
            "returned" if entry.by.is_none() => ("nitc", nitc),
            "note" if entry.by.is_none() => continue,
            _ => ("help-desk", desk),
        };
        let present = people::office_on(office, entry.at.date());
        match &entry.by {
            Some(by) => check_office(by, entry, &present)?,
            None => {
                let owner = if rng.one_in(6) { rng.between(0, 99) as usize } else { own };
                entry.by = Some(present[owner % present.len()].id.to_owned());
            }
        }
    }
    if story.steps.is_empty() && story.received < calendar::end() - chrono::TimeDelta::days(3) {
        return Err("nothing ever happened to it".into());
    }
    Ok(())
}

fn check_office(by: &str, entry: &Entry, present: &[&Staff]) -> Result<()> {
    let free = matches!(entry.event.as_str(), "note" | "returned");
    let anywhere = || {
        ["help-desk", "nitc", "acfo-fs"]
            .iter()
            .any(|o| people::office_on(o, entry.at.date()).iter().any(|s| s.id == by))
    };
    if present.iter().any(|s| s.id == by) || (free && anywhere()) {
        Ok(())
    } else {
        Err(format!("{by} could not do `{}` on {}", entry.event, entry.at.date()).into())
    }
}

/// What an event asks for is there.
fn check_details(entry: &Entry) -> Result<()> {
    let argument = entry.words.get(1).map(String::as_str);
    let fault = match (entry.event.as_str(), argument) {
        ("follow-up" | "forwarded" | "acknowledged" | "closed", _) => return Ok(()),
        ("voided", Some(_)) => return Ok(()),
        ("researched", outcome) if !matches!(outcome, Some("answer" | "code-change")) => "an outcome",
        _ if entry.note.as_deref().is_none_or(|note| note.trim().is_empty()) => "a note",
        _ => return Ok(()),
    };
    Err(format!("{} `{}` asks for {fault}", calendar::show(entry.at), entry.event).into())
}

/// The caller is a POC for the subject, or was redirected, or an exception says why not.
fn check_contact(story: &Story, log: &[Entry]) -> Result<()> {
    let caller = people::poc(&story.poc).ok_or_else(|| format!("no POC {:?}", story.poc))?;
    let day = story.received.date();
    let designated = caller.designations.iter().any(|d| d.0 == story.subject && people::in_period(d.2, d.3, day));
    let redirected = log.iter().any(|entry| entry.event == "redirected");
    match (designated || redirected, &story.exception) {
        (true, None) | (false, Some(_)) => Ok(()),
        (true, Some(_)) => Err("the exception excuses nothing".into()),
        (false, None) => Err(format!("{} was not designated for {}", story.poc, story.subject).into()),
    }
}
