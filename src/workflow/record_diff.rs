//! The records of the base compared with those of now.

use std::collections::BTreeMap;

use super::differences::{is_same_board, vote_differences};
use crate::load::{BOARD, Base, Loaded, LoadedChange, LoadedVote, Project};
use crate::model::{FileId, Meeting, Ticket};

/// A record of the base, and what it is now.
#[derive(Debug)]
pub struct RecordDiff<'p, T> {
    pub was: &'p T,
    pub now: After<'p, T>,
}

/// What a record of the base is now.
#[derive(Debug)]
pub enum After<'p, T> {
    /// It has its id.
    Here(&'p T),
    /// Its file holds a record of another id, which the base has not.
    Renamed(&'p T),
    /// It has errors, which are reported elsewhere.
    LeftOut,
    /// It is gone.
    Gone,
}

impl<'p, T> RecordDiff<'p, T> {
    /// The record as it is now, under whatever id.
    pub fn successor(&self) -> Option<&'p T> {
        match self.now {
            After::Here(now) | After::Renamed(now) => Some(now),
            After::LeftOut | After::Gone => None,
        }
    }
}

/// The votes compared with the base's.
#[derive(Debug, Default)]
pub struct VoteDiff<'p> {
    /// Votes whose file holds other values now.
    pub altered: Vec<(&'p LoadedVote, &'p LoadedVote)>,
    /// Votes of the base that are gone.
    pub gone: Vec<&'p LoadedVote>,
    /// Votes that the base has not.
    pub added: Vec<&'p LoadedVote>,
}

/// What became of the tickets whose files differ.
pub fn ticket_diffs<'p>(base: &'p Base, project: &'p Project) -> Vec<RecordDiff<'p, Loaded<Ticket>>> {
    let files = by_path(project, project.tickets.values().map(|ticket| (ticket.file, ticket)));
    let diff = |was: &'p Loaded<Ticket>| {
        let id = was.id.value;
        let known = &project.known.tickets;
        let path = &base.records.file(was.file).path;
        let now = if let Some(now) = project.tickets.get(&id) {
            After::Here(now)
        } else if !known.complete || known.broken.contains(&id) || is_left_out(project, path) {
            After::LeftOut
        } else {
            let other =
                files.get(path.as_str()).copied().filter(|now| !base.records.tickets.contains_key(&now.id.value));
            other.map_or(After::Gone, After::Renamed)
        };
        RecordDiff { was, now }
    };
    base.records.tickets.values().map(diff).collect()
}

/// What became of the change requests whose files differ.
pub fn change_diffs<'p>(base: &'p Base, project: &'p Project) -> Vec<RecordDiff<'p, LoadedChange>> {
    let known = &project.known.changes;
    let diff = |was: &'p LoadedChange| {
        let now = match project.changes.get(&was.id.value) {
            Some(now) => After::Here(now),
            None if !known.complete || known.broken.contains(&was.id.value) => After::LeftOut,
            None if is_left_out(project, &base.records.file(was.file).path) => After::LeftOut,
            None => After::Gone,
        };
        RecordDiff { was, now }
    };
    base.records.changes.values().map(diff).collect()
}

/// What became of the meetings whose files differ.
pub fn meeting_diffs<'p>(base: &'p Base, project: &'p Project) -> Vec<RecordDiff<'p, Loaded<Meeting>>> {
    let files = by_path(project, project.meetings.values().map(|meeting| (meeting.file, meeting)));
    let diff = |was: &'p Loaded<Meeting>| {
        let path = &base.records.file(was.file).path;
        let now = match project.meetings.get(&(was.kind, was.date.0)) {
            Some(now) => After::Here(now),
            None if is_left_out(project, path) => After::LeftOut,
            None => files.get(path.as_str()).copied().map_or(After::Gone, After::Renamed),
        };
        RecordDiff { was, now }
    };
    base.records.meetings.values().map(diff).collect()
}

/// What became of the votes whose files differ, and which ones are new.
pub fn vote_diff<'p>(base: &'p Base, project: &'p Project) -> VoteDiff<'p> {
    let path = |vote: &LoadedVote| project.file(vote.file).path.as_str();
    let touched = project.votes.values().flatten().filter(|vote| base.touches(project, vote.file));
    let mut now: BTreeMap<&str, &LoadedVote> = touched.map(|vote| (path(vote), vote)).collect();
    let mut diff = VoteDiff::default();
    let mut rest = Vec::new();
    // First the unchanged votes, at any path; then those whose file has a different one.
    for was in base.records.votes.values().flatten() {
        let own = base.records.file(was.file).path.as_str();
        let is_same = |now: &LoadedVote| vote_differences(was, now).is_empty();
        let same = now.get(own).filter(|vote| is_same(vote)).map(|_| own).or_else(|| {
            let of_cr = project.votes.get(&was.cr.value).into_iter().flatten();
            of_cr.map(path).find(|path| now.get(path).is_some_and(|vote| is_same(vote)))
        });
        match same {
            Some(at) => drop(now.remove(at)),
            None => rest.push((own, was)),
        }
    }
    for (own, was) in rest {
        match now.remove(own) {
            Some(vote) => diff.altered.push((was, vote)),
            None if is_left_out(project, own) => {}
            None => diff.gone.push(was),
        }
    }
    diff.added = now.into_values().collect();
    diff
}

/// Whether the pull request changes the values of the board. If the base's board has errors, any board that can be read
/// is a change.
pub fn is_board_edited(base: &Base, project: &Project) -> bool {
    let was_known = !base.records.known.members.is_partial();
    let is_known = !project.known.members.is_partial();
    let is_same = was_known && is_same_board(&base.records.board, &project.board);
    base.differing.contains(BOARD) && is_known && !is_same
}

/// Whether the file at a path is there and faults leave it out.
pub fn is_left_out(project: &Project, path: &str) -> bool {
    project.left_out.iter().any(|other| other == path)
}

/// The file at a path, if there is one.
pub fn file_at(project: &Project, path: &str) -> Option<FileId> {
    // Files are in the order of their paths.
    let at = project.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
    Some(FileId(at as u32))
}

fn by_path<'p, T>(project: &'p Project, records: impl Iterator<Item = (FileId, &'p T)>) -> BTreeMap<&'p str, &'p T> {
    records.map(|(file, record)| (project.file(file).path.as_str(), record)).collect()
}
