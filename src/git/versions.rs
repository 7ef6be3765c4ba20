//! The versions of one file that the history of what is checked out holds.

use std::collections::BTreeSet;
use std::path::Path;

use super::objects::{BaseFile, contents};
use super::{GitError, in_work_tree, run};

/// Every version of the file at `path`, from the project's root, that a commit holds; the newest first. Of each, at most
/// `largest` bytes and one more. None outside git.
pub fn versions(root: &Path, path: &str, largest: u64) -> Result<Vec<Vec<u8>>, GitError> {
    if !in_work_tree(root)? || run(root, &["rev-parse", "--verify", "--quiet", "HEAD"]).is_err() {
        return Ok(Vec::new());
    }
    // Without simplification: a version that a merge dropped may have been voted on.
    let raw = ["-m", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--relative", "--format="];
    let log = run(root, &[&["log", "--full-history"], raw.as_slice(), &["--", path]].concat())?;
    let log = String::from_utf8_lossy(&log);
    let mut known = BTreeSet::new();
    let mut hashes = Vec::new();
    for line in log.lines().filter_map(|line| line.strip_prefix(':')) {
        // `100644 100644 9f2c… 77aa… M`, then the path.
        let mut fields = line.split_whitespace();
        let (Some(before), Some(after)) = (fields.next(), fields.next()) else { continue };
        let (Some(old), Some(new)) = (fields.next(), fields.next()) else { continue };
        for (mode, hash) in [(after, new), (before, old)] {
            if mode.starts_with("100") && known.insert(hash) {
                hashes.push(hash);
            }
        }
    }
    let versions = contents(root, &hashes, largest)?.into_iter();
    Ok(versions
        .filter_map(|version| match version {
            BaseFile::Bytes(bytes) => Some(bytes),
            BaseFile::Other => None,
        })
        .collect())
}
