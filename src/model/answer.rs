//! A written-up answer: what POCs asked before, for everyone to read (`answers/`).

use super::{AnswerId, Day, Markdown, Spanned, SubjectId, Text, TicketId};
use crate::{record, words};

words! {
    /// Who can read a resolution as an answer.
    pub enum Audience: "audience of an answer" {
        /// All POCs can read it.
        General = "general",
        /// It stays in the ticket.
        Private = "private",
    }
}

record! {
    /// A written-up answer.
    pub struct Answer: "an answer", compared {
        /// its id, as in the file's name
        pub id: Spanned<AnswerId>,
        /// the question in one line
        pub title: Spanned<Text>,
        /// the answer, without names of POCs (Markdown)
        pub text: Spanned<Markdown>,
        /// the ids of the modules and initiatives, at least one
        pub subjects: Spanned<Vec<Spanned<SubjectId>>>,
        /// the tickets that it was written from; pages show the answer in their place
        pub from: Vec<Spanned<TicketId>> = Vec::new(),
        /// the date it was written: earlier packs do not show it
        pub written: Option<Spanned<Day>>,
        /// the date by which the Help Desk reviews it
        pub review_by: Option<Spanned<Day>>,
    }
}

impl Answer {
    /// The path of an answer's file.
    pub fn path(id: &AnswerId) -> String {
        format!("data/answers/{id}.yaml")
    }

    /// Whether it is about a module or initiative.
    pub fn is_about(&self, subject: &SubjectId) -> bool {
        self.subjects.iter().any(|own| own.value == *subject)
    }
}
