//! Mails that came: which ticket each is about, who wrote it, and the entries that it could be.
//!
//! A mail proves nothing: it proposes, and a person enters.

mod arg;
mod cues;
mod intake;
mod judge;
mod line;
mod number;
mod proposals;
mod recorded;
mod ticket_of;
mod topic;
mod who;

pub use arg::{Arg, Proposal};
pub use judge::judge;
pub use line::{By, Incoming, MailLine, Role, Sender, TicketFound};
