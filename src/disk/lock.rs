//! Locks: two commands that write records, or one site, run one after the other, so that neither undoes the other's work.

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::Context as _;

use super::{journal, output};

/// Held while records, or a site, are read, checked and written; others wait. It always ends with the process.
pub struct Lock {
    _folder: Option<File>,
}

impl Lock {
    /// Waits until no other command writes records of the project at `root`.
    ///
    /// It locks the folder `data/`: a lock on a file would go away with the file, which each write replaces. A system that
    /// cannot lock a folder works without: every write first compares the file with what was read.
    ///
    /// It also removes temporary files that a killed command left beside the records, since git would list them as new.
    pub fn take(root: &Path) -> Lock {
        let data = root.join("data");
        let folder = File::open(&data).ok().filter(|folder| folder.lock().is_ok());
        if folder.is_some() {
            journal::finish(root);
            output::sweep(&data);
        }
        Lock { _folder: folder }
    }

    /// Waits until no other build writes to `folder`, which is created if missing; calls `waiting` first if it must wait.
    pub fn take_output(folder: &Path, waiting: impl FnOnce()) -> anyhow::Result<Lock> {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create the folder {}", folder.display()))?;
        let opened = File::open(folder).ok();
        if let Some(opened) = &opened
            && matches!(opened.try_lock(), Err(TryLockError::WouldBlock))
        {
            waiting();
            drop(opened.lock());
        }
        Ok(Lock { _folder: opened })
    }
}
