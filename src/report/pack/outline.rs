//! The sections of the packs in their order, numbered.
//!
//! Every format takes numbers and titles from here, so that the item that a chair calls up is the section of that number
//! in what everyone reads.

use super::heading::{Heading, Section};
use super::scope::Scope;
use super::{
    actions, agenda, attention, balance, changes, compliance, form, glossary, lapses, method, nitc, outstanding, pocs,
    recurring, roster, subjects, summary,
};
use crate::model::MeetingKind;

const WEEKLY: [Heading; 13] = [
    attention::HEADING,
    agenda::HEADING,
    balance::HEADING,
    compliance::HEADING,
    balance::NEW,
    balance::CLOSED,
    outstanding::HEADING,
    nitc::HEADING,
    changes::HEADING,
    lapses::HEADING,
    actions::HEADING,
    attention::ANNEX,
    method::HEADING,
];

const MONTHLY: [Heading; 16] = [
    attention::HEADING,
    agenda::HEADING,
    summary::HEADING,
    balance::HEADING,
    subjects::HEADING,
    balance::CLOSED_AND_RESOLVED,
    recurring::HEADING,
    compliance::HEADING,
    changes::HEADING,
    roster::HEADING,
    lapses::HEADING,
    actions::HEADING,
    attention::ANNEX,
    pocs::HEADING,
    form::HEADING,
    glossary::HEADING,
];

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
