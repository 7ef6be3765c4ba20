//! What every page starts from: the records, what `check` found, and the names of what a page names.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::model::{CrId, Minute, PersonId, SubjectId, TicketId, TicketState};
use crate::report::GENERATOR;
use crate::report::alike::Answers;
use crate::report::answers::path_of;
use crate::report::findings::DiagnosticRow;
use crate::report::pack::outstanding_row;
use crate::report::site::{AskedBefore, ChangeSummary, NameBook, Page, SiteHead, TicketRow, TicketStatus};
use crate::report::words::Words;
use crate::workflow::{Context, TicketLine, is_written};

/// The records and findings that the site shows.
pub struct Site<'c, 'p> {
    pub ctx: &'c Context<'p>,
    /// By record.
    diagnostics: BTreeMap<String, Vec<DiagnosticRow>>,
    commit: Option<String>,
    /// Read when the first ticket's page asks for it.
    answers: OnceLock<Answers<'p>>,
}

impl<'c, 'p> Site<'c, 'p> {
    /// The site of a context, with all that `check` found, and the commit that last changed the records.
    pub fn new(ctx: &'c Context<'p>, rows: &[DiagnosticRow], commit: Option<String>) -> Site<'c, 'p> {
        let mut diagnostics: BTreeMap<String, Vec<DiagnosticRow>> = BTreeMap::new();
        for row in rows {
            diagnostics.entry(row.record.clone()).or_default().push(row.clone());
        }
        Site { ctx, diagnostics, commit, answers: OnceLock::new() }
    }

    /// The answered questions that are much like a ticket's.
    pub(super) fn asked_before(&self, ticket: TicketId) -> Vec<AskedBefore> {
        self.answers.get_or_init(|| Answers::new(self.ctx)).before(ticket)
    }

    /// What `check` found in a record.
    pub(super) fn diagnostics(&self, record: &str) -> Vec<DiagnosticRow> {
        self.diagnostics.get(record).cloned().unwrap_or_default()
    }

