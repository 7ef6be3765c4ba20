//! The results of an earlier reading, so that an unchanged file is not read again.

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
    /// The text of the settings in effect, which decide what a file means; `None` if they have errors.
    settings: Option<String>,
}

/// A file as it was read, and its stamp; `None` if the file must not be cached.
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

    /// The result for a file: from the cache, or read with `read_again`. The stamp is taken before reading, so that an
    /// edit in between is noticed the next time.
    pub(super) fn get_or_read(
        &self,
        root: &Path,
        file: FileId,
        found: Found,
        read_again: impl FnOnce(Found) -> ParsedFile,
    ) -> (Arc<ParsedFile>, Option<Stamp>) {
        let FoundKind::Record(kind) = found.what else { return (read_again(found).into(), None) };
        let stamp = stamp(&root.join(&found.path));
        // Usually no file was added or removed, and the file is at the same index.
        let same = self.files.get(file.0 as usize).filter(|cached| cached.reading.source.path == found.path);
        let cached = same.or_else(|| self.at(&found.path).and_then(|at| self.files.get(at)));
        let cached = cached.filter(|cached| stamp.is_some() && cached.stamp == stamp);
        // The rows of a report contain the number of their file, and an added or removed file changes the numbers after
        // it.
        match cached.filter(|cached| kind != FileKind::Report || cached.file == file) {
            Some(cached) => (cached.reading.clone(), stamp),
            None => (read_again(found).into(), stamp),
        }
    }

    /// Stores the results for all files, in the order of their paths.
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
