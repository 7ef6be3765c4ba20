//! An export's tickets → the files that they would be: new ones, and entries added to those that are there.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use super::additions::added;
use super::cells::{Complaint, Refusal};
use super::earlier::{Earlier, earlier, mark};
use super::events::Made;
use super::gather::{Gathered, Names, Rowset, gather};
use super::numbers::{FreeNumbers, kept, key};
use super::records::{Records, ticket_text};
use super::{ImportError, Problems, lookup};
use crate::load::{Drafts, Project, append};
use crate::model::{ImportMap, Minute, Numbers, PersonId, SubjectId, TicketEvent, TicketId};
use crate::record::{Faults, Fields};
use crate::workflow::is_designated;

/// What an import would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files as they would be, by their path from the project's root.
    pub drafts: Drafts,
    /// Of those that are there already, what they hold.
    pub old: Drafts,
    /// The drafts' paths in the order of writing: the records that tickets refer to, then the tickets in the order of
    /// the export. Free numbers are assigned in that order, so that an interrupted import continues with the same ones.
    pub order: Vec<String>,
    /// In the order of the export.
    pub tickets: Vec<Planned>,
    /// Records that are made for names that had none.
    pub pocs: Vec<PersonId>,
    pub subjects: Vec<SubjectId>,
    pub problems: Problems,
    /// The rows read, the headings and blank ones aside, and how many of them the map skips.
    pub rows: usize,
    pub skipped: usize,
    /// How many rows follow a later one of their ticket, and of how many tickets.
    pub moved: (usize, usize),
    /// The encoding of the byte-order mark, if the map has another.
    pub marked: Option<&'static str>,
    /// The free numbers that new tickets take: the first and the last.
    pub numbers: Option<(TicketId, TicketId)>,
    /// Nothing keeps those apart from the numbers that the help desk's own tracker hands out.
    pub is_unreserved: bool,
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
    pub what: PlanOutcome,
    /// Entries that are not added, with the reason, and other remarks.
    pub left: Vec<String>,
    /// For each entry that is added its row, and the place of its event in the map.
    pub(super) made: Vec<(usize, usize)>,
}

/// What becomes of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanOutcome {
    New,
    /// The number of entries added to its log.
    Adds(usize),
    Nothing,
}

/// An export that was read.
#[derive(Debug)]
pub struct Export {
    rowset: Rowset,
    names: Names,
    /// What keeps rows from being imported, by the export and the map alone.
    pub problems: Problems,
}

/// Reads an export. Returns `None` if the map has columns that the export lacks, or numbers that it cannot use, with
/// the reasons in `faults`.
pub fn read(
    input: impl Read,
    map: &ImportMap,
    project: &Project,
    faults: &mut Faults,
) -> Result<Option<Export>, ImportError> {
    let names =
        Names { pocs: lookup::pocs(project), staff: lookup::staff(project), subjects: lookup::subjects(project) };
    let mut problems = Problems::default();
    let rowset = gather(input, map, project.settings.zone, &names, (&mut problems, faults))?;
    if let Some(from) = map.numbers_from
        && project.settings.numbers.are_heats(from.value.0)
    {
        let tracker = &project.settings.names.tracker;
        let message = format!("`numbers_from: {}` is a number that {tracker} hands out", from.value.0);
        let help = "write a number below `numbers: heat_from` of data/heatpack.yaml, or above its `heat_to`";
        faults.invalid(from.span, message, help);
        return Ok(None);
    }
    Ok(rowset.map(|rowset| Export { rowset, names, problems }))
}

/// Reads an export and works out what it brings, all of it. `read_file` gives the bytes of a record.
pub fn plan(
    input: impl Read,
    map: &ImportMap,
    project: &Project,
    read_file: &dyn Fn(&str) -> std::io::Result<Vec<u8>>,
    faults: &mut Faults,
) -> Result<Option<Plan>, ImportError> {
    match read(input, map, project, faults)? {
        Some(export) => export.plan(map, project, read_file, None).map(Some),
        None => Ok(None),
    }
}

