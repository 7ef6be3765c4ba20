//! The model of `heatpack show`: one record, what happened to it, and its clocks.

mod change;
mod clocks;
mod poc;
mod ticket;

pub use change::show_change;
pub use clocks::ClockView;
pub use poc::show_poc;
pub use ticket::show_ticket;

use crate::model::{Diagnostic, EventKind, Minute, PersonId};
use crate::workflow::{Context, Violation as Slip};

/// A record.
#[derive(Debug)]
pub struct Show {
    pub id: String,
    pub title: String,
    /// What is said of it at the top: label and text.
    pub head: Vec<(&'static str, String)>,
    /// What the record itself says, in full: titles and Markdown.
    pub texts: Vec<(String, String)>,
    /// Lists under the head: their titles and lines.
    pub lists: Vec<(&'static str, Vec<String>)>,
    /// What happened up to the as-of time, oldest first.
    pub timeline: Vec<Moment>,
    pub clocks: Vec<ClockView>,
    /// What `check` finds in it.
    pub found: Vec<Diagnostic>,
}

/// Something that happened.
#[derive(Debug)]
pub struct Moment {
    pub at: Minute,
    /// "forwarded to NITC".
    pub what: String,
    /// Who did it.
    pub by: Option<String>,
    /// What it did to the state.
    pub effect: Effect,
    /// The note, as Markdown.
    pub note: Option<String>,
}

/// What an entry did.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// The state was this before, if there was any, and that after.
    Moved(Option<&'static str>, &'static str),
    /// It took effect and left the state as it was.
    Stayed(&'static str),
    /// It had none; why.
    None(String),
}

impl Effect {
    fn new(before: Option<&'static str>, after: &'static str, slip: Option<Slip>) -> Effect {
        match slip {
            Some(slip) if !slip.takes_effect() => Effect::None(slip.rule.to_string()),
            _ if before == Some(after) => Effect::Stayed(after),
            _ => Effect::Moved(before, after),
        }
    }
}

/// "Jordan Rivera (jrivera)".
fn person(ctx: &Context, id: &PersonId) -> String {
    format!("{} ({id})", ctx.project().person_name(id))
}

/// An entry in words, with what it states beside its note.
pub(super) fn entry_words<E: EventKind>(entry: &crate::model::Entry<E>) -> String {
    let mut words = entry.event.value.spec().words.to_owned();
    let mut add = |what: &str, value: String| words.push_str(&format!(", {what}{value}"));
    if let Some(number) = &entry.nitc_ref {
        add("its number ", number.as_str().to_owned());
    }
    if let Some(outcome) = entry.outcome {
        add("", outcome.to_string());
    }
    if let Some(ticket) = &entry.duplicate_of {
        add("a duplicate of ", ticket.value.to_string());
    }
    if let Some(poc) = &entry.poc {
        add("", poc.value.to_string());
    }
    if let Some(clock) = entry.clock {
        add("", clock.value.to_string());
    }
    if let Some(until) = entry.until {
        add("until ", crate::model::day_in_words(until.0));
    }
    if let Some(release) = &entry.release {
        add("in ", release.as_str().to_owned());
    }
    if let Some(exception) = &entry.exception {
        add("by exception to ", exception.rule.value.to_string());
    }
    words
}

/// What `check` finds in a record.
fn found_in(ctx: &Context, id: &str) -> Vec<Diagnostic> {
    crate::rules::check(ctx).into_iter().filter(|diagnostic| diagnostic.record == id).collect()
}
