//! A mail as it was read, and why a file cannot be read as one.

use chrono::{DateTime, Utc};

use super::kind::Kind;

/// The longest file that is read.
pub const LARGEST_FILE: u64 = 30 << 20;

/// The most mails of a mailbox.
pub const MOST_MAILS: usize = 1000;

/// A mail, as far as anyone needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// `sha256:` and the digest of its bytes.
    pub digest: String,
    /// The addresses of its `From`: one, unless something is wrong.
    pub from: Vec<Address>,
    /// The addresses to which an answer would go, if the mail says so.
    pub reply_to: Vec<String>,
    pub subject: String,
    pub sent: Sent,
    pub kind: Kind,
    /// The new text, in paragraphs of one line: without quotes, greeting and signature.
    pub paragraphs: Vec<String>,
    /// The records that our own header names, in the mail or in what it quotes.
    pub marks: Vec<String>,
    /// The names of its files, which are never opened.
    pub attachments: Vec<String>,
    pub remarks: Vec<Remark>,
}

/// An address and the name with it, which proves nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// With its domain in lower case.
    pub email: String,
    pub name: String,
}

/// When a mail was sent, as it says itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    At(DateTime<Utc>),
    /// It has no date, or one that is none.
    Unknown,
}

/// What a reader must know of how a mail was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// It is signed, and the signature was not checked.
    Signed,
    /// Its text was taken from HTML.
    FromHtml,
    /// Its charset is wrong, and another one was used.
    OtherCharset,
    /// It is longer than what is read of a text.
    Long,
    /// It has more parts, or deeper ones, than are read.
    Nested,
    /// Invisible characters were removed.
    Invisible,
    /// The new text is empty, and that of the forwarded mail is shown.
    Forwarded,
    /// Its text is in a format of Outlook that is not read.
    RichText,
}

/// Why a file holds no mail that can be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Unreadable {
    #[error("the file is empty")]
    Empty,
    #[error("the file is longer than 30 MiB")]
    Long,
    #[error("the file has more than {MOST_MAILS} mails")]
    Many,
    #[error("the file is not a mail")]
    Other,
    #[error("the Outlook message cannot be read: {0}")]
    Outlook(String),
}

impl Unreadable {
    /// What to do.
    pub fn help(&self) -> &'static str {
        match self {
            Unreadable::Empty | Unreadable::Other => "save the mail as .eml, .msg or mbox in your mail program",
            Unreadable::Long => "save the mail without its attachments, or split the mailbox",
            Unreadable::Many => "split the mailbox, or save only the mails that you need",
            Unreadable::Outlook(_) => "save the message again in Outlook, or as .eml",
        }
    }
}
