//! An export's tickets → the files that they would be: new ones, and entries added to those that are there.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use super::earlier::{Earlier, earlier, mark};
use super::events::Made;
use super::gather::{Export, Gathered, Names, gather};
use super::records::{Records, ticket_text};
use super::{ImportError, Problem, Problems, lookup};
use crate::load::{Drafts, Project, append};
use crate::model::{Entry, ImportMap, Minute, PersonId, SubjectId, TicketEvent, TicketId};
use crate::record::{Faults, Fields};
use crate::workflow::is_designated;

/// What an import would do.
#[derive(Debug)]
pub struct Plan {
    /// The files as they would be, by their path from the project's root.
    pub drafts: Drafts,
    /// Of those that are there already, what they hold.
    pub old: Drafts,
    /// The drafts' paths in the order in which they are to be written: what tickets name, then the tickets as the export
    /// has them. Free numbers are given in that order, so that an import that was cut short goes on with the same ones.
    pub order: Vec<String>,
    /// In the order of the export.
    pub tickets: Vec<Planned>,
    /// Records that are made for names that had none.
    pub pocs: Vec<PersonId>,
    pub subjects: Vec<SubjectId>,
    pub problems: Problems,
    /// The rows read, the headings aside, and how many of them the map leaves out.
    pub rows: usize,
    pub skipped: usize,
}

/// A ticket of the export.
#[derive(Debug, Clone)]
pub struct Planned {
    pub row: usize,
    /// The tracker's number.
    pub number: String,
    pub id: TicketId,
    pub title: String,
    pub subject: SubjectId,
    pub poc: PersonId,
    pub received: Minute,
    pub what: What,
    /// Entries that are not added, and why.
    pub left: Vec<String>,
}

/// What becomes of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    New,
    /// So many entries are added to its log.
    Adds(usize),
    Nothing,
}

/// Reads an export and works out what it brings. `read` gives the bytes of a record. `None` where the map names columns
/// that the export does not have: faults then say which.
pub fn plan(
    input: impl Read,
    map: &ImportMap,
    project: &Project,
    read: &dyn Fn(&str) -> std::io::Result<Vec<u8>>,
    faults: &mut Faults,
) -> Result<Option<Plan>, ImportError> {
    let names =
        Names { pocs: lookup::pocs(project), staff: lookup::staff(project), subjects: lookup::subjects(project) };
    let mut problems = Problems::default();
    let gathered = gather(input, map, project.settings.zone, &names, (&mut problems, faults))?;
    let Some(Export { tickets, rows, skipped }) = gathered else { return Ok(None) };
    let earlier = earlier(project, map.tracker.as_str());
    let mut planner = Planner {
        map,
        project,
        read,
        numbers: earlier.iter().map(|(number, own)| (own.id, number.clone())).collect(),
        earlier,
        taken: BTreeMap::new(),
        kept: BTreeSet::new(),
        next: project.known.last_ticket().map_or(1, |id| id.0.saturating_add(1)),
        records: Records::new(project, names),
        plan: Plan {
            drafts: Drafts::new(),
            old: Drafts::new(),
            order: Vec::new(),
            tickets: Vec::new(),
            pocs: Vec::new(),
            subjects: Vec::new(),
            problems,
            rows,
            skipped,
        },
    };
    if map.number.keep {
        planner.kept = tickets.iter().filter_map(|own| kept(map, &own.number)).collect();
    }
    for ticket in tickets {
        planner.ticket(ticket)?;
    }
    planner.finish().map(Some)
}

struct Planner<'p> {
    map: &'p ImportMap,
    project: &'p Project,
    read: &'p dyn Fn(&str) -> std::io::Result<Vec<u8>>,
    earlier: BTreeMap<String, Earlier>,
    /// The same by our ids: the tracker's numbers.
    numbers: BTreeMap<TicketId, String>,
    /// The ids of this export's tickets, and their numbers there.
    taken: BTreeMap<TicketId, String>,
    /// The numbers that the export's tickets keep: no other ticket gets one of them.
    kept: BTreeSet<TicketId>,
    next: u32,
    records: Records,
    plan: Plan,
}

