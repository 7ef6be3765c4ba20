//! The model of `heatpack show`: one record, its history, and its deadlines.

mod answer;
mod change;
mod clocks;
mod poc;
mod ticket;

pub use answer::show_answer;
pub use change::show_change;
pub use clocks::ClockView;
pub use poc::show_poc;
pub use ticket::show_ticket;

use super::story::TimelineEntry;
use crate::model::{Diagnostic, PersonId};
use crate::workflow::Context;

/// A record.
#[derive(Debug)]
pub struct Show {
    pub id: String,
    pub title: String,
    /// What is said of it at the top: label and text.
    pub head: Vec<(&'static str, String)>,
    /// The texts of the record in full: titles and Markdown.
    pub texts: Vec<(String, String)>,
    /// Lists under the head: their titles and lines.
    pub lists: Vec<(&'static str, Vec<String>)>,
    /// What happened up to the as-of time, oldest first.
    pub timeline: Vec<TimelineEntry>,
    pub clocks: Vec<ClockView>,
    /// What `check` finds in it.
    pub found: Vec<Diagnostic>,
}

/// "Jordan Rivera (jrivera)".
fn person(ctx: &Context, id: &PersonId) -> String {
    format!("{} ({id})", ctx.project().person_name(id))
}

/// What `check` finds in a record.
fn found_in(ctx: &Context, id: &str) -> Vec<Diagnostic> {
    crate::rules::check(ctx).into_iter().filter(|diagnostic| diagnostic.record == id).collect()
}
