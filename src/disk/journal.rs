//! The list of files that are being put in place, so that what a kill or a power cut interrupts is finished afterward.

use std::fs;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::output;
use crate::model::hex;

/// The list, in `data/`. Its name is that of a temporary file, which nothing takes for a record.
const NAME: &str = ".heatpack-journal";

/// A file that is made beside its place, and is yet to be renamed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Step {
    /// The made file, from the project's root.
    staged: String,
    /// Its place.
    place: String,
    /// The digest of the file that it replaces; none where it is new.
    old: Option<String>,
}

impl Step {
    /// A step of a project; none for a place outside `data/`, which no list may name.
    pub fn new(root: &Path, staged: &Path, place: &Path, old: Option<&[u8]>) -> Option<Step> {
        let inside = |path: &Path| Some(path.strip_prefix(root).ok()?.to_str()?.to_owned());
        let step = Step { staged: inside(staged)?, place: inside(place)?, old: old.map(digest) };
        step.is_sound(root).then_some(step)
    }

    /// Whether it stays within `data/`, and renames what heatpack itself made: a list can come with a project from
    /// anyone.
    fn is_sound(&self, root: &Path) -> bool {
        let (staged, place) = (Path::new(&self.staged), Path::new(&self.place));
        let is_plain = |path: &Path| path.components().all(|part| matches!(part, Component::Normal(_)));
        let name = staged.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let data = root.join("data").canonicalize();
        let folder = place.parent().map(|folder| root.join(folder).canonicalize());
        let is_inside = matches!((data, folder), (Ok(data), Some(Ok(folder))) if folder.starts_with(&data));
        is_plain(staged)
            && is_plain(place)
            && staged.parent() == place.parent()
            && name.starts_with(output::PREFIX)
            && name != NAME
            && is_inside
    }

    /// Puts the file in its place, unless it is there or someone has changed the place since.
    fn finish(&self, root: &Path) {
        let (staged, place) = (root.join(&self.staged), root.join(&self.place));
        let is_file = |path: &Path| path.symlink_metadata().is_ok_and(|found| found.is_file());
        let is_as_it_was = match &self.old {
            Some(old) => is_file(&place) && fs::read(&place).is_ok_and(|now| digest(&now) == *old),
            None => place.symlink_metadata().is_err(),
        };
        if is_file(&staged) && is_as_it_was {
            drop(fs::rename(&staged, &place));
            output::sync(output::folder_of(&place));
        }
    }
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A list on the disk. It goes when this does, be the files in place or put back.
pub struct Journal<'r> {
    root: &'r Path,
}

impl<'r> Journal<'r> {
    /// Writes the list; from now on the steps are finished, whatever happens.
    pub fn write(root: &'r Path, steps: &[Step]) -> anyhow::Result<Journal<'r>> {
        let journal = Journal { root };
        // One rename is whole by itself.
        if steps.len() > 1 {
            output::write(&path(root), &serde_json::to_vec(steps)?)?;
        }
        Ok(journal)
    }
}

impl Drop for Journal<'_> {
    fn drop(&mut self) {
        drop(fs::remove_file(path(self.root)));
    }
}

fn path(root: &Path) -> std::path::PathBuf {
    root.join("data").join(NAME)
}

/// Whether an interrupted command left a list.
pub fn is_left(root: &Path) -> bool {
    path(root).symlink_metadata().is_ok()
}

/// Finishes what an interrupted command began. Only under the lock: otherwise it may still be at it.
pub fn finish(root: &Path) {
    let Some(bytes) = output::read_made(&path(root)) else { return };
    let steps: Vec<Step> = serde_json::from_slice(&bytes).unwrap_or_default();
    steps.iter().filter(|step| step.is_sound(root)).for_each(|step| step.finish(root));
    drop(fs::remove_file(path(root)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_is_finished_and_nothing_else_is_touched() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("the folder");
        let write = |path: &str, text: &str| fs::write(root.join(path), text).expect("a file");
        fs::create_dir_all(root.join("data/in")).expect("a folder");
        for (path, text) in [
            ("data/a", "old"),
            ("data/.heatpack-a", "new"),
            ("data/in/.heatpack-b", "new"),
            ("data/c", "someone's"),
            ("data/.heatpack-c", "new"),
            ("data/d", "old"),
            ("outside", "old"),
            (".heatpack-outside", "new"),
            ("data/e", "old"),
            ("data/plain", "new"),
        ] {
            write(path, text);
        }
        let step = |staged: &str, place: &str, old: Option<&str>| {
            let old = old.map(|old| digest(old.as_bytes()));
            Step { staged: staged.to_owned(), place: place.to_owned(), old }
        };
        let steps = [
            step("data/.heatpack-a", "data/a", Some("old")),
            step("data/in/.heatpack-b", "data/in/b", None),
            step("data/.heatpack-c", "data/c", Some("old")),
            step("data/.heatpack-gone", "data/d", Some("old")),
            step(".heatpack-outside", "outside", Some("old")),
            step("data/../.heatpack-outside", "data/../outside", Some("old")),
            step("data/plain", "data/e", Some("old")),
        ];
        std::mem::forget(Journal::write(&root, &steps).expect("the list"));
        assert!(is_left(&root));
        finish(&root);
        assert!(!is_left(&root));
        for (path, text) in [
            ("data/a", "new"),
            ("data/in/b", "new"),
            ("data/c", "someone's"),
            ("data/d", "old"),
            ("outside", "old"),
            ("data/e", "old"),
        ] {
            assert_eq!(fs::read_to_string(root.join(path)).expect("the file"), text, "{path}");
        }
        write("data/.heatpack-journal", "no list");
        finish(&root);
        assert!(!is_left(&root));
    }
}
