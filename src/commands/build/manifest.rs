//! What an earlier `build` made: packs and pages whose data did not change are kept, and pages of deleted records are
//! removed. It is safe to delete: the next build then rebuilds everything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::commands::common::evidence::Evidence;
use crate::disk::output;
use crate::model::hex;
use crate::render::{self, PageModel};
use crate::report::GENERATOR;
use crate::report::pack::Pack;
use crate::report::places::is_of_a_record;
use crate::report::site::{NameBook, PackAround};

/// The file's name in the output folder.
pub const FILE: &str = ".heatpack.json";

/// What a build made.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Manifest {
    /// Each pack by its folder, and each page by its path.
    pub made: BTreeMap<String, Note>,
    /// Every file, by its path in the output folder.
    pub files: BTreeSet<String>,
}

/// What is known of a page, or of a pack's files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The digest of what they were made from.
    pub made_from: String,
    /// The digest of what they say.
    pub says: String,
}

impl Note {
    /// The digest of files' bytes.
    pub fn of_bytes<'b>(files: impl Iterator<Item = &'b [u8]>) -> String {
        digest(files)
    }

    /// The same of files on disk; none where one cannot be read.
    pub fn of_files(paths: &[PathBuf]) -> Option<String> {
        let files: Vec<Vec<u8>> = paths.iter().map(|path| output::read_made(path)).collect::<Option<_>>()?;
        Some(Note::of_bytes(files.iter().map(Vec::as_slice)))
    }
}

impl Manifest {
    /// What the last build noted; nothing where there was none or its note cannot be read.
    pub fn read(folder: &Path) -> Manifest {
        output::read_made(&folder.join(FILE)).and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// The same, with files that may be there soon.
    pub fn with_files(&self, files: &BTreeSet<String>) -> Manifest {
        Manifest { made: self.made.clone(), files: &self.files | files }
    }

    /// Notes what this build made.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        output::write(&folder.join(FILE), render::to_json(self).as_bytes()).map(drop)
    }

    /// Removes files of the last build that this one did not make, and all pages of deleted records and meetings, even if
    /// the last build was interrupted or its note is missing. Other files are never touched.
    pub fn remove_what_is_gone(&self, folder: &Path, files: &BTreeSet<String>) {
        let noted = self.files.iter().filter(|path| is_plain(path)).cloned();
        let there = files_of(folder).filter(|path| is_of_a_record(path));
        let gone: BTreeSet<String> = noted.chain(there).filter(|path| !files.contains(path)).collect();
        for path in gone {
            let path = folder.join(path);
            // One that is gone already, or cannot be removed, is no reason to fail: the site is whole.
            drop(fs::remove_file(&path));
            if let Some(parent) = path.parent() {
                drop(fs::remove_dir(parent));
            }
        }
    }

    /// The digest of everything that a pack's files are made from.
    pub fn digest_of_pack(
        pack: &Pack,
        names: &NameBook,
        around: &PackAround,
        maker: &str,
    ) -> Result<String, render::Error> {
        Ok(digest(
            [maker.as_bytes(), &render::compact(pack)?, &render::compact(names)?, &render::compact(around)?]
                .into_iter(),
        ))
    }

    /// The digest of everything that a CR's document is made from.
    pub fn digest_of_document(evidence: &Evidence, maker: &str) -> Result<String, render::Error> {
        let files = evidence.files(BTreeMap::new());
        let model = render::compact(&evidence.document)?;
        let files = files.iter().flat_map(|(name, bytes)| [name.as_bytes(), bytes.as_slice()]);
        Ok(digest([maker.as_bytes(), &model].into_iter().chain(files)))
    }

    /// The digest of everything that a page is made from.
    pub fn digest_of_page(page: &PageModel, maker: &str) -> Result<String, render::Error> {
        let model = page.compact()?;
        Ok(digest([maker.as_bytes(), page.template.as_bytes(), &model].into_iter()))
    }

    /// The digest of what makes files of models: this program, byte for byte, since another build of the same version may
    /// read Markdown or fill in templates otherwise, and the project's `own` templates. Where the program's file cannot be
    /// read, its version stands for it.
    pub fn digest_of_maker(own: &BTreeMap<String, String>) -> String {
        let program = program().unwrap_or_else(|_| GENERATOR.to_owned());
        let own = own.iter().flat_map(|(name, text)| [name.as_str(), text.as_str()]);
        digest(std::iter::once(program.as_str()).chain(own).map(str::as_bytes))
    }
}

/// The digest of the program's file.
fn program() -> std::io::Result<String> {
    let mut hash = Sha256::new();
    std::io::copy(&mut fs::File::open(std::env::current_exe()?)?, &mut hash)?;
    Ok(hex(&hash.finalize()))
}

/// The files of a folder and the two below it, which is as deep as the site goes, by their path within it.
fn files_of(folder: &Path) -> impl Iterator<Item = String> + use<'_> {
    let files = WalkDir::new(folder).max_depth(3).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files.filter_map(move |entry| {
        let inner = entry.path().strip_prefix(folder).ok()?;
        let parts: Option<Vec<&str>> = inner.iter().map(|part| part.to_str()).collect();
        Some(parts?.join("/"))
    })
}

/// The digest of a list of bytes, each with its length before it, so that no two lists look alike.
fn digest<'b>(parts: impl Iterator<Item = &'b [u8]>) -> String {
    let mut hash = Sha256::new();
    for bytes in parts {
        hash.update(bytes.len().to_le_bytes());
        hash.update(bytes);
    }
    hex(&hash.finalize())
}

/// A path that stays in the folder.
fn is_plain(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}
