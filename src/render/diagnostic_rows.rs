//! Diagnostics as the pages of the site show them.

use std::borrow::Cow;

use super::{Findings, frame};
use crate::model::Level;
use crate::report::findings::{DiagnosticRow, FileDiagnostics};

/// A row for each diagnostic, in their order.
pub fn diagnostic_rows(findings: &Findings) -> Vec<DiagnosticRow> {
    let rows = findings.diagnostics.iter().map(|diagnostic| {
        let start = findings.range(&diagnostic.place).start;
        DiagnosticRow {
            rule: diagnostic.rule.to_string(),
            level: diagnostic.level.as_str().to_owned(),
            record: diagnostic.record.clone(),
            message: diagnostic.one_line(),
            help: diagnostic.help_in_file().map(Cow::into_owned),
            path: findings.path(&diagnostic.place).to_owned(),
            line: start.line,
            column: start.column,
            // An error has to be fixed in its file; for a lapse the message is enough.
            frame: (diagnostic.level == Level::Error).then(|| frame(findings, diagnostic, false)),
            excepted: diagnostic.excepted,
        }
    });
    rows.collect()
}

/// The rows under their files, which are in order already.
pub fn by_file(rows: &[DiagnosticRow]) -> Vec<FileDiagnostics> {
    rows.chunk_by(|a, b| a.path == b.path)
        .map(|rows| FileDiagnostics { path: rows[0].path.clone(), diagnostics: rows.to_vec() })
        .collect()
}
