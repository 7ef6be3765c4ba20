//! What an earlier `build` made, so that packs whose data did not change are not made anew, and pages of records
//! that are gone are taken away. It is safe to delete: everything is then made anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::output;
use crate::model::hex;
use crate::render;
use crate::render::templates::TEMPLATES;
use crate::report::GENERATOR;
use crate::report::pack::Pack;
use crate::report::site::NameBook;

/// The file's name in the output folder.
const FILE: &str = ".heatpack.json";

/// What a build made.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// Each pack, by its folder.
    pub packs: BTreeMap<String, PackNote>,
    /// Every file, by its path in the output folder.
    pub files: BTreeSet<String>,
}

/// What is known of a pack's files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackNote {
    /// The digest of what they were made from.
    pub made_from: String,
    /// The digest of what they say.
    pub says: String,
}

impl PackNote {
    /// The digest of files' bytes.
    pub fn of_bytes<'b>(files: impl Iterator<Item = &'b [u8]>) -> String {
        let mut hash = Sha256::new();
        files.for_each(|bytes| add(&mut hash, bytes));
        hex(&hash.finalize())
    }

    /// The same of files on disk; none where one cannot be read.
    pub fn of_files(paths: &[PathBuf]) -> Option<String> {
        let files: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).ok()).collect::<Option<_>>()?;
        Some(PackNote::of_bytes(files.iter().map(Vec::as_slice)))
    }
}

impl Manifest {
    /// What the last build noted; nothing where there was none or its note cannot be read.
    pub fn read(folder: &Path) -> Manifest {
        fs::read(folder.join(FILE)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// The same, with files that may be there soon.
    pub fn with_files(&self, files: &BTreeSet<String>) -> Manifest {
        Manifest { packs: self.packs.clone(), files: &self.files | files }
    }

    /// Notes what this build made.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        output::write(&folder.join(FILE), render::to_json(self).as_bytes()).map(drop)
    }

    /// Takes away the files of the last build that are not of this one. What `build` did not make is never touched.
    pub fn remove_what_is_gone(&self, folder: &Path, files: &BTreeSet<String>) {
        for path in self.files.difference(files).filter(|path| is_plain(path)) {
            let path = folder.join(path);
            // One that is gone already, or cannot be removed, is no reason to fail: the site is whole.
            drop(fs::remove_file(&path));
            if let Some(parent) = path.parent() {
                drop(fs::remove_dir(parent));
            }
        }
    }

    /// The digest of everything that a pack's files are made from. The commit of the data is left out: a pack is
    /// not made anew because something else was committed.
    pub fn digest_of_pack(pack: &Pack, names: &NameBook, templates: &str) -> String {
        let mut model = render::model(pack);
        if let Some(head) = model["head"].as_object_mut() {
            head.remove("commit");
        }
        let names = serde_json::to_vec(names).unwrap_or_default();
        let mut hash = Sha256::new();
        for part in [GENERATOR.as_bytes(), templates.as_bytes(), model.to_string().as_bytes(), &names] {
            add(&mut hash, part);
        }
        hex(&hash.finalize())
    }

    /// The digest of all templates.
    pub fn digest_of_templates(own: &BTreeMap<String, String>) -> String {
        let mut hash = Sha256::new();
        let built_in = TEMPLATES.iter().map(|(name, text)| (*name, *text));
        for (name, text) in built_in.chain(own.iter().map(|(name, text)| (name.as_str(), text.as_str()))) {
            add(&mut hash, name.as_bytes());
            add(&mut hash, text.as_bytes());
        }
        hex(&hash.finalize())
    }
}

/// Bytes with their length before them, so that no two lists of them look alike.
fn add(hash: &mut Sha256, bytes: &[u8]) {
    hash.update(bytes.len().to_le_bytes());
    hash.update(bytes);
}

/// A path that stays in the folder.
fn is_plain(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}
