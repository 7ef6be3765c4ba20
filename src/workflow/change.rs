//! A change request's timeline: its log and the votes on it, folded into states (`docs/explanation/states.md`).

use super::clock::Clock;
use super::standing::{StandingVotes, standing};
use super::votes::JudgedVote;
use super::{SignatureState, Violation};
use crate::load::LoadedChange;
use crate::model::{Board, ChangeEvent, CrState, Entry, Member, Minute, PersonId, RuleId, Term};

/// What moved a change request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeCause {
    /// The vote of that place in [`ChangeLine::votes`].
    Vote(usize),
    /// The entry of that place in the log.
    Entry(usize),
}

/// A step of the timeline.
#[derive(Debug, Clone)]
pub struct ChangeStep {
    pub at: Minute,
    pub cause: ChangeCause,
    pub before: CrState,
    pub after: CrState,
    pub slip: Option<Violation>,
}

/// A member of the board, as a CR that waits for votes sees them.
#[derive(Debug, Clone, Copy)]
pub struct BoardMember<'b> {
    pub member: &'b Member,
    /// They prepared or submitted the request, so they cannot vote.
    pub is_proposer: bool,
    /// A vote of theirs stands.
    pub has_voted: bool,
}

/// A change request from its first log entry to its last.
#[derive(Debug, Clone)]
pub struct ChangeLine<'p> {
    pub cr: &'p LoadedChange,
    /// All votes on it, in the order of their times.
    pub votes: Vec<JudgedVote<'p>>,
    /// For each vote why it does not count, as text; `None` if it counts.
    pub uncounted: Vec<Option<String>>,
    /// For each vote whether its voter had prepared or submitted the CR.
    pub by_proposer: Vec<bool>,
    pub steps: Vec<ChangeStep>,
    pub clocks: Vec<Clock>,
    /// The votes, by their places, that do not count only because they are on another digest than their round.
    pub stale: Vec<usize>,
    /// The paths of votes on it that no one can use as they are, and of the board's list if it cannot be read: how the
    /// board decided is not known.
    pub unread: Vec<String>,
    /// An entry that the known votes do not carry is not reported: what is wrong with the `unread` files is.
    pub(super) hides: bool,
    pub(super) rounds: Vec<Round<'p>>,
}

/// The board's turn with a request: from one `submitted` to the next.
#[derive(Debug, Clone)]
pub(super) struct Round<'p> {
    pub began: Minute,
    /// The digest that the votes are for, from `submitted`. Without a digest, they are for the present request.
    pub digest: &'p str,
    /// The places of the votes that counted in it.
    pub votes: Vec<usize>,
    pub submitted_by: Option<&'p PersonId>,
}

impl<'p> ChangeLine<'p> {
    /// Whether how the board decided is not known.
    pub fn is_unsure(&self) -> bool {
        !self.unread.is_empty()
    }

    /// The votes of the last round begun by that time that lack a valid signature, each by a member who has not voted
    /// validly since. They do not count, but the member may have cast them.
    pub fn unsigned_at(&self, at: Minute) -> Vec<usize> {
        let round = self.round_at(at);
        let lacks = |vote: &JudgedVote| vote.unsigned || matches!(vote.signature, SignatureState::Invalid(_));
        let is_replaced = |index: usize| {
            let by = |other: &usize| self.votes[*other].vote.by.value == self.votes[index].vote.by.value;
            round.iter().any(|other| *other > index && by(other) && self.uncounted[*other].is_none())
        };
        let own = round.iter().copied().filter(|index| {
            let vote = &self.votes[*index];
            vote.member.is_some() && !self.by_proposer[*index] && lacks(vote) && !is_replaced(*index)
        });
        own.collect()
    }

    /// Whether it is known at that time: from its first log entry on.
    pub fn exists_at(&self, at: Minute) -> bool {
        self.steps.iter().any(|step| matches!(step.cause, ChangeCause::Entry(_)) && step.at <= at)
    }

    /// Whether it was submitted to the board by that time.
    pub fn was_submitted_by(&self, at: Minute) -> bool {
        self.round(at).is_some()
    }

    /// Its state; none before its first log entry.
    pub fn state_at(&self, at: Minute) -> Option<CrState> {
        self.exists_at(at).then(|| self.last_step(at).map_or(CrState::Draft, |step| step.after))
    }

    /// The last step up to that time.
    pub fn last_step(&self, at: Minute) -> Option<&ChangeStep> {
        self.steps.iter().rev().find(|step| step.at <= at)
    }

    /// When it came into the state in which it is at that time.
    pub fn in_state_since(&self, at: Minute) -> Option<Minute> {
        let entered = self.steps.iter().rfind(|step| step.at <= at && step.before != step.after);
        entered.or_else(|| self.steps.first().filter(|step| step.at <= at)).map(|step| step.at)
    }

    /// The standing votes of the last round begun by that time.
    pub fn standing_at(&self, at: Minute) -> StandingVotes {
        let votes = self.round(at).map(|round| round.votes.as_slice()).unwrap_or_default();
        standing(&self.votes, votes.iter().copied().filter(|vote| self.votes[*vote].vote.at.value <= at))
    }

    /// The votes cast in the last round begun by that time, whether they count or not.
    pub fn round_at(&self, at: Minute) -> Vec<usize> {
        let began = self.round(at).map(|round| round.began);
        (0..self.votes.len())
            .filter(|vote| {
                let cast = self.votes[*vote].vote.at.value;
                cast <= at && began.is_some_and(|began| cast > began)
            })
            .collect()
    }

