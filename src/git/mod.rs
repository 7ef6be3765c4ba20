//! What git knows of the project: the commit that last changed its data, what is not committed, and what a base
//! revision holds.

mod base;
mod error;
mod history;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

pub use base::{BaseFile, Revision, read_base};
pub use error::GitError;
pub use history::versions;

/// The hash of the commit that last changed `folder` of the project at `root`, in full. None outside git, where
/// nothing is committed yet, or where the folder has changes that are not.
pub fn last_commit(root: &Path, folder: &str) -> Option<String> {
    let hash = git(root, &["log", "-1", "--format=%H", "--", folder])?;
    // What git was told to ignore is read all the same.
    let status = ["status", "--porcelain", "-z", "--untracked-files=normal", "--ignored=matching", "--", folder];
    let changes = git(root, &status)?;
    // From the repository's root, which the project need not be.
    let inner =
        |path: &str| path.rsplit_once(&format!("{folder}/")).map_or(path.to_owned(), |(_, inner)| inner.to_owned());
    let is_change = |entry: &str| entry.strip_prefix("!! ").is_none_or(|path| !is_hidden(&inner(path)));
    let is_clean = !changes.split('\0').filter(|entry| !entry.is_empty()).any(is_change);
    (!hash.is_empty() && is_clean).then_some(hash)
}

/// Whether a folder is the root of a git repository, or of a submodule.
pub fn is_repository(folder: &Path) -> bool {
    folder.join(".git").symlink_metadata().is_ok()
}

/// A file or folder that is no record whatever it holds.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

/// Which of these commits are not in the history of what is checked out: they were amended, say. Where the history is cut
/// short, those that are not known are not among them.
pub fn not_in_history(root: &Path, commits: &BTreeSet<String>) -> BTreeSet<String> {
    let is_hash = |commit: &&String| commit.len() >= 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    let hashes: Vec<&str> = commits.iter().filter(is_hash).map(String::as_str).collect();
    if hashes.is_empty() {
        return BTreeSet::new();
    }
    let list = |more: &[&str]| git(root, &[&["rev-list"], more, hashes.as_slice(), &["^HEAD"]].concat());
    let is_shallow = git(root, &["rev-parse", "--is-shallow-repository"]).is_none_or(|answer| answer == "true");
    match list(if is_shallow { &["--ignore-missing"] } else { &[] }) {
        Some(found) => &found.lines().map(str::to_owned).collect() & commits,
        // One is not known at all: all packs are made anew, and name one that is.
        None if !is_shallow => commits.clone(),
        None => BTreeSet::new(),
    }
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

/// Whether the project is within a git repository.
fn is_in_repository(root: &Path) -> bool {
    root.ancestors().any(|folder| folder.join(".git").exists())
}

/// Whether the file at `path`, from the project's root, stands as it was committed. An error is git's own words.
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
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Git, to be run in the project: it writes nothing, asks nothing, and takes paths as they are written.
fn command(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root);
    command.args(["-c", "core.fsmonitor=false", "-c", "log.showSignature=false"]);
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
