//! What git knows of the project: the commit that last changed its data.

use std::path::Path;
use std::process::{Command, Stdio};

/// The hash of the commit that last changed `folder` of the project at `root`, in full. None outside git, where
/// nothing is committed yet, or where the folder has changes that are not.
pub fn last_commit(root: &Path, folder: &str) -> Option<String> {
    let hash = git(root, &["log", "-1", "--format=%H", "--", folder])?;
    let changes = git(root, &["status", "--porcelain", "--untracked-files=normal", "--", folder])?;
    (!hash.is_empty() && changes.is_empty()).then_some(hash)
}

/// The way from the root of the repository to the project at `root`, ending in `/`; blank where they are one,
/// and outside git.
pub fn folder_in_repository(root: &Path) -> String {
    git(root, &["rev-parse", "--show-prefix"]).unwrap_or_default()
}

fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["-c", "core.fsmonitor=false", "--no-optional-locks"])
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
