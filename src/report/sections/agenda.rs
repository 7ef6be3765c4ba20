//! The sections of a pack, numbered, and the agenda: those that the meeting goes through, then its file's own items.
//!
//! Every format takes numbers and titles from here, so that the item that a chair calls up is the section of that number
//! in what everybody reads.

use crate::model::{MeetingKind, RichText};
use crate::report::pack::{Agenda, Section};
use crate::report::scope::Scope;

/// The sections of the weekly pack in their order. What a meeting does not go through is not on its agenda.
const WEEKLY: [(&str, &str, bool); 12] = [
    ("meeting", "The meeting", false),
    ("agenda", "Agenda", false),
    ("attention", "What needs attention", true),
    ("balance", "Balance of the period", true),
    ("new", "New tickets", true),
    ("closed", "Closed tickets", true),
    ("outstanding", "All outstanding tickets", true),
    ("nitc", "At {third line}", true),
    ("changes", "Change requests", true),
    ("lapses", "New lapses", true),
    ("actions", "Action items and last minutes", true),
    ("method", "Method", true),
];

/// The sections of the monthly pack in their order.
const MONTHLY: [(&str, &str, bool); 14] = [
    ("meeting", "The meeting and its agenda", false),
    ("summary", "Summary", true),
    ("decisions", "Decisions asked of the meeting", true),
    ("balance", "Balance of the period", true),
    ("subjects", "Outstanding tickets by module and initiative", true),
    ("closed", "Closed tickets and resolutions", true),
    ("compliance", "Deadlines and times to resolve", true),
    ("changes", "Change requests", true),
    ("roster", "The POC roster", true),
    ("lapses", "Lapses by rule and by office", true),
    ("actions", "Action items and last minutes", true),
    ("pocs", "One page for each POC", true),
    ("form", "Attendance and minutes form", true),
    ("glossary", "Glossary and method", true),
];

/// The sections of the meeting's pack.
pub fn outline(scope: &Scope) -> Vec<Section> {
    let third_line = &scope.ctx.project().settings.names.third_line;
    let sections: &[(&'static str, &str, bool)] = match scope.kind {
        MeetingKind::Weekly => &WEEKLY,
        MeetingKind::Monthly => &MONTHLY,
    };
    let mut numbers = 1..;
    let section = |(key, title, on_agenda): &(&'static str, &str, bool)| Section {
        key,
        number: if *on_agenda { numbers.next() } else { None },
        title: title.replace("{third line}", third_line),
        on_agenda: *on_agenda,
    };
    sections.iter().map(section).collect()
}

/// The meeting's agenda, of the pack's sections.
pub fn agenda(scope: &Scope, sections: &[Section]) -> Agenda {
    let own = scope.meeting().record.map(|record| record.agenda.as_slice()).unwrap_or_default();
    let standing: Vec<&Section> = sections.iter().filter(|section| section.on_agenda).collect();
    let first_further = standing.len() + 1;
    Agenda {
        first: 1,
        standing: standing.into_iter().map(|section| section.title.clone()).collect(),
        further: own.iter().map(|item| RichText::new(&item.0)).collect(),
        first_further,
    }
}
