//! One page for each POC: their designations and tickets.

use chrono::NaiveDate;
use serde::Serialize;

use super::handover::handover;
use super::mentions::{Mentioned, Mentions};
use super::outline::Heading;
use super::outstanding::OutstandingRow;
use super::roster::{DesignationView, designation_view};
use super::scope::Scope;
use crate::model::{ClockKind, PersonId, Poc, TicketId, TicketState};
use crate::report::words::{Words, day};
use crate::workflow::{Context, TicketLine, is_active};

/// What the monthly pack calls the section.
pub(super) const HEADING: Heading = Heading::new("pocs", "One page for each POC");

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

/// Where a POC's ticket stands.
#[derive(Debug, Clone, Serialize)]
pub struct PocTicket {
    pub id: TicketId,
    /// Where it stands, a sentence.
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

/// Where a ticket stands, for the POC who called.
pub fn poc_ticket(ctx: &Context, line: &TicketLine) -> PocTicket {
    let names = &ctx.project().settings.names;
    let state = ctx.state(line).unwrap_or(TicketState::Open);
    let holder = ctx.holder(line).map(|holder| Words::new(names).holder(holder)).unwrap_or_default();
    let since = line.steps_until(ctx.as_of).rfind(|step| step.before != Some(step.after));
    let since = since.map(|step| format!(" since {}", day(step.at.date()))).unwrap_or_default();
    let changes: Vec<String> = line.waits_for_at(ctx.as_of, &ctx.prepared.changes).map(ToString::to_string).collect();
    let stands = match state {
        TicketState::Open => format!("The {holder} has been working on it{since}."),
        TicketState::WithNitc => format!("{holder} has been researching it{since}."),
        TicketState::AwaitingChange if changes.is_empty() => {
            format!("The code has to change: {} has been preparing the change request{since}.", names.sponsor)
        }
        TicketState::AwaitingChange => {
            format!("It has been waiting{since} for {}, which is with {holder}.", changes.join(" and "))
        }
        TicketState::Answered => format!("The answer has been here{since}; the {holder} will tell you."),
        _ => format!("You were given the resolution{}.", since.replace(" since ", " on ")),
    };
    let handover = handover(ctx, line).map(|handover| handover.asked(&names.help_desk));
    let asked = match state {
        TicketState::Resolved => "Try it, and tell the Help Desk whether the ticket can be closed.",
        TicketState::Answered => "Expect the Help Desk's call.",
        _ => "Nothing for now; tell the Help Desk if it becomes more urgent or goes away.",
    };
    PocTicket {
        id: line.ticket.id.value,
        stands,
        next_word: next_word(ctx, line),
        word_is_overdue: next_word(ctx, line).is_some_and(|due| due < ctx.today()),
        asked: handover.unwrap_or_else(|| asked.replace("the Help Desk", &format!("the {}", names.help_desk))),
    }
}

/// When the POC hears of a ticket next, at the latest: the earliest due date of the clocks that word to them stops.
pub fn next_word(ctx: &Context, line: &TicketLine) -> Option<NaiveDate> {
    let words = [ClockKind::Reply, ClockKind::FollowUp, ClockKind::Relay];
    let running = line.clocks.iter().filter(|clock| clock.runs_at(ctx.as_of) && words.contains(&clock.kind));
    running.map(|clock| clock.due).min()
}
