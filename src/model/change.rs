//! A change request: what ACFO-FS asks the board for (`crs/`).

use super::{ChangeEvent, CrId, Day, Entry, Markdown, PersonId, Spanned, SubjectId, Text, TicketId};
use crate::{record, words};

words! {
    /// The priority.
    pub enum Priority: "priority" {
        /// Immediately.
        Emergency = "emergency",
        /// Soon.
        Urgent = "urgent",
        /// In the normal order.
        Routine = "routine",
    }
}

words! {
    /// The risk.
    pub enum Risk: "risk" {
        /// Low risk.
        Low = "low",
        /// Medium risk.
        Medium = "medium",
        /// High risk.
        High = "high",
    }
}

record! {
    /// A change request. Optional fields, except `requested_for`, are required before it is submitted.
    pub struct Change: "a change request", compared {
        /// the CR's id, as in the file's name
        pub id: Spanned<CrId>,
        /// the change in one line
        pub title: Text,
        /// the module or initiative
        pub subject: Spanned<SubjectId>,
        /// the tickets that need the code change
        pub tickets: Vec<Spanned<TicketId>>,
        /// the person of ACFO-FS who prepared it
        pub prepared_by: Spanned<PersonId>,
        /// emergency, urgent or routine
        pub priority: Option<Priority>,
        /// low, medium or high
        pub risk: Option<Risk>,
        /// the effort, as text
        pub effort: Option<Text>,
        /// the requested date
        pub requested_for: Option<Day>,
        /// the work to be done (Markdown)
        pub description: Option<Markdown>,
        /// the reason (Markdown)
        pub justification: Option<Markdown>,
        /// the impact if it is not done (Markdown)
        pub impact: Option<Markdown>,
        /// the security impact (Markdown)
        pub security_impact: Option<Markdown>,
        /// the test plan (Markdown)
        pub test_plan: Option<Markdown>,
        /// the rollback plan (Markdown)
        pub rollback_plan: Option<Markdown>,
        /// the events, oldest first; empty for a draft, which packs do not show
        pub log: Vec<Entry<ChangeEvent>>,
    }
}

/// One of the request's texts: its field and its accessor.
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
    /// The path of a change request's file.
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
