//! What a pull request dates before entries that its base has: an addition must not move what followed it.

use std::collections::{BTreeMap, BTreeSet};

use super::entry_times::effective_times;
use super::log_diff::LogDiff;
use super::record_diff::{is_left_out, vote_diff};
use crate::load::{Base, LoadedChange, Project};
use crate::model::{ChangeEvent, CrId, Entry, FileId, Minute};

/// The additions of a pull request that have no effect, since the base has what followed them.
#[derive(Debug, Default)]
pub struct Late {
    votes: BTreeSet<FileId>,
    /// By CR, places in its log.
    entries: BTreeMap<CrId, BTreeSet<usize>>,
}

impl Late {
    /// The late additions of the project to its base; none without a base.
    pub fn new(base: Option<&Base>, project: &Project) -> Late {
        let mut late = Late::default();
        let Some(base) = base else { return late };
        // A vote that the base has and that no one could read there is not a new one.
        let added = vote_diff(base, project).added.into_iter();
        let added = added.filter(|vote| !is_left_out(&base.records, &project.file(vote.file).path));
        let new_votes: BTreeSet<FileId> = added.map(|vote| vote.file).collect();
        for (id, cr) in &project.changes {
            let known = KnownLog::new(base, project, cr);
            let votes = project.votes.get(id).map(Vec::as_slice).unwrap_or_default();
            let (new, old): (Vec<_>, Vec<_>) = votes.iter().partition(|vote| new_votes.contains(&vote.file));
            late.votes
                .extend(new.iter().filter(|vote| known.after_vote(vote.at.value).is_some()).map(|vote| vote.file));
            let last_vote = old.iter().map(|vote| vote.at.value).max();
            let entries: BTreeSet<usize> = known.added().filter(|at| known.decides(*at, last_vote)).collect();
            if !entries.is_empty() {
                late.entries.insert(id.clone(), entries);
            }
        }
        late
    }

    /// The late votes alone, for a log that is not the present one.
    pub fn of_votes(&self) -> Late {
        Late { votes: self.votes.clone(), entries: BTreeMap::new() }
    }

    /// Whether the vote of that file is late.
    pub fn has_vote(&self, file: FileId) -> bool {
        self.votes.contains(&file)
    }

    /// Whether the entry at that place of a CR's log is late.
    pub fn has_entry(&self, cr: &CrId, index: usize) -> bool {
        self.entries.get(cr).is_some_and(|own| own.contains(&index))
    }
}

/// A CR's log, and which of its entries the base has.
pub struct KnownLog<'p> {
    log: &'p [Entry<ChangeEvent>],
    times: Vec<Minute>,
    /// For each entry whether the pull request adds it.
    is_added: Vec<bool>,
}

impl<'p> KnownLog<'p> {
    /// Compares the log of a CR with that of the base.
    pub fn new(base: &Base, project: &Project, cr: &'p LoadedChange) -> KnownLog<'p> {
        let log = cr.record.log.as_slice();
        let mut is_added = vec![false; log.len()];
        let was = base.records.changes.get(&cr.id.value);
        // Of a log that no one could read in the base, any entry may have been there.
        let was_unread = was.is_none() && is_left_out(&base.records, &project.file(cr.file).path);
        if base.touches(project, cr.file) && !was_unread {
            let was = was.map(|was| was.log.as_slice()).unwrap_or_default();
            LogDiff::new(was, log).added.into_iter().for_each(|at| is_added[at] = true);
        }
        KnownLog { log, times: effective_times(None, log.iter().map(|entry| entry.at.value)), is_added }
    }

    /// The places of the entries that the pull request adds.
    pub fn added(&self) -> impl Iterator<Item = usize> {
        (0..self.log.len()).filter(|at| self.is_added[*at])
    }

    /// The entries that the base has, each with its place. A note moves nothing.
    fn known(&self) -> impl Iterator<Item = (usize, &'p Entry<ChangeEvent>)> {
        let known = self.log.iter().enumerate().filter(|(at, _)| !self.is_added[*at]);
        known.filter(|(_, entry)| entry.event.value != ChangeEvent::Note)
    }

    /// The first entry of the base after a vote of that time: at one minute votes come first.
    pub fn after_vote(&self, vote: Minute) -> Option<&'p Entry<ChangeEvent>> {
        self.known().find(|(at, _)| self.times[*at] >= vote).map(|(_, entry)| entry)
    }

    /// The first entry of the base after the one at that place.
    pub fn after_entry(&self, index: usize) -> Option<&'p Entry<ChangeEvent>> {
        self.known().find(|(at, _)| *at > index).map(|(_, entry)| entry)
    }

    /// Whether the added entry would change a decision after it in the base: the round of a vote, or whether it was in
    /// time.
    fn decides(&self, index: usize, last_vote: Option<Minute>) -> bool {
        let before_vote = last_vote.is_some_and(|vote| vote > self.times[index]);
        match self.log[index].event.value {
            ChangeEvent::Submitted | ChangeEvent::Withdrawn => before_vote || self.after_entry(index).is_some(),
            // One that was forgotten may be entered before the work that followed it.
            ChangeEvent::Forwarded => before_vote,
            _ => false,
        }
    }
}
