//! NITC's latest report beside our records, row by row.

use chrono::NaiveDate;
use serde::Serialize;

use super::heading::Heading;
use super::mentions::{Mentioned, Mentions};
use crate::model::{RuleId, TicketId, TicketState};
use crate::report::words::Words;
use crate::workflow::{Context, Reconciled, reconcile, unlisted};

/// What the weekly pack calls the section.
pub(super) const HEADING: Heading = Heading::new("nitc", "{third line}'s report");

/// A row of NITC's report beside our records.
#[derive(Debug, Clone, Serialize)]
pub struct NitcRow {
    /// The HEAT number as the report has it; null where the cell is blank.
    pub heat: Option<String>,
    pub nitc_number: String,
    pub status: String,
    /// Our state at the end of the report's date; null where we have no such ticket.
    pub state: Option<TicketState>,
    /// That state in words.
    pub state_text: Option<String>,
    /// The rules by which they disagree.
    pub mismatch: Vec<RuleId>,
    /// The disagreements in words, one for each rule.
    pub mismatch_text: Vec<String>,
    pub summary: String,
    pub assigned_to: String,
    pub last_update: Option<NaiveDate>,
    pub expected_date: Option<NaiveDate>,
    pub cr_number: String,
    /// Columns that we do not know, heading and cell.
    pub further: Vec<(String, String)>,
}

/// NITC's report itself.
#[derive(Debug, Clone, Serialize)]
pub struct NitcReportView {
    pub date: NaiveDate,
    pub rows: usize,
    /// How many rows agree with our records.
    pub agree: usize,
    /// How many rows have errors, and are not compared with our records.
    pub unread: usize,
    /// Headings of the columns that we do not know.
    pub further: Vec<String>,
    /// Our tickets that should be in it and are not: id and message.
    pub unlisted: Vec<(TicketId, String)>,
}

impl Mentions for NitcRow {
    fn mention(&self, mentioned: &mut Mentioned) {
        self.heat.iter().for_each(|id| mentioned.record(id));
    }
}

/// The rows of the latest report in its order, and the report itself; nothing if there is none.
pub fn nitc(ctx: &Context) -> (Vec<NitcRow>, Option<NitcReportView>) {
    let Some(report) = ctx.latest_report() else { return (Vec::new(), None) };
    let words = Words::new(&ctx.project().settings.names);
    let (rows, unlisted) = (reconcile(ctx, report), unlisted(ctx, report));
    let unlisted = unlisted.into_iter().map(|line| {
        let id = line.ticket.id.value;
        (id, format!("{id} is with {}, but not in the report", ctx.project().settings.names.third_line))
    });
    let view = NitcReportView {
        date: report.date,
        rows: rows.len(),
        agree: rows.iter().filter(|row| row.disagreements.is_empty()).count(),
        unread: report.unread.len(),
        further: report.further.clone(),
        unlisted: unlisted.collect(),
    };
    (rows.iter().map(|row| nitc_row(row, &report.further, words)).collect(), Some(view))
}

fn nitc_row(reconciled: &Reconciled, further: &[String], words: Words) -> NitcRow {
    let row = reconciled.row;
    NitcRow {
        heat: Some(row.ticket_text()).filter(|text| !text.is_empty()),
        nitc_number: row.nitc_number.clone(),
        status: row.status.to_string(),
        state: reconciled.state,
        state_text: reconciled.state.map(|state| words.state(state)),
        mismatch: reconciled.disagreements.iter().map(|found| found.rule).collect(),
        mismatch_text: reconciled.disagreements.iter().map(|found| found.message.clone()).collect(),
        summary: row.summary.clone(),
        assigned_to: row.assigned_to.clone(),
        last_update: row.last_update,
        expected_date: row.expected_date,
        cr_number: row.cr_number.clone(),
        further: further.iter().cloned().zip(row.further.iter().cloned()).collect(),
    }
}