impl Export {
    /// Computes the plan. Tickets with one of the problems `left` are skipped whole, with the records that only they
    /// need. Without a list, no ticket is skipped, and the plan has all problems.
    pub fn plan(
        &self,
        map: &ImportMap,
        project: &Project,
        read: &dyn Fn(&str) -> std::io::Result<Vec<u8>>,
        left: Option<&Problems>,
    ) -> Result<Plan, ImportError> {
        let Rowset { tickets, rows, skipped, moved, marked, .. } = &self.rowset;
        let left_out = left.map(|left| left.tickets(map)).unwrap_or_default();
        let tickets: Vec<&Gathered> = tickets.iter().filter(|own| !left_out.contains(&own.key)).collect();
        let earlier = earlier(project, map);
        let settings = project.settings.numbers;
        let mut planner = Planner {
            map,
            project,
            read,
            numbers: earlier.iter().map(|(number, own)| (own.id, number.clone())).collect(),
            earlier,
            taken: BTreeMap::new(),
            free: FreeNumbers::new(map, project),
            records: Records::new(project, self.names.clone()),
            plan: Plan {
                problems: if left.is_some() { Problems::default() } else { self.problems.clone() },
                rows: *rows,
                skipped: *skipped,
                moved: *moved,
                marked: *marked,
                is_unreserved: settings == Numbers::default() && map.numbers_from.is_none(),
                ..Plan::default()
            },
        };
        for ticket in tickets {
            planner.ticket(ticket)?;
        }
        planner.finish()
    }

    /// All rows of the tickets that have one of these problems, and rows without a ticket that have one.
    pub(super) fn rows_left_out(&self, map: &ImportMap, left: &Problems) -> BTreeSet<usize> {
        let of_tickets = left.tickets(map).into_iter().filter_map(|key| self.rowset.rows_of.get(&key)).flatten();
        let own = left.causes().into_iter().flat_map(|cause| cause.rows).map(|row| row.number);
        of_tickets.copied().chain(own).collect()
    }
}

impl Problems {
    /// The tickets that have one, by their numbers as numbers are compared.
    pub(super) fn tickets(&self, map: &ImportMap) -> BTreeSet<String> {
        let rows = self.causes.values().flatten();
        rows.filter(|row| !row.ticket.is_empty()).map(|row| key(map, &row.ticket)).collect()
    }
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
    free: FreeNumbers,
    records: Records,
    plan: Plan,
}

