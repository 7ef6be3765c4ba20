//! Every report must be comma-separated text in UTF-8 of at most 1 MiB. It must have the columns `nitc_number`,
//! `heat_number` and `status`, or what the settings call them, and no heading may come twice. Every row must have an NITC
//! number that no other row has, one of the seven statuses or a word that the settings give for one, valid dates, and no cell without a heading. Of a row with an
//! error that row alone is not compared with the tickets. Blank rows and columns, missing last cells, and rows above the
//! headings are no errors.
//!
//! A heading that is nearly one of the optional columns is a lapse: the column is not used.
//!
//! **Why.** The weekly meeting reviews NITC's own weekly status report beside our tickets, ticket by ticket.
//!
//! **Example.**
//!
//! ```csv
//! nitc_number,heat_number,status
//! N-2291,HEAT-10423,on hold
//! ```
//!
//! **To mend it:**
//! - A row: correct the row that the message names (here the status, to `researching`), or ask NITC to send the report
//!   again and run `heatpack import nitc FILE --replace`.
//! - A column with another heading: name it in `data/heatpack.yaml`, as `nitc_report: {columns: {heat_number: "HEAT #"}}`.
//! - Another word for a status: say which it means in `data/heatpack.yaml`, as
//!   `nitc_report: {statuses: {"On Hold": researching}}`.
//! - An Excel workbook or another encoding: in Excel, choose File > Save As > CSV UTF-8 (Comma delimited).

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{Level, Misnamed, NitcReport};

pub(super) fn check(project: &Project, sink: &mut Sink) {
    sink.add_faults(project);
    for report in project.reports.values() {
        report.misnamed.iter().for_each(|own| misnamed(report, own, sink));
    }
}

/// A column that is optional and probably there, under a heading that is not quite its own.
fn misnamed(report: &NitcReport, own: &Misnamed, sink: &mut Sink) {
    let Misnamed { span, heading, column, wanted } = own;
    let message = format!("the column `{heading}` is not used");
    let help = format!(
        "did you mean `{wanted}`? name the column in data/heatpack.yaml, as `nitc_report: {{columns: {{{column}: \
         \"{heading}\"}}}}`"
    );
    let finding = Finding::at((report.file, *span), format!("nitc-{}", report.date), message).help(help);
    sink.add(finding.level(Level::Lapse).on(report.date));
}
