//! What the packs call a section, and whether the meeting covers it.

use serde::Serialize;

/// What the packs call a section.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heading {
    pub key: &'static str,
    /// `{third line}` stands for the office's own name of it.
    pub title: &'static str,
    pub on_agenda: bool,
}

impl Heading {
    /// The heading of a section that the meeting covers.
    pub const fn new(key: &'static str, title: &'static str) -> Heading {
        Heading { key, title, on_agenda: true }
    }

    /// The heading of a section beside the agenda: the agenda itself, or an annex.
    pub const fn beside(key: &'static str, title: &'static str) -> Heading {
        Heading { key, title, on_agenda: false }
    }
}

/// A section of the pack.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// What it is called for good, "attention": the `id` of its part of the page in HTML.
    pub key: &'static str,
    /// Its number on the agenda and in its heading; null for the agenda itself and for an annex.
    pub number: Option<usize>,
    pub title: String,
    /// Whether the meeting covers it.
    pub on_agenda: bool,
}

impl Section {
    /// Its heading, "1. Needs attention".
    pub fn heading(&self) -> String {
        match self.number {
            Some(number) => format!("{number}. {}", self.title),
            None => self.title.clone(),
        }
    }
}
