//! The ids on record, including those of files with errors, so that references to these are not reported.

use std::collections::{BTreeMap, BTreeSet};

use super::files::{FileKind, kind_of, stem};
use crate::model::{AnswerId, CrId, FileId, Numbers, PersonId, Span, SubjectId, TicketId};

/// Ids of one kind.
#[derive(Debug)]
pub struct Ids<T> {
    pub ids: BTreeSet<T>,
    /// False if a file could not be read well enough to know its ids; then no id is unknown.
    pub complete: bool,
    /// Ids of records with errors, of which only the id is known.
    pub broken: BTreeSet<T>,
}

impl<T> Default for Ids<T> {
    fn default() -> Self {
        Ids { ids: BTreeSet::new(), complete: true, broken: BTreeSet::new() }
    }
}

impl<T: Ord + Clone> Ids<T> {
    /// Adds the id of a record with errors; `None` if the id is unknown too.
    pub fn add_broken(&mut self, id: Option<T>) {
        match id {
            Some(id) => {
                self.ids.insert(id.clone());
                self.broken.insert(id);
            }
            None => self.complete = false,
        }
    }

    /// Adds the ids of a list with errors; `None` if they are unknown.
    pub fn add_all_broken(&mut self, ids: Option<Vec<T>>) {
        match ids {
            Some(ids) if !ids.is_empty() => ids.into_iter().for_each(|id| self.add_broken(Some(id))),
            _ => self.complete = false,
        }
    }

    /// Adds the id of a file's record, or `broken` if the record has errors. If its name has a different one, which is
    /// reported elsewhere, either can be right.
    pub fn add_one(&mut self, own: Option<&T>, broken: Option<T>, named: Option<T>) {
        match own {
            Some(own) => drop(self.ids.insert(own.clone())),
            None => self.add_broken(broken),
        }
        self.ids.extend(named);
    }

    /// Whether a record may have that id.
    pub fn has(&self, id: &T) -> bool {
        !self.complete || self.ids.contains(id)
    }

    /// Whether records are missing from what was read.
    pub fn is_partial(&self) -> bool {
        !self.complete || !self.broken.is_empty()
    }
}

/// All ids that are on record.
#[derive(Debug, Default)]
pub struct IdIndex {
    pub subjects: Ids<SubjectId>,
    pub staff: Ids<PersonId>,
    pub members: Ids<PersonId>,
    pub pocs: Ids<PersonId>,
    pub tickets: Ids<TicketId>,
    pub answers: Ids<AnswerId>,
    pub changes: Ids<CrId>,
    /// The paths of unusable votes by CR: with errors, misplaced or not opened.
    pub unread_votes: BTreeMap<CrId, BTreeSet<String>>,
    /// The folder of all votes, if it is not opened.
    pub unread_decisions: Option<String>,
    /// Paths that git has and at which nothing was found: their ids are not given out again.
    pub elsewhere: BTreeSet<String>,
    /// The ids of records of one file each, as the files state them, in the order of paths.
    pub(super) stated: Vec<StatedId>,
}

impl IdIndex {
    /// Marks the ids of an unreadable folder as incomplete.
    pub fn miss_folder(&mut self, path: &str) {
        match path.split('/').collect::<Vec<_>>().as_slice() {
            ["data", "pocs"] => self.pocs.complete = false,
            ["data", "answers"] => self.answers.complete = false,
            ["data", "crs"] => self.changes.complete = false,
            ["data", "tickets"] => self.tickets.complete = false,
            ["data", "tickets", year] if !year.contains('.') => self.tickets.complete = false,
            ["data", "decisions"] => self.unread_decisions = Some(path.to_owned()),
            ["data", "decisions", ..] => self.miss_vote(path, None),
            _ => {}
        }
    }

    /// Adds the file of an unusable vote. Its folder and its contents can name different CRs: the votes on both are
    /// then incomplete.
    pub fn miss_vote(&mut self, path: &str, named: Option<CrId>) {
        let folder = path.split('/').nth(2).and_then(CrId::parse);
        for cr in folder.into_iter().chain(named) {
            self.unread_votes.entry(cr).or_default().insert(path.to_owned());
        }
    }

    /// The paths of the votes on a CR that no one can use as they are.
    pub fn unread_votes_on(&self, cr: &CrId) -> impl Iterator<Item = &str> {
        self.unread_decisions.iter().chain(self.unread_votes.get(cr).into_iter().flatten()).map(String::as_str)
    }

