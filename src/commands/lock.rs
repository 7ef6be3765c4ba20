//! Keeps two commands that write records apart, so that neither undoes what the other wrote.

use std::fs::File;
use std::path::Path;

/// Held while a record is read, judged and written; others wait. It ends with the process, whatever happens.
pub struct Lock {
    _folder: Option<File>,
}

impl Lock {
    /// Waits until nobody else writes records of the project at `root`.
    ///
    /// It is the folder `data/` that is locked: a file of records is replaced by each command that writes it, and with
    /// it a lock on it. A system that cannot lock a folder goes without: what is written is compared with what was
    /// read in any case, right before.
    pub fn take(root: &Path) -> Lock {
        let folder = File::open(root.join("data")).ok();
        Lock { _folder: folder.filter(|folder| folder.lock().is_ok()) }
    }
}
