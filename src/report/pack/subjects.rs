//! Outstanding tickets by module and initiative.

use std::collections::BTreeSet;

use serde::Serialize;

use super::heading::Heading;
use super::mentions::{Mentioned, Mentions};
use super::outstanding::{OutstandingRow, by_attention};
use crate::model::{SubjectId, TicketId};
use crate::workflow::{Context, is_supported};

/// What the monthly pack calls the section.
pub(super) const HEADING: Heading = Heading::new("subjects", "Outstanding tickets by module and initiative");

/// The outstanding tickets of one module or initiative.
#[derive(Debug, Clone, Serialize)]
pub struct SubjectRow {
    pub subject: SubjectId,
    pub name: String,
    /// `module` or `initiative`; `unknown` if no record has it.
    pub kind: &'static str,
    /// Outstanding, oldest first.
    pub outstanding: Vec<TicketId>,
    /// The same by attention, red first: the order on pages and paper.
    pub by_attention: Vec<TicketId>,
    pub oldest_days: Option<i64>,
    /// Received and closed in the period.
    pub received: usize,
    pub closed: usize,
}

impl Mentions for SubjectRow {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.subjects.insert(self.subject.clone());
    }
}

/// The subjects that are supported or have tickets, in the order of subjects.yaml; then unknown ones
/// that tickets name: an error, but each ticket must be in a list.
pub fn by_subject(
    ctx: &Context,
    outstanding: &[OutstandingRow],
    new: &[TicketId],
    closed: &[TicketId],
) -> Vec<SubjectRow> {
    let subject_of = |id: &TicketId| ctx.prepared.tickets.get(id).map(|line| &line.ticket.subject.value);
    let row = |id: &SubjectId, name: String, kind| {
        let own = || outstanding.iter().filter(|row| row.subject == *id);
        let count = |list: &[TicketId]| list.iter().filter(|ticket| subject_of(ticket) == Some(id)).count();
        SubjectRow {
            subject: id.clone(),
            name,
            kind,
            outstanding: own().map(|row| row.id).collect(),
            by_attention: by_attention(own()),
            oldest_days: own().map(|row| row.age_days).max(),
            received: count(new),
            closed: count(closed),
        }
    };
    let has_tickets = |row: &SubjectRow| !row.outstanding.is_empty() || row.received + row.closed > 0;
    let known = ctx.project().subjects.iter().filter_map(|subject| {
        let row = row(&subject.id.value, subject.name.0.clone(), subject.kind.as_str());
        (is_supported(subject, ctx.today()) || has_tickets(&row)).then_some(row)
    });
    let in_period = new.iter().chain(closed).filter_map(subject_of);
    let named: BTreeSet<&SubjectId> = outstanding.iter().map(|row| &row.subject).chain(in_period).collect();
    let unknown = named.into_iter().filter(|id| ctx.project().subject(id).is_none());
    known.chain(unknown.map(|id| row(id, id.to_string(), "unknown"))).collect()
}
