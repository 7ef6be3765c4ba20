//! The source of the files' bytes: the disk, with drafts before it, or a base revision, which uses the disk for files
//! that do not differ.

use std::collections::BTreeMap;
use std::path::Path;

use super::files::{self, Found, LoadError};
use crate::git::{BaseFile, Tracked};

/// Files as they would be, by their path from the project's root. They replace the files on disk.
pub type Drafts = BTreeMap<String, Vec<u8>>;

/// Where files are found and read.
#[derive(Debug, Clone, Copy)]
pub enum Source<'s> {
    /// The project at this root, as it is on the disk, or would be with the drafts.
    Disk { root: &'s Path, drafts: &'s Drafts, tracked: Option<&'s Tracked> },
    /// The project at this root, as it was in a base revision.
    Base {
        root: &'s Path,
        /// Each path that differs, and what the base held there.
        differing: &'s BTreeMap<String, Option<BaseFile>>,
        /// With the files that do not differ; else of those the settings alone.
        whole: bool,
        tracked: Option<&'s Tracked>,
    },
}

/// The settings, without which no other file can be decoded.
const SETTINGS: &str = "data/heatpack.yaml";

impl Source<'_> {
    /// The project's root.
    pub fn root(&self) -> &Path {
        match self {
            Source::Disk { root, .. } | Source::Base { root, .. } => root,
        }
    }

    /// Whether a file would be another than on the disk.
    pub fn is_drafted(&self, path: &str) -> bool {
        matches!(self, Source::Disk { drafts, .. } if drafts.contains_key(path))
    }

    /// What git has besides.
    pub fn tracked(&self) -> Option<&Tracked> {
        match self {
            Source::Disk { tracked, .. } | Source::Base { tracked, .. } => *tracked,
        }
    }

    /// All files, in the order of their paths.
    pub fn find(&self) -> Result<Vec<Found>, LoadError> {
        let (root, differing, whole) = match self {
            Source::Disk { root, drafts, .. } => return find_with(root, drafts),
            Source::Base { root, differing, whole, .. } => (root, differing, *whole),
        };
        let mut found = if whole { files::find(root)? } else { Vec::new() };
        found.retain(|found| !differing.contains_key(&found.path));
        if !whole
            && !differing.contains_key(SETTINGS)
            && root.join(SETTINGS).symlink_metadata().is_ok_and(|data| data.is_file())
        {
            found.push(Found { path: SETTINGS.to_owned(), what: files::by_path(SETTINGS) });
        }
        let held = differing.iter().filter_map(|(path, held)| Some((path, held.as_ref()?)));
        found.extend(held.filter(|(path, _)| !is_passed_over(path)).map(|(path, held)| {
            let what = match held {
                BaseFile::Bytes(_) => files::by_path(path),
                BaseFile::Other => files::not_opened("no file"),
            };
            Found { path: path.clone(), what }
        }));
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    /// The bytes of a file that was found; of one on the disk at most one more than [`files::LARGEST`].
    pub fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        match self {
            Source::Disk { root, drafts, .. } => {
                drafts.get(path).map_or_else(|| files::read(root, path), |draft| Ok(draft.clone()))
            }
            Source::Base { root, differing, .. } => match differing.get(path) {
                Some(Some(BaseFile::Bytes(bytes))) => Ok(bytes.clone()),
                Some(_) => Err(std::io::ErrorKind::NotFound.into()),
                None => files::read(root, path),
            },
        }
    }
}

fn find_with(root: &Path, drafts: &Drafts) -> Result<Vec<Found>, LoadError> {
    let mut found = files::find(root)?;
    found.retain(|found| !drafts.contains_key(&found.path));
    found.extend(drafts.keys().map(|path| Found { path: path.clone(), what: files::by_path(path) }));
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// As on the disk: hidden files and folders, and what explains a folder.
fn is_passed_over(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.')) || path.ends_with("/README.md")
}
