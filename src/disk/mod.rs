//! The disk: files written as a whole or not at all, many together, and locks against other commands.

pub mod journal;
pub mod lock;
pub mod output;
pub mod staged;
