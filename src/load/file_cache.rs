//! What an earlier reading of the files came to, so that a file that did not change is not read anew.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use super::files::{FileKind, Found, What};
use super::parsed::ParsedFile;
use crate::model::FileId;

/// The files of a project as they were read last.
#[derive(Debug, Default)]
pub struct FileCache {
    /// In the order of their paths.
    files: Vec<Kept>,
    /// The text of the settings in force, which decide what a file means; none where they are left out.
    settings: Option<String>,
}

/// A file as it was read, and what told it from a later one; none is for what is not to be remembered.
#[derive(Debug)]
struct Kept {
    stamp: Option<Stamp>,
    file: FileId,
    reading: Arc<ParsedFile>,
}

/// What changes when a file is written: its length, and when that was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    modified: SystemTime,
}

impl FileCache {
    /// Forgets these files, named from the project's root: they are known to have been written, and two writes
    /// within one tick of the system's clock may look alike.
    pub fn forget(&mut self, paths: &BTreeSet<String>) {
        for path in paths {
            if let Some(kept) = self.at(path).and_then(|at| self.files.get_mut(at)) {
                kept.stamp = None;
            }
        }
    }

    /// The place of a file.
    fn at(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|kept| kept.reading.source.path.as_str().cmp(path)).ok()
    }

    /// Other settings make every file mean something else.
    pub(super) fn is_under(&mut self, settings: Option<String>) {
        if self.settings != settings {
            self.files.clear();
            self.settings = settings;
        }
    }

    /// What a file came to: as it was, or read `anew`. The stamp is taken before it is read, so that a change in
    /// between is seen the next time.
    pub(super) fn recall(
        &self,
        root: &Path,
        file: FileId,
        found: Found,
        anew: impl FnOnce(Found) -> ParsedFile,
    ) -> (Arc<ParsedFile>, Option<Stamp>) {
        let What::Record(kind) = found.what else { return (anew(found).into(), None) };
        let stamp = stamp(&root.join(&found.path));
        // Mostly nothing was added or taken away, and a file is where it was.
        let same = self.files.get(file.0 as usize).filter(|kept| kept.reading.source.path == found.path);
        let kept = same.or_else(|| self.at(&found.path).and_then(|at| self.files.get(at)));
        let kept = kept.filter(|kept| stamp.is_some() && kept.stamp == stamp);
        // The rows of a report say which file they stand in, and a file added or taken away renumbers those after it.
        match kept.filter(|kept| kind != FileKind::Report || kept.file == file) {
            Some(kept) => (kept.reading.clone(), stamp),
            None => (anew(found).into(), stamp),
        }
    }

    /// Notes what all files came to, in the order of their paths.
    pub(super) fn keep(&mut self, readings: &[Arc<ParsedFile>], stamps: Vec<Option<Stamp>>) {
        let kept = readings.iter().zip(stamps).enumerate().map(|(index, (reading, stamp))| Kept {
            stamp,
            file: FileId(index as u32),
            reading: reading.clone(),
        });
        self.files = kept.collect();
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let file = path.symlink_metadata().ok()?;
    Some(Stamp { length: file.len(), modified: file.modified().ok()? })
}
