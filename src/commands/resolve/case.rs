//! A record in conflict: its versions, and what becomes of it.

use std::path::Path;

use super::sides::Side;
use crate::git::{BaseFile, Unmerged};
use crate::load::{FileKind, LARGEST, has_conflict_markers, kind_of};
use crate::merge::Versions;

/// A file in conflict.
pub struct Case {
    /// From the project's root.
    pub path: String,
    pub kind: FileKind,
    pub base: Option<String>,
    pub ours: String,
    pub theirs: String,
    /// What the file holds by now; `None` if it is missing.
    pub on_disk: Option<Vec<u8>>,
}

impl Case {
    /// The case of a file; an error is why a person must settle it, and how.
    pub fn new(root: &Path, file: Unmerged) -> Result<Case, (String, String)> {
        let Unmerged { path, versions } = file;
        let left = |why: &str| Err((path.clone(), why.to_owned()));
        let Some(kind) = kind_of(&path) else { return left("this is not a record; settle it in an editor") };
        let [base, ours, theirs] = versions;
        let (Some(ours), Some(theirs)) = (ours, theirs) else {
            return left(
                "one side deleted it, and the other one edited it; keep it with `git add`, or drop it with `git rm`",
            );
        };
        let texts = [Some(ours), Some(theirs), base].map(|file| file.map(text));
        let [Some(Some(ours)), Some(Some(theirs)), base] = texts else {
            return left("a version is too large, or is not text; settle it in an editor");
        };
        let Some(base) = base.map_or(Some(None), |base| base.map(Some)) else {
            return left("the version before both is too large, or is not text; settle it in an editor");
        };
        let on_disk = std::fs::read(root.join(&path)).ok();
        let by_now = on_disk.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        if !by_now.is_empty() && !has_conflict_markers(by_now) {
            // A merge driver that does not start leaves our version; a person may have chosen it.
            let what =
                if by_now.replace("\r\n", "\n") == ours { "only this branch's version" } else { "no conflict markers" };
            let why =
                format!("it has {what}; run `git add` on it if it is right, or `git checkout --merge` to start over");
            return Err((path, why));
        }
        Ok(Case { path, kind, base, ours, theirs, on_disk })
    }

    /// The three versions.
    pub fn versions(&self) -> Versions<'_> {
        Versions { base: self.base.as_deref(), ours: &self.ours, theirs: &self.theirs }
    }

    /// The version of a side.
    pub fn text(&self, side: Side) -> &str {
        match side {
            Side::Ours => &self.ours,
            Side::Theirs => &self.theirs,
        }
    }

    /// Puts a version in place of a side's.
    pub fn set_text(&mut self, side: Side, text: String) {
        match side {
            Side::Ours => self.ours = text,
            Side::Theirs => self.theirs = text,
        }
    }
}

fn text(file: BaseFile) -> Option<String> {
    match file {
        BaseFile::Bytes(bytes) if bytes.len() as u64 <= LARGEST => String::from_utf8(bytes).ok(),
        _ => None,
    }
}
