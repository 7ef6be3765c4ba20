//! FLOOR 5: packs and diagnostics → bytes: HTML, PDF, JSON, CSV, text.

pub mod assets;
pub mod chart;
mod check_json;
mod check_text;
pub mod escape;
pub mod filters;
mod findings;
pub mod html;
pub mod links;
pub mod measure;
pub mod rich;
pub mod templates;

pub use check_json::check_json;
pub use check_text::{TextStyle, check_text, frame, shown};
pub use findings::{Findings, Range};

/// Anything as JSON, indented, with a line end.
pub fn to_json(value: &impl serde::Serialize) -> String {
    // What is written here has text keys and plain values only, which cannot fail.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
