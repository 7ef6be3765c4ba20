//! Reading the stories of tickets from `texts/tickets/`, one file a subject.
//!
//! ```text
//! # key Title of the ticket
//! 2025-10-06 [09:14] phone,email issue functional [poc]
//! > Description, one line a paragraph or list item; `>` alone is a blank line.
//! ? What the POC tried first.
//! +0 follow-up | A note; lines that start with two spaces continue it.
//! x rule | reason | who allowed it       (an exception of the line above, or of the ticket)
//! ! What was said of it at the next weekly meeting.
//! quiet 2026-03-04                       (the POC gets no status before that day)
//! ```
//!
//! Without a time the ticket comes in on that day, or the next working day, at a time of the generator's choice;
//! without a POC it is the primary one. `@[key]` stands for another ticket's id, `{poc}` for the caller's first name.

use chrono::NaiveDate;

use crate::Result;
use crate::calendar::{self, Moment};
use crate::people;
use crate::rng::Rng;
use crate::script::{self, Line};

/// A rule that was broken deliberately.
#[derive(Clone)]
pub struct Exception {
    pub rule: String,
    pub reason: String,
    pub allowed_by: String,
}

impl Exception {
    /// `rule | reason | who allowed it`
    pub fn parse(text: &str) -> Result<Exception> {
        let parts: Vec<&str> = text.split(" | ").map(str::trim).collect();
        let [rule, reason, allowed_by] = parts[..] else {
            return Err(format!("an exception is `rule | reason | who`, not {text:?}").into());
        };
        if !people::is_known(allowed_by) {
            return Err(format!("no one is called {allowed_by:?}").into());
        }
        Ok(Exception { rule: rule.to_owned(), reason: reason.to_owned(), allowed_by: allowed_by.to_owned() })
    }
}

/// One line of a story's log, with what hangs on it.
#[derive(Clone)]
pub struct Step {
    pub line: Line,
    pub exception: Option<Exception>,
    pub said: Vec<String>,
    pub quiet_until: Option<NaiveDate>,
}

#[derive(Clone)]
pub struct Story {
    pub key: String,
    pub title: String,
    pub subject: &'static str,
    pub received: Moment,
    pub via: Vec<String>,
    pub kind: String,
    pub area: String,
    pub poc: String,
    pub description: String,
    pub first_line: Option<String>,
    pub exception: Option<Exception>,
    pub steps: Vec<Step>,
}

/// All stories of one file.
pub fn read(subject: &'static str, text: &str) -> Result<Vec<Story>> {
    let mut stories = Vec::new();
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    while let Some(heading) = lines.next() {
        let heading = heading
            .strip_prefix("# ")
            .ok_or_else(|| format!("{subject}: a story begins with `# `, not {heading:?}"))?;
        let (key, title) = heading.split_once(' ').ok_or_else(|| format!("{subject}: no title in {heading:?}"))?;
        let body = std::iter::from_fn(|| lines.next_if(|line| !line.starts_with("# ")));
        let story = Story::parse(subject, key, title, body).map_err(|e| format!("{subject}, {key}: {e}"))?;
        stories.push(story);
    }
    Ok(stories)
}

impl Story {
    fn parse<'a>(
        subject: &'static str,
        key: &str,
        title: &str,
        mut body: impl Iterator<Item = &'a str>,
    ) -> Result<Story> {
        let mut story = Story::head(subject, key, title, body.next().unwrap_or_default())?;
        let mut first_line = String::new();
        for line in body {
            story.take(line, &mut first_line)?;
        }
        if story.description.trim().is_empty() {
            return Err("no description".into());
        }
        story.first_line = Some(first_line).filter(|text| !text.is_empty());
        Ok(story)
    }

    /// The line of the ticket's own facts.
    fn head(subject: &'static str, key: &str, title: &str, facts: &str) -> Result<Story> {
        let mut facts = facts.split_whitespace().peekable();
        let mut rng = Rng::for_key(key);
        let day = calendar::parse_date(facts.next().unwrap_or_default())?;
        let received = match facts.next_if(|fact| fact.contains(':')) {
            Some(time) => day.and_time(calendar::parse_time(time)?),
            None => script::on_day(calendar::on_or_after(day), &mut rng),
        };
        let mut fact = |name: &str| facts.next().map(str::to_owned).ok_or_else(|| format!("no {name}"));
        let (via, kind, area) = (fact("way")?, fact("kind")?, fact("area")?);
        let primary = || people::designated(subject, "primary", received.date()).map(|poc| poc.id.to_owned());
        let poc = facts.next().map(str::to_owned).or_else(primary).ok_or("no POC on that day")?;
        if !calendar::is_plain(received) {
            return Err("received at an hour that the clocks skip or repeat".into());
        }
        if !calendar::is_working(received.date()) && via != "email" {
            return Err(format!("{} is no working day: only mail comes in", calendar::show(received)).into());
        }
        Ok(Story {
            key: key.to_owned(),
            title: title.to_owned(),
            subject,
            received,
            via: via.split(',').map(str::to_owned).collect(),
            kind: one_of(kind, &["question", "issue"])?,
            area: one_of(area, &["functional", "technical"])?,
            poc,
            description: String::new(),
            first_line: None,
            exception: None,
            steps: Vec::new(),
        })
    }

    /// One further line of the story.
    fn take(&mut self, line: &str, first_line: &mut String) -> Result<()> {
        let rest = |mark: &str| line.strip_prefix(mark).map(|text| text.strip_prefix(' ').unwrap_or(text));
        if let Some(text) = rest(">") {
            self.description += &format!("{text}\n");
        } else if let Some(text) = rest("?") {
            *first_line += &format!("{text}\n");
        } else if Line::is_one(line) {
            let line = Line::parse(line)?;
            self.steps.push(Step { line, exception: None, said: Vec::new(), quiet_until: None });
        } else if let Some(text) = rest("x") {
            let exception = Some(Exception::parse(text)?);
            match self.steps.last_mut() {
                Some(step) => step.exception = exception,
                None => self.exception = exception,
            }
        } else {
            let step = self.steps.last_mut().ok_or_else(|| format!("{line:?} before any entry"))?;
            if let Some(text) = rest("!") {
                step.said.push(text.to_owned());
            } else if let Some(text) = rest("quiet") {
                step.quiet_until = Some(calendar::parse_date(text)?);
            } else if let (Some(text), Some(note)) = (line.strip_prefix("  "), step.line.note.as_mut()) {
                *note += &format!("\n{text}");
            } else {
                return Err(format!("what is {line:?}?").into());
            }
        }
        Ok(())
    }
}

fn one_of(word: String, words: &[&str]) -> Result<String> {
    if words.contains(&word.as_str()) { Ok(word) } else { Err(format!("{word:?} is none of {words:?}").into()) }
}
