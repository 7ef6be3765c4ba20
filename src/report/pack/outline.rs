//! The sections of the packs in their order, numbered.
//!
//! Every format takes numbers and titles from here, so that the item that a chair calls up is the section of that number
//! in what everybody reads.

use serde::Serialize;

use super::scope::Scope;
use super::{
    actions, agenda, attention, balance, changes, compliance, decisions, form, glossary, lapses, meeting, method, nitc,
    outstanding, pocs, roster, subjects, summary,
};
use crate::model::MeetingKind;

/// What the packs call a section.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heading {
    key: &'static str,
    /// `{third line}` stands for the office's own name of it.
    title: &'static str,
    on_agenda: bool,
}

impl Heading {
    /// The heading of a section that the meeting goes through.
    pub const fn new(key: &'static str, title: &'static str) -> Heading {
        Heading { key, title, on_agenda: true }
    }

    /// The heading of what comes before the first item.
    pub const fn of_page_one(key: &'static str, title: &'static str) -> Heading {
        Heading { key, title, on_agenda: false }
    }
}

const WEEKLY: [Heading; 12] = [
    meeting::HEADING,
    agenda::HEADING,
    attention::HEADING,
    balance::HEADING,
    balance::NEW,
    balance::CLOSED,
    outstanding::HEADING,
    nitc::HEADING,
    changes::HEADING,
    lapses::HEADING,
    actions::HEADING,
    method::HEADING,
];

const MONTHLY: [Heading; 14] = [
    meeting::WITH_AGENDA,
    summary::HEADING,
    decisions::HEADING,
    balance::HEADING,
    subjects::HEADING,
    balance::CLOSED_AND_RESOLVED,
    compliance::HEADING,
    changes::HEADING,
    roster::HEADING,
    lapses::BY_OFFICE,
    actions::HEADING,
    pocs::HEADING,
    form::HEADING,
    glossary::HEADING,
];

/// A section of the pack.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// What it is called for good, "attention": the `id` of its part of the page in HTML.
    pub key: &'static str,
    /// Its number on the agenda and in its heading; null for what comes before the first item.
    pub number: Option<usize>,
    pub title: String,
    /// The meeting goes through it.
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

/// The sections of the meeting's pack.
pub fn outline(scope: &Scope) -> Vec<Section> {
    let third_line = &scope.ctx.project().settings.names.third_line;
    let headings: &[Heading] = match scope.kind {
        MeetingKind::Weekly => &WEEKLY,
        MeetingKind::Monthly => &MONTHLY,
    };
    let mut numbers = 1..;
    let section = |heading: &Heading| Section {
        key: heading.key,
        number: if heading.on_agenda { numbers.next() } else { None },
        title: heading.title.replace("{third line}", third_line),
        on_agenda: heading.on_agenda,
    };
    headings.iter().map(section).collect()
}
