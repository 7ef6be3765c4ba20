//! The model of `heatpack review`: what a change means, record by record, in the words of the workflow.
//!
//! Every list has a limit and reports its full length, so a pull request of thousands of files gets a summary.

mod lists;
mod packs;
mod records;

use serde::Serialize;

use super::words::counted;
use crate::load::Base;
use crate::model::Minute;
use crate::workflow::Context;

/// The value of [`Review::format`].
pub const FORMAT: &str = "heatpack.review/1";
/// How many records are listed.
const RECORDS: usize = 60;
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
    fn new(mut all: Vec<T>, bound: usize) -> Listed<T> {
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
    fn moved(&self) -> bool {
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

/// The two versions of a project.
pub struct Versions<'v, 'p> {
    /// The whole project as it was.
    pub was: &'v Context<'p>,
    /// The project as it is, its votes judged by the base's board.
    pub now: &'v Context<'p>,
    /// The project as it is, once the change is merged: its votes judged by its own board.
    pub merged: &'v Context<'p>,
    /// What the base had in the files that differ; none where the project was not there yet.
    pub base: Option<&'p Base>,
}

impl Versions<'_, '_> {
    /// Whether the file of a record now is another than the base's.
    fn touches(&self, file: crate::model::FileId) -> bool {
        self.base.is_none_or(|base| base.touches(self.now.project(), file))
    }
}

/// What a change means: the records and packs of both versions, and the diagnostics that only one of them has.
pub fn review(versions: &Versions, base: BaseView, adds: Found, mends: Found) -> Review {
    let records = records::lines(versions);
    Review {
        format: FORMAT,
        as_of: versions.now.as_of,
        base,
        files: versions.base.map_or(versions.now.project().files.len(), |base| base.differing.len()),
        counts: counts(&records),
        moves: moves(&records),
        records: Listed::new(records, RECORDS),
        adds,
        mends,
        packs: packs::changes(versions),
    }
}

fn counts(records: &[RecordLine]) -> Vec<CountLine> {
    let of = |kind, fate| records.iter().filter(|line| line.kind == kind && line.fate == fate).count();
    let mut kinds: Vec<Kind> = records.iter().map(|line| line.kind).collect();
    kinds.sort();
    kinds.dedup();
    let line = |kind| CountLine {
        kind,
        new: of(kind, Fate::New),
        changed: of(kind, Fate::Changed),
        gone: of(kind, Fate::Gone),
    };
    kinds.into_iter().map(line).collect()
}

fn moves(records: &[RecordLine]) -> Vec<MoveLine> {
    let mut moves: std::collections::BTreeMap<(Kind, &Option<String>, &Option<String>), usize> = Default::default();
    for line in records.iter().filter(|line| line.moved()) {
        *moves.entry((line.kind, &line.from, &line.to)).or_default() += 1;
    }
    let line = |((kind, from, to), count): ((Kind, &Option<String>, &Option<String>), usize)| MoveLine {
        kind,
        from: from.clone(),
        to: to.clone(),
        count,
    };
    moves.into_iter().map(line).collect()
}
