//! A change request's timeline: its log and the votes on it, folded into states (`workflow.md`).

use std::collections::BTreeMap;

use super::clock::{Clock, ClockOwner, Clocks, How};
use super::votes::JudgedVote;
use super::{Slip, effective_times};
use crate::calendar::Calendar;
use crate::load::{LoadedChange, Project};
use crate::model::{Board, ChangeEvent, ClockKind, CrState, Decision, Entry, EventKind, Minute, PersonId, Term};

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
    pub slip: Option<Slip>,
}

/// A change request from its first log entry to its last.
#[derive(Debug, Clone)]
pub struct ChangeLine<'p> {
    pub cr: &'p LoadedChange,
    /// All votes on it, in the order of their times.
    pub votes: Vec<JudgedVote<'p>>,
    /// For each vote why it does not count, in words; none if it does.
    pub uncounted: Vec<Option<String>>,
    /// For each vote whether its voter had prepared or submitted the CR.
    pub by_proposer: Vec<bool>,
    pub steps: Vec<ChangeStep>,
    pub clocks: Vec<Clock>,
    /// A vote after the last `submitted` on another digest, by its place; `decision-stale` reports it.
    pub stale: Vec<usize>,
    /// It was forwarded after the last `submitted`: its votes stand as they were then.
    pub was_forwarded: bool,
    /// A vote on it, its voter or the board is not known: nobody can say whether the votes carry it.
    pub votes_unsure: bool,
    /// When each round began, and the votes that counted in it.
    rounds: Vec<Round>,
}

#[derive(Debug, Clone)]
struct Round {
    began: Minute,
    votes: Vec<usize>,
    submitted_by: Vec<PersonId>,
}

/// The standing votes of a round: each member's latest that counts.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// By member, the place of the vote in [`ChangeLine::votes`].
    pub votes: BTreeMap<PersonId, usize>,
    pub approvals: usize,
    /// The chair of the vote's date is among the approvals.
    pub chair_approves: bool,
    rejections: usize,
    returned: bool,
    deferred: bool,
}

impl Standing {
    /// The state that these votes give, by the terms in force on the date of the latest of them.
    fn state(&self, term: Option<&Term>) -> CrState {
        // Without terms nothing says what carries a CR.
        let quorum = term.map_or(usize::MAX, |term| term.quorum.0);
        let chair = term.is_some_and(|term| !term.chair_required) || self.chair_approves;
        let enough = self.approvals >= quorum;
        if enough && chair && self.rejections == 0 && !self.returned {
            CrState::Approved
        } else if self.rejections >= quorum {
            CrState::Rejected
        } else if self.returned || (enough && self.rejections > 0) {
            CrState::Returned
        } else if self.deferred {
            CrState::Deferred
        } else {
            CrState::Submitted
        }
    }
}

