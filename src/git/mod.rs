//! What git knows of the project: its files, the commits that changed them, and what a base revision holds.

mod added;
mod base;
mod branch;
mod clone;
mod error;
mod history;
mod objects;
mod tracked;
mod unmerged;
mod versions;

use std::path::Path;
use std::process::{Command, Output, Stdio};

pub use added::with_added;
pub use base::{Revision, read_base, uncommitted};
pub use branch::base_branch;
pub use clone::{clone_state, private_folder};
pub use error::GitError;
pub use history::{FileDiff, Step, history};
pub use objects::BaseFile;
pub use tracked::{Tracked, tracked};
pub use unmerged::{
    Operation, Stopped, Unmerged, add, changed_files, default_branch, file_at, is_any_unmerged, last_author,
    merged_as_texts, paths_in, stopped, unmerged,
};
pub use versions::versions;

/// Whether a folder is the root of a git repository, or of a submodule.
pub fn is_repository(folder: &Path) -> bool {
    folder.join(".git").symlink_metadata().is_ok()
}

/// The path from the root of the repository to the project at `root`, ending in `/`; empty if they are the same, and
/// outside git.
pub fn folder_in_repository(root: &Path) -> String {
    git(root, &["rev-parse", "--show-prefix"]).unwrap_or_default()
}

/// Whether a file's contents are the ones that everyone else can read.
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

/// Whether the project is within a git repository.
pub fn is_in_repository(root: &Path) -> bool {
    root.ancestors().any(|folder| folder.join(".git").exists())
}

/// Whether the file at `path`, from the project's root, is as committed. An error is git's message.
pub fn committed(root: &Path, path: &str) -> Result<Committed, String> {
    if !is_in_repository(root) {
        return Ok(Committed::NoGit);
    }
    let run = |arguments: &[&str]| {
        let run = command(root).args(arguments).stderr(Stdio::piped()).output().map_err(|error| error.to_string())?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if run.status.success() { Ok(text(&run.stdout)) } else { Err(text(&run.stderr)) }
    };
    if run(&["ls-files", "--", path])?.is_empty() {
        return Ok(Committed::Untracked);
    }
    let changes = run(&["status", "--porcelain", "--untracked-files=all", "--", path])?;
    Ok(if changes.is_empty() { Committed::Yes } else { Committed::Edited })
}

fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = command(root).args(arguments).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| text(output.stdout))
}

/// The output of a command; an error if it fails.
fn run(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
    let output = output(root, arguments)?;
    if output.status.success() { Ok(output.stdout) } else { Err(GitError::Failed { reason: reason(&output) }) }
}

fn output(root: &Path, arguments: &[&str]) -> Result<Output, GitError> {
    command(root).args(arguments).output().map_err(GitError::Missing)
}

/// Git's own message, on one line.
fn reason(output: &Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = stderr.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(" ").trim_start_matches("fatal: ").to_owned()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).trim().to_owned()
}

/// The parts of what git writes with `-z`.
fn parts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == 0).filter(|part| !part.is_empty())
}

/// A path as `load` names it: bytes that are not UTF-8 become U+FFFD.
fn lossy(path: &[u8]) -> String {
    String::from_utf8_lossy(path).into_owned()
}

/// Whether the folder is in a work tree that git can read. An error is git's message.
fn in_work_tree(root: &Path) -> Result<bool, GitError> {
    let output = output(root, &["rev-parse", "--is-inside-work-tree"])?;
    if output.status.success() {
        return Ok(text(output.stdout) == "true");
    }
    let reason = reason(&output);
    // Anything else is a repository that git does not trust, or cannot read.
    if reason.contains("not a git repository") { Ok(false) } else { Err(GitError::Refused { reason }) }
}

fn is_shallow(root: &Path) -> bool {
    git(root, &["rev-parse", "--is-shallow-repository"]).is_some_and(|answer| answer == "true")
}

/// Git, to be run in the project: it writes nothing, asks nothing, and takes paths as they are written.
fn command(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root);
    command.args(["-c", "core.fsmonitor=false", "-c", "log.showSignature=false"]);
    command.args(["-c", "log.follow=false", "-c", "log.showRoot=true"]);
    command.args(["--no-optional-locks", "--literal-pathspecs", "--no-pager"]);
    // A hook that runs us names its own index and work tree, which need not be the project's; and what a user
    // set for other purposes must not change what is read.
    for variable in ENVIRONMENT {
        command.env_remove(variable);
    }
    command.env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C").stdin(Stdio::null());
    command
}

/// What git must not take from the environment.
const ENVIRONMENT: [&str; 9] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];
