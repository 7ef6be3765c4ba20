//! `--base REV`: the base revision that a change is judged against.

use std::collections::BTreeMap;

use anyhow::Context as _;
use chrono::DateTime;

use super::session::Session;
use crate::git::{self, BaseFile, Revision};
use crate::load::{Base, LARGEST, Project};
use crate::model::Minute;

/// A base revision that was read.
pub struct BaseRevision {
    /// The commit's hash, in full.
    pub commit: String,
    /// Its records; none where the project was not there yet, so that everything is new.
    pub records: Option<Base>,
    differing: BTreeMap<String, Option<BaseFile>>,
}

/// Reads the base revision of that name.
pub fn read(session: &Session, name: &str) -> anyhow::Result<BaseRevision> {
    let revision = git::read_base(&session.root, name, LARGEST)?;
    if !revision.has_data {
        say!("note: the base branch `{name}` has no data/ here; every record counts as new");
        return Ok(BaseRevision { commit: revision.commit, records: None, differing: BTreeMap::new() });
    }
    if !revision.is_built_on {
        say!(
            "note: the base branch `{name}` has commits that this branch lacks, so their records look deleted; merge it \
             first (`git merge {name}`, and if that stops, `heatpack resolve`)"
        );
    }
    records(session, revision, name)
}

/// Reads the commit of the base branch that the work is built on; `None` if there is nothing to compare with.
pub fn read_default(session: &Session) -> anyhow::Result<Option<BaseRevision>> {
    let Some(branch) = git::base_branch(&session.root)? else { return Ok(None) };
    let revision = git::read_base(&session.root, &branch.commit, LARGEST)?;
    if !revision.has_data {
        return Ok(Some(BaseRevision { commit: revision.commit, records: None, differing: BTreeMap::new() }));
    }
    records(session, revision, &branch.name).map(Some)
}

/// The records of a base revision that has some.
fn records(session: &Session, revision: Revision, name: &str) -> anyhow::Result<BaseRevision> {
    let committed = DateTime::from_timestamp(revision.committed, 0)
        .with_context(|| format!("the commit date of the base branch `{name}` cannot be read"))?;
    let committed = Minute::of(committed, session.project.settings.zone);
    let base = Base::read(&session.root, name, &revision.differing, committed)?;
    Ok(BaseRevision { commit: revision.commit, records: Some(base), differing: revision.differing })
}

impl BaseRevision {
    /// The whole project as it was; an empty one where it was not there yet.
    pub fn project(&self, session: &Session) -> anyhow::Result<Project> {
        if self.records.is_none() {
            return Ok(Project { settings: session.project.settings.clone(), ..Project::default() });
        }
        Ok(Base::project(&session.root, &self.differing, session.tracked.as_ref())?)
    }
}
