//! One page for each POC: their designations and tickets.

use chrono::NaiveDate;
use serde::Serialize;

use super::heading::Heading;
use super::mentions::{Mentioned, Mentions};
use super::outstanding::OutstandingRow;
use super::roster::{DesignationView, designation_view};
use super::scope::Scope;
use crate::model::{PersonId, Poc, TicketId};
use crate::report::story::{ForPoc, for_poc};
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
}

/// The status of a POC's ticket.
#[derive(Debug, Clone, Serialize)]
pub struct PocTicket {
    pub id: TicketId,
    /// The status, a sentence.
    pub stands: String,
    /// When the POC hears next.
    pub next_word: Option<NaiveDate>,
    /// That date has passed.
    pub word_is_overdue: bool,
    /// What is asked of the POC, a sentence.
    pub asked: String,
}

impl Mentions for PocPage {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.people.insert(self.poc.clone());
        self.designations.mention(mentioned);
    }
}

/// The pages of those who are designated or have outstanding tickets, by name.
pub fn poc_pages(scope: &Scope, outstanding: &[OutstandingRow]) -> Vec<PocPage> {
    let ctx = scope.ctx;
    let mut pages: Vec<PocPage> = ctx
        .project()
        .pocs
        .values()
        .filter_map(|poc| {
            let active: Vec<_> = poc.designations.iter().filter(|own| is_active(own, ctx.today())).collect();
            let own: Vec<_> = outstanding.iter().filter(|row| row.poc == poc.id.value).collect();
            if active.is_empty() && own.is_empty() {
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
            })
        })
        .collect();
    pages.sort_by(|a, b| (&a.name, &a.poc).cmp(&(&b.name, &b.poc)));
    pages
}

fn contact(poc: &Poc) -> String {
    poc.email.iter().chain(&poc.phone).map(|text| text.as_str()).collect::<Vec<_>>().join(", ")
}

fn poc_ticket(ctx: &Context, line: &TicketLine) -> PocTicket {
    let ForPoc { stands, word_due, asked, .. } = for_poc(ctx, line);
    let word_is_overdue = word_due.is_some_and(|due| due < ctx.today());
    PocTicket { id: line.ticket.id.value, stands, next_word: word_due, word_is_overdue, asked }
}
