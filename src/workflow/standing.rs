//! The standing votes of a round, and the state that they give a change request.

use std::collections::BTreeMap;

use super::votes::JudgedVote;
use crate::model::{CrState, Decision, PersonId, Term};

/// The standing votes of a round: each member's latest that counts.
#[derive(Debug, Clone, Default)]
pub struct StandingVotes {
    /// By member, the place of the vote in [`ChangeLine::votes`].
    pub votes: BTreeMap<PersonId, usize>,
    pub approvals: usize,
    /// The chair of the vote's date is among the approvals.
    pub chair_approves: bool,
    pub rejections: usize,
    pub returns: usize,
    pub deferrals: usize,
}

impl StandingVotes {
    /// The state that these votes give, by the terms in force on the date of the latest of them.
    pub(super) fn state(&self, term: Option<&Term>) -> CrState {
        // Without terms, the approvals needed are unknown.
        let quorum = term.map_or(usize::MAX, |term| term.quorum.0);
        let chair = term.is_some_and(|term| !term.chair_required) || self.chair_approves;
        let enough = self.approvals >= quorum;
        if enough && chair && self.rejections == 0 && self.returns == 0 {
            CrState::Approved
        } else if self.rejections >= quorum {
            CrState::Rejected
        } else if self.returns > 0 || (enough && self.rejections > 0) {
            CrState::Returned
        } else if self.deferrals > 0 {
            CrState::Deferred
        } else {
            CrState::Submitted
        }
    }
}

pub(super) fn standing(votes: &[JudgedVote], round: impl Iterator<Item = usize>) -> StandingVotes {
    let mut latest: BTreeMap<PersonId, usize> = BTreeMap::new();
    for vote in round {
        latest.insert(votes[vote].vote.by.value.clone(), vote);
    }
    let mut standing = StandingVotes::default();
    for vote in latest.values().map(|index| &votes[*index]) {
        match vote.vote.decision.value {
            Decision::Approve => {
                standing.approvals += 1;
                standing.chair_approves |= vote.member.is_some_and(|member| member.chair);
            }
            Decision::Reject => standing.rejections += 1,
            Decision::Return => standing.returns += 1,
            Decision::Defer => standing.deferrals += 1,
        }
    }
    standing.votes = latest;
    standing
}