impl Planner<'_> {
    fn ticket(&mut self, own: &Gathered) -> Result<(), ImportError> {
        let (id, before) = match self.id_of(own) {
            Ok(found) => found,
            Err(complaint) => {
                self.problem(own, complaint);
                return Ok(());
            }
        };
        let (poc, subject) =
            match (self.records.poc(self.project, &own.poc, own.row), self.records.subject(&own.subject)) {
                (Ok(poc), Ok(subject)) => (poc, subject),
                (poc, subject) => {
                    poc.err().into_iter().chain(subject.err()).for_each(|refusal| self.problem(own, refusal));
                    return Ok(());
                }
            };
        let other_name = match self.records.other_name(self.project, &own.poc, &poc) {
            Ok(other_name) => other_name,
            Err(refusal) => {
                self.problem(own, refusal);
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
            what: PlanOutcome::Nothing,
            left: Vec::from_iter(other_name),
            made: Vec::new(),
        };
        match self.project.tickets.get(&id) {
            Some(ticket) => {
                let (added, left) = added(&own.entries, &ticket.log, ticket.received.value, before);
                planned.left.extend(left);
                let known = [Some(ticket.received.value), before.map(|before| before.received)];
                if !known.contains(&Some(own.received)) {
                    planned.left.push(format!(
                        "received {} in the export (row {}), {} in our record; make sure that it is the same ticket",
                        own.received, own.row, ticket.received.value
                    ));
                }
                if let (Some(first), Some(last)) = (added.first(), added.last()) {
                    let up_to = before.map_or(last.at, |before| last.at.max(before.up_to));
                    let note = mark(self.map.tracker.as_str(), &own.number, up_to);
                    let entries = entries(&note, first.at, &added);
                    let path = self.project.file(ticket.file).path.clone();
                    if self.append(own, &path, entries)? {
                        planned.what = PlanOutcome::Adds(added.len());
                        planned.made = added.iter().map(|entry| (entry.row, entry.made_by)).collect();
                    }
                }
            }
            None => {
                let exception = self.exception(&poc, &subject, own.received);
                let up_to = own.entries.last().map_or(own.received, |last| last.at.max(own.received));
                let note = mark(self.map.tracker.as_str(), &own.number, up_to);
                let log = entries(&note, own.received, &own.entries);
                let path = format!("data/tickets/{}/{id}.yaml", own.received.date().format("%Y"));
                let text = ticket_text(own, id, &poc, &subject, exception, log);
                self.draft(path, text.into_bytes());
                planned.what = PlanOutcome::New;
                planned.made = own.entries.iter().map(|entry| (entry.row, entry.made_by)).collect();
            }
        }
        self.plan.tickets.push(planned);
        Ok(())
    }

    /// Our number of a ticket, and what an earlier import brought of it.
    fn id_of(&mut self, own: &Gathered) -> Result<(TicketId, Option<Earlier>), Complaint> {
        let column = self.map.number.column.as_str();
        let of_number = |message: String, help: &str| {
            Err(Complaint { column: Some(column.to_owned()), message, help: help.to_owned() })
        };
        let (id, before) = match self.earlier.get(&own.key).copied() {
            Some(known) => (known.id, Some(known)),
            None if self.map.number.keep => match kept(self.map, &own.number) {
                Some(id) => (id, None),
                None => {
                    let help = "one has 1 to 9 digits, behind the map's `prefix`: correct that, or write `keep: false` for \
                                free numbers";
                    return of_number(format!("`{}` cannot be a ticket's number here", own.number), help);
                }
            },
            None => (self.free_id()?, None),
        };
        if let (None, Some(ticket)) = (before, self.project.tickets.get(&id))
            && ticket.received.date() != own.received.date()
        {
            let ours = ticket.received.value;
            let message =
                format!("{id} on record was received {ours}, not {}, and is a different ticket", own.received);
            return of_number(message, "write `keep: false` in the map for free numbers, or skip the row (`skip`)");
        }
        let other = self.numbers.get(&id).filter(|number| **number != own.key);
        if let Some(other) = other.or_else(|| self.taken.get(&id)) {
            let help = "write `keep: false` in the map for free numbers, or skip one of the two (`skip`)";
            return of_number(format!("{id} is the ticket with the number {other} already"), help);
        }
        self.taken.insert(id, own.number.clone());
        Ok((id, before))
    }

    fn free_id(&mut self) -> Result<TicketId, Refusal> {
        let id = self.free.take().ok_or_else(|| {
            let tracker = &self.project.settings.names.tracker;
            let help = "write `numbers_from` in the map with the first of a free range, and see `numbers` in \
                        data/heatpack.yaml";
            let message = format!("there is no free number left outside of those that {tracker} hands out");
            (message, help.to_owned())
        })?;
        self.plan.numbers = Some((self.plan.numbers.map_or(id, |(first, _)| first), id));
        Ok(id)
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
                let help = "write its `log:` as a list with a line for each field".to_owned();
                self.problem(own, (message, help));
                Ok(false)
            }
        }
    }

    fn draft(&mut self, path: String, text: Vec<u8>) {
        self.plan.order.push(path.clone());
        self.plan.drafts.insert(path, text);
    }

    fn problem(&mut self, own: &Gathered, complaint: impl Into<Complaint>) {
        self.plan.problems.add(complaint.into().of(own.row, &own.number));
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
            let old = is_there.then(|| (self.read)(path)).transpose();
            let old = old.map_err(|source| ImportError::Record { path: path.to_owned(), source })?;
            let text = self.records.subjects_text(old.as_deref().unwrap_or_default(), self.map.new_subject);
            self.draft(path.to_owned(), text.into_bytes());
            self.plan.old.extend(old.map(|old| (path.to_owned(), old)));
            self.plan.subjects = subjects;
        }
        self.plan.order.extend(tickets);
        Ok(self.plan)
    }
}

/// The note of the import, then the entries.
fn entries(note: &str, at: Minute, made: &[Made]) -> Vec<Fields<'static>> {
    let note = Fields::new()
        .with("at", at.to_string())
        .with("event", TicketEvent::Note.as_str())
        .with("note", note.to_owned());
    std::iter::once(note).chain(made.iter().map(Made::fields)).collect()
}
