//! FLOOR 5: packs and diagnostics → bytes: HTML, PDF, JSON, CSV, text, and the formats of continuous integration.

pub mod assets;
mod baseline;
mod calendar_ics;
mod calendar_text;
pub mod chart;
mod check_json;
mod check_text;
mod csv;
mod diagnostic_rows;
pub mod escape;
pub mod filters;
mod findings;
mod fingerprint;
mod github;
pub mod html;
mod junit;
pub mod links;
pub mod measure;
mod pack_json;
pub mod pdf;
mod plain;
mod renderer;
pub mod rich;
mod rules_text;
mod sarif;
mod show_text;
pub mod templates;
mod today_text;
mod votes_text;

pub use baseline::{Baseline, BaselineError};
pub use calendar_ics::calendar_ics;
pub use calendar_text::calendar_text;
pub use check_json::check_json;
pub use check_text::{TextStyle, check_counts, check_text, diagnostics_text, frame, shown};
pub use csv::csv;
pub use diagnostic_rows::{by_file, diagnostic_rows};
pub use findings::{Findings, Range, Scope};
pub use github::github;
pub use junit::junit;
pub use pack_json::{model, pack_json};
pub use plain::plain;
pub use renderer::{Error, Renderer};
pub use rules_text::{explain_markdown, explain_text, rules_text};
pub use sarif::sarif;
pub use show_text::show_text;
pub use today_text::today_text;
pub use votes_text::{ballot_text, refusal_text, verify_text};

/// Anything as JSON, indented, with a line end.
pub fn to_json(value: &impl serde::Serialize) -> String {
    // What is written here has text keys and plain values only, which cannot fail.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