    /// The office's words.
    pub(super) fn words(&self) -> Words<'p> {
        Words::new(&self.ctx.project().settings.names)
    }

    /// A page about everything, around what is its own: it stands in the site's root.
    pub(super) fn page_of_all<T>(&self, names: NameBook, page: T) -> Page<T> {
        let (as_of, commit) = (self.ctx.as_of, self.commit.clone());
        self.page("", Some(as_of), commit, names, page)
    }

    /// A page that lists all records of a kind, around what is its own: it stands in the site's root.
    pub(super) fn list_page<T>(&self, names: NameBook, page: T) -> Page<T> {
        self.page("", None, None, names, page)
    }

    /// A page about one record, around what is its own: it stands one folder down.
    pub(super) fn page_of_one<T>(&self, names: NameBook, page: T) -> Page<T> {
        self.page("../", None, None, names, page)
    }

    fn page<T>(
        &self,
        site_root: &str,
        as_of: Option<Minute>,
        commit: Option<String>,
        names: NameBook,
        page: T,
    ) -> Page<T> {
        let project = self.ctx.project();
        Page {
            site_root: site_root.to_owned(),
            site: SiteHead {
                organization: project.settings.organization.clone(),
                as_of_date: self.ctx.today(),
                as_of,
                commit,
                generator: GENERATOR.to_owned(),
                names: project.settings.names.clone(),
            },
            names,
            page,
        }
    }

    /// A ticket in a list.
    pub(super) fn ticket_row(&self, line: &TicketLine) -> TicketRow {
        let state = self.ctx.state(line).unwrap_or(TicketState::Open);
        let ended = line.steps_until(self.ctx.as_of).rfind(|step| step.ceases()).map(|step| step.at);
        TicketRow {
            id: line.ticket.id.to_string(),
            title: line.ticket.title.0.clone(),
            subject: line.ticket.subject.to_string(),
            poc: line.poc_at(self.ctx.as_of).to_string(),
            received: line.ticket.received.value,
            closed: ended.filter(|_| !state.is_outstanding()),
            state_text: self.words().state(state),
            holder_text: self.ctx.holder(line).map(|holder| self.words().holder(holder)).unwrap_or_default(),
            standing: self.standing(line),
        }
    }

    /// The status of an outstanding ticket; `None` for any other.
    pub(super) fn standing(&self, line: &TicketLine) -> Option<TicketStatus> {
        let row = outstanding_row(self.ctx, line)?;
        Some(TicketStatus {
            attention: row.attention,
            attention_reason: row.attention_reason,
            age_days: row.age_days,
            last_contact: row.last_contact,
            next_due: row.next_due,
            next_due_text: row.next_due_text,
        })
    }

    /// The tickets that fit: the outstanding ones oldest first, the others latest first.
    pub(super) fn tickets_where(&self, fits: impl Fn(&TicketLine) -> bool) -> (Vec<TicketRow>, Vec<TicketRow>) {
        let mut lines: Vec<&TicketLine> = self.ctx.tickets().filter(|line| fits(line)).collect();
        lines.sort_by_key(|line| (line.ticket.received.value, line.ticket.id.value));
        let (outstanding, mut past): (Vec<_>, Vec<_>) =
            lines.into_iter().partition(|line| line.is_outstanding_at(self.ctx.as_of));
        past.reverse();
        let rows = |lines: Vec<&TicketLine>| lines.into_iter().map(|line| self.ticket_row(line)).collect();
        (rows(outstanding), rows(past))
    }

    /// A change request in a list; none if it is not known yet.
    pub(super) fn change_row(&self, id: &CrId) -> Option<ChangeSummary> {
        let line = self.ctx.prepared.changes.get(id)?;
        let state = line.state_at(self.ctx.as_of)?;
        Some(ChangeSummary {
            id: id.to_string(),
            title: line.cr.title.0.clone(),
            state: self.words().change_stands(line, state, self.ctx.as_of),
        })
    }

    /// Names for a page.
    pub(super) fn names(&self) -> NameCollector<'_, 'c, 'p> {
        NameCollector { site: self, book: NameBook::default() }
    }

    /// The names of every record that has a page.
    pub fn all_names(&self) -> NameBook {
        let project = self.ctx.project();
        let mut names = self.names();
        names.tickets(self.ctx.tickets().map(|line| line.ticket.id.value));
        names.changes(self.ctx.changes().map(|line| &line.cr.id.value));
        names.subjects(project.subjects.iter().map(|subject| &subject.id.value));
        let people = project.pocs.keys().chain(project.staff.iter().map(|staff| &staff.id.value));
        names.answers();
        names.people(people.chain(project.board.members.iter().map(|member| &member.id.value)));
        names.book
    }
}

/// The names that a page gathers; only records that have a page get one, so that no link leads nowhere.
pub(super) struct NameCollector<'s, 'c, 'p> {
    site: &'s Site<'c, 'p>,
    pub book: NameBook,
}

impl NameCollector<'_, '_, '_> {
    pub fn tickets(&mut self, ids: impl IntoIterator<Item = TicketId>) {
        for id in ids {
            let line = self.site.ctx.prepared.tickets.get(&id).filter(|line| line.exists_at(self.site.ctx.as_of));
            self.book.tickets.extend(line.map(|line| (id.to_string(), line.ticket.title.0.clone())));
        }
    }

    pub fn changes<'i>(&mut self, ids: impl IntoIterator<Item = &'i CrId>) {
        for id in ids {
            let row = self.site.change_row(id);
            self.book.changes.extend(row.map(|row| (row.id, row.title)));
        }
    }

    pub fn subjects<'i>(&mut self, ids: impl IntoIterator<Item = &'i SubjectId>) {
        for id in ids {
            let subject = self.site.ctx.project().subject(id);
            self.book.subjects.extend(subject.map(|subject| (id.to_string(), subject.name.0.clone())));
        }
    }

    /// The places of all written-up answers.
    pub fn answers(&mut self) {
        let ctx = self.site.ctx;
        let written = ctx.project().answers.values().filter(|answer| is_written(answer, ctx.as_of));
        self.book.answers.extend(written.filter_map(|answer| Some((answer.id.to_string(), path_of(ctx, answer)?))));
    }

    pub fn people<'i>(&mut self, ids: impl IntoIterator<Item = &'i PersonId>) {
        for id in ids {
            self.book.people.insert(id.to_string(), self.site.ctx.project().person_name(id));
        }
    }
}
