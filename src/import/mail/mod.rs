//! Reads mails: `.eml`, mbox and Outlook's `.msg`. Nothing that a mail holds is opened, followed or run.

mod body;
mod cut;
mod html;
mod kind;
mod mbox;
mod message;
mod mime;
mod outlook;
mod read;
mod seen;

pub use kind::Kind;
pub use message::{Address, LARGEST_FILE, Mail, Remark, Sent, Unreadable};
pub use read::read;
pub use seen::one_line;
