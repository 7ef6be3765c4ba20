//! The records as they were read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::files::{FileKind, kind_of, stem};
use super::id_index::IdIndex;
use crate::git::Tracked;
use crate::model::{
    Answer, AnswerId, Board, Change, CrId, Diagnostic, FileId, Help, Level, LogId, Meeting, MeetingKey, NitcReport,
    PersonId, Place, Poc, RuleId, Settings, SourceFile, Span, Staff, Subject, SubjectId, Ticket, TicketId, Vote,
    parse_date,
};

/// A record and its file. Several projects in a row can share one that was read once.
#[derive(Debug, Clone)]
pub struct Loaded<T> {
    pub file: FileId,
    pub record: Arc<T>,
}

impl<T> std::ops::Deref for Loaded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.record
    }
}

/// A change request and the digest of its request.
#[derive(Debug, Clone)]
pub struct LoadedChange {
    pub file: FileId,
    pub record: Arc<Change>,
    /// `sha256:` and the digest of the request as it is (`docs/explanation/signatures.md`).
    pub digest: String,
}

impl std::ops::Deref for LoadedChange {
    type Target = Change;

    fn deref(&self) -> &Change {
        &self.record
    }
}

/// A vote, and what of it is signed.
#[derive(Debug, Clone)]
pub struct LoadedVote {
    pub file: FileId,
    pub record: Arc<Vote>,
    /// The SHA-256 of the reason's text, in hexadecimal digits.
    pub reason_digest: String,
}

impl std::ops::Deref for LoadedVote {
    type Target = Vote;

    fn deref(&self) -> &Vote {
        &self.record
    }
}

/// Everything under `data/` as it was read, with nothing computed yet.
#[derive(Debug, Default)]
pub struct Project {
    /// Every file that was found, in the order of paths.
    pub files: Vec<SourceFile>,
    pub settings: Settings,
    pub subjects: Vec<Loaded<Subject>>,
    pub staff: Vec<Loaded<Staff>>,
    pub board: Board,
    /// The file of the board, if there is one.
    pub board_file: Option<FileId>,
    pub pocs: BTreeMap<PersonId, Loaded<Poc>>,
    pub tickets: BTreeMap<TicketId, Loaded<Ticket>>,
    pub answers: BTreeMap<AnswerId, Loaded<Answer>>,
    pub changes: BTreeMap<CrId, LoadedChange>,
    /// Votes by CR, in the order of their times, then of their files.
    pub votes: BTreeMap<CrId, Vec<LoadedVote>>,
    pub meetings: BTreeMap<MeetingKey, Loaded<Meeting>>,
    pub reports: BTreeMap<NaiveDate, NitcReport>,
    /// Dates of reports that could not be read.
    pub malformed_reports: BTreeSet<NaiveDate>,
    /// The ids on record, including those of files with errors.
    pub known: IdIndex,
    /// What reading found; levels are settled by the rules.
    pub faults: Vec<Diagnostic>,
    /// Paths of files that are excluded because of errors.
    pub left_out: Vec<String>,
    /// True if the settings have errors. The defaults then apply, and checks that depend on the settings are skipped.
    pub settings_left_out: bool,
    /// How many files of tickets, POCs and CRs there are.
    pub counts: Counts,
}

/// How many files of a kind there are, whatever is in them.
#[derive(Debug, Default, Clone, Copy, serde::Serialize)]
pub struct Counts {
    pub tickets: usize,
    pub pocs: usize,
    pub crs: usize,
}

impl Project {
    /// A file that was found.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The file of a record that has a log; `None` if it has errors or does not exist.
    pub fn log_file(&self, id: &LogId) -> Option<FileId> {
        match id {
            LogId::Ticket(id) => self.tickets.get(id).map(|ticket| ticket.file),
            LogId::Change(id) => self.changes.get(id).map(|cr| cr.file),
        }
    }

    /// The subject of that id.
    pub fn subject(&self, id: &SubjectId) -> Option<&Subject> {
        self.subjects.iter().map(|subject| &**subject).find(|subject| subject.id.value == *id)
    }