    /// The digest that the last round begun by that time is on. Before the first one: that of the request as it is.
    pub fn digest_at(&self, at: Minute) -> &'p str {
        self.round(at).map_or(self.cr.digest.as_str(), |round| round.digest)
    }

    /// Whether the request as it is now is not the one that was last submitted, while that matters: the board
    /// decides on it or NITC builds it.
    pub fn is_request_changed(&self, at: Minute) -> bool {
        let matters = |state: CrState| !matches!(state, CrState::Draft | CrState::Returned) && !state.is_finished();
        self.state_at(at).is_some_and(matters) && self.is_text_other(at)
    }

    /// Whether the request as it is now is not the one that the board last had, though it should be: unlike
    /// [`ChangeLine::is_request_changed`] also once the CR is finished.
    pub fn is_text_edited(&self, at: Minute) -> bool {
        let is_open = |state: CrState| matches!(state, CrState::Draft | CrState::Returned);
        self.state_at(at).is_some_and(|state| !is_open(state)) && self.is_text_other(at)
    }

    /// Whether a round or a vote is on another request than the one as it is now.
    pub fn has_other_digests(&self) -> bool {
        let votes = self.votes.iter().filter_map(|judged| judged.vote.digest.as_ref()).map(|own| own.value.0.as_str());
        self.rounds.iter().map(|round| round.digest).chain(votes).any(|digest| digest != self.cr.digest)
    }

    fn is_text_other(&self, at: Minute) -> bool {
        self.digest_at(at) != self.cr.digest
    }

    /// Whether its log takes it past the board at that time while the votes of its round do not carry that, be it by
    /// an exception or by an entry that has no effect.
    pub fn is_unapproved(&self, at: Minute) -> bool {
        let began = self.round(at).map(|round| round.began);
        let in_round = |step: &&ChangeStep| step.at <= at && began.is_none_or(|began| step.at >= began);
        let is_past = |step: &ChangeStep| {
            let forwards = || self.entry(step).is_some_and(|entry| entry.event.value == ChangeEvent::Forwarded);
            let slips = |slip: Violation| {
                !slip.hidden && matches!(slip.rule, RuleId::ForwardedUnapproved | RuleId::WorkBeforeApproval)
            };
            step.slip.is_some_and(slips) || (step.before == CrState::Rejected && forwards())
        };
        self.steps.iter().filter(in_round).any(is_past)
    }

    /// Whether the state at that time came from an exception: an entry that it excuses took effect since the last round
    /// began.
    pub fn is_by_exception(&self, at: Minute) -> bool {
        let began = self.round(at).map(|round| round.began);
        let in_round = |step: &&ChangeStep| step.at <= at && began.is_none_or(|began| step.at >= began);
        let excused = |step: &ChangeStep| step.before != step.after && step.slip.is_some_and(|slip| slip.excused);
        self.steps.iter().filter(in_round).any(excused)
    }

    /// The terms for the votes of that time: those in effect then, or, after the board approved or rejected it, those
    /// of the deciding vote.
    pub fn term_at(&self, at: Minute, board: &'p Board) -> Option<&'p Term> {
        let is_decided = |state: CrState| !matches!(state, CrState::Draft | CrState::Submitted | CrState::Deferred);
        let decided = self.state_at(at).is_some_and(is_decided);
        let last = || self.round(at)?.votes.iter().rfind(|vote| self.votes[**vote].vote.at.value <= at);
        let deciding = decided.then(last).flatten().and_then(|vote| self.votes[*vote].term);
        deciding.or_else(|| board.term_on(at.date()))
    }

    /// Who prepared it or had submitted it by that time. Who prepared a request that is not there any more is not
    /// on record.
    pub fn proposers_at(&self, at: Minute) -> Vec<&'p PersonId> {
        let prepared = (self.digest_at(at) == self.cr.digest).then_some(&self.cr.record.prepared_by.value);
        let submitted = self.rounds.iter().filter(|round| round.began <= at).filter_map(|round| round.submitted_by);
        prepared.into_iter().chain(submitted).collect()
    }

    /// The members of that day, in the order of their ids, while it waits for votes; none in any other state.
    pub fn members_at<'b>(&self, at: Minute, board: &'b Board) -> Vec<BoardMember<'b>> {
        if !self.state_at(at).is_some_and(CrState::waits_for_votes) {
            return Vec::new();
        }
        let (standing, proposers) = (self.standing_at(at), self.proposers_at(at));
        let of = |member: &'b Member| BoardMember {
            member,
            is_proposer: proposers.contains(&&member.id.value),
            has_voted: standing.votes.contains_key(&member.id.value),
        };
        board.members_on(at.date()).into_iter().map(of).collect()
    }

    /// The last round begun by that time.
    fn round(&self, at: Minute) -> Option<&Round<'p>> {
        self.rounds.iter().rev().find(|round| round.began <= at)
    }

    /// The log entry of a step.
    pub fn entry(&self, step: &ChangeStep) -> Option<&'p Entry<ChangeEvent>> {
        match step.cause {
            ChangeCause::Entry(index) => self.cr.record.log.get(index),
            ChangeCause::Vote(_) => None,
        }
    }

    /// Whether it is an entry of that event that took effect.
    pub fn is(&self, step: &ChangeStep, event: ChangeEvent) -> bool {
        let effective = step.slip.is_none_or(Violation::takes_effect);
        effective && self.entry(step).is_some_and(|entry| entry.event.value == event)
    }
}
