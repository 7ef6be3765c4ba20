//! Reads a base revision: which files of `data/` differ from it, and their contents in it.
//!
//! Nothing is checked out and no index is written. Git lists the differences (`diff`, and `ls-files` for untracked
//! files) and prints the base's versions at once (`cat-file --batch`). Paths are read as git stores them, so that
//! settings about quoting, renames and diff drivers do not matter.

use std::collections::BTreeMap;
use std::path::Path;

use super::objects::{BaseFile, Held, RAW, files, raw_entries};
use super::tracked::{Mark, marked};
use super::{GitError, in_work_tree, is_repository, is_shallow, lossy, output, parts, run, text};

/// A base revision, as far as it differs from what is on the disk.
#[derive(Debug)]
pub struct Revision {
    /// The commit's hash, in full.
    pub commit: String,
    /// When it was committed, in seconds since 1970.
    pub committed: i64,
    /// The project's `data/` was there.
    pub has_data: bool,
    /// Whether HEAD descends from the base; assumed so in a shallow clone.
    pub is_built_on: bool,
    /// Each differing path from the project's root, with its contents in the base; `None` if the base has no such file.
    pub differing: BTreeMap<String, Option<BaseFile>>,
}

/// Reads what differs between `revision` and the folder `data` of the project at `root`. Of a file at most
/// `largest` bytes and one more are read.
pub fn read_base(root: &Path, revision: &str, largest: u64) -> Result<Revision, GitError> {
    let commit = resolve(root, revision)?;
    let line = text(run(root, &["rev-list", "--max-count=1", "--timestamp", &commit])?);
    let committed = line.split_whitespace().next().and_then(|seconds| seconds.parse().ok()).unwrap_or_default();
    let data = root.join("data");
    if is_repository(&data) {
        return Err(GitError::Within { folder: data.display().to_string() });
    }
    let has_data = has_data(root, revision, &commit)?;
    let is_built_on = is_shallow(root) || ask(root, &["merge-base", "--is-ancestor", &commit, "HEAD"]);
    let differing = if has_data { differing(root, &commit, largest)? } else { BTreeMap::new() };
    Ok(Revision { commit, committed, has_data, is_built_on, differing })
}