impl<'p> ChangeLine<'p> {
    /// Folds a change request's log and its votes.
    pub fn new(project: &'p Project, board: &'p Board, calendars: &[Calendar], cr: &'p LoadedChange) -> ChangeLine<'p> {
        let votes: Vec<JudgedVote<'p>> = project
            .votes
            .get(&cr.id.value)
            .map(|votes| votes.iter().map(|vote| JudgedVote::new(board, vote, Some(&cr.digest))).collect())
            .unwrap_or_default();
        // Votes are lenient on the digest if the CR was forwarded on their strength: a later edit of the request
        // is `decision-stale`'s to report and changes no state.
        let lenient = Fold::run(project, calendars, cr, votes.clone(), true);
        if lenient.was_forwarded || lenient.stale.is_empty() {
            return lenient;
        }
        Fold::run(project, calendars, cr, votes, false)
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
    pub fn standing_at(&self, at: Minute) -> Standing {
        let round = self.rounds.iter().rev().find(|round| round.began <= at);
        let votes = round.map(|round| round.votes.as_slice()).unwrap_or_default();
        standing(&self.votes, votes.iter().copied().filter(|vote| self.votes[*vote].vote.at.value <= at))
    }

    /// The votes cast in the last round begun by that time, whether they count or not, and since when it runs.
    pub fn round_at(&self, at: Minute) -> Vec<usize> {
        let began = self.rounds.iter().rev().find(|round| round.began <= at).map(|round| round.began);
        (0..self.votes.len())
            .filter(|vote| {
                let cast = self.votes[*vote].vote.at.value;
                cast <= at && began.is_some_and(|began| cast > began)
            })
            .collect()
    }

    /// Who prepared it or had submitted it by that time.
    pub fn proposers_at(&self, at: Minute) -> Vec<&PersonId> {
        let submitted = self.rounds.iter().filter(|round| round.began <= at).flat_map(|round| &round.submitted_by);
        std::iter::once(&self.cr.prepared_by.value).chain(submitted).collect()
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
        let effective = step.slip.is_none_or(Slip::takes_effect);
        effective && self.entry(step).is_some_and(|entry| entry.event.value == event)
    }
}

fn standing(votes: &[JudgedVote], round: impl Iterator<Item = usize>) -> Standing {
    let mut latest: BTreeMap<PersonId, usize> = BTreeMap::new();
    for vote in round {
        latest.insert(votes[vote].vote.by.value.clone(), vote);
    }
    let mut standing = Standing::default();
    for vote in latest.values().map(|index| &votes[*index]) {
        match vote.vote.decision.value {
            Decision::Approve => {
                standing.approvals += 1;
                standing.chair_approves |= vote.member.is_some_and(|member| member.chair);
            }
            Decision::Reject => standing.rejections += 1,
            Decision::Return => standing.returned = true,
            Decision::Defer => standing.deferred = true,
        }
    }
    standing.votes = latest;
    standing
}

/// A vote or the board is left out of what was read, or a vote is by nobody who is on record.
fn are_unsure(project: &Project, cr: &LoadedChange) -> bool {
    let known = &project.known;
    let mut votes = project.votes.get(&cr.id.value).into_iter().flatten();
    known.members.is_partial()
        || known.broken_votes.contains(&cr.id.value)
        || votes.any(|vote| !known.members.has(&vote.by.value))
}

struct Fold<'p, 'c> {
    line: ChangeLine<'p>,
    clocks: Clocks<'c>,
    state: CrState,
    forwarded: bool,
}

impl<'p, 'c> Fold<'p, 'c> {
    fn run(
        project: &'c Project,
        calendars: &'c [Calendar],
        cr: &'p LoadedChange,
        votes: Vec<JudgedVote<'p>>,
        lenient: bool,
    ) -> ChangeLine<'p> {
        let count = votes.len();
        let last_submitted = cr.log.iter().rposition(|entry| entry.event.value == ChangeEvent::Submitted);
        let times = effective_times(None, cr.log.iter().map(|entry| entry.at.value));
        let last_submitted = last_submitted.map(|index| times[index]);
        let is_last_round = |vote: &JudgedVote| last_submitted.is_some_and(|submitted| vote.vote.at.value > submitted);
        let stale: Vec<usize> =
            (0..count).filter(|vote| votes[*vote].other_digest && is_last_round(&votes[*vote])).collect();
        let mut fold = Fold {
            clocks: Clocks::new(ClockOwner::Change(cr.id.value.clone()), &project.settings, calendars),
            line: ChangeLine {
                cr,
                votes,
                uncounted: vec![None; count],
                by_proposer: vec![false; count],
                steps: Vec::new(),
                clocks: Vec::new(),
                stale,
                was_forwarded: false,
                votes_unsure: are_unsure(project, cr),
                rounds: Vec::new(),
            },
            state: CrState::Draft,
            forwarded: false,
        };
        // At one minute votes come first, then entries.
        let mut causes: Vec<(Minute, u8, usize, ChangeCause)> = Vec::new();
        causes.extend((0..count).map(|vote| (fold.line.votes[vote].vote.at.value, 0, vote, ChangeCause::Vote(vote))));
        causes.extend(times.iter().enumerate().map(|(index, at)| (*at, 1, index, ChangeCause::Entry(index))));
        causes.sort_by_key(|(at, first, index, _)| (*at, *first, *index));
        for (at, _, _, cause) in causes {
            let before = fold.state;
            let slip = match cause {
                ChangeCause::Vote(vote) => fold.vote(vote, at, lenient),
                ChangeCause::Entry(index) => fold.entry(&cr.record.log[index], at),
            };
            let after = fold.state;
            fold.keep_forward_clock(at, cause, before);
            fold.line.steps.push(ChangeStep { at, cause, before, after, slip });
        }
        fold.line.was_forwarded = fold.line.steps.iter().any(|step| {
            fold.line.is(step, ChangeEvent::Forwarded) && last_submitted.is_some_and(|submitted| step.at >= submitted)
        });
        fold.line.clocks = fold.clocks.list;
        fold.line
    }

    fn vote(&mut self, index: usize, at: Minute, lenient: bool) -> Option<Slip> {
        let proposer = self.line.proposers_at(at).contains(&&self.line.votes[index].vote.by.value);
        self.line.by_proposer[index] = proposer;
        if !self.state.is_before_board() {
            self.line.uncounted[index] = Some("cast when the CR was not before the board".to_owned());
            return Some(Slip { rule: "decision-out-of-time", excused: false, hidden: false });
        }
        let vote = &self.line.votes[index];
        let is_stale = !lenient && self.line.stale.contains(&index);
        let flaw = vote
            .flaw()
            .or_else(|| proposer.then(|| "the voter prepared or submitted the CR".to_owned()))
            .or_else(|| is_stale.then(|| "cast on another text of the request".to_owned()));
        self.line.uncounted[index] = flaw;
        if self.line.uncounted[index].is_none()
            && let Some(round) = self.line.rounds.last_mut()
        {
            round.votes.push(index);
            let standing = standing(&self.line.votes, round.votes.iter().copied());
            self.state = standing.state(self.line.votes[index].term);
        }
        None
    }

    fn entry(&mut self, entry: &Entry<ChangeEvent>, at: Minute) -> Option<Slip> {
        let event = entry.event.value;
        let slip = (!event.spec().allowed.contains(&self.state)).then(|| self.slip(entry));
        if slip.is_some_and(|slip| !slip.takes_effect()) {
            return slip;
        }
        match event {
            ChangeEvent::Submitted => {
                let submitted_by = entry.by.iter().map(|by| by.value.clone()).collect();
                self.line.rounds.push(Round { began: at, votes: Vec::new(), submitted_by });
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

    fn slip(&self, entry: &Entry<ChangeEvent>) -> Slip {
        let undecided =
            matches!(self.state, CrState::Draft | CrState::Submitted | CrState::Returned | CrState::Deferred);
        let rule = match entry.event.value {
            ChangeEvent::Forwarded if undecided => "forwarded-unapproved",
            ChangeEvent::Started if !self.forwarded => "work-before-approval",
            _ => "transition-forbidden",
        };
        let excused = entry.exception.as_ref().is_some_and(|exception| exception.rule.value.0 == rule);
        let hidden = self.line.votes_unsure && rule == "forwarded-unapproved";
        Slip { rule, excused, hidden }
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
            let how = if self.state == CrState::Forwarded { How::Done } else { How::Void };
            self.clocks.stop(ClockKind::ForwardCr, at, how);
        }
    }
}
