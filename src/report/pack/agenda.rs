//! The agenda: the sections that the meeting covers, then its file's own items.

use serde::Serialize;

use super::heading::{Heading, Section};
use super::scope::Scope;
use crate::model::RichText;

/// What the pack calls the section.
pub(super) const HEADING: Heading = Heading::beside("agenda", "Agenda");

/// The standing items, then the meeting file's own. All are numbered in a row from 1, the standing ones as the sections are.
#[derive(Debug, Clone, Serialize)]
pub struct Agenda {
    /// The number of the first standing item.
    pub first: usize,
    /// The titles of the sections that the meeting covers.
    pub standing: Vec<String>,
    pub further: Vec<RichText>,
    /// The number of the first further item.
    pub first_further: usize,
}

/// The meeting's agenda, of the pack's sections.
pub fn agenda(scope: &Scope, sections: &[Section]) -> Agenda {
    let own = scope.meeting().record.map(|record| record.agenda.as_slice()).unwrap_or_default();
    let standing: Vec<&Section> = sections.iter().filter(|section| section.on_agenda).collect();
    let first_further = standing.len() + 1;
    Agenda {
        first: 1,
        standing: standing.into_iter().map(|section| section.title.clone()).collect(),
        further: own.iter().map(|item| RichText::new(&item.0)).collect(),
        first_further,
    }
}
