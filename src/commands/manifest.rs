//! What an earlier `build` made, so that packs whose data did not change are not made anew, and pages of records
//! that are gone are taken away. It is safe to delete: everything is then made anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::output;
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
    /// The digest of what each pack was made from, by its folder.
    pub packs: BTreeMap<String, String>,
    /// Every file, by its path in the output folder.
    pub files: BTreeSet<String>,
}

impl Manifest {
    /// What the last build noted; nothing where there was none or its note cannot be read.
    pub fn read(folder: &Path) -> Manifest {
        fs::read(folder.join(FILE)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
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
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        hex(&hash.finalize())
    }

    /// The digest of all templates.
    pub fn digest_of_templates(own: &BTreeMap<String, String>) -> String {
        let mut hash = Sha256::new();
        let built_in = TEMPLATES.iter().map(|(name, text)| (*name, *text));
        for (name, text) in built_in.chain(own.iter().map(|(name, text)| (name.as_str(), text.as_str()))) {
            hash.update(name.len().to_le_bytes());
            hash.update(name);
            hash.update(text.len().to_le_bytes());
            hash.update(text);
        }
        hex(&hash.finalize())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A path that stays in the folder.
fn is_plain(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}
