//! The letters of the process, one file each: what each says, who gets it, and what is entered when it was sent.

mod about;
mod change;
mod follow_up;
mod forward;
mod minutes;
mod news;
mod pack;
mod recipient;
mod reply;
mod ticket;

pub use about::{About, LetterEvent, Mark, Marked, outdated};
pub use change::{ChangeLetter, change_letter};
pub use follow_up::{FollowUp, follow_ups, handovers};
pub use forward::{ForwardLetter, forward_letter};
pub use minutes::{MinutesLetter, latest_minutes, minutes_letter};
pub use pack::{PackMail, pack_mail};
pub use recipient::{Recipient, is_address, parse_recipient};
pub use reply::{ReplyLetter, reply_letter};
pub use ticket::TicketNews;

/// Why a letter does not fit a record, and what to do instead.
#[derive(Debug)]
pub struct Unfit {
    /// A fact, without a period.
    pub why: String,
    /// It begins with a verb.
    pub help: String,
}
