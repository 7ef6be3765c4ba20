//! A ticket: one inquiry of a POC and what became of it (`tickets/`).

use super::{Entry, Exception, Markdown, Minute, PersonId, Spanned, SubjectId, Text, TicketEvent, TicketId};
use crate::{record, words};

words! {
    /// What the inquiry is.
    pub enum TicketKind: "kind of ticket" {
        /// Somebody wants to know something.
        Question = "question",
        /// Something does not work.
        Issue = "issue",
    }
}

words! {
    /// What it is about.
    pub enum Area: "area" {
        /// What the module does.
        Functional = "functional",
        /// What it runs on.
        Technical = "technical",
    }
}

words! {
    /// How the inquiry came.
    pub enum Via: "way to reach the Help Desk" {
        /// By phone.
        Phone = "phone",
        /// By email.
        Email = "email",
    }
}

record! {
    /// A ticket.
    pub struct Ticket: "a ticket" {
        /// the ticket's number in HEAT, as in the file's name
        pub id: Spanned<TicketId>,
        /// what it is about, in a line
        pub title: Text,
        /// the module or initiative
        pub subject: Spanned<SubjectId>,
        /// question or issue
        pub kind: TicketKind,
        /// functional or technical
        pub area: Area,
        /// who contacted the Help Desk
        pub poc: Spanned<PersonId>,
        /// when the inquiry came
        pub received: Spanned<Minute>,
        /// phone, email or both
        pub via: Spanned<Vec<Via>>,
        /// what was asked or what went wrong (Markdown)
        pub description: Markdown,
        /// what the POC tried first (Markdown)
        pub first_line: Option<Markdown>,
        /// that a rule about `poc` or `received` was broken knowingly
        pub exception: Option<Exception>,
        /// what happened, oldest first
        pub log: Vec<Entry<TicketEvent>>,
    }
}

impl Ticket {
    /// Where the file of a ticket that was received in `year` belongs.
    pub fn path(id: TicketId, year: i32) -> String {
        format!("data/tickets/{year:04}/{id}.yaml")
    }
}
