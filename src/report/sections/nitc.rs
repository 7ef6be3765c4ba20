//! NITC's latest report beside our records, row by row.

use crate::report::pack::{NitcReportView, NitcRow};
use crate::report::words::Words;
use crate::workflow::{Context, Reconciled, reconcile, unlisted};

/// The rows of the latest report in its order, and the report itself; nothing where there is none.
pub fn nitc(ctx: &Context) -> (Vec<NitcRow>, Option<NitcReportView>) {
    let Some(report) = ctx.latest_report() else { return (Vec::new(), None) };
    let words = Words::new(&ctx.project().settings.names);
    let (rows, unlisted) = (reconcile(ctx, report), unlisted(ctx, report));
    let unlisted = unlisted.into_iter().map(|line| {
        let id = line.ticket.id.value;
        (id, format!("{id} is with {}, and not in the report", ctx.project().settings.names.third_line))
    });
    let view = NitcReportView {
        date: report.date,
        rows: rows.len(),
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
