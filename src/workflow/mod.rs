//! FLOOR 2: [`Project`](crate::load::Project) → [`Context`]: timelines, clocks, votes, meetings, for one as-of time.
//!
//! Logs are folded once, to their end. What lies after an instant is left out when a timeline is asked for that
//! instant, so that later entries cannot change what an earlier pack said.

mod change;
mod clock;
mod context;
mod designation;
mod explain;
mod meetings;
mod nitc;
mod prepared;
mod signature;
mod ticket;
mod votes;

pub use change::{ChangeCause, ChangeLine, ChangeStep, Standing};
pub use clock::{Clock, ClockOwner, End, How, Outcome, deadline};
pub use context::{Context, clock_words};
pub use designation::{designations, gap_since, is_active, is_designated, is_supported};
pub use explain::why_due;
pub use meetings::{Occurrence, Period, occurrences, scheduled_dates};
pub use nitc::{Disagreement, Reconciled, reconcile};
pub use prepared::Prepared;
pub use signature::{NAMESPACE, SignatureState, signed_text};
pub use ticket::{TicketCause, TicketLine, TicketStep};
pub use votes::JudgedVote;

/// Why an entry has no effect: the rule that it breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    /// The rule's name.
    pub rule: &'static str,
    /// An exception puts it on record, and it takes effect all the same.
    pub excused: bool,
    /// It follows from a record that is left out: it takes effect and is not reported.
    pub hidden: bool,
}

impl Slip {
    /// Whether the entry takes effect in spite of it.
    pub fn takes_effect(self) -> bool {
        self.excused || self.hidden
    }
}

/// The times at which the entries of a log take effect: an entry that is out of order (which is an error of its
/// own) takes effect with the one before it, so that every timeline runs forward.
fn effective_times(
    first: Option<crate::model::Minute>,
    times: impl Iterator<Item = crate::model::Minute>,
) -> Vec<crate::model::Minute> {
    let mut latest = first;
    times
        .map(|at| {
            let at = latest.map_or(at, |latest| latest.max(at));
            latest = Some(at);
            at
        })
        .collect()
}
