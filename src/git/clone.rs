//! The state of a clone, for the user's next steps: whether it has a commit and a hook, and what is not committed.

use std::path::{Path, PathBuf};

use super::{git, is_in_repository};

/// The state of a clone.
#[derive(Debug, Clone, Copy)]
pub struct CloneState {
    pub has_commit: bool,
    /// Hooks of the project's own folder run before each commit.
    pub has_hook: bool,
    /// Merges join two edits of one record.
    pub has_merge: bool,
    /// The files under `data/` that are not committed as they are.
    pub uncommitted: usize,
}

/// The state of the clone that holds the project; `None` outside git, and where git cannot read it.
pub fn clone_state(root: &Path) -> Option<CloneState> {
    if !is_in_repository(root) {
        return None;
    }
    let status = git(root, &["status", "--porcelain", "--untracked-files=all", "--", "data"])?;
    let has_commit = git(root, &["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).is_some();
    let has_hook = git(root, &["config", "--get", "core.hooksPath"]).is_some_and(|path| !path.is_empty());
    let has_merge = git(root, &["config", "--get", "merge.heatpack.driver"]).is_some_and(|driver| !driver.is_empty());
    Some(CloneState { has_commit, has_hook, has_merge, uncommitted: status.lines().count() })
}

/// The folder in which git keeps what belongs to this clone alone; `None` outside git.
pub fn private_folder(root: &Path) -> Option<PathBuf> {
    let folder = is_in_repository(root).then(|| git(root, &["rev-parse", "--absolute-git-dir"])).flatten()?;
    Some(PathBuf::from(folder)).filter(|folder| folder.is_dir())
}
