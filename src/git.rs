//! What git knows of the project: the commit that last changed its data, and what is not committed.

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

/// Whether what stands in a file is what everybody else can read.
#[derive(Debug, PartialEq, Eq)]
pub enum Committed {
    Yes,
    /// It has edits that are not committed.
    Edited,
    /// Git does not know the file.
    Untracked,
    /// The project is not in git, so there is nothing to compare with.
    NoGit,
}

/// Whether the file at `path`, from the project's root, stands as it was committed. An error is git's own words.
pub fn committed(root: &Path, path: &str) -> Result<Committed, String> {
    if !root.ancestors().any(|folder| folder.join(".git").exists()) {
        return Ok(Committed::NoGit);
    }
    let run = |arguments: &[&str]| {
        let output = command(root, arguments).stderr(Stdio::piped()).output().map_err(|error| error.to_string())?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    };
    // Names are taken as they are, and not as patterns.
    let path = format!(":(literal){path}");
    if run(&["ls-files", "--", &path])?.is_empty() {
        return Ok(Committed::Untracked);
    }
    let changes = run(&["status", "--porcelain", "--untracked-files=all", "--", &path])?;
    Ok(if changes.is_empty() { Committed::Yes } else { Committed::Edited })
}

fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = command(root, arguments).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["-c", "core.fsmonitor=false", "--no-optional-locks"]).args(arguments);
    command.stdin(Stdio::null());
    command
}
