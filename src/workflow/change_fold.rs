//! A change request's log and the votes on it → its timeline.

use super::change::{ChangeCause, ChangeLine, ChangeStep, Round};
use super::clock::{ClockOwner, Clocks, EndReason};
use super::entry_times::effective_times;
use super::late::Late;
use super::standing::standing;
use super::votes::JudgedVote;
use super::{Violation, is_left_out};
use crate::calendar::Calendar;
use crate::load::{BOARD, LoadedChange, Project};
use crate::model::{Board, ChangeEvent, ClockKind, CrState, Entry, EventKind, Exception, Level, Minute, RuleId};

struct ChangeFold<'p, 'c> {
    line: ChangeLine<'p>,
    late: &'c Late,
    board_is_unread: bool,
    clocks: Clocks<'c>,
    state: CrState,
    forwarded: bool,
}

/// Folds a change request's log and its votes; what is `late` has no effect.
pub(super) fn fold<'p>(
    project: &'p Project,
    board: &'p Board,
    calendars: &[Calendar],
    late: &Late,
    cr: &'p LoadedChange,
) -> ChangeLine<'p> {
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

impl ChangeFold<'_, '_> {
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
