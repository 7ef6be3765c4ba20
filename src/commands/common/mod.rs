//! What commands share: the project they start from, options, the terminal, and how they find records and packs.

pub mod base;
pub mod baseline;
pub mod commits;
pub mod evidence;
pub mod lookup;
pub mod meeting_pack;
pub mod merging;
pub mod options;
pub mod pager;
pub mod parallel;
pub mod record_file;
pub mod session;
pub mod templates;
pub mod terminal;
pub mod typed;
pub mod unread;
pub mod which_meeting;
