//! A page for each POC with something to read: their tickets, gaps, and new answers for their subjects.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::heading::Heading;
use super::mentions::{Mentioned, Mentions};
use super::outstanding::OutstandingRow;
use super::roster::{DesignationView, designation_view, gaps};
use super::scope::Scope;
use crate::model::{Designation, Minute, PersonId, Poc, SubjectId, TicketId, TicketState};
use crate::report::answers::{Found, Nameless, Source, answers, one_line, title};
use crate::report::story::{ForPoc, for_poc, handover};
use crate::workflow::{Context, TicketLine, is_active};

/// What the monthly pack calls the section.
pub(super) const HEADING: Heading = Heading::beside("pocs", "Annex: POC pages");

/// A POC's own page.
#[derive(Debug, Clone, Serialize)]
pub struct PocPage {
    pub poc: PersonId,
    pub name: String,
    pub office: Option<String>,
    /// Email and phone.
    pub contact: String,
    pub designations: Vec<DesignationView>,
    /// Their outstanding tickets, oldest first.
    pub tickets: Vec<PocTicket>,
    /// Their tickets that were closed in the period, with the answers.
    pub closed: Vec<TicketId>,
    /// What others asked about their subjects and was answered in the period, the most asked first: at most 10.
    pub new_answers: Vec<NewAnswer>,
    /// How many new answers are not listed.
    pub more_answers: usize,
    /// What their subjects lack: "Travel Vouchers has no backup since Jun 1, 2026".
    pub gaps: Vec<String>,
    /// The meeting after this one.
    pub next_meeting: Option<Minute>,
}

/// An answer that was given or written in the period.
#[derive(Debug, Clone, Serialize)]
pub struct NewAnswer {
    /// The ticket or written-up answer.
    pub id: String,
    pub title: String,
    pub subject: SubjectId,
    /// Its beginning, on one line, without names of POCs.
    pub answer: String,
    /// The page of the site that has all of it: `answers/scorecard.html#HEAT-10423`.
    pub href: String,
}

/// The status of a POC's ticket.
#[derive(Debug, Clone, Serialize)]
pub struct PocTicket {
    pub id: TicketId,
    /// The status, a sentence.
    pub stands: String,
    /// The next step, a sentence.
    pub next: String,
    /// When the POC hears next.
    pub next_word: Option<NaiveDate>,
    /// That date has passed.
    pub word_is_overdue: bool,
    /// What is asked of the POC, a sentence; blank if nothing is.
    pub asked: String,
}

impl Mentions for PocPage {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.people.insert(self.poc.clone());
        self.designations.mention(mentioned);
    }
}

/// The pages of those who have outstanding or closed tickets, gaps or new answers, by name. The others need none.
pub fn poc_pages(scope: &Scope, outstanding: &[OutstandingRow], closed: &[TicketId]) -> Vec<PocPage> {
    let ctx = scope.ctx;
    let (all_gaps, next_meeting) = (gaps(scope), scope.next_meeting().map(|meeting| meeting.held));
    let closed: BTreeSet<TicketId> = closed.iter().copied().collect();
    let new_answers = NewAnswers::of(scope);
    let mut pages: Vec<PocPage> = ctx
        .project()
        .pocs
        .values()
        .filter_map(|poc| {
            let active: Vec<_> = poc.designations.iter().filter(|own| is_active(own, ctx.today())).collect();
            let own: Vec<_> = outstanding.iter().filter(|row| row.poc == poc.id.value).collect();
            let is_own = |id: &&TicketId| {
                ctx.prepared.tickets.get(*id).is_some_and(|line| *line.poc_at(ctx.as_of) == poc.id.value)
            };
            let closed: Vec<TicketId> = closed.iter().filter(is_own).copied().collect();
            let names: Vec<String> = active.iter().map(|own| ctx.project().subject_name(&own.subject.value)).collect();
            let gaps: Vec<String> =
                all_gaps.iter().filter(|(subject, _)| names.contains(subject)).map(|(_, gap)| gap.clone()).collect();
            let new = new_answers.for_poc(poc, &active);
            if own.is_empty() && closed.is_empty() && gaps.is_empty() && new.is_empty() {
                return None;
            }
            let tickets = own.into_iter().filter_map(|row| ctx.prepared.tickets.get(&row.id));
            Some(PocPage {
                poc: poc.id.value.clone(),
                name: poc.name.0.clone(),
                office: poc.office.as_ref().map(|office| office.0.clone()),
                contact: contact(poc),
                designations: active.into_iter().map(|own| designation_view(ctx, poc, own)).collect(),
                tickets: tickets.map(|line| poc_ticket(ctx, line)).collect(),
                closed,
                more_answers: new.len().saturating_sub(NEW_ANSWERS),
                new_answers: new
                    .into_iter()
                    .take(NEW_ANSWERS)
                    .map(|(own, subject)| new_answers.row(own, subject))
                    .collect(),
                gaps,
                next_meeting,
            })
        })
        .collect();
    pages.sort_by(|a, b| (&a.name, &a.poc).cmp(&(&b.name, &b.poc)));
    pages
}

