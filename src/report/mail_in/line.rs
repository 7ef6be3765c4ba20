//! What is found of one mail.

use super::arg::Proposal;
use crate::import::mail::{Kind, Mail};
use crate::model::{Minute, Office, PersonId, TicketId};

/// A mail and the file that it is from.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub file: String,
    /// Its place in a mailbox, from 1.
    pub number: Option<usize>,
    pub mail: Mail,
}

/// What is found of one mail.
#[derive(Debug, Clone)]
pub struct MailLine {
    pub file: String,
    pub number: Option<usize>,
    pub digest: String,
    pub subject: String,
    /// As it says itself.
    pub sent: Option<Minute>,
    pub sender: Sender,
    pub ticket: Option<TicketFound>,
    /// A mail of another kind than a letter is set aside.
    pub kind: Kind,
    /// The record that has it already, or the other file that does.
    pub entered: Option<String>,
    /// What the clerk must know, a fact each.
    pub notes: Vec<String>,
    pub attachments: Vec<String>,
    pub proposals: Vec<Proposal>,
}

/// Who wrote a mail, by the address alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// None where there is not exactly one.
    pub email: Option<String>,
    pub id: Option<PersonId>,
    /// The name on record; without a record that of the mail, which proves nothing.
    pub name: String,
    pub role: Role,
}

/// What the records have of a sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Staff(Office),
    /// A POC who is designated on the date of the mail.
    Poc,
    /// On record, and not designated.
    Caller,
    Board,
    Unknown,
}

/// The ticket of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketFound {
    pub id: TicketId,
    pub by: By,
    /// Its state in words.
    pub state: String,
}

/// How a ticket was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    Subject,
    NitcNumber,
    Header,
    /// Its number in the text, which never suffices to enter something.
    Text,
}
