//! What is wrong with the records, or went wrong in the process, at a place.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Help, Level, RuleId, Span};
use chrono::NaiveDate;

/// A file of the project, by its place in `Project::files`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A file that was read, or that was found and not opened.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// From the project's root, with `/`: `data/tickets/2026/HEAT-10423.yaml`.
    pub path: String,
    /// The text without its byte-order mark; blank where it was not opened or is not UTF-8.
    pub text: Arc<str>,
}

/// Where a diagnostic points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// At a run of a file's text.
    In(FileId, Span),
    /// At a file that is not there: the path from the project's root.
    Missing(String),
}

impl Place {
    /// The path that it is at, from the project's root.
    pub fn path<'s>(&'s self, files: &'s [SourceFile]) -> &'s str {
        match self {
            Place::In(file, _) => &files[file.0 as usize].path,
            Place::Missing(path) => path,
        }
    }
}

/// A finding of a rule.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    pub rule: RuleId,
    pub level: Level,
    pub place: Place,
    /// The record's id, as `cli.md` defines it.
    pub record: String,
    /// Lower case, without a full stop, the fault first.
    pub message: String,
    /// What to do.
    pub help: Option<Help>,
    /// Second places.
    pub labels: Vec<(Place, String)>,
    /// It is an error that an exception made a lapse.
    pub excepted: bool,
    /// The date of a lapse, which says in what pack it is listed.
    pub on: Option<NaiveDate>,
}

impl Diagnostic {
    /// What to do, for someone who edits the file.
    pub fn help_in_file(&self) -> Option<Cow<'_, str>> {
        self.help.as_ref().map(Help::in_file)
    }
}
