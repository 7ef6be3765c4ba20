//! The files of `data/` that git has, checked out or not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{GitError, in_work_tree, lossy, parts, run};

/// The files of `data/` that git has.
#[derive(Debug, Default)]
pub struct Tracked {
    /// Every path of the index and of the commit that is checked out.
    pub paths: BTreeSet<String>,
    /// Those that are not checked out, as a sparse checkout leaves them out: the records are not whole without them.
    pub absent: BTreeSet<String>,
}

/// A mark in the index by which git looks at a file no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// `skip-worktree`: the file need not be checked out.
    Skipped,
    /// `assume-unchanged`.
    Assumed,
}

/// Reads which files of `data/` git has; none outside a repository.
pub fn tracked(root: &Path) -> Result<Option<Tracked>, GitError> {
    match in_work_tree(root) {
        Ok(true) => {}
        Ok(false) => return Ok(None),
        // Without git, nothing is read, as outside a repository.
        Err(GitError::Missing(_)) if !root.ancestors().any(super::is_repository) => return Ok(None),
        Err(error) => return Err(error),
    }
    let index = index(root)?;
    let is_absent = |path: &&String| root.join(path).symlink_metadata().is_err();
    let skipped = index.iter().filter(|(_, mark)| *mark == Some(Mark::Skipped)).map(|(path, _)| path);
    let absent = skipped.filter(is_absent).cloned().collect();
    let mut paths: BTreeSet<String> = index.into_iter().map(|(path, _)| path).collect();
    // Before the first commit there is none to list.
    if let Ok(listed) = run(root, &["ls-tree", "-r", "-z", "--name-only", "HEAD", "--", "data"]) {
        paths.extend(parts(&listed).map(lossy));
    }
    Ok(Some(Tracked { paths, absent }))
}

/// The files with a mark.
pub(super) fn marked(root: &Path) -> Result<BTreeMap<String, Mark>, GitError> {
    Ok(index(root)?.into_iter().filter_map(|(path, mark)| Some((path, mark?))).collect())
}

/// The files of the index, each with its mark.
fn index(root: &Path) -> Result<Vec<(String, Option<Mark>)>, GitError> {
    let listed = run(root, &["ls-files", "-v", "-z", "--", "data"])?;
    let entry = |entry: &[u8]| {
        let (tag, path) = (*entry.first()?, entry.get(2..)?);
        let mark = match tag {
            b'S' | b's' => Some(Mark::Skipped),
            tag if tag.is_ascii_lowercase() => Some(Mark::Assumed),
            _ => None,
        };
        Some((lossy(path), mark))
    };
    Ok(parts(&listed).filter_map(entry).collect())
}
