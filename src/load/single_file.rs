//! Files that are not (yet) under `data/`: read as records are, their faults shown as those of records are.

use chrono::NaiveDate;

use super::assemble::add;
use super::parsed::{ParsedFile, ParsedRecord};
use super::project::Project;
use super::{file_text, nitc};
use crate::model::{FileId, NitcReport, RuleId, Settings, SourceFile};
use crate::record::Faults;

/// How a report is read, where it does not follow from its bytes: what is between its cells, and its encoding.
pub fn assumptions(bytes: &[u8], report: &NitcReport) -> Vec<String> {
    let mut notes = Vec::new();
    if report.separator != "comma" {
        notes.push(format!("the report is read with a {} between the cells", report.separator));
    }
    if std::str::from_utf8(bytes).is_err() {
        notes.push("the report is read as Windows-1252; check that names with accents are right".to_owned());
    }
    notes
}

/// The text of a file and NITC's report in it, of that date; `None` if nothing of it can be used.
pub fn read_report(
    bytes: Vec<u8>,
    date: NaiveDate,
    settings: &Settings,
    faults: &mut Faults,
) -> (String, Option<NitcReport>) {
    let Some(text) = nitc::text_of(bytes, faults) else { return (String::new(), None) };
    let report = nitc::read(&text, FileId(0), date, Some(&settings.nitc_report), faults);
    (text, report)
}

/// The text of a YAML file without its byte-order mark. Returns `None` if it cannot be read, with the reason in
/// `faults`.
pub fn text_of(bytes: Vec<u8>, faults: &mut Faults) -> Option<String> {
    file_text::text_of(bytes, RuleId::Syntax, faults)
}

/// A file as a project of its own, with its faults.
pub fn single_file(path: &str, text: String, record: &str, faults: Faults) -> Project {
    let mut project = Project::default();
    let source = SourceFile { path: path.to_owned(), text: text.into() };
    let reading =
        ParsedFile { source, opened: true, content: ParsedRecord::Nothing, record: record.to_owned(), faults };
    add(&mut project, FileId(0), reading);
    project
}
