//! The story of a record, shared by `show`, its page, the answer of `log` and mail: what happened, its deadlines, its
//! status, and the next step.

mod clocks;
mod for_poc;
mod handover;
mod standing;
mod timeline;

pub use clocks::{ClockRow, begun, clocks};
pub use for_poc::{ForPoc, for_poc};
pub use handover::handover;
pub use standing::{Stands, change_stands, next_due, ticket_stands};
pub use timeline::{
    Actor, ExceptionNote, StateChange, TimelineEntry, change_timeline, entry_made, struck_words, ticket_timeline,
};
