//! Compares NITC's latest report with our records.

use std::collections::BTreeSet;

use super::context::Context;
use super::ticket::TicketLine;
use crate::model::{Holder, Minute, NitcReport, NitcRow, NitcStatus, RuleId, TicketId, TicketState, day_in_words};

/// A difference: its rule and its message.
#[derive(Debug, Clone)]
pub struct Disagreement {
    /// The rule's name.
    pub rule: RuleId,
    pub message: String,
}

/// A row of the report and what we have of it.
#[derive(Debug)]
pub struct Reconciled<'p> {
    pub row: &'p NitcRow,
    /// Our ticket, if we had it at the end of the report's date.
    pub ticket: Option<&'p TicketLine<'p>>,
    /// Its state at the end of the report's date.
    pub state: Option<TicketState>,
    pub disagreements: Vec<Disagreement>,
}

/// A report's rows in their order.
pub fn reconcile<'p>(ctx: &Context<'p>, report: &'p NitcReport) -> Vec<Reconciled<'p>> {
    report.rows.iter().map(|row| reconcile_row(ctx, report, row)).collect()
}

/// Our tickets that should be among a report's rows and are not.
pub fn unlisted<'p>(ctx: &Context<'p>, report: &NitcReport) -> Vec<&'p TicketLine<'p>> {
    let listed: BTreeSet<TicketId> = report.listed().collect();
    ctx.tickets()
        .filter(|line| was_at_nitc(ctx, line, report))
        .filter(|line| !listed.contains(&line.ticket.id.value))
        .collect()
}

fn reconcile_row<'p>(ctx: &Context<'p>, report: &NitcReport, row: &'p NitcRow) -> Reconciled<'p> {
    let end = Minute::end_of(report.date);
    let id = row.ticket;
    let ticket = id.and_then(|id| ctx.prepared.tickets.get(&id)).filter(|line| line.exists_at(end));
    let state = ticket.and_then(|line| line.state_at(end));
    let mut disagreements = Vec::new();
    let mut add = |rule, message| disagreements.push(Disagreement { rule, message });
    let number = &row.nitc_number;
    match (ticket, state) {
        _ if row.heat_number.is_empty() => {}
        (Some(line), Some(state)) => {
            let id = line.ticket.id.value;
            let is_over = matches!(row.status, NitcStatus::Answered | NitcStatus::Delivered | NitcStatus::Closed);
            if !state.is_outstanding() && !is_over {
                add(
                    RuleId::NitcTicketUnknown,
                    format!("NITC reports {number} for {id} as `{}`; our records show `{state}`", row.status),
                );
            } else if !ctx.is_unsure(state) && !fits(row.status, state, line.holder_at(end, &ctx.prepared.changes)) {
                add(
                    RuleId::NitcStatusMismatch,
                    format!("NITC reports {id} as `{}`; our records show {}", row.status, in_words(ctx, line, end)),
                );
            }
            if let Some(ours) = line.nitc_ref_at(end).filter(|ours| ours != number) {
                add(RuleId::NitcNumberMismatch, format!("NITC reports {id} as {number}; our records show {ours}"));
            }
        }
        // Only the number of a ticket with errors is known.
        _ if id.is_some_and(|id| ctx.is_left_out(id)) => {}
        _ => add(
            RuleId::NitcTicketUnknown,
            format!(
                "NITC reports {number} for `{}`; we had no such ticket on {}",
                row.ticket_text(),
                day_in_words(report.date)
            ),
        ),
    }
    Reconciled { row, ticket, state, disagreements }
}

/// Which of our states fits which of NITC's words (`docs/how-to/compare-with-nitc.md`).
fn fits(status: NitcStatus, state: TicketState, holder: Option<Holder>) -> bool {
    let awaiting = state == TicketState::AwaitingChange;
    match status {
        NitcStatus::Received | NitcStatus::Researching => state == TicketState::WithNitc,
        NitcStatus::AwaitingApproval => awaiting && matches!(holder, Some(Holder::AcfoFs | Holder::Cfmsccb)),
        NitcStatus::InWork => awaiting && holder == Some(Holder::Nitc),
        NitcStatus::Delivered => {
            matches!(state, TicketState::Answered | TicketState::Resolved | TicketState::Closed)
        }
        NitcStatus::Answered | NitcStatus::Closed => {
            matches!(state, TicketState::Open | TicketState::Answered | TicketState::Resolved | TicketState::Closed)
        }
    }
}

/// With NITC, or in work there, since before the report's date up to its end.
fn was_at_nitc(ctx: &Context, line: &TicketLine, report: &NitcReport) -> bool {
    let end = Minute::end_of(report.date);
    let before = Minute::start_of(report.date).before();
    let at_nitc = |at: Minute| line.holder_at(at, &ctx.prepared.changes) == Some(Holder::Nitc);
    // Every step of the day must leave it there: one that came back on the day has not been there since before.
    at_nitc(before)
        && at_nitc(end)
        && line.steps_until(end).rev().take_while(|step| step.at > before).all(|step| at_nitc(step.at))
}

/// A state as text, with its owner if the state alone does not show it.
fn in_words(ctx: &Context, line: &TicketLine, at: Minute) -> String {
    let state = line.state_at(at).map_or("unknown", TicketState::as_str);
    match line.holder_at(at, &ctx.prepared.changes) {
        Some(holder) if line.state_at(at) == Some(TicketState::AwaitingChange) => {
            format!("`{state}` (owner: {holder})")
        }
        _ => format!("`{state}`"),
    }
}
