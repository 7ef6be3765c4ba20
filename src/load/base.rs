//! A base revision's records: the basis for checks of a pull request.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::project::Project;
use super::source::Source;
use super::{LoadError, decode, load_from};
use crate::git::{BaseFile, Tracked};
use crate::model::{Board, FileId, Minute};

/// A base revision, as far as it differs from the present records.
#[derive(Debug)]
pub struct Base {
    /// The base's versions of the files that differ, and its settings.
    pub records: Project,
    /// Every path that differs, those of new files among them.
    pub differing: BTreeSet<String>,
    /// When the base was committed, in the project's time zone.
    pub committed: Minute,
    /// The base as it was named, `origin/main`.
    pub name: String,
}

impl Base {
    /// Reads the base's versions of the files that differ. They are decoded like any record. Their paths and references
    /// are not checked again: that was done when they were new.
    pub fn read(
        root: &Path,
        name: &str,
        differing: &BTreeMap<String, Option<BaseFile>>,
        committed: Minute,
    ) -> Result<Base, LoadError> {
        let records = decode::read(Source::Base { root, differing, whole: false, tracked: None }, None)?;
        let differing = differing.keys().cloned().collect();
        Ok(Base { records, differing, committed, name: name.to_owned() })
    }

    /// Reads the whole project as it was in the base.
    pub fn project(
        root: &Path,
        differing: &BTreeMap<String, Option<BaseFile>>,
        tracked: Option<&Tracked>,
    ) -> Result<Project, LoadError> {
        load_from(Source::Base { root, differing, whole: true, tracked }, None)
    }

    /// Whether a file of the project is another than the base's, or a new one.
    pub fn touches(&self, project: &Project, file: FileId) -> bool {
        self.differing.contains(&project.file(file).path)
    }

    /// The base's board, if it differs from the one of the records. It decides which votes count. A board with errors
    /// decides nothing.
    pub fn board(&self) -> Option<&Board> {
        let is_readable = !self.records.known.members.is_partial();
        (self.differing.contains(BOARD) && is_readable).then_some(&self.records.board)
    }
}

/// Decodes versions of some files alone, with the present settings if the settings are not among them.
pub fn versions(root: &Path, files: &BTreeMap<String, Option<BaseFile>>) -> Result<Project, LoadError> {
    decode::read(Source::Base { root, differing: files, whole: false, tracked: None }, None)
}

/// The board's file.
pub const BOARD: &str = "data/board.yaml";
