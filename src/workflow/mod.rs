//! FLOOR 2: [`Project`](crate::load::Project) → [`Context`]: timelines, clocks, votes, meetings, for one as-of time.
//!
//! Logs are folded once, to their end. A timeline for an earlier time omits later entries, so that they cannot change
//! an earlier pack.

mod ballot;
mod change;
mod clock;
mod context;
mod designation;
mod differences;
mod duplicates;
mod explain;
mod fates;
mod late;
mod meetings;
mod nitc;
mod prepared;
mod rewriting;
mod seen_from;
mod signature;
mod tally;
mod ticket;
mod ticket_fold;
mod turns;
mod votes;

pub use ballot::Ballot;
pub use change::{ChangeCause, ChangeLine, ChangeStep, Standing, is_unread};
pub use clock::{Clock, ClockOwner, End, How, Outcome, deadline};
pub use context::{Context, clock_words};
pub use designation::{
    Undesignated, are_designations_clear, designations, gap_since, has_designation, has_unclear_designation, is_active,
    is_designated, is_supported, successor, undesignated,
};
pub use differences::{
    Difference, entry_differences, identity_differences, minutes_differences, request_differences, ticket_differences,
    vote_differences,
};
pub use duplicates::{duplicates_of, voided_as_duplicate};
pub use explain::why_due;
pub use fates::{
    Fate, Now, VoteChanges, alters_board, change_fates, file_at, is_left_out, is_request_altered, meeting_fates,
    ticket_fates, vote_changes,
};
pub use late::KnownLog;
pub use meetings::{Occurrence, Period, occurrences, scheduled_dates};
pub use nitc::{Disagreement, Reconciled, reconcile, unlisted};
pub use prepared::Prepared;
pub use rewriting::LogChange;
pub use seen_from::{ALWAYS, is_seen_always, seen_from};
pub use signature::{NAMESPACE, SignatureState, signed_text};
pub use tally::{tally, verdict};
pub use ticket::{TicketCause, TicketLine, TicketStep};
pub use turns::TurnKind;
pub use votes::JudgedVote;

use crate::model::{Minute, RuleId};

/// Why an entry has no effect: the rule that it breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    pub rule: RuleId,
    /// An exception puts it on record, and it takes effect all the same.
    pub excused: bool,
    /// It follows from a record with errors: it takes effect and is not reported.
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
fn effective_times(first: Option<Minute>, times: impl Iterator<Item = Minute>) -> Vec<Minute> {
    let times: Vec<Minute> = times.collect();
    let mut latest = first;
    times
        .iter()
        .enumerate()
        .map(|(index, at)| {
            let at = match latest {
                Some(latest) if *at < latest || runs_ahead(latest, &times[index..]) => latest,
                _ => *at,
            };
            latest = Some(at);
            at
        })
        .collect()
}

/// Whether the first of these entries, and not what follows it, is out of order: without it the order is right,
/// and either two entries that follow are older, or it lies about a year ahead, as after a slip in the year.
fn runs_ahead(before: Minute, entries: &[Minute]) -> bool {
    let [own, next, rest @ ..] = entries else { return false };
    let far = own.0 - next.0 > chrono::TimeDelta::days(300);
    next < own && before <= *next && (far || rest.first().is_some_and(|second| second < own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(days: &[&str]) -> Vec<String> {
        let minute = |day: &&str| crate::model::parse_date(day).map(Minute::start_of);
        let all: Vec<Minute> = days.iter().filter_map(minute).collect();
        effective_times(all.first().copied(), all.into_iter()).iter().map(|at| at.date().to_string()).collect()
    }

    #[test]
    fn an_entry_out_of_order_takes_effect_with_the_one_before_it() {
        assert_eq!(times(&["2026-11-02", "2026-10-03", "2026-11-04"]), ["2026-11-02", "2026-11-02", "2026-11-04"]);
        assert_eq!(times(&["2026-11-02", "2026-11-09", "2026-11-03"]), ["2026-11-02", "2026-11-09", "2026-11-09"]);
    }

    #[test]
    fn a_slip_into_the_future_does_not_drag_the_rest_along() {
        assert_eq!(times(&["2026-11-02", "2062-11-03", "2026-11-04"]), ["2026-11-02", "2026-11-02", "2026-11-04"]);
        assert_eq!(
            times(&["2026-11-02", "2026-12-03", "2026-11-04", "2026-11-05"]),
            ["2026-11-02", "2026-11-02", "2026-11-04", "2026-11-05"]
        );
    }
}