    /// Whether a ticket has that number, or had it when git last saw it.
    pub fn is_taken(&self, id: TicketId) -> bool {
        self.numbers().any(|other| other == id)
    }

    /// The numbers of tickets, those that only git has among them.
    fn numbers(&self) -> impl Iterator<Item = TicketId> {
        self.tickets.ids.iter().copied().chain(self.named(FileKind::Ticket, TicketId::parse))
    }

    /// The ids that the names of files give which only git has.
    fn named<T>(&self, kind: FileKind, parse: impl Fn(&str) -> Option<T>) -> impl Iterator<Item = T> {
        let files = self.elsewhere.iter().filter(move |path| kind_of(path) == Some(kind));
        files.filter_map(move |path| parse(stem(path)))
    }

    /// The number after the last ticket's among those that HEAT hands out; `None` if it would have more than nine
    /// digits. If the settings have no numbers, those handed out by imports (`imported`) are not HEAT's.
    pub fn next_ticket(&self, numbers: Numbers, imported: &BTreeSet<TicketId>) -> Option<TicketId> {
        if let Some(first) = numbers.heat_from {
            return self.next_ticket_in(first, numbers.heat_to.unwrap_or(u32::MAX));
        }
        let highest = self.numbers().filter(|id| !imported.contains(id)).max();
        let next = highest.map_or(1, |highest| highest.0.saturating_add(1));
        let taken: BTreeSet<u32> = self.numbers().map(|id| id.0).filter(|number| *number >= next).collect();
        let next = (next..=u32::MAX).find(|number| !taken.contains(number))?;
        TicketId::parse(&TicketId(next).to_string())
    }

    /// The number after the last ticket's from `first` to `last`; `None` if it would have more than nine digits.
    pub fn next_ticket_in(&self, first: u32, last: u32) -> Option<TicketId> {
        if last < first {
            return None;
        }
        let highest = self.numbers().filter(|id| (first..=last).contains(&id.0)).max();
        let next = highest.map_or(first, |highest| highest.0.saturating_add(1));
        TicketId::parse(&TicketId(next).to_string()).filter(|next| next.0 <= last)
    }

    /// The id after that of a year's last change request.
    pub fn next_change(&self, year: i32) -> Option<CrId> {
        let head = format!("CR-{year:04}-");
        let ids = self.changes.ids.iter().cloned().chain(self.named(FileKind::Change, CrId::parse));
        let numbers = ids.filter_map(|id| id.as_str().strip_prefix(&head)?.parse::<u64>().ok());
        CrId::parse(&format!("{head}{:03}", numbers.max().unwrap_or(0).checked_add(1)?))
    }

    /// A free id for a person of that name: the first letter and the last name, with a number if needed. `None` for a
    /// name without plain letters.
    pub fn person_id_for(&self, name: &str) -> Option<PersonId> {
        let stem = PersonId::of_name(name)?;
        let numbered = (2..100).filter_map(|number| PersonId::parse(&format!("{stem}{number}")));
        std::iter::once(stem.clone()).chain(numbered).find(|id| !self.has_person(id))
    }

    /// A free id for an answer of that title, with a number if needed. `None` for a title without plain letters.
    pub fn answer_id_for(&self, title: &str) -> Option<AnswerId> {
        let stem = AnswerId::of_title(title)?;
        let numbered = (2..100).filter_map(|number| AnswerId::parse(&format!("{stem}-{number}")));
        std::iter::once(stem.clone()).chain(numbered).find(|id| !self.has_answer(id))
    }

    /// Whether an answer has that id, or had it when git last saw it.
    pub fn has_answer(&self, id: &AnswerId) -> bool {
        self.answers.ids.contains(id) || self.named(FileKind::Answer, AnswerId::parse).any(|other| other == *id)
    }

    /// Whether a person may have that id.
    pub fn has_person(&self, id: &PersonId) -> bool {
        let is_named = || self.named(FileKind::Poc, PersonId::parse).any(|other| other == *id);
        self.staff.has(id) || self.pocs.has(id) || self.members.has(id) || is_named()
    }
}

/// An id as a file states it, for finding those that come twice.
#[derive(Debug)]
pub struct StatedId {
    pub kind: FileKind,
    pub file: FileId,
    pub span: Span,
    pub id: String,
}

impl StatedId {
    /// The id of a record in a file at `path`.
    pub fn new(path: &str, file: FileId, span: Span, id: String) -> Option<StatedId> {
        kind_of(path).map(|kind| StatedId { kind, file, span, id })
    }
}
