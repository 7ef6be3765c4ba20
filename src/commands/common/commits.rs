//! The commit that a pack names: the last one that changed what the pack is made of.
//!
//! Any change of settings, lists and POCs counts, and of other records one that is seen as of the pack's time. So a kept
//! pack and one that is made again from the same commit name the same, and a pack of last year is not made again because
//! a ticket is worked on today.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use crate::git::{self, BaseFile, Step, Tracked};
use crate::load::{LARGEST, Project, versions};
use crate::model::Minute;
use crate::report::pack::Pack;
use crate::report::places::PackPlace;
use crate::workflow::{ALWAYS, Context, is_seen_always, seen_from};

/// Which commit last changed what is seen of the records, by as-of time.
#[derive(Debug, Default)]
pub struct Commits {
    /// The newest commit first, each with the time from which on it is seen, which is before that of the one before. No
    /// commit stands for edits that are not committed.
    steps: Vec<(Minute, Option<String>)>,
    /// Why older commits are not known.
    why: Option<String>,
}

impl Commits {
    /// Reads the commits as far back as they may be seen by a pack of the time `until` or later.
    pub fn read(root: &Path, project: &Project, tracked: Option<&Tracked>, until: Minute) -> Commits {
        let mut commits = Commits::default();
        // What is not checked out is not in the packs, which then are those of no commit.
        if tracked.is_some_and(|tracked| tracked.absent.is_empty())
            && let Err(error) = commits.fill(root, project, until)
        {
            commits.why = Some(format!("{error:#}"));
        }
        commits
    }

    fn fill(&mut self, root: &Path, project: &Project, until: Minute) -> anyhow::Result<()> {
        let Some(uncommitted) = git::uncommitted(root, LARGEST)? else { return Ok(()) };
        if !uncommitted.is_empty() {
            let was = versions(root, &uncommitted)?;
            self.add(seen_from(&was, project, uncommitted.keys().map(String::as_str)), None);
        }
        if self.reaches(until) {
            return Ok(());
        }
        let mut failed = None;
        git::history(root, LARGEST, is_seen_always, |step| {
            match step {
                Step::Last(commit) => self.add(Some(ALWAYS), Some(commit)),
                Step::Boundary => self.why = Some(SHALLOW.to_owned()),
                Step::Diffs(commit, diffs) => match seen_from_step(root, diffs) {
                    Ok(from) => self.add(from, Some(commit)),
                    Err(error) => failed = Some(error),
                },
            }
            if failed.is_some() || self.reaches(until) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        failed.map_or(Ok(()), Err)
    }

    fn add(&mut self, from: Option<Minute>, commit: Option<String>) {
        let Some(from) = from else { return };
        if self.steps.last().is_none_or(|(last, _)| from < *last) {
            self.steps.push((from, commit));
        }
    }

    fn reaches(&self, until: Minute) -> bool {
        self.steps.last().is_some_and(|(from, _)| *from <= until)
    }

    /// The commit that last changed what is seen as of a time, in full. None outside git, where edits are not committed,
    /// and where the clone does not reach back to it.
    pub fn at(&self, as_of: Minute) -> Option<String> {
        self.steps.iter().find(|(from, _)| *from <= as_of).and_then(|(_, commit)| commit.clone())
    }

    /// Lets a pack name its commit.
    pub fn name(&self, pack: &mut Pack) {
        pack.head.commit = self.at(pack.as_of);
    }

    /// Prints why packs of one of these times name no commit, where that is not plain.
    pub fn explain(&self, mut as_of: impl Iterator<Item = Minute>) {
        if let Some(why) = &self.why
            && as_of.any(|as_of| !self.reaches(as_of))
        {
            say!("note: packs name no commit: {why}");
        }
    }
}

/// A clone of the latest commits only.
const SHALLOW: &str = "this clone holds only the latest commits, and an older one changed the data: run `git fetch \
                       --unshallow`, or set `fetch-depth: 0` in the checkout step of the workflow";

fn seen_from_step(root: &Path, diffs: BTreeMap<String, git::FileDiff>) -> anyhow::Result<Option<Minute>> {
    type Files = BTreeMap<String, Option<BaseFile>>;
    let paths: Vec<String> = diffs.keys().cloned().collect();
    let (was, is): (Files, Files) =
        diffs.into_iter().map(|(path, diff)| ((path.clone(), diff.was), (path, diff.is))).unzip();
    let [was, is] = [versions(root, &was)?, versions(root, &is)?];
    Ok(seen_from(&was, &is, paths.iter().map(String::as_str)))
}

/// The time that a pack's records are read as of.
pub fn as_of(ctx: &Context, place: &PackPlace) -> Minute {
    ctx.meetings(place.kind).get(place.index).map_or(ctx.as_of, |meeting| meeting.held.min(ctx.as_of))
}

/// The earliest time that one of the packs reads the records as of.
pub fn earliest(ctx: &Context, places: &[PackPlace]) -> Minute {
    places.iter().map(|place| as_of(ctx, place)).min().unwrap_or(ctx.as_of)
}
