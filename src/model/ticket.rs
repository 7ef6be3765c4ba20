//! A ticket: one inquiry of a POC and what became of it (`tickets/`).

use super::{Digest, Entry, Exception, Markdown, Minute, PersonId, Spanned, SubjectId, Text, TicketEvent, TicketId};
use crate::{record, words};

words! {
    /// The kind of inquiry.
    pub enum TicketKind: "kind of ticket" {
        /// A request for information.
        Question = "question",
        /// Something does not work.
        Issue = "issue",
    }
}

words! {
    /// The area of the inquiry.
    pub enum Area: "area" {
        /// What the module does.
        Functional = "functional",
        /// What it runs on.
        Technical = "technical",
    }
}

words! {
    /// How the inquiry was received.
    pub enum Via: "way to reach the Help Desk" {
        /// By phone.
        Phone = "phone",
        /// By email.
        Email = "email",
    }
}

record! {
    /// A ticket.
    pub struct Ticket: "a ticket", compared {
        /// the ticket's number in HEAT, as in the file's name
        pub id: Spanned<TicketId>,
        /// the subject line
        pub title: Text,
        /// the module or initiative
        pub subject: Spanned<SubjectId>,
        /// question or issue
        pub kind: TicketKind,
        /// functional or technical
        pub area: Area,
        /// who contacted the Help Desk
        pub poc: Spanned<PersonId>,
        /// the time received
        pub received: Spanned<Minute>,
        /// phone, email or both
        pub via: Spanned<Vec<Via>>,
        /// the question or problem (Markdown)
        pub description: Markdown,
        /// what the POC tried first (Markdown)
        pub first_line: Option<Markdown>,
        /// the digest of the mail that it was entered from, as `heatpack import mail` prints it
        pub mail: Option<Spanned<Digest>>,
        /// records that a rule about `poc` or `received` was broken deliberately
        pub exception: Option<Exception>,
        /// the events, oldest first
        pub log: Vec<Entry<TicketEvent>>,
    }
}

impl Ticket {
    /// The path of a ticket that was received in `year`.
    pub fn path(id: TicketId, year: i32) -> String {
        format!("data/tickets/{year:04}/{id}.yaml")
    }
}
