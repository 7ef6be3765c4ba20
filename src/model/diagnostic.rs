//! A finding about the records or the process, at a place.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Help, Level, RuleId, Span};
use chrono::NaiveDate;

/// A file of the project, by its place in `Project::files`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A file that was read, or found but not opened.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// From the project's root, with `/`: `data/tickets/2026/HEAT-10423.yaml`.
    pub path: String,
    /// The text without its byte-order mark; empty if it was not opened or is not UTF-8.
    pub text: Arc<str>,
}

/// The place of a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A span of a file's text.
    In(FileId, Span),
    /// A missing file, by its path from the project's root.
    Missing(String),
}

impl Place {
    /// The path from the project's root.
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
    /// The record's id, as `docs/reference/json.md` defines it.
    pub record: String,
    /// A fact with its values, lower-case, without a final period.
    pub message: String,
    /// How the message came about, for example how a date was computed.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<Help>,
    /// Further places, each with a text.
    pub labels: Vec<(Place, String)>,
    /// Whether it is an error that an exception made a lapse.
    pub excepted: bool,
    /// The date of a lapse, by which packs list it.
    pub on: Option<NaiveDate>,
}

impl Diagnostic {
    /// The message and the notes on one line.
    pub fn one_line(&self) -> String {
        std::iter::once(&self.message).chain(&self.notes).cloned().collect::<Vec<_>>().join("; ")
    }

    /// What to do, for someone who edits the file.
    pub fn help_in_file(&self) -> Option<Cow<'_, str>> {
        self.help.as_ref().map(Help::in_file)
    }
}
