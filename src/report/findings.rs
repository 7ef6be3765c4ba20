//! The models of `check.html` and `rules.html`, and a diagnostic as every page of the site shows it.

use serde::Serialize;

use crate::model::RichText;

/// `check.html`.
#[derive(Debug, Clone, Serialize)]
pub struct CheckPage {
    pub errors: usize,
    /// Lapses, and errors that an exception excuses.
    pub lapses: usize,
    /// How many of the lapses are errors that an exception excuses.
    pub excused: usize,
    /// What was read: "61 tickets", "12 POCs", "1 CR".
    pub records: Vec<String>,
    /// Files with diagnostics, by path.
    pub files: Vec<FileDiagnostics>,
}

/// The diagnostics of one file, by line.
#[derive(Debug, Clone, Serialize)]
pub struct FileDiagnostics {
    pub path: String,
    pub diagnostics: Vec<DiagnosticRow>,
}

/// A diagnostic.
#[derive(Debug, Clone, Serialize)]
pub struct DiagnosticRow {
    pub rule: String,
    /// `error` or `lapse`.
    pub level: String,
    /// The record's id, as in `check --format json`.
    pub record: String,
    pub message: String,
    pub help: Option<String>,
    pub path: String,
    pub line: usize,
    pub column: usize,
    /// The lines around it as a terminal shows them, without color; null if there is none.
    pub frame: Option<String>,
    /// An exception put it on record.
    pub excepted: bool,
}

/// `rules.html`.
#[derive(Debug, Clone, Serialize)]
pub struct RulesPage {
    /// All rules, in their own order.
    pub rules: Vec<RuleRow>,
}

/// A rule.
#[derive(Debug, Clone, Serialize)]
pub struct RuleRow {
    pub name: String,
    /// The title of the rule.
    pub title: String,
    /// `error`, `lapse` or `off`, as the settings have it.
    pub level: String,
    /// The default level.
    pub default_level: String,
    /// An exception can put a breach on record.
    pub excusable: bool,
    /// What `explain` prints.
    pub text: RichText,
    /// How many errors of the rule `check` finds now; all rules together have as many as `check.html` counts.
    pub errors: usize,
    /// How many of its errors an exception excuses.
    pub excused: usize,
    /// How many of its lapses are no excused errors; with the excused ones all rules together have as many lapses as
    /// `check.html` counts.
    pub lapses: usize,
}
