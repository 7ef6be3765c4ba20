//! A change request's timeline: its log and the votes on it, folded into states (`docs/explanation/states.md`).

use std::collections::BTreeMap;

use super::clock::{Clock, ClockOwner, Clocks, EndReason};
use super::entry_times::effective_times;
use super::late::Late;
use super::votes::JudgedVote;
use super::{SignatureState, Violation, is_left_out};
use crate::calendar::Calendar;
use crate::load::{BOARD, LoadedChange, Project};
use crate::model::{
    Board, ChangeEvent, ClockKind, CrState, Decision, Entry, EventKind, Exception, Level, Minute, PersonId, RuleId,
    Term,
};

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
    hides: bool,
    rounds: Vec<Round<'p>>,
}

/// The board's turn with a request: from one `submitted` to the next.
#[derive(Debug, Clone)]
struct Round<'p> {
    began: Minute,
    /// The digest that the votes are for, from `submitted`. Without a digest, they are for the present request.
    digest: &'p str,
    /// The places of the votes that counted in it.
    votes: Vec<usize>,
    submitted_by: Option<&'p PersonId>,
}

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

impl<'p> ChangeLine<'p> {
    /// Folds a change request's log and its votes; what is `late` has no effect.
    pub fn new(
        project: &'p Project,
        board: &'p Board,
        calendars: &[Calendar],
        late: &Late,
        cr: &'p LoadedChange,
    ) -> ChangeLine<'p> {
        ChangeFold::run(project, board, calendars, late, cr)
    }

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

