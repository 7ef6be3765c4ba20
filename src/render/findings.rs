//! Diagnostics with their places as lines and columns: what every format of `check` shows.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::fingerprint::fingerprints;
use super::passed_over::PassedOver;
use crate::load::{Counts, Project};
use crate::model::{Diagnostic, Level, LineStarts, Minute, Place, Position, position};

/// Diagnostics and what they are about.
pub struct Findings<'p> {
    pub project: &'p Project,
    pub as_of: Minute,
    pub diagnostics: Vec<Diagnostic>,
    /// The files that were asked about.
    pub scope: Scope,
    /// What a baseline skipped; `None` without a baseline.
    pub passed_over: Option<PassedOver>,
    /// The way from the repository's root to the project's, blank or ending in `/`: GitHub and GitLab name files so.
    pub folder: String,
    /// How many lapses were found that are not shown.
    pub unshown_lapses: usize,
    /// One for each diagnostic.
    fingerprints: Vec<String>,
    /// One for each file, made once something is found in it.
    lines: Vec<OnceCell<LineStarts>>,
}

/// Where a diagnostic points, in lines and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    pub start: Position,
    /// Just past the last character.
    pub end: Position,
}

/// Files and folders, from the project's root; none named is all of them.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    pub paths: Vec<PathBuf>,
}

impl Scope {
    /// Whether a file was asked about.
    pub fn includes(&self, path: &str) -> bool {
        self.paths.is_empty() || self.paths.iter().any(|wanted| Path::new(path).starts_with(wanted))
    }
}

impl<'p> Findings<'p> {
    /// The findings of a check of everything.
    pub fn new(project: &'p Project, as_of: Minute, diagnostics: Vec<Diagnostic>) -> Findings<'p> {
        let fingerprints = fingerprints(project, &diagnostics);
        let (scope, folder) = (Scope::default(), String::new());
        let lines = vec![OnceCell::new(); project.files.len()];
        Findings {
            project,
            as_of,
            diagnostics,
            scope,
            passed_over: None,
            folder,
            unshown_lapses: 0,
            fingerprints,
            lines,
        }
    }

    /// Keeps the findings of the files that are asked about.
    pub fn narrow(&mut self, scope: Scope) {
        let files = &self.project.files;
        self.retain(|diagnostic, _| scope.includes(diagnostic.place.path(files)));
        self.scope = scope;
    }

    /// Keeps the errors; the lapses are counted, and not shown.
    pub fn keep_errors(&mut self) {
        self.unshown_lapses = self.count(Level::Lapse);
        self.retain(|diagnostic, _| diagnostic.level == Level::Error);
    }

    /// Keeps what was not among the findings `before`, or was there at a lower level.
    pub fn keep_new(&mut self, before: &Findings) {
        let known = before.levels();
        self.retain(|diagnostic, fingerprint| known.get(fingerprint).is_none_or(|level| diagnostic.level < *level));
    }

    /// The levels at which they are found, by fingerprint.
    fn levels(&self) -> BTreeMap<&str, Level> {
        self.identified().map(|(diagnostic, fingerprint)| (fingerprint, diagnostic.level)).collect()
    }

    /// Each diagnostic with its fingerprint, by which it is known again when lines have moved.
    pub fn identified(&self) -> impl Iterator<Item = (&Diagnostic, &str)> {
        self.diagnostics.iter().zip(self.fingerprints.iter().map(String::as_str))
    }

    /// Keeps some of the diagnostics, and their fingerprints as they are.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&Diagnostic, &str) -> bool) {
        let found = std::mem::take(&mut self.diagnostics).into_iter().zip(std::mem::take(&mut self.fingerprints));
        let kept = found.filter(|(diagnostic, fingerprint)| keep(diagnostic, fingerprint));
        (self.diagnostics, self.fingerprints) = kept.unzip();
    }

    /// The diagnostics that the other findings have not, or have at a lower level, by their fingerprints.
    pub fn beyond(&self, other: &Findings) -> Vec<&Diagnostic> {
        let known = other.levels();
        let is_own = |own: &&Diagnostic, print: &str| known.get(print).is_none_or(|level| own.level < *level);
        self.identified().filter(|(own, print)| is_own(own, print)).map(|(own, _)| own).collect()
    }

    /// How many are of a level.
    pub fn count(&self, level: Level) -> usize {
        let unshown = if level == Level::Lapse { self.unshown_lapses } else { 0 };
        self.diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count() + unshown
    }

    /// How many records were read.
    pub fn records(&self) -> Counts {
        self.project.counts
    }

    /// The path that a place is at.
    pub fn path<'s>(&'s self, place: &'s Place) -> &'s str {
        place.path(&self.project.files)
    }

    /// The path that a place is at, from the root of the repository that the project is in.
    pub fn repository_path(&self, place: &Place) -> String {
        format!("{}{}", self.folder, self.path(place))
    }

    /// The lines and columns of a place; the very beginning of a file that is not there.
    pub fn range(&self, place: &Place) -> Range {
        match place {
            Place::In(file, span) => {
                let text = &self.project.file(*file).text;
                let lines = self.lines[file.0 as usize].get_or_init(|| LineStarts::new(text));
                Range { start: lines.position(text, span.start), end: lines.position(text, span.end) }
            }
            Place::Missing(_) => Range { start: position("", 0), end: position("", 0) },
        }
    }
}
