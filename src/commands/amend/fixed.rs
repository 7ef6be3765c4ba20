//! Which entries of a log the base branch has: those cannot be amended.

use std::collections::BTreeSet;

use crate::commands::common::base;
use crate::commands::common::session::Session;
use crate::git;
use crate::load::{Base, Project};
use crate::model::{Entry, EventKind, LogId, minute_in_words};
use crate::workflow::LogDiff;

/// What the base branch has of a record.
pub enum Fixed {
    /// Nothing: the record is new.
    Nothing,
    /// All of its log, as it is now; or what it has is not known.
    All,
    /// All of its log, except the entries at these places.
    AllBut(BTreeSet<usize>),
}

impl Fixed {
    /// Whether an entry can be amended.
    pub fn is_free(&self, entry: usize) -> bool {
        match self {
            Fixed::Nothing => true,
            Fixed::All => false,
            Fixed::AllBut(free) => free.contains(&entry),
        }
    }
}

/// The base branch, as far as it differs from the records.
pub struct BaseRecords {
    records: Option<Base>,
}

impl BaseRecords {
    /// Reads it. Outside git, and before the first commit, it has nothing.
    pub fn read(session: &Session) -> anyhow::Result<BaseRecords> {
        let is_in_git = git::is_in_repository(&session.root);
        let base = if is_in_git { base::read_default(session)? } else { None };
        Ok(BaseRecords { records: base.and_then(|base| base.records) })
    }

    /// The base branch in words: "the base branch (origin/main)".
    pub fn name(&self) -> String {
        let name = self.records.as_ref().map_or("HEAD", |base| base.name.as_str());
        format!("the base branch ({name})")
    }

    /// What it has of a record.
    pub fn of(&self, project: &Project, record: &LogId) -> Fixed {
        let Some(base) = &self.records else { return Fixed::Nothing };
        match project.log_file(record) {
            Some(file) if base.touches(project, file) => {}
            Some(_) => return Fixed::All,
            None => return Fixed::All,
        }
        let known = &base.records.known;
        let free = match record {
            LogId::Ticket(id) if known.tickets.broken.contains(id) => None,
            LogId::Change(id) if known.changes.broken.contains(id) => None,
            LogId::Ticket(id) => match (base.records.tickets.get(id), project.tickets.get(id)) {
                (None, _) => return Fixed::Nothing,
                (Some(was), Some(is)) => Some(LogDiff::new(&was.log, &is.log).added),
                (Some(_), None) => None,
            },
            LogId::Change(id) => match (base.records.changes.get(id), project.changes.get(id)) {
                (None, _) => return Fixed::Nothing,
                (Some(was), Some(is)) => Some(LogDiff::new(&was.log, &is.log).added),
                (Some(_), None) => None,
            },
        };
        free.map_or(Fixed::All, |free| Fixed::AllBut(free.into_iter().collect()))
    }
}

/// An entry of a log, in the words of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its time and event, "2026-11-16 10:00 follow-up".
    pub name: String,
    pub event: String,
    pub at: crate::model::Minute,
    /// "Mon, Nov 16, 2026, 10:00, follow-up, by dora: Told the POC."
    pub words: String,
}

/// The entries of a record, oldest first.
pub fn listed(project: &Project, record: &LogId) -> Vec<Listed> {
    match record {
        LogId::Ticket(id) => project.tickets.get(id).map(|own| own.log.iter().map(of_entry).collect()),
        LogId::Change(id) => project.changes.get(id).map(|own| own.log.iter().map(of_entry).collect()),
    }
    .unwrap_or_default()
}

fn of_entry<E: EventKind>(entry: &Entry<E>) -> Listed {
    let by = entry.by.as_ref().map(|by| format!(", by {}", by.value)).unwrap_or_default();
    let note = entry.note.as_ref().and_then(|note| note.0.lines().next()).map(|note| format!(": {note}"));
    let (at, event) = (entry.at.value, entry.event.value.to_string());
    Listed {
        name: format!("{at} {event}"),
        words: format!("{}, {event}{by}{}", minute_in_words(at), note.unwrap_or_default()),
        event,
        at,
    }
}