/// What differs between the commit that is checked out and the folder `data`; `None` before the first commit.
pub fn uncommitted(root: &Path, largest: u64) -> Result<Option<BTreeMap<String, Option<BaseFile>>>, GitError> {
    let data = root.join("data");
    if is_repository(&data) {
        return Err(GitError::Within { folder: data.display().to_string() });
    }
    if !ask(root, &["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]) {
        return Ok(None);
    }
    differing(root, "HEAD", largest).map(Some)
}

/// The commit that a revision names.
fn resolve(root: &Path, revision: &str) -> Result<String, GitError> {
    if !in_work_tree(root)? {
        return Err(GitError::NoRepository { folder: root.display().to_string() });
    }
    // What begins with a dash would be an option; what is blank would be the commit that is checked out.
    if revision.starts_with('-') || revision.trim().is_empty() {
        return Err(GitError::NoRevision(revision.to_owned()));
    }
    let wanted = format!("{revision}^{{commit}}");
    let found = output(root, &["rev-parse", "--verify", "--quiet", &wanted])?;
    let hash = text(found.stdout);
    let is_hash = hash.len() >= 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    // The name of a commit may be known whose contents were not fetched.
    if found.status.success() && is_hash && ask(root, &["cat-file", "-e", &hash]) {
        return Ok(hash);
    }
    Err(GitError::unknown(revision, is_shallow(root)))
}

/// Whether the base has the folder `data`.
fn has_data(root: &Path, revision: &str, commit: &str) -> Result<bool, GitError> {
    let entry = run(root, &["ls-tree", "-z", commit, "--", "data"])?;
    let entry = String::from_utf8_lossy(&entry);
    let what = match entry.split(' ').nth(1) {
        None => return Ok(false),
        Some("tree") => return Ok(true),
        Some("commit") => "a repository of its own",
        Some(_) if entry.starts_with("120000") => "a symbolic link",
        Some(_) => "a file",
    };
    Err(GitError::NoFolder { revision: revision.to_owned(), what })
}

fn differing(root: &Path, commit: &str, largest: u64) -> Result<BTreeMap<String, Option<BaseFile>>, GitError> {
    let changed = run(root, &[&["diff"], RAW.as_slice(), &["--relative", commit, "--", "data"]].concat())?;
    // heatpack reads ignored files too, so they count as differences.
    let untracked = run(root, &["ls-files", "--others", "-z", "--", "data"])?;
    let mut held: BTreeMap<String, Held> = parts(&untracked).map(|path| (lossy(folder(path)), Held::Nothing)).collect();
    for (header, path) in raw_entries(&changed) {
        let was = match header.was {
            // Nothing of ours has a name that is not UTF-8.
            Held::File(_) if std::str::from_utf8(path).is_err() => Held::Other,
            was => was,
        };
        match was {
            Held::Nothing => drop(held.entry(lossy(path)).or_insert(Held::Nothing)),
            was => drop(held.insert(lossy(path), was)),
        }
    }
    compare_marked(root, commit, &mut held)?;
    let (paths, held): (Vec<String>, Vec<Held>) = held.into_iter().unzip();
    Ok(paths.into_iter().zip(files(root, &held, largest)?).collect())
}

/// Compares the files that git was told to skip with its own copies. A file that is not checked out is not a
/// difference.
fn compare_marked(root: &Path, commit: &str, held: &mut BTreeMap<String, Held>) -> Result<(), GitError> {
    let marked = marked(root)?;
    if marked.is_empty() {
        return Ok(());
    }
    let listed = run(root, &["ls-tree", "-r", "-z", commit, "--", "data"])?;
    let entry = |entry: &[u8]| {
        let entry = lossy(entry);
        let (about, path) = entry.split_once('\t')?;
        let mut fields = about.split(' ');
        let mode = fields.next()?;
        Some((path.to_owned(), Held::new(mode, fields.nth(1)?)))
    };
    let mut base: BTreeMap<String, Held> = parts(&listed).filter_map(entry).collect();
    for (path, on_disk) in on_disk(root, &marked)? {
        let was = base.remove(&path).unwrap_or(Held::Nothing);
        match on_disk {
            Some(is) if is != was => drop(held.insert(path, was)),
            Some(_) | None => drop(held.remove(&path)),
        }
    }
    Ok(())
}

/// The contents of marked files on disk, as git would store them; `None` for a file that is not checked out.
fn on_disk(root: &Path, marked: &BTreeMap<String, Mark>) -> Result<Vec<(String, Option<Held>)>, GitError> {
    /// The number of paths that fit on a command line.
    const AT_ONCE: usize = 200;
    let is_file = |path: &str| root.join(path).symlink_metadata().is_ok_and(|found| found.is_file());
    let files: Vec<&str> = marked.keys().map(String::as_str).filter(|path| is_file(path)).collect();
    let mut hashes = BTreeMap::new();
    for files in files.chunks(AT_ONCE) {
        let written = run(root, &[&["hash-object", "--"], files].concat())?;
        hashes.extend(files.iter().copied().zip(text(written).lines().map(str::to_owned)));
    }
    let one = |(path, mark): (&String, &Mark)| {
        let is_there = root.join(path).symlink_metadata().is_ok();
        let is = match hashes.remove(path.as_str()) {
            Some(hash) => Some(Held::File(hash)),
            None if is_there => Some(Held::Other),
            None if *mark == Mark::Skipped => None,
            None => Some(Held::Nothing),
        };
        (path.clone(), is)
    };
    Ok(marked.iter().map(one).collect())
}

/// Whether a command succeeds.
fn ask(root: &Path, arguments: &[&str]) -> bool {
    output(root, arguments).is_ok_and(|output| output.status.success())
}

/// A path without the `/` by which git marks a repository within.
fn folder(path: &[u8]) -> &[u8] {
    path.strip_suffix(b"/").unwrap_or(path)
}
