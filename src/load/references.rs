//! Whether every id that a record names is the id of a record, as is asked for there (`unknown-reference`).

use std::fmt::Display;

use super::project::Project;
use crate::model::{
    CrId, Entry, EventKind, Exception, FileId, Help, Owner, PersonId, Reviewed, RuleId, Span, Spanned, SubjectId,
    TicketId,
};
use crate::record::nearest;

/// A reference to nothing.
struct Dangling {
    place: (FileId, Span),
    record: String,
    message: String,
    help: Help,
}

/// The nearest of the known ids, or else the other way out.
fn refer<'w>(noun: &'static str, id: &str, known: impl IntoIterator<Item = &'w str>, or: &str) -> Help {
    Help::Refer { noun, meant: nearest(id, known).map(str::to_owned), or: or.to_owned() }
}

/// Adds `unknown-reference` for every id that no record has.
pub fn check(project: &mut Project) {
    let mut finder = Finder { project, found: Vec::new() };
    finder.pocs();
    finder.tickets();
    finder.answers();
    finder.changes();
    finder.votes();
    finder.meetings();
    for dangling in finder.found {
        project.fault(RuleId::UnknownReference, dangling.place, dangling.record, dangling.message, dangling.help);
    }
}

struct Finder<'p> {
    project: &'p Project,
    found: Vec<Dangling>,
}

/// The kind of person that an id must belong to.
#[derive(Clone, Copy)]
enum PersonKind {
    Poc,
    Staff,
    Member,
    Anyone,
}

impl<'p> Finder<'p> {
    fn add(&mut self, place: (FileId, Span), record: &dyn Display, message: String, help: Help) {
        self.found.push(Dangling { place, record: record.to_string(), message, help });
    }

    fn pocs(&mut self) {
        for poc in self.project.pocs.values() {
            for designation in &poc.designations {
                self.subject(poc.file, &poc.id.value, &designation.subject);
            }
        }
    }

    fn tickets(&mut self) {
        for ticket in self.project.tickets.values() {
            let record = ticket.id.value;
            self.subject(ticket.file, &record, &ticket.subject);
            self.person(ticket.file, &record, &ticket.poc, PersonKind::Poc);
            self.exception(ticket.file, &record, ticket.exception.as_ref());
            self.log(ticket.file, &record, &ticket.log);
        }
    }

    fn answers(&mut self) {
        for answer in self.project.answers.values() {
            let record = &answer.id.value;
            for subject in answer.subjects.iter() {
                self.subject(answer.file, &record, subject);
            }
            for ticket in &answer.from {
                self.ticket(answer.file, &record, ticket);
            }
        }
    }

    fn changes(&mut self) {
        for cr in self.project.changes.values() {
            let record = &cr.id.value;
            self.subject(cr.file, &record, &cr.subject);
            self.person(cr.file, &record, &cr.prepared_by, PersonKind::Staff);
            for ticket in &cr.tickets {
                self.ticket(cr.file, &record, ticket);
            }
            self.log(cr.file, &record, &cr.log);
        }
    }

    fn votes(&mut self) {
        for vote in self.project.votes.values().flatten() {
            let record = &vote.cr.value;
            self.change(vote.file, &record, &vote.cr);
            self.person(vote.file, &record, &vote.by, PersonKind::Member);
        }
    }

    fn meetings(&mut self) {
        for meeting in self.project.meetings.values() {
            let record = meeting.name();
            for person in meeting.chair.iter().chain(&meeting.attendees) {
                self.person(meeting.file, &record, person, PersonKind::Anyone);
            }
            for action in &meeting.actions {
                if let Owner::Person(person) = &action.owner.value {
                    let owner = Spanned { value: person.clone(), span: action.owner.span };
                    self.person(meeting.file, &record, &owner, PersonKind::Anyone);
                }
            }
            if let Reviewed::These(tickets) = &meeting.reviewed {
                for ticket in tickets {
                    self.ticket(meeting.file, &record, ticket);
                }
            }
        }
    }

    fn log<E: EventKind>(&mut self, file: FileId, record: &dyn Display, log: &[Entry<E>]) {
        for entry in log {
            if let Some(by) = &entry.by {
                self.person(file, record, by, PersonKind::Staff);
            }
            if let Some(ticket) = &entry.duplicate_of {
                self.ticket(file, record, ticket);
            }
            if let Some(poc) = &entry.poc {
                self.person(file, record, poc, PersonKind::Poc);
            }
            self.exception(file, record, entry.exception.as_ref());
        }
    }

    fn exception(&mut self, file: FileId, record: &dyn Display, exception: Option<&Exception>) {
        if let Some(exception) = exception {
            self.person(file, record, &exception.allowed_by, PersonKind::Anyone);
        }
    }

    fn subject(&mut self, file: FileId, record: &dyn Display, id: &Spanned<SubjectId>) {
        let known = &self.project.known.subjects;
        if !known.has(&id.value) {
            let or = "add the module or initiative to data/subjects.yaml";
            let help = refer("id", id.as_str(), known.ids.iter().map(SubjectId::as_str), or);
            self.add((file, id.span), record, format!("no module or initiative `{}`", id.value), help);
        }
    }

    fn ticket(&mut self, file: FileId, record: &dyn Display, id: &Spanned<TicketId>) {
        let known = &self.project.known.tickets;
        if !known.has(&id.value) {
            let names: Vec<String> = known.ids.iter().map(TicketId::to_string).collect();
            let help = refer("number", &id.to_string(), names.iter().map(String::as_str), "add the ticket's file");
            self.add((file, id.span), record, format!("no ticket {}", id.value), help);
        }
    }

    fn change(&mut self, file: FileId, record: &dyn Display, id: &Spanned<CrId>) {
        let known = &self.project.known.changes;
        if !known.has(&id.value) {
            let help = refer("id", id.as_str(), known.ids.iter().map(CrId::as_str), "add the CR's file");
            self.add((file, id.span), record, format!("no change request {}", id.value), help);
        }
    }

    fn person(&mut self, file: FileId, record: &dyn Display, id: &Spanned<PersonId>, who: PersonKind) {
        let known = &self.project.known;
        let is_known = match who {
            PersonKind::Poc => known.pocs.has(&id.value),
            PersonKind::Staff => known.staff.has(&id.value),
            PersonKind::Member => known.members.has(&id.value),
            PersonKind::Anyone => known.has_person(&id.value),
        };
        if is_known {
            return;
        }
        let (lists, what, place): (Vec<_>, _, _) = match who {
            PersonKind::Poc => (vec![&known.pocs], "POC", "add their file to data/pocs/"),
            PersonKind::Staff => (vec![&known.staff], "member of staff", "add them to data/staff.yaml"),
            PersonKind::Member => (vec![&known.members], "member of the board", "add them to data/board.yaml"),
            PersonKind::Anyone => (
                vec![&known.staff, &known.pocs, &known.members],
                "person",
                "add them to the staff, the POCs or the board",
            ),
        };
        let names = lists.iter().flat_map(|list| list.ids.iter()).map(PersonId::as_str);
        let help = refer("id", id.as_str(), names, place);
        self.add((file, id.span), record, format!("no {what} `{}`", id.value), help);
    }
}