impl Planner<'_> {
    fn ticket(&mut self, own: Gathered) -> Result<(), ImportError> {
        let Some((id, up_to)) = self.id_of(&own) else { return Ok(()) };
        let (poc, subject) = match (self.records.poc(self.project, &own.poc), self.records.subject(&own.subject)) {
            (Ok(poc), Ok(subject)) => (poc, subject),
            (poc, subject) => {
                for (message, help) in poc.err().into_iter().chain(subject.err()) {
                    self.problem(&own, None, message, help);
                }
                return Ok(());
            }
        };
        let mut planned = Planned {
            row: own.row,
            number: own.number.clone(),
            id,
            title: own.title.0.clone(),
            subject: subject.clone(),
            poc: poc.clone(),
            received: own.received,
            what: What::Nothing,
            left: Vec::new(),
        };
        match self.project.tickets.get(&id) {
            Some(ticket) => {
                let (added, left) = added(own.entries.clone(), &ticket.log, ticket.received.value, up_to);
                planned.left = left;
                if let (Some(first), Some(last)) = (added.first(), added.last()) {
                    let note = mark(self.map.tracker.as_str(), &own.number, last.at);
                    let entries = entries(&note, first.at, &added);
                    let path = self.project.file(ticket.file).path.clone();
                    if self.append(&own, &path, entries)? {
                        planned.what = What::Adds(added.len());
                    }
                }
            }
            None => {
                let exception = self.exception(&poc, &subject, own.received);
                let up_to = own.entries.last().map_or(own.received, |last| last.at.max(own.received));
                let note = mark(self.map.tracker.as_str(), &own.number, up_to);
                let log = entries(&note, own.received, &own.entries);
                let path = format!("data/tickets/{}/{id}.yaml", own.received.date().format("%Y"));
                let text = ticket_text(&own, id, &poc, &subject, exception, log);
                self.draft(path, text.into_bytes());
                planned.what = What::New;
            }
        }
        self.plan.tickets.push(planned);
        Ok(())
    }

    /// Our number of a ticket, and of one that is there the time up to which it was taken in.
    fn id_of(&mut self, own: &Gathered) -> Option<(TicketId, Option<Minute>)> {
        let known = self.earlier.get(&own.number).copied();
        let (id, up_to) = match known {
            Some(known) => (known.id, Some(known.up_to)),
            None if self.map.number.keep => match kept(self.map, &own.number) {
                Some(id) => (id, None),
                None => {
                    let message = format!("`{}` is no number that a ticket of ours may bear", own.number);
                    let help = "one has 1 to 9 digits, behind the map's `prefix`: mend that, or write `keep: false` for \
                                the next free numbers";
                    let column = Some(self.map.number.column.as_str().to_owned());
                    self.problem(own, column, message, help.to_owned());
                    return None;
                }
            },
            None => (self.free_id(own)?, None),
        };
        let other = self.numbers.get(&id).filter(|number| **number != own.number);
        let other = other.or_else(|| self.taken.get(&id)).cloned();
        if let (None, Some(ticket)) = (up_to, self.project.tickets.get(&id))
            && ticket.received.date() != own.received.date()
        {
            let ours = ticket.received.value;
            let message = format!("{id} is on record, and was received {ours}, not {}: another ticket", own.received);
            let help = "write `keep: false` in the map for the next free numbers, or leave the row out (`skip`)";
            self.problem(own, Some(self.map.number.column.as_str().to_owned()), message, help.to_owned());
            return None;
        }
        if let Some(other) = other {
            let message = format!("{id} is the ticket with the number {other} already");
            let help = "write `keep: false` in the map for the next free numbers, or leave one of the two out (`skip`)";
            self.problem(own, Some(self.map.number.column.as_str().to_owned()), message, help.to_owned());
            return None;
        }
        self.taken.insert(id, own.number.clone());
        Some((id, up_to))
    }

    fn free_id(&mut self, own: &Gathered) -> Option<TicketId> {
        while self.kept.contains(&TicketId(self.next)) {
            self.next += 1;
        }
        let id = TicketId::parse(&format!("HEAT-{}", self.next));
        self.next = self.next.saturating_add(1);
        if id.is_none() {
            let help = "numbers have 9 digits at most: give the last tickets smaller ones";
            self.problem(own, None, "there is no free number left".to_owned(), help.to_owned());
        }
        id
    }

    /// The exception of a ticket whose POC was not designated then, if the map allows it.
    fn exception(&self, poc: &PersonId, subject: &SubjectId, received: Minute) -> Option<Fields<'static>> {
        let allowed = self.map.not_designated.as_ref()?;
        let is_designated = is_designated(self.project, poc, subject, received.date());
        let exception = Fields::new()
            .with("rule", "contact-not-designated")
            .with("reason", allowed.reason.0.clone())
            .with("allowed_by", allowed.allowed_by.to_string());
        (!is_designated).then_some(exception)
    }

    /// Adds entries to a record's text; gives whether that was possible.
    fn append(&mut self, own: &Gathered, path: &str, entries: Vec<Fields<'static>>) -> Result<bool, ImportError> {
        let unreadable = |source| ImportError::Record { path: path.to_owned(), source };
        let bytes = (self.read)(path).map_err(unreadable)?;
        let old = String::from_utf8(bytes.clone()).map_err(|error| unreadable(std::io::Error::other(error)))?;
        let new = entries.into_iter().try_fold(old, |text, entry| append(&text, &entry.into()));
        match new {
            Ok(new) => {
                self.plan.old.insert(path.to_owned(), bytes);
                self.draft(path.to_owned(), new.into_bytes());
                Ok(true)
            }
            Err(error) => {
                let message = format!("nothing can be added to {path}: {error}");
                self.problem(own, None, message, "write its `log:` as a list with a line for each field".to_owned());
                Ok(false)
            }
        }
    }

    fn draft(&mut self, path: String, text: Vec<u8>) {
        self.plan.order.push(path.clone());
        self.plan.drafts.insert(path, text);
    }

    fn problem(&mut self, own: &Gathered, column: Option<String>, message: String, help: String) {
        self.plan.problems.add(Problem { row: own.row, number: own.number.clone(), column, message, help });
    }

    fn finish(mut self) -> Result<Plan, ImportError> {
        let tickets = std::mem::take(&mut self.plan.order);
        for (id, text) in self.records.pocs() {
            self.draft(format!("data/pocs/{id}.yaml"), text.into_bytes());
            self.plan.pocs.push(id);
        }
        let path = "data/subjects.yaml";
        let subjects: Vec<SubjectId> = self.records.new_subjects().cloned().collect();
        if !subjects.is_empty() {
            let is_there = self.project.files.iter().any(|file| file.path == path);
            let old = if is_there {
                Some((self.read)(path).map_err(|source| ImportError::Record { path: path.to_owned(), source })?)
            } else {
                None
            };
            let text = self.records.subjects_text(old.as_deref().unwrap_or_default(), self.map.new_subject);
            self.draft(path.to_owned(), text.into_bytes());
            self.plan.old.extend(old.map(|old| (path.to_owned(), old)));
            self.plan.subjects = subjects;
        }
        self.plan.order.extend(tickets);
        self.plan.problems.list.sort();
        Ok(self.plan)
    }
}

