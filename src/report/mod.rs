//! [`Context`] → packs and pages: typed views that every format shows.
//!
//! A section is made by one function from the context; a count and its list come from the same one.
//!
//! [`Context`]: crate::workflow::Context

pub mod alike;
pub mod answers;
pub mod audit;
pub mod ballot;
pub mod calendar;
pub mod declared;
pub mod desk;
pub mod document;
pub mod entered;
pub mod find;
pub mod findings;
pub mod list;
pub mod mail;
pub mod mail_in;
pub mod pack;
pub mod pages;
pub mod places;
pub mod reconciliation;
pub mod review;
pub mod rule_list;
pub mod show;
pub mod site;
pub mod story;
pub mod today;
pub mod unread;
pub mod votes;
pub mod words;

pub use pack::{attention, attention_before, next_meeting, pack};

/// The programme's name and version, for the foot of every page.
pub const GENERATOR: &str = concat!("heatpack ", env!("CARGO_PKG_VERSION"));
