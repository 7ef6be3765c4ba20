//! What a review lists: the base, records, diagnostics and packs that differ.

use serde::Serialize;

use crate::model::Minute;
use crate::report::words::counted;

/// The value of [`Review::format`].
pub const FORMAT: &str = "heatpack.review/1";
/// How many records are listed.
pub const RECORDS: usize = 60;
/// How many diagnostics of a kind are listed.
const DIAGNOSTICS: usize = 30;

/// What a change means.
#[derive(Debug, Serialize)]
pub struct Review {
    pub format: &'static str,
    pub as_of: Minute,
    pub base: BaseView,
    /// How many files differ.
    pub files: usize,
    /// "2 tickets changed", "1 new change request".
    pub counts: Vec<CountLine>,
    /// How many tickets and CRs went from one state into another.
    pub moves: Vec<MoveLine>,
    pub records: Listed<RecordLine>,
    /// What `check` finds now and did not find in the base.
    pub adds: Found,
    /// What it found in the base and finds no more.
    pub mends: Found,
    pub packs: PackChanges,
}

/// The base revision.
#[derive(Debug, Serialize)]
pub struct BaseView {
    /// As it was named.
    pub name: String,
    /// The commit's hash, in full.
    pub commit: String,
    /// When it was committed; null where the project was not there yet.
    pub committed: Option<Minute>,
}

/// A list that is cut off at a bound.
#[derive(Debug, Serialize)]
pub struct Listed<T> {
    /// How many there are.
    pub total: usize,
    /// The first of them.
    pub listed: Vec<T>,
}

impl<T> Listed<T> {
    pub fn new(mut all: Vec<T>, bound: usize) -> Listed<T> {
        let total = all.len();
        all.truncate(bound);
        Listed { total, listed: all }
    }

    /// How many are not listed.
    pub fn more(&self) -> usize {
        self.total - self.listed.len()
    }
}

/// How many records of a kind are new, changed or gone.
#[derive(Debug, Serialize)]
pub struct CountLine {
    pub kind: Kind,
    pub new: usize,
    pub changed: usize,
    pub gone: usize,
}

impl CountLine {
    /// "2 new tickets, 1 changed".
    pub fn words(&self) -> String {
        let parts = [(self.new, "new"), (self.changed, "changed"), (self.gone, "gone")];
        let parts: Vec<String> =
            parts.iter().filter(|(number, _)| *number > 0).map(|(number, word)| format!("{number} {word}")).collect();
        format!("{}: {}", self.kind.plural(), parts.join(", "))
    }
}

/// How many records went from one state into another, in words.
#[derive(Debug, Serialize)]
pub struct MoveLine {
    pub kind: Kind,
    pub from: Option<String>,
    pub to: Option<String>,
    pub count: usize,
}

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Ticket,
    ChangeRequest,
    Poc,
    Answer,
    Meeting,
    Report,
    /// The settings, subjects, staff or the board.
    List,
}

impl Kind {
    /// "tickets".
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Ticket => "tickets",
            Kind::ChangeRequest => "change requests",
            Kind::Poc => "POCs",
            Kind::Answer => "answers",
            Kind::Meeting => "meetings",
            Kind::Report => "reports of NITC",
            Kind::List => "lists and settings",
        }
    }
}

/// Whether a record is new, changed or removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    New,
    Changed,
    Gone,
}

impl Fate {
    /// Whether a record is new, changed or removed.
    pub fn of(was: bool, now: bool) -> Fate {
        match (was, now) {
            (false, _) => Fate::New,
            (true, true) => Fate::Changed,
            (true, false) => Fate::Gone,
        }
    }
}

/// One record, and what the change means for it.
#[derive(Debug, Serialize)]
pub struct RecordLine {
    pub kind: Kind,
    pub id: String,
    /// Its title or name; blank if it has none.
    pub title: String,
    pub fate: Fate,
    /// Its state before and now, in words.
    pub from: Option<String>,
    pub to: Option<String>,
    /// The changes, phrase by phrase: "nitc-response deadline met (due Nov 4, Nov 4)".
    pub says: Vec<String>,
}

impl RecordLine {
    /// Whether its state is another now.
    pub fn moved(&self) -> bool {
        self.from != self.to
    }
}

/// Diagnostics that a pull request adds or fixes.
#[derive(Debug, Serialize)]
pub struct Found {
    pub errors: usize,
    pub lapses: usize,
    pub found: Listed<FoundLine>,
}

impl Found {
    /// Those diagnostics, the errors first.
    pub fn new(mut lines: Vec<FoundLine>) -> Found {
        lines.sort_by_key(|line| !line.is_error());
        let errors = lines.iter().filter(|line| line.is_error()).count();
        Found { errors, lapses: lines.len() - errors, found: Listed::new(lines, DIAGNOSTICS) }
    }

    /// "1 error and 2 lapses".
    pub fn words(&self) -> String {
        format!("{} and {}", counted(self.errors, "error"), counted(self.lapses, "lapse"))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.found.total == 0
    }
}

/// A diagnostic.
#[derive(Debug, Serialize)]
pub struct FoundLine {
    pub rule: String,
    /// `error` or `lapse`.
    pub level: String,
    pub record: String,
    pub path: String,
    pub line: usize,
    pub message: String,
}

impl FoundLine {
    fn is_error(&self) -> bool {
        self.level == "error"
    }
}

/// Packs of past meetings that would read otherwise.
#[derive(Debug, Serialize)]
pub struct PackChanges {
    /// How many packs were made from both versions and compared.
    pub compared: usize,
    /// How many past packs may differ too, and are too long ago to be compared.
    pub older: usize,
    /// Those that differ, the newest first.
    pub differ: Vec<PackChange>,
}

/// A pack that would read otherwise.
#[derive(Debug, Serialize)]
pub struct PackChange {
    pub kind: crate::model::MeetingKind,
    /// The date by which its files are named.
    pub scheduled: chrono::NaiveDate,
    /// The day on which the meeting is held, and the scheduled one where that is another.
    pub held: String,
    /// The parts of it that differ, by their names in its JSON.
    pub parts: Vec<String>,
}
