//! [`Project`](crate::load::Project) → [`Context`]: timelines, clocks, votes, meetings, for one as-of time.
//!
//! Logs are folded once, to their end. A timeline for an earlier time omits later entries, so that they cannot change
//! an earlier pack.

mod answers;
mod balance;
mod ballot;
mod callers;
mod change;
mod change_fold;
mod clock;
mod context;
mod designation;
mod differences;
mod duplicates;
mod entry_times;
mod explain;
mod late;
mod log_diff;
mod meetings;
mod nitc;
mod poc_names;
mod prepared;
mod record_diff;
mod request_diff;
mod seen_from;
mod signature;
mod standing;
mod tally;
mod ticket;
mod ticket_fold;
mod violation;
mod votes;

pub use answers::{answer_at, is_written, repeats, resolution_at};
pub use balance::BalanceKind;
pub use ballot::Ballot;
pub use callers::{Callers, NameParts, begins_a_sentence};
pub use change::{BoardMember, ChangeCause, ChangeLine, ChangeStep};
pub use change_fold::is_unread;
pub use clock::{Clock, ClockOwner, EndReason, Outcome, deadline};
pub use context::{Context, clock_words};
pub use designation::{
    are_designations_clear, designations, gap_since, has_designation, has_unclear_designation, is_active,
    is_designated, is_supported, successor, undesignated,
};
pub use differences::{
    Difference, entry_differences, identity_differences, minutes_differences, request_differences, ticket_differences,
    vote_differences,
};
pub use duplicates::{duplicates_of, voided_as_duplicate};
pub use explain::{counted_to, why_due};
pub use late::KnownLog;
pub use log_diff::LogDiff;
pub use meetings::{Occurrence, Period, occurrences, scheduled_dates};
pub use nitc::{Reconciled, reconcile, unlisted};
pub use poc_names::{CalledBy, Named, PersonNames, words};
pub use prepared::Prepared;
pub use record_diff::{
    After, change_diffs, file_at, is_board_edited, is_left_out, meeting_diffs, ticket_diffs, vote_diff,
};
pub use request_diff::is_request_edited;
pub use seen_from::{ALWAYS, is_seen_always, seen_from};
pub use signature::{NAMESPACE, SignatureState, signed_text};
pub use standing::StandingVotes;
pub use tally::{is_approved, tally, verdict};
pub use ticket::{RefusedStrike, TicketCause, TicketLine, TicketStep};
pub use violation::Violation;
pub use votes::JudgedVote;
