//! Writes several files, or none: all are made beside their places first, and what was done is undone on failure.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use tempfile::TempPath;

use super::journal::{Journal, Step};
use super::output;

/// A file that is to be written.
pub struct File {
    pub path: PathBuf,
    /// What it holds by now; none where it is new.
    pub old: Option<Vec<u8>>,
    pub new: Vec<u8>,
}

/// Writes all files, in this order. On failure none of them is there, or each is what it was before.
///
/// What a kill or a power cut interrupts between the renames, the next command on the project at `root` finishes. `warn`
/// is told of each file that cannot be restored.
pub fn write_all(root: &Path, files: &[File], warn: impl Fn(&str)) -> anyhow::Result<()> {
    let mut undo = Undo { folders: Vec::new(), written: Vec::new(), is_done: false, warn: &warn };
    let mut staged: Vec<TempPath> = Vec::with_capacity(files.len());
    for file in files {
        undo.note_folders(&file.path);
        let failed = || format!("cannot write {}", file.path.display());
        let own = output::written(&file.path, &file.new).with_context(failed)?.into_temp_path();
        if let Some(old) = file.old.as_ref().and_then(|_| fs::metadata(&file.path).ok()) {
            fs::set_permissions(&own, old.permissions()).with_context(failed)?;
        }
        staged.push(own);
    }
    for file in files {
        let is_as_it_was = match &file.old {
            Some(old) => output::is_same(&file.path, old),
            None => file.path.symlink_metadata().is_err(),
        };
        if !is_as_it_was {
            bail!("{} has changed in the meantime; nothing was written: try again", file.path.display());
        }
    }
    let steps =
        files.iter().zip(&staged).filter_map(|(file, staged)| Step::new(root, staged, &file.path, file.old.as_deref()));
    let journal = Journal::write(root, &steps.collect::<Vec<_>>())?;
    for (file, staged) in files.iter().zip(staged) {
        let written = match file.old {
            Some(_) => staged.persist(&file.path),
            None => staged.persist_noclobber(&file.path),
        };
        let failed = || format!("cannot write {}; nothing was written", file.path.display());
        written.map_err(|error| error.error).with_context(failed)?;
        undo.written.push(file);
    }
    undo.is_done = true;
    let folders: BTreeSet<&Path> = files.iter().map(|file| output::folder_of(&file.path)).collect();
    folders.into_iter().for_each(output::sync);
    drop(journal);
    Ok(())
}

/// Undoes what was written, unless all of it was.
struct Undo<'f> {
    /// Folders that were not there, outer ones first.
    folders: Vec<PathBuf>,
    written: Vec<&'f File>,
    is_done: bool,
    warn: &'f dyn Fn(&str),
}

impl Undo<'_> {
    fn note_folders(&mut self, path: &Path) {
        let missing = path.ancestors().skip(1).take_while(|folder| folder.symlink_metadata().is_err());
        let mut missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
        missing.reverse();
        missing.retain(|folder| !folder.as_os_str().is_empty() && !self.folders.contains(folder));
        self.folders.extend(missing);
    }
}

impl Drop for Undo<'_> {
    fn drop(&mut self) {
        if self.is_done {
            return;
        }
        for file in self.written.iter().rev() {
            let undone = match &file.old {
                // Unless another program wrote to it just now: its text stays.
                Some(old) => output::replace(&file.path, &file.new, old).map(drop),
                None => fs::remove_file(&file.path).map_err(anyhow::Error::from),
            };
            if let Err(error) = undone {
                (self.warn)(&format!("{} could not be restored: {error:#}", file.path.display()));
            }
        }
        // A folder into which another program put a file stays.
        self.folders.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn silent(_: &str) {}

    fn file(path: PathBuf, old: Option<&str>, new: &str) -> File {
        File { path, old: old.map(|old| old.as_bytes().to_vec()), new: new.as_bytes().to_vec() }
    }

    #[test]
    fn all_are_written_or_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("old"), "old").expect("a file");
        fs::create_dir(at("taken")).expect("a folder");
        let three = |last: &str| {
            vec![file(at("new/one"), None, "1"), file(at("old"), Some("old"), "2"), file(at(last), None, "3")]
        };
        // The last one has no place: a folder is there.
        assert!(write_all(folder.path(), &three("taken"), silent).is_err());
        let names = || -> BTreeSet<String> {
            let entries = fs::read_dir(folder.path()).expect("the folder").flatten();
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
        };
        assert_eq!(names(), BTreeSet::from(["old".to_owned(), "taken".to_owned()]));
        assert_eq!(fs::read_to_string(at("old")).expect("the file"), "old");
        // What was changed meanwhile stays.
        assert!(
            write_all(folder.path(), &[file(at("a"), None, "1"), file(at("old"), Some("other"), "2")], silent).is_err()
        );
        assert!(!at("a").exists());
        assert!(write_all(folder.path(), &three("last"), silent).is_ok());
        assert_eq!(fs::read_to_string(at("old")).expect("the file"), "2");
        assert_eq!(names().len(), 4);
    }

    #[cfg(unix)]
    #[test]
    fn what_was_renamed_is_put_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("old"), "old").expect("a file");
        let (first, second) = (file(at("deep/er/one"), None, "1"), file(at("old"), Some("old"), "2"));
        // As if a third file failed after these two.
        let mut undo = Undo { folders: Vec::new(), written: Vec::new(), is_done: false, warn: &silent };
        undo.note_folders(&first.path);
        for own in [&first, &second] {
            output::write(&own.path, &own.new).expect("written");
            undo.written.push(own);
        }
        drop(undo);
        assert!(!at("deep").exists());
        assert_eq!(fs::read_to_string(at("old")).expect("the file"), "old");
    }
}