fn standing(votes: &[JudgedVote], round: impl Iterator<Item = usize>) -> StandingVotes {
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

/// The paths of the files that leave open how the board decided on a CR, and whether their errors are reported in place
/// of what follows from them.
fn unread(project: &Project, board: &Board, cr: &LoadedChange) -> (Vec<String>, bool) {
    let known = &project.known;
    let mut unread: Vec<String> = is_unread(project, board).then(|| BOARD.to_owned()).into_iter().collect();
    let mut hides = !unread.is_empty();
    // If this rule is not an error, other rules report the problem.
    let is_error = |rule: RuleId| project.settings.rules.get(&rule).is_none_or(|level| *level == Some(Level::Error));
    for path in known.unread_votes_on(&cr.id.value) {
        hides |= is_left_out(project, path) || is_error(RuleId::MisplacedFile);
        unread.push(path.to_owned());
    }
    // A vote by someone who is not on record may be a member's, whose id was mistyped.
    let votes = project.votes.get(&cr.id.value).into_iter().flatten();
    for vote in votes.filter(|vote| !known.members.has(&vote.by.value)) {
        hides |= is_error(RuleId::UnknownReference);
        unread.push(project.file(vote.file).path.clone());
    }
    unread.sort();
    unread.dedup();
    (unread, hides)
}

/// Whether the board for the votes cannot be read.
pub fn is_unread(project: &Project, board: &Board) -> bool {
    std::ptr::eq(board, &project.board) && project.known.members.is_partial()
}

struct ChangeFold<'p, 'c> {
    line: ChangeLine<'p>,
    late: &'c Late,
    board_is_unread: bool,
    clocks: Clocks<'c>,
    state: CrState,
    forwarded: bool,
}

impl<'p, 'c> ChangeFold<'p, 'c> {
    fn run(
        project: &'p Project,
        board: &'p Board,
        calendars: &'c [Calendar],
        late: &'c Late,
        cr: &'p LoadedChange,
    ) -> ChangeLine<'p>
    where
        'p: 'c,
    {
        let votes = project.votes.get(&cr.id.value).map(Vec::as_slice).unwrap_or_default();
        let count = votes.len();
        let (unread, hides) = unread(project, board, cr);
        let mut fold = ChangeFold {
            late,
            board_is_unread: is_unread(project, board),
            clocks: Clocks::new(ClockOwner::Change(cr.id.value.clone()), &project.settings, calendars),
            line: ChangeLine {
                cr,
                votes: votes.iter().map(|vote| JudgedVote::new(board, vote)).collect(),
                uncounted: vec![None; count],
                by_proposer: vec![false; count],
                steps: Vec::new(),
                clocks: Vec::new(),
                stale: Vec::new(),
                unread,
                hides,
                rounds: Vec::new(),
            },
            state: CrState::Draft,
            forwarded: false,
        };
        // At one minute votes come first, then entries.
        let mut causes: Vec<(Minute, u8, usize, ChangeCause)> = Vec::new();
        causes.extend((0..count).map(|vote| (votes[vote].at.value, 0, vote, ChangeCause::Vote(vote))));
        let times = effective_times(None, cr.log.iter().map(|entry| entry.at.value));
        causes.extend(times.iter().enumerate().map(|(index, at)| (*at, 1, index, ChangeCause::Entry(index))));
        causes.sort_by_key(|(at, first, index, _)| (*at, *first, *index));
        for (at, _, _, cause) in causes {
            let before = fold.state;
            let slip = match cause {
                ChangeCause::Vote(vote) => fold.vote(vote, at),
                ChangeCause::Entry(index) => fold.entry(index, at),
            };
            let after = fold.state;
            fold.keep_forward_clock(at, cause, before);
            fold.line.steps.push(ChangeStep { at, cause, before, after, slip });
        }
        fold.line.clocks = fold.clocks.list;
        fold.line
    }

    fn vote(&mut self, index: usize, at: Minute) -> Option<Violation> {
        let proposer = self.line.proposers_at(at).contains(&&self.line.votes[index].vote.by.value);
        self.line.by_proposer[index] = proposer;
        let out_of_time = Some(Violation { rule: RuleId::DecisionOutOfTime, excused: false, hidden: false });
        if self.state.is_before_board() && self.late.has_vote(self.line.votes[index].vote.file) {
            self.line.uncounted[index] = Some("added now but dated before an entry in the base".to_owned());
            return out_of_time;
        }
        let Some(round) = self.line.rounds.last_mut().filter(|_| self.state.is_before_board()) else {
            self.line.uncounted[index] = Some("cast outside the board review".to_owned());
            return out_of_time;
        };
        let vote = &self.line.votes[index];
        if self.board_is_unread {
            self.line.uncounted[index] = Some(format!("{BOARD} cannot be read"));
            return None;
        }
        let flaw = vote.flaw().or_else(|| proposer.then(|| "the voter prepared or submitted the CR".to_owned()));
        // One without a digest is on the request of its round.
        let is_stale = vote.vote.digest.as_ref().is_some_and(|digest| digest.value.0 != round.digest);
        if flaw.is_none() && is_stale {
            self.line.stale.push(index);
        }
        let flaw = flaw.or_else(|| is_stale.then(|| "cast on a different text of the request".to_owned()));
        if flaw.is_none() {
            round.votes.push(index);
            let standing = standing(&self.line.votes, round.votes.iter().copied());
            // What cannot be read may speak against it.
            self.state = match standing.state(vote.term) {
                CrState::Approved if !self.line.unread.is_empty() => CrState::Submitted,
                state => state,
            };
        }
        self.line.uncounted[index] = flaw;
        None
    }

    fn entry(&mut self, index: usize, at: Minute) -> Option<Violation> {
        let cr = self.line.cr;
        let entry = &cr.record.log[index];
        if self.late.has_entry(&cr.id.value, index) {
            return Some(Violation { rule: RuleId::EntryBackdated, excused: false, hidden: false });
        }
        let event = entry.event.value;
        let is_allowed = event.spec().allowed.contains(&self.state) && !self.forwards_another_text(entry);
        let slip = (!is_allowed).then(|| self.slip(entry));
        if slip.is_some_and(|slip| !slip.takes_effect()) {
            return slip;
        }
        match event {
            ChangeEvent::Submitted => {
                let submitted_by = entry.by.as_ref().map(|by| &by.value);
                let digest = entry.digest.as_ref().map_or(&self.line.cr.digest, |digest| &digest.value.0);
                self.line.rounds.push(Round { began: at, digest, votes: Vec::new(), submitted_by });
                self.state = CrState::Submitted;
            }
            ChangeEvent::Forwarded => {
                self.forwarded = true;
                self.state = CrState::Forwarded;
            }
            ChangeEvent::Started | ChangeEvent::Failed => self.state = CrState::InWork,
            ChangeEvent::Delivered => self.state = CrState::Delivered,
            ChangeEvent::Verified => self.state = CrState::Verified,
            ChangeEvent::Withdrawn => self.state = CrState::Withdrawn,
            ChangeEvent::Note => {}
        }
        slip
    }

    /// Whether it forwards another request than that of its round.
    fn forwards_another_text(&self, entry: &Entry<ChangeEvent>) -> bool {
        let round = self.line.rounds.last().map(|round| round.digest);
        let digest = entry.digest.as_ref().filter(|_| entry.event.value == ChangeEvent::Forwarded);
        digest.is_some_and(|digest| round != Some(digest.value.0.as_str()))
    }

    fn slip(&self, entry: &Entry<ChangeEvent>) -> Violation {
        let decides = self.state == CrState::Draft || self.state.is_before_board();
        let rule = match entry.event.value {
            ChangeEvent::Forwarded if decides => RuleId::ForwardedUnapproved,
            ChangeEvent::Started if !self.forwarded => RuleId::WorkBeforeApproval,
            _ => RuleId::TransitionForbidden,
        };
        let excused = Exception::to(&entry.exception, rule).is_some();
        let hidden = self.line.hides && rule == RuleId::ForwardedUnapproved && !self.forwards_another_text(entry);
        Violation { rule, excused, hidden }
    }

    /// The `forward-cr` clock runs while the CR is approved.
    fn keep_forward_clock(&mut self, at: Minute, cause: ChangeCause, before: CrState) {
        let (was, is) = (before == CrState::Approved, self.state == CrState::Approved);
        if is && !was {
            let place = match cause {
                ChangeCause::Vote(vote) => {
                    let vote = self.line.votes[vote].vote;
                    (vote.file, vote.at.span)
                }
                ChangeCause::Entry(index) => (self.line.cr.file, self.line.cr.record.log[index].span),
            };
            self.clocks.start(ClockKind::ForwardCr, at, place);
        } else if was && !is {
            let how = if self.state == CrState::Forwarded { EndReason::Done } else { EndReason::Void };
            self.clocks.stop(ClockKind::ForwardCr, at, how);
        }
    }
}
