//! The base branch: the branch that everyone's records become part of.

use std::path::Path;

use super::{GitError, git, in_work_tree};

/// What edits are compared with if no base is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseBranch {
    /// The branch, "origin/main".
    pub name: String,
    /// The commit of it that the edits build on, in full.
    pub commit: String,
}

/// How the full names of local branches begin.
const LOCAL: &str = "refs/heads/";

/// The names of a default branch where nothing else tells it.
const USUAL: [&str; 2] = ["main", "master"];

/// The base branch of the project at `root`: origin's default branch, as it was last fetched; without one the local
/// default branch, and else the commit that is checked out. `None` before the first commit.
///
/// The commit is the last one of the branch that the work is built on. While a merge is under way, what it brings from the
/// branch counts as built on too. `None` also while the local default branch itself merges another one, which had its own
/// check.
pub fn base_branch(root: &Path) -> Result<Option<BaseBranch>, GitError> {
    if !in_work_tree(root)? {
        return Err(GitError::NoRepository { folder: root.display().to_string() });
    }
    let Some(head) = commit(root, "HEAD") else { return Ok(None) };
    let found = remote(root).or_else(|| local(root)).and_then(|branch| Some((commit(root, &branch)?, branch)));
    let Some((tip, branch)) = found else { return Ok(Some(BaseBranch { name: "HEAD".to_owned(), commit: head })) };
    let merged = commit(root, "MERGE_HEAD");
    if merged.is_some() && tip == head && branch.starts_with(LOCAL) {
        return Ok(None);
    }
    let is_in = |other: &String| git(root, &["merge-base", "--is-ancestor", &tip, other]).is_some();
    let commit = match std::iter::once(&head).chain(&merged).any(is_in) {
        true => tip,
        // Without a commit in common, as in a shallow clone, all of the branch counts.
        false => git(root, &["merge-base", &head, &tip]).filter(|base| !base.is_empty()).unwrap_or(tip),
    };
    let name = branch.trim_start_matches(LOCAL).trim_start_matches("refs/remotes/").to_owned();
    Ok(Some(BaseBranch { name, commit }))
}

/// The default branch of origin, with all of its name.
fn remote(root: &Path) -> Option<String> {
    let named = git(root, &["symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"]);
    let usual = USUAL.iter().map(|name| format!("refs/remotes/origin/{name}"));
    named.into_iter().chain(usual).find(|branch| commit(root, branch).is_some())
}

/// The local default branch, with all of its name.
fn local(root: &Path) -> Option<String> {
    let named = git(root, &["config", "--get", "init.defaultBranch"]).filter(|name| !name.is_empty());
    let names = USUAL.iter().map(|name| (*name).to_owned()).chain(named);
    names.map(|name| format!("{LOCAL}{name}")).find(|branch| commit(root, branch).is_some())
}

/// The commit that a name stands for, in full.
fn commit(root: &Path, name: &str) -> Option<String> {
    git(root, &["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")]).filter(|hash| !hash.is_empty())
}
