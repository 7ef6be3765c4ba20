//! The story of a record, told once for `show`, its page, the answer of `log` and mail: what happened to it, its clocks,
//! where it stands, and what comes next.

mod clocks;
mod for_poc;
mod handover;
mod standing;
mod timeline;

pub use clocks::{ClockRow, begun, clocks};
pub use for_poc::{ForPoc, for_poc};
pub use handover::handover;
pub use standing::{Stands, change_stands, next_due, ticket_stands};
pub use timeline::{Actor, ExceptionNote, StateChange, TimelineEntry, change_timeline, entry_made, ticket_timeline};
