//! A merge, rebase or cherry-pick that stopped: its conflicts in `data/`, and the commits whose versions conflict.

use std::collections::BTreeMap;
use std::path::Path;

use super::objects::{BaseFile, Held, RAW, files, raw_entries};
use super::{GitError, command, git, in_work_tree, lossy, parts, run, text};

/// What stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    Merge,
    Rebase,
    CherryPick,
    /// Something that leaves no note of itself, such as `git stash pop`.
    Other,
}

/// What stopped, and its two sides.
#[derive(Debug)]
pub struct Stopped {
    pub operation: Operation,
    /// The other side's commit, if git has a note of it. Ours is the one that is checked out.
    pub theirs: Option<String>,
    /// The commit before both sides.
    pub base: Option<String>,
    /// The last commit of a rebase.
    pub last: Option<String>,
}

/// A file in conflict.
#[derive(Debug)]
pub struct Unmerged {
    /// From the project's root.
    pub path: String,
    /// The version before both edits, ours and theirs.
    pub versions: [Option<BaseFile>; 3],
}

/// The files of `data/` that are in conflict. Of a version at most `largest` bytes and one more are read.
pub fn unmerged(root: &Path, largest: u64) -> Result<Vec<Unmerged>, GitError> {
    if !in_work_tree(root)? {
        return Err(GitError::NoRepository { folder: root.display().to_string() });
    }
    let listed = run(root, &["ls-files", "--unmerged", "-z", "--", "data"])?;
    let mut held: BTreeMap<String, [Held; 3]> = BTreeMap::new();
    for entry in parts(&listed).map(lossy) {
        // `100644 9f2c… 2`, a tab, and the path.
        let Some((about, path)) = entry.split_once('\t') else { continue };
        let mut fields = about.split(' ');
        let (Some(mode), Some(hash), Some(stage)) = (fields.next(), fields.next(), fields.next()) else { continue };
        let own = held.entry(path.to_owned()).or_insert([Held::Nothing, Held::Nothing, Held::Nothing]);
        let stage = stage.parse::<usize>().ok().and_then(|stage| own.get_mut(stage.checked_sub(1)?));
        if let Some(stage) = stage {
            *stage = Held::new(mode, hash);
        }
    }
    let all: Vec<Held> = held.values().flatten().cloned().collect();
    let mut files = files(root, &all, largest)?.into_iter();
    let mut next = || files.next().flatten();
    Ok(held.into_keys().map(|path| Unmerged { path, versions: [next(), next(), next()] }).collect())
}

/// Whether any file of the repository is in conflict.
pub fn is_any_unmerged(root: &Path) -> bool {
    git(root, &["diff", "--name-only", "--diff-filter=U"]).is_some_and(|listed| !listed.is_empty())
}

/// What stopped in the repository.
pub fn stopped(root: &Path) -> Stopped {
    let commit = |name: &str| git(root, &["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")]);
    let is_there = |name: &str| {
        git(root, &["rev-parse", "--git-path", name]).is_some_and(|path| root.join(path).symlink_metadata().is_ok())
    };
    let (operation, theirs) = if let Some(theirs) = commit("MERGE_HEAD") {
        (Operation::Merge, Some(theirs))
    } else if is_there("rebase-merge") || is_there("rebase-apply") {
        (Operation::Rebase, commit("REBASE_HEAD"))
    } else if let Some(theirs) = commit("CHERRY_PICK_HEAD") {
        (Operation::CherryPick, Some(theirs))
    } else {
        (Operation::Other, None)
    };
    let base = theirs.as_ref().and_then(|theirs| match operation {
        Operation::Merge => git(root, &["merge-base", "HEAD", theirs]),
        _ => commit(&format!("{theirs}^")),
    });
    let last =
        git(root, &["rev-parse", "--git-path", "rebase-merge/orig-head"]).filter(|_| operation == Operation::Rebase);
    let last = last.and_then(|path| std::fs::read_to_string(root.join(path)).ok());
    let last = last.and_then(|last| commit(last.trim()));
    Stopped { operation, theirs, base, last }
}

/// The branch that pull requests are merged into: the default branch of `origin`, else a local one with a usual name.
pub fn default_branch(root: &Path) -> Option<String> {
    let head = git(root, &["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]);
    let usual = ["origin/main", "origin/master", "main", "master"].map(str::to_owned);
    let is_there =
        |name: &String| git(root, &["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")]).is_some();
    head.into_iter().chain(usual).find(is_there)
}

/// The file that a commit has at a path from the project's root; at most `largest` bytes and one more.
pub fn file_at(root: &Path, commit: &str, path: &str, largest: u64) -> Option<Vec<u8>> {
    let hash = git(root, &["rev-parse", "--verify", "--quiet", &format!("{commit}:./{path}")])?;
    match files(root, &[Held::File(hash)], largest).ok()?.pop()? {
        Some(BaseFile::Bytes(bytes)) => Some(bytes),
        _ => None,
    }
}

/// The paths of `data/` in a commit.
pub fn paths_in(root: &Path, commit: &str) -> Vec<String> {
    let listed = run(root, &["ls-tree", "-r", "-z", "--name-only", commit, "--", "data"]).unwrap_or_default();
    parts(&listed).map(lossy).collect()
}

/// The files of `data/` that differ between two commits, as the second one has them.
pub fn changed_files(root: &Path, from: &str, to: &str, largest: u64) -> Result<BTreeMap<String, Vec<u8>>, GitError> {
    let raw = run(root, &[&["diff"], RAW.as_slice(), &["--relative", from, to, "--", "data"]].concat())?;
    let entries: Vec<(String, Held)> = raw_entries(&raw).map(|(header, path)| (lossy(path), header.is)).collect();
    let (paths, held): (Vec<String>, Vec<Held>) = entries.into_iter().unzip();
    let bytes = |file: Option<BaseFile>| match file {
        Some(BaseFile::Bytes(bytes)) => Some(bytes),
        _ => None,
    };
    let read = paths.into_iter().zip(files(root, &held, largest)?);
    Ok(read.filter_map(|(path, file)| Some((path, bytes(file)?))).collect())
}

/// Who last changed a file, as of a commit.
pub fn last_author(root: &Path, commit: &str, path: &str) -> Option<String> {
    git(root, &["log", "-1", "--format=%an", commit, "--", path]).filter(|name| !name.is_empty())
}

/// Tells git that the files are settled.
pub fn add(root: &Path, paths: &[&str]) -> Result<(), GitError> {
    /// The number of paths that fit on a command line.
    const AT_ONCE: usize = 200;
    for paths in paths.chunks(AT_ONCE) {
        run(root, &[&["add", "--"], paths].concat())?;
    }
    Ok(())
}

/// Merges three files as texts, as git does by itself; the text with the conflicts marked, and whether there are any.
pub fn merged_as_texts(folder: &Path, [base, ours, theirs]: [&Path; 3]) -> Result<(Vec<u8>, bool), GitError> {
    let mut own = command(folder);
    own.args(["merge-file", "--stdout", "--quiet", "-L", "ours", "-L", "base", "-L", "theirs", "--"]);
    let output = own.args([ours, base, theirs]).output().map_err(GitError::Missing)?;
    match output.status.code() {
        Some(0) => Ok((output.stdout, false)),
        Some(1..=127) => Ok((output.stdout, true)),
        _ => Err(GitError::Failed { reason: text(output.stderr) }),
    }
}
