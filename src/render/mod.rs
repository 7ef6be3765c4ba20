//! FLOOR 5: packs and diagnostics → bytes: HTML, PDF, JSON, CSV, text.

pub mod assets;
mod calendar_text;
pub mod chart;
mod check_json;
mod check_text;
mod csv;
mod diagnostic_rows;
pub mod escape;
pub mod filters;
mod findings;
pub mod html;
pub mod links;
pub mod measure;
mod pack_json;
pub mod pdf;
mod renderer;
pub mod rich;
pub mod templates;

pub use calendar_text::calendar_text;
pub use check_json::check_json;
pub use check_text::{TextStyle, check_counts, check_text, frame, shown};
pub use csv::csv;
pub use diagnostic_rows::{by_file, diagnostic_rows};
pub use findings::{Findings, Range};
pub use pack_json::{model, pack_json};
pub use renderer::{Error, Renderer};

/// Anything as JSON, indented, with a line end.
pub fn to_json(value: &impl serde::Serialize) -> String {
    // What is written here has text keys and plain values only, which cannot fail.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