/// The tracker's number as ours, where it is one.
fn kept(map: &ImportMap, number: &str) -> Option<TicketId> {
    let prefix = map.number.prefix.as_ref().map_or("", |prefix| prefix.as_str());
    let head = number.get(..prefix.len())?;
    let digits = number.get(prefix.len()..).filter(|_| head.eq_ignore_ascii_case(prefix))?;
    TicketId::parse(&format!("HEAT-{}", digits.trim_start_matches('0')))
}

/// The note of the import, then the entries.
fn entries(note: &str, at: Minute, made: &[Made]) -> Vec<Fields<'static>> {
    let note = Fields::new()
        .with("at", at.to_string())
        .with("event", TicketEvent::Note.as_str())
        .with("note", note.to_owned());
    std::iter::once(note).chain(made.iter().map(Made::fields)).collect()
}

/// What of the export's entries a log does not have yet; and what is left as it is, in words. `up_to` is how far an
/// earlier import went; a log that was kept by hand is taken to be whole up to its last entry.
fn added(
    made: Vec<Made>,
    log: &[Entry<TicketEvent>],
    received: Minute,
    up_to: Option<Minute>,
) -> (Vec<Made>, Vec<String>) {
    let last = log.last().map_or(received, |entry| entry.at.value);
    let known = up_to.unwrap_or(last);
    let mut left = Vec::new();
    let later = made.into_iter().filter(|own| own.at > known);
    let added = later.filter(|own| match log.iter().any(|entry| is_the_same(own, entry)) {
        true => false,
        false if own.at < last => {
            left.push(format!(
                "`{}` of {} (row {}) is not added: somebody entered what came after it, up to {last}",
                own.event, own.at, own.row
            ));
            false
        }
        false => true,
    });
    (added.collect(), left)
}

/// Whether somebody entered the same by hand: a change of state on the same day, or a word at the same minute.
fn is_the_same(made: &Made, entry: &Entry<TicketEvent>) -> bool {
    let is_word = matches!(made.event, TicketEvent::FollowUp | TicketEvent::Note);
    let same_time = match is_word {
        true => made.at == entry.at.value,
        false => made.at.date() == entry.at.date(),
    };
    made.event == entry.event.value && same_time
}
