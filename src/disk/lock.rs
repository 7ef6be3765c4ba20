//! Keeps two commands apart that write records, or one site, so that neither undoes what the other wrote.

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::Context as _;

use super::{journal, output};

/// Held while records, or a site, are read, judged and written; others wait. It ends with the process, whatever happens.
pub struct Lock {
    _folder: Option<File>,
}

impl Lock {
    /// Waits until nobody else writes records of the project at `root`.
    ///
    /// It is the folder `data/` that is locked: a file of records is replaced by each command that writes it, and with
    /// it a lock on it. A system that cannot lock a folder goes without: what is written is compared with what was
    /// read in any case, right before.
    ///
    /// What a command that was killed left beside the records goes away then: git would take it for something new.
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
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
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
