//! Packs and diagnostics → bytes: HTML, PDF, JSON, CSV, workbooks, text, and the formats of continuous integration.

pub mod assets;
mod audit;
mod ballot_text;
mod baseline;
mod calendar_ics;
mod calendar_text;
pub mod chart;
mod check_json;
mod check_text;
mod compact;
mod csv;
mod diagnostic_rows;
mod eml;
pub mod escape;
pub mod filters;
mod findings;
mod fingerprint;
mod github;
pub mod html;
mod import_text;
mod junit;
pub mod links;
mod list_text;
mod live;
pub mod measure;
mod pack_json;
pub mod pdf;
mod plain;
mod reconciliation_text;
mod renderer;
mod request_text;
mod review_markdown;
pub mod rich;
mod rules_text;
mod sarif;
mod show_text;
mod site;
mod starter;
pub mod templates;
mod today_text;
mod votes_text;
mod wrap;
mod xlsx;
mod zip;

pub use audit::{VERIFY, audit_files};
pub use ballot_text::{ballot_rows, ballot_text, elsewhere_text, refusal_text};
pub use baseline::{Baseline, BaselineError};
pub use calendar_ics::calendar_ics;
pub use calendar_text::{calendar_text, overdue_text};
pub use check_json::check_json;
pub use check_text::{TextStyle, check_counts, check_text, diagnostics_text, frame, shown};
pub use compact::compact;
pub use csv::{csv, csv_table};
pub use diagnostic_rows::diagnostic_rows;
pub use eml::{Attachment, EVENT_HEADER, Letter, RECORDS_HEADER, eml};
pub use findings::{Findings, Range, Scope};
pub use github::github;
pub use import_text::{import_counts, import_errors, import_problems, import_table};
pub use junit::junit;
pub use list_text::{list_csv, list_json, list_text};
pub use live::{LIVE_PATH, LivePage, Notice, live, plain_page, template_notice};
pub use pack_json::pack_json;
pub use pdf::AttachedFile;
pub use plain::plain;
pub use reconciliation_text::{command_line, quoted, reconciliation_text};
pub use renderer::{Error, Renderer};
pub use request_text::{request_file, request_text};
pub use review_markdown::review_markdown;
pub use rules_text::{explain_markdown, explain_text, rules_text};
pub use sarif::sarif;
pub use show_text::show_text;
pub use site::{PageModel, calendar_file, index_model, pack_file, page_model};
pub use starter::{StarterFile, schema_path, starter};
pub use today_text::today_text;
pub use votes_text::{unread_text, verify_text};
pub use wrap::WIDTH;
pub use xlsx::xlsx;
pub use zip::zip;

/// Anything as JSON, indented, with a line end.
pub fn to_json(value: &impl serde::Serialize) -> String {
    // What is written here has text keys and plain values only, which cannot fail.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
