//! Questions that came again and again in the last twelve months.

use chrono::{Months, NaiveDate};
use serde::Serialize;

use super::heading::Heading;
use super::mentions::{Mentioned, Mentions};
use super::scope::Scope;
use crate::model::{CrId, SubjectId, TicketId, TicketState};
use crate::report::alike::Questions;
use crate::workflow::TicketLine;

/// What the monthly pack calls the section.
pub(super) const HEADING: Heading = Heading::new("recurring", "Recurring questions");

/// How far back the section looks.
const MONTHS: Months = Months::new(12);

/// How many tickets of a group are named: a question that comes every day would fill pages.
const NAMED: usize = 10;

/// Questions that are alike.
#[derive(Debug, Clone, Serialize)]
pub struct RecurringRow {
    /// The latest ticket's title.
    pub title: String,
    /// How many tickets ask it, at least three.
    pub count: usize,
    /// The latest ten of them, oldest first.
    pub tickets: Vec<TicketId>,
    /// How many of them are outstanding.
    pub outstanding: usize,
    /// The dates on which the first and the last were received.
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// Calendar days since the first was received.
    pub age_days: i64,
    /// The modules and initiatives, in alphabetical order of their ids.
    pub subjects: Vec<SubjectId>,
    /// The change requests that name one of them, by id.
    pub changes: Vec<CrId>,
}

impl Mentions for RecurringRow {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.tickets.extend(self.tickets.iter().copied());
        mentioned.subjects.extend(self.subjects.iter().cloned());
    }
}

/// The groups among the tickets that were received in the twelve months before the pack's time and not voided; the largest
/// first, then the latest.
pub fn recurring(scope: &Scope) -> Vec<RecurringRow> {
    let (ctx, today) = (scope.ctx, scope.ctx.today());
    let from = today.checked_sub_months(MONTHS).unwrap_or(today);
    let is_asked = |line: &&TicketLine| {
        line.ticket.received.date() > from && ctx.state(line).is_some_and(|state| state != TicketState::Voided)
    };
    let groups = Questions::new(ctx, ctx.tickets().filter(is_asked)).groups();
    let mut rows: Vec<RecurringRow> = groups.iter().filter_map(|group| row(scope, group)).collect();
    rows.sort_by(|a, b| (b.count, b.last, &b.tickets).cmp(&(a.count, a.last, &a.tickets)));
    rows
}

fn row(scope: &Scope, group: &[&TicketLine]) -> Option<RecurringRow> {
    let ctx = scope.ctx;
    let (first, last) = (group.first()?, group.last()?);
    let mut subjects: Vec<SubjectId> = group.iter().map(|line| line.ticket.subject.value.clone()).collect();
    subjects.sort();
    subjects.dedup();
    let known = |id: &&CrId| ctx.prepared.changes.get(id).is_some_and(|line| line.exists_at(ctx.as_of));
    let mut changes: Vec<CrId> = group.iter().flat_map(|line| &line.changes).filter(known).cloned().collect();
    changes.sort();
    changes.dedup();
    Some(RecurringRow {
        title: last.ticket.title.0.clone(),
        count: group.len(),
        tickets: group[group.len().saturating_sub(NAMED)..].iter().map(|line| line.ticket.id.value).collect(),
        outstanding: group.iter().filter(|line| line.is_outstanding_at(ctx.as_of)).count(),
        first: first.ticket.received.date(),
        last: last.ticket.received.date(),
        age_days: first.age_at(ctx.today()),
        subjects,
        changes,
    })
}
