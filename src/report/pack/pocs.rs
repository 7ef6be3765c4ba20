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
    let all_new = new_answers(scope);
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
            let mut new = new_for_poc(ctx, &all_new, poc, &active);
            if own.is_empty() && closed.is_empty() && gaps.is_empty() && new.is_empty() {
                return None;
            }
            let more_answers = new.len().saturating_sub(NEW_ANSWERS);
            new.truncate(NEW_ANSWERS);
            let tickets = own.into_iter().filter_map(|row| ctx.prepared.tickets.get(&row.id));
            Some(PocPage {
                poc: poc.id.value.clone(),
                name: poc.name.0.clone(),
                office: poc.office.as_ref().map(|office| office.0.clone()),
                contact: contact(poc),
                designations: active.into_iter().map(|own| designation_view(ctx, poc, own)).collect(),
                tickets: tickets.map(|line| poc_ticket(ctx, line)).collect(),
                closed,
                more_answers,
                new_answers: new,
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

/// An answer of the period, and what is said of it on every page.
struct New<'p> {
    found: Found<'p>,
    title: String,
    answer: String,
}

/// The answers of the period.
fn new_answers<'p>(scope: &Scope<'_, 'p>) -> Vec<New<'p>> {
    let (ctx, nameless) = (scope.ctx, Nameless::new(scope.ctx.project()));
    let is_new = |own: &Found| match own.source {
        Source::Ticket(_, at, _) => scope.happened(at),
        Source::Written(_) => own.date.is_some_and(|date| scope.period.contains_date(date)),
    };
    let new = answers(ctx).into_iter().filter(is_new);
    new.map(|found| New { title: title(ctx, &nameless, &found), answer: one_line(ctx, &nameless, &found), found })
        .collect()
}

/// Those for a POC's subjects, but for the POC's own tickets: these are among the closed ones.
fn new_for_poc(ctx: &Context, new: &[New], poc: &Poc, active: &[&Designation]) -> Vec<NewAnswer> {
    let is_own = |own: &Found| match own.source {
        Source::Ticket(line, ..) => *line.poc_at(ctx.as_of) == poc.id.value,
        Source::Written(_) => false,
    };
    let row = |own: &New| {
        let mut subjects = active.iter().map(|designation| &designation.subject.value);
        let subject = subjects.find(|id| own.found.is_about(id))?;
        Some(NewAnswer {
            id: own.found.id(),
            title: own.title.clone(),
            subject: subject.clone(),
            answer: own.answer.clone(),
            href: own.found.href(subject),
        })
    };
    new.iter().filter(|own| !is_own(&own.found)).filter_map(row).collect()
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
