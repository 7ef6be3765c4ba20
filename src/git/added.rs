//! The commit that added a file, and what it held of another.

use std::path::Path;

use super::objects::{BaseFile, contents};
use super::{GitError, folder_in_repository, in_work_tree, run, text};

/// The commit that last added the file at `added`, in full, and what it held at `path`, both from the project's root; of
/// that at most `largest` bytes and one more. None outside git, and if no commit added it.
pub fn with_added(root: &Path, added: &str, path: &str, largest: u64) -> Result<Option<(String, Vec<u8>)>, GitError> {
    if !in_work_tree(root)? || run(root, &["rev-parse", "--verify", "--quiet", "HEAD"]).is_err() {
        return Ok(None);
    }
    let log = ["log", "-1", "--full-history", "-m", "--no-renames", "--diff-filter=A", "--format=%H", "--", added];
    let commit = text(run(root, &log)?);
    if commit.is_empty() {
        return Ok(None);
    }
    let object = format!("{commit}:{}{path}", folder_in_repository(root));
    let Ok(hash) = run(root, &["rev-parse", "--verify", "--quiet", &object]) else { return Ok(None) };
    let files = contents(root, &[text(hash).as_str()], largest)?;
    Ok(files.into_iter().next().and_then(|file| match file {
        BaseFile::Bytes(bytes) => Some((commit, bytes)),
        BaseFile::Other => None,
    }))
}
