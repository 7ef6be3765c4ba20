//! Reads what people type in flags and at questions, and returns it as records write it: numbers of tickets, names of
//! people and modules, dates and times.
//!
//! What can be read in several ways is asked about on a terminal, and rejected elsewhere. What cannot be read stays as it
//! is, and the rules report it.

use anyhow::bail;
use chrono::NaiveDate;

use super::ask::Ask;
use crate::commands::common::session::Session;
use crate::commands::common::typed::either;
use crate::load::Who;
use crate::model::{ActionId, CrId, Leaning, Minute, TicketId, days_typed, minutes_typed, parse_date};
use crate::record::Field;

/// Reads typed values.
#[derive(Clone, Copy)]
pub struct Reader<'s> {
    session: &'s Session,
    ask: Option<&'s Ask>,
}

/// Something that a typed value can mean: how records write it, and how a person knows it.
type Meaning = (String, String);

impl<'s> Reader<'s> {
    pub fn new(session: &'s Session, ask: Option<&'s Ask>) -> Reader<'s> {
        Reader { session, ask }
    }

    /// A value of a field.
    pub fn field(&self, field: &Field, typed: &str) -> anyhow::Result<String> {
        let (name, example) = (field.name.as_str(), field.example.as_str());
        if TicketId::parse(example).is_some() {
            return Ok(TicketId::typed(typed).map_or_else(|| as_typed(typed), |id| id.to_string()));
        }
        if CrId::parse(example).is_some() {
            return Ok(CrId::typed(typed).map_or_else(|| as_typed(typed), |id| id.to_string()));
        }
        if ActionId::parse(example).is_some() {
            return Ok(ActionId::typed(typed).map_or_else(|| as_typed(typed), |id| id.to_string()));
        }
        let leaning = match name {
            "received" | "at" | "done" => Leaning::Past,
            "until" | "due" | "requested_for" => Leaning::Future,
            _ => Leaning::Either,
        };
        if Minute::parse(example).is_some() {
            return self.minute_on(typed, self.session.as_of.date(), leaning);
        }
        if parse_date(example).is_some() {
            return self.day(typed, leaning);
        }
        match (name, example) {
            // A new person's own id is not looked up.
            ("id", _) => Ok(as_typed(typed)),
            ("poc", PERSON) => self.person(typed, Who::Poc),
            ("by" | "prepared_by", PERSON) => self.person(typed, Who::Staff),
            (_, PERSON) => self.person(typed, Who::Anyone),
            (_, SUBJECT) => self.subject(typed),
            _ => Ok(as_typed(typed)),
        }
    }

    /// The time of something that happened; a time of day alone is on the as-of date.
    pub fn minute(&self, typed: &str) -> anyhow::Result<String> {
        self.minute_on(typed, self.session.as_of.date(), Leaning::Past)
    }

    /// A time; a time of day alone is on the day `on`.
    pub fn minute_on(&self, typed: &str, on: NaiveDate, leaning: Leaning) -> anyhow::Result<String> {
        self.one_of(typed, minutes_typed(typed, self.session.as_of, on, leaning))
    }

    /// A day.
    pub fn day(&self, typed: &str, leaning: Leaning) -> anyhow::Result<String> {
        self.one_of(typed, days_typed(typed, self.session.as_of.date(), leaning))
    }

    /// A person, by id or name; one who is not among those who can be meant may be someone else, and the rules say so.
    pub fn person(&self, typed: &str, who: Who) -> anyhow::Result<String> {
        let project = &self.session.project;
        let mut found = project.people_called(typed, who);
        if found.is_empty() {
            found = project.people_called(typed, Who::Anyone);
        }
        self.settled(typed, found.into_iter().map(|(id, name)| (id.to_string(), format!("{name} ({id})"))).collect())
    }

    /// The owner of an action item: a person, or an office by its word or name.
    pub fn owner(&self, typed: &str) -> anyhow::Result<String> {
        match self.session.project.office_called(typed) {
            Some(office) => Ok(office.to_owned()),
            None => self.person(typed, Who::Anyone),
        }
    }

    /// A module or initiative, by id or name.
    pub fn subject(&self, typed: &str) -> anyhow::Result<String> {
        let found = self.session.project.subjects_called(typed);
        self.settled(typed, found.into_iter().map(|(id, name)| (id.to_string(), format!("{name} ({id})"))).collect())
    }

    fn one_of<T: ToString>(&self, typed: &str, meanings: Vec<T>) -> anyhow::Result<String> {
        let both = |meaning: T| (meaning.to_string(), meaning.to_string());
        self.settled(typed, meanings.into_iter().map(both).collect())
    }

    /// The one that is meant.
    fn settled(&self, typed: &str, mut meanings: Vec<Meaning>) -> anyhow::Result<String> {
        let words: Vec<String> = meanings.iter().map(|(_, words)| words.clone()).collect();
        match (meanings.len(), self.ask) {
            (0, _) => Ok(as_typed(typed)),
            (1, _) => Ok(meanings.swap_remove(0).0),
            (_, Some(ask)) => {
                let chosen = ask.choice(&format!("Which one is `{}`?", typed.trim()), &words)?;
                Ok(meanings.swap_remove(chosen).0)
            }
            (_, None) => bail!("{}: write the one you mean", either(typed, &words)),
        }
    }
}

/// The examples of the ids of people and of subjects, by which their fields are known.
const PERSON: &str = "jrivera";
const SUBJECT: &str = "scorecard";

fn as_typed(typed: &str) -> String {
    typed.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PersonId, SubjectId};
    use crate::record::{Value, fields_of};

    #[test]
    fn ids_are_known_by_their_examples() {
        for (schema, example) in [(PersonId::schema(), PERSON), (SubjectId::schema(), SUBJECT)] {
            let fields = fields_of(&serde_json::json!({"properties": {"x": schema}}), &["x"]);
            assert_eq!(fields[0].example, example);
        }
    }
}