    /// The member of staff of that id on a date.
    pub fn staff_on(&self, id: &PersonId, date: NaiveDate) -> Option<&Staff> {
        self.staff
            .iter()
            .map(|staff| &**staff)
            .find(|staff| staff.id.value == *id && crate::model::is_within(date, staff.from, staff.until))
    }

    /// A person's name; the id if no record has the name.
    pub fn person_name(&self, id: &PersonId) -> String {
        let staff = self.staff.iter().find(|staff| staff.id.value == *id).map(|staff| &staff.record.name);
        let member = || self.board.members.iter().find(|member| member.id.value == *id).map(|member| &member.name);
        let poc = || self.pocs.get(id).map(|poc| &poc.name);
        staff.or_else(poc).or_else(member).map_or_else(|| id.to_string(), |name| name.0.clone())
    }

    /// A subject's name; the id if it has none.
    pub fn subject_name(&self, id: &SubjectId) -> String {
        self.subject(id).map_or_else(|| id.to_string(), |subject| subject.name.0.clone())
    }

    /// No meeting is before this date: the setting, else the date of the first ticket received.
    pub fn starts(&self) -> Option<NaiveDate> {
        let first = || self.tickets.values().map(|ticket| ticket.received.date()).min();
        self.settings.starts.or_else(first)
    }

    /// Whether a file's path or id has an error.
    pub fn is_misplaced(&self, file: FileId) -> bool {
        let at = |place: &Place| matches!(place, Place::In(other, _) if *other == file);
        self.faults
            .iter()
            .any(|fault| matches!(fault.rule, RuleId::MisplacedFile | RuleId::DuplicateId) && at(&fault.place))
    }

    /// Adds the files that git has and that are not checked out. They count as files with errors, and no id of any file
    /// is free.
    pub(super) fn heed(&mut self, tracked: &Tracked) {
        let is_here = |path: &&String| self.files.binary_search_by(|file| file.path.cmp(path)).is_ok();
        self.known.elsewhere = tracked.paths.iter().filter(|path| !is_here(path)).cloned().collect();
        for path in &tracked.absent {
            match kind_of(path) {
                Some(FileKind::Subjects) => self.known.subjects.complete = false,
                Some(FileKind::Staff) => self.known.staff.complete = false,
                Some(FileKind::Board) => self.known.members.complete = false,
                Some(FileKind::Poc) => self.known.pocs.add_broken(PersonId::parse(stem(path))),
                Some(FileKind::Ticket) => self.known.tickets.add_broken(TicketId::parse(stem(path))),
                Some(FileKind::Answer) => self.known.answers.add_broken(AnswerId::parse(stem(path))),
                Some(FileKind::Change) => self.known.changes.add_broken(CrId::parse(stem(path))),
                Some(FileKind::Vote) => self.known.miss_vote(path, None),
                Some(FileKind::Report) => self.malformed_reports.extend(parse_date(stem(path))),
                Some(FileKind::Meeting | FileKind::Settings) => {}
                None => continue,
            }
            self.left_out.push(path.clone());
        }
        self.left_out.sort();
    }

    /// The paths of the files that git has and that are not checked out.
    pub fn not_checked_out(&self) -> impl Iterator<Item = &str> {
        self.left_out.iter().filter(|path| self.known.elsewhere.contains(*path)).map(String::as_str)
    }

    /// Adds a fault found in a file.
    pub(super) fn fault(
        &mut self,
        rule: RuleId,
        place: (FileId, Span),
        record: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<Option<Help>>,
    ) -> &mut Diagnostic {
        let at = self.faults.len();
        self.faults.push(Diagnostic {
            rule,
            level: Level::Error,
            place: Place::In(place.0, place.1),
            record: record.into(),
            message: message.into(),
            notes: Vec::new(),
            help: help.into(),
            labels: Vec::new(),
            excepted: false,
            on: None,
        });
        &mut self.faults[at]
    }
}
