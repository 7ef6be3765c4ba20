//! `check --format json`.

use std::borrow::Cow;

use serde::Serialize;

use super::Findings;
use super::passed_over::PassedOver;
use crate::load::Counts;
use crate::model::{Level, Minute, RuleId};

#[derive(Serialize)]
struct Report<'f> {
    format: &'static str,
    as_of: Minute,
    records: Counts,
    errors: usize,
    lapses: usize,
    diagnostics: Vec<Row<'f>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<&'f PassedOver>,
}

#[derive(Serialize)]
struct Row<'f> {
    rule: RuleId,
    level: Level,
    path: &'f str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    record: &'f str,
    message: String,
    help: Option<Cow<'f, str>>,
    excepted: bool,
}

/// The findings as JSON, with a line end.
pub fn check_json(findings: &Findings) -> String {
    let rows = findings.diagnostics.iter().map(|diagnostic| {
        let range = findings.range(&diagnostic.place);
        Row {
            rule: diagnostic.rule,
            level: diagnostic.level,
            path: findings.path(&diagnostic.place),
            line: range.start.line,
            column: range.start.column,
            end_line: range.end.line,
            end_column: range.end.column,
            record: &diagnostic.record,
            message: diagnostic.one_line(),
            help: diagnostic.help_in_file(),
            excepted: diagnostic.excepted,
        }
    });
    let report = Report {
        format: "heatpack.check/1",
        as_of: findings.as_of,
        records: findings.records(),
        errors: findings.count(Level::Error),
        lapses: findings.count(Level::Lapse),
        diagnostics: rows.collect(),
        baseline: findings.passed_over.as_ref(),
    };
    super::to_json(&report)
}
