//! The files as they were read last, so that one that is unchanged is not read again.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use super::files::{FileKind, Found, FoundKind};
use super::parsed::ParsedFile;
use crate::model::FileId;

/// The files of a project as they were read last.
#[derive(Debug, Default)]
pub struct FileCache {
    /// In the order of their paths.
    files: Vec<CachedFile>,
    /// The text of the settings in force, which decide what a file means; none where they are left out.
    settings: Option<String>,
}

/// A file as it was read, and what told it from a later one; none is for what is not to be remembered.
#[derive(Debug)]
struct CachedFile {
    stamp: Option<Stamp>,
    file: FileId,
    reading: Arc<ParsedFile>,
}

/// A file's length and modification time.
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
            if let Some(cached) = self.at(path).and_then(|at| self.files.get_mut(at)) {
                cached.stamp = None;
            }
        }
    }

    /// The place of a file.
    fn at(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|cached| cached.reading.source.path.as_str().cmp(path)).ok()
    }

    /// Other settings make every file mean something else.
    pub(super) fn set_settings(&mut self, settings: Option<String>) {
        if self.settings != settings {
            self.files.clear();
            self.settings = settings;
        }
    }

    /// What a file came to: unchanged from the cache, else by `read`. The stamp is taken before it is read, so that a change in
    /// between is seen the next time.
    pub(super) fn get_or_read(
        &self,
        root: &Path,
        file: FileId,
        found: Found,
        read: impl FnOnce(Found) -> ParsedFile,
    ) -> (Arc<ParsedFile>, Option<Stamp>) {
        let FoundKind::Record(kind) = found.what else { return (read(found).into(), None) };
        let stamp = stamp(&root.join(&found.path));
        // Mostly nothing was added or taken away, and a file is where it was.
        let same = self.files.get(file.0 as usize).filter(|cached| cached.reading.source.path == found.path);
        let cached = same.or_else(|| self.at(&found.path).and_then(|at| self.files.get(at)));
        let cached = cached.filter(|cached| stamp.is_some() && cached.stamp == stamp);
        // The rows of a report say which file they stand in, and a file added or taken away renumbers those after it.
        match cached.filter(|cached| kind != FileKind::Report || cached.file == file) {
            Some(cached) => (cached.reading.clone(), stamp),
            None => (read(found).into(), stamp),
        }
    }

    /// Notes what all files came to, in the order of their paths.
    pub(super) fn store(&mut self, readings: &[Arc<ParsedFile>], stamps: Vec<Option<Stamp>>) {
        let cached = readings.iter().zip(stamps).enumerate().map(|(index, (reading, stamp))| CachedFile {
            stamp,
            file: FileId(index as u32),
            reading: reading.clone(),
        });
        self.files = cached.collect();
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let file = path.symlink_metadata().ok()?;
    Some(Stamp { length: file.len(), modified: file.modified().ok()? })
}
