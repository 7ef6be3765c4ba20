//! A change request: what ACFO-FS asks the board for (`crs/`).

use super::{ChangeEvent, CrId, Day, Entry, Markdown, PersonId, Spanned, SubjectId, Text, TicketId};
use crate::{record, words};

words! {
    /// How soon it is needed.
    pub enum Priority: "priority" {
        /// At once.
        Emergency = "emergency",
        /// Soon.
        Urgent = "urgent",
        /// In its turn.
        Routine = "routine",
    }
}

words! {
    /// What could go wrong.
    pub enum Risk: "risk" {
        /// Little.
        Low = "low",
        /// Something.
        Medium = "medium",
        /// Much.
        High = "high",
    }
}

record! {
    /// A change request. What is optional here is required once it is submitted, `requested_for` aside.
    pub struct Change: "a change request" {
        /// the CR's id, as in the file's name
        pub id: Spanned<CrId>,
        /// what is to be changed, in a line
        pub title: Text,
        /// the module or initiative
        pub subject: Spanned<SubjectId>,
        /// the tickets that need the change
        pub tickets: Vec<Spanned<TicketId>>,
        /// who prepared it, of ACFO-FS
        pub prepared_by: Spanned<PersonId>,
        /// emergency, urgent or routine
        pub priority: Option<Priority>,
        /// low, medium or high
        pub risk: Option<Risk>,
        /// how much work it is, in words
        pub effort: Option<Text>,
        /// the date by which it is wanted
        pub requested_for: Option<Day>,
        /// what is to be done (Markdown)
        pub description: Option<Markdown>,
        /// why (Markdown)
        pub justification: Option<Markdown>,
        /// what happens if it is not done (Markdown)
        pub impact: Option<Markdown>,
        /// what it means for security (Markdown)
        pub security_impact: Option<Markdown>,
        /// how it will be tested (Markdown)
        pub test_plan: Option<Markdown>,
        /// how it can be taken back (Markdown)
        pub rollback_plan: Option<Markdown>,
        /// what happened, oldest first; empty for a draft that no pack shows yet
        pub log: Vec<Entry<ChangeEvent>>,
    }
}

/// One of the request's texts: its field and how to get at it.
pub type RequestText = (&'static str, fn(&Change) -> Option<&Markdown>);

/// The request's texts in their order.
pub const REQUEST_TEXTS: [RequestText; 6] = [
    ("description", |cr| cr.description.as_ref()),
    ("justification", |cr| cr.justification.as_ref()),
    ("impact", |cr| cr.impact.as_ref()),
    ("security_impact", |cr| cr.security_impact.as_ref()),
    ("test_plan", |cr| cr.test_plan.as_ref()),
    ("rollback_plan", |cr| cr.rollback_plan.as_ref()),
];

impl Change {
    /// Where a change request's file belongs.
    pub fn path(id: &CrId) -> String {
        format!("data/crs/{id}.yaml")
    }

    /// The fields that a submitted request lacks.
    pub fn lacks(&self) -> Vec<&'static str> {
        let words =
            [("priority", self.priority.is_some()), ("risk", self.risk.is_some()), ("effort", self.effort.is_some())];
        let texts = REQUEST_TEXTS.map(|(field, text)| (field, text(self).is_some()));
        words.into_iter().chain(texts).filter(|(_, there)| !there).map(|(field, _)| field).collect()
    }
}