/// The most new answers that a page lists.
const NEW_ANSWERS: usize = 10;

/// The answers of the period.
struct NewAnswers<'c, 'p> {
    ctx: &'c Context<'p>,
    nameless: Nameless<'p>,
    found: Vec<Found<'p>>,
}

impl<'c, 'p> NewAnswers<'c, 'p> {
    fn of(scope: &'c Scope<'c, 'p>) -> NewAnswers<'c, 'p> {
        let is_new = |own: &Found| match own.source {
            Source::Ticket(_, at, _) => scope.happened(at),
            Source::Written(_) => own.date.is_some_and(|date| scope.period.contains_date(date)),
        };
        let found = answers(scope.ctx).into_iter().filter(is_new).collect();
        NewAnswers { ctx: scope.ctx, nameless: Nameless::new(scope.ctx.project()), found }
    }

    /// Those for a POC's subjects, but for the POC's own tickets: these are among the closed ones.
    fn for_poc(&self, poc: &Poc, active: &[&Designation]) -> Vec<(&Found<'p>, SubjectId)> {
        let is_own = |own: &Found| match own.source {
            Source::Ticket(line, ..) => *line.poc_at(self.ctx.as_of) == poc.id.value,
            Source::Written(_) => false,
        };
        let others = self.found.iter().filter(|own| !is_own(own));
        let with_subject = others.filter_map(|own| {
            let subject = active.iter().map(|designation| &designation.subject.value).find(|id| own.is_about(id))?;
            Some((own, subject.clone()))
        });
        with_subject.collect()
    }

    fn row(&self, own: &Found<'p>, subject: SubjectId) -> NewAnswer {
        NewAnswer {
            id: own.id(),
            title: title(self.ctx, &self.nameless, own),
            answer: one_line(self.ctx, &self.nameless, own),
            href: own.href(&subject),
            subject,
        }
    }
}

fn contact(poc: &Poc) -> String {
    poc.email.iter().chain(&poc.phone).map(|text| text.as_str()).collect::<Vec<_>>().join(", ")
}

fn poc_ticket(ctx: &Context, line: &TicketLine) -> PocTicket {
    let ForPoc { stands, next, word_due, asked } = for_poc(ctx, line);
    // Where nothing is asked, that needs no sentence in each row.
    let is_asked = matches!(ctx.state(line), Some(TicketState::Resolved | TicketState::Answered));
    let asked = if is_asked || handover(ctx, line).is_some() { asked } else { String::new() };
    let word_is_overdue = word_due.is_some_and(|due| due < ctx.today());
    PocTicket { id: line.ticket.id.value, stands, next, next_word: word_due, word_is_overdue, asked }
}
