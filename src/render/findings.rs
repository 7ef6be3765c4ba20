//! Diagnostics with their places as lines and columns: what every format of `check` shows.

use crate::load::{Counts, Project};
use crate::model::{Diagnostic, Level, Minute, Place, Position, position};

/// Diagnostics and what they are about.
pub struct Findings<'p> {
    pub project: &'p Project,
    pub as_of: Minute,
    pub diagnostics: Vec<Diagnostic>,
}

/// Where a diagnostic points, in lines and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    pub start: Position,
    /// Just past the last character.
    pub end: Position,
}

impl<'p> Findings<'p> {
    /// The findings of a check.
    pub fn new(project: &'p Project, as_of: Minute, diagnostics: Vec<Diagnostic>) -> Findings<'p> {
        Findings { project, as_of, diagnostics }
    }

    /// How many are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count()
    }

    /// How many records were read.
    pub fn records(&self) -> Counts {
        self.project.counts
    }

    /// The path that a place is at.
    pub fn path<'s>(&'s self, place: &'s Place) -> &'s str {
        place.path(&self.project.files)
    }

    /// The lines and columns of a place; the very beginning of a file that is not there.
    pub fn range(&self, place: &Place) -> Range {
        match place {
            Place::In(file, span) => {
                let text = &self.project.file(*file).text;
                Range { start: position(text, span.start), end: position(text, span.end) }
            }
            Place::Missing(_) => Range { start: position("", 0), end: position("", 0) },
        }
    }
}
