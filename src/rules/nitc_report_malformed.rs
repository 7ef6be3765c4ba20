//! Every report must be text of at most 1 MiB in UTF-8 or Windows-1252, with commas, semicolons, tabs or vertical bars
//! between the cells. It must have the columns `nitc_number`, `heat_number` and `status`, or the headings that the
//! settings give for them, and no heading can appear twice. Every row must have an NITC number that no other row has,
//! one of the seven statuses or a word that the settings give for one, valid dates, and no cell without a heading. A
//! row with an error is not compared with the tickets; the other rows are. Blank rows and columns, missing last cells,
//! and rows above the headings are allowed.
//!
//! If a heading is nearly that of an optional column, the finding is a lapse, and the column is not used.
//!
//! **Why.** The weekly meeting reviews NITC's own weekly status report beside our tickets, ticket by ticket.
//!
//! **Example.**
//!
//! ```csv
//! nitc_number,heat_number,status
//! N-2291,HEAT-10423,on hold      # not one of the statuses
//! ```
//!
//! **How to fix it.**
//!
//! - A row: correct the row named in the message (here the status, to `researching`), or ask NITC to send the report
//!   again and run `heatpack import nitc FILE --replace`.
//! - A column with another heading: add it to `data/heatpack.yaml`, as `nitc_report: {columns: {heat_number: "HEAT
//!   #"}}`.
//! - Another word for a status: add its meaning to `data/heatpack.yaml`, as `nitc_report: {statuses: {"On Hold":
//!   researching}}`.
//! - An Excel workbook (.xlsx): import it with `heatpack import nitc FILE.xlsx`.
//! - Another encoding: in Excel, choose File > Save As > CSV UTF-8 (Comma delimited).

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{Level, Misnamed, NitcReport};

pub(super) fn check(project: &Project, sink: &mut Sink) {
    sink.add_faults(project);
    for report in project.reports.values() {
        report.misnamed.iter().for_each(|own| misnamed(report, own, sink));
    }
}

/// Reports an optional column that is probably present under a slightly different heading.
fn misnamed(report: &NitcReport, own: &Misnamed, sink: &mut Sink) {
    let Misnamed { span, heading, column, wanted } = own;
    let message = format!("the column `{heading}` is not used");
    let help = format!(
        "did you mean `{wanted}`? add the column to data/heatpack.yaml, as `nitc_report: {{columns: {{{column}: \
         \"{heading}\"}}}}`"
    );
    let finding = Finding::at((report.file, *span), format!("nitc-{}", report.date), message).help(help);
    sink.add(finding.level(Level::Lapse).on(report.date));
}
