//! Reads a base revision: which files of `data/` differ from it, and what they held then.
//!
//! Nothing is checked out and no index is written. Git says what differs (`diff`, and `ls-files` for what it does
//! not track), and gives the base's versions of those files in one go (`cat-file --batch`). Paths are read as git
//! stores them, so that no setting about quoting, renames or drivers of differences matters.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Output, Stdio};

use super::{GitError, command, is_repository};

/// What a base revision held at a path that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BaseFile {
    /// A file: its bytes, cut off just past the limit that was asked for.
    Bytes(Vec<u8>),
    /// Something that is not a file of ours: a symbolic link, a repository within the repository.
    Other,
}

/// A base revision, as far as it differs from what is on the disk.
#[derive(Debug)]
pub struct Revision {
    /// The commit's hash, in full.
    pub commit: String,
    /// When it was committed, in seconds since 1970.
    pub committed: i64,
    /// The project's `data/` was there.
    pub has_data: bool,
    /// What is on the disk builds on it; where the history is cut short nobody can say, and it is taken to.
    pub is_built_on: bool,
    /// Each path from the project's root that differs, and what the base held there; none where it held nothing.
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

/// The commit that a revision names.
fn resolve(root: &Path, revision: &str) -> Result<String, GitError> {
    let output = output(root, &["rev-parse", "--is-inside-work-tree"])?;
    if !output.status.success() {
        let reason = reason(&output);
        // Git is there and the folder is a repository that it does not trust, or cannot read.
        return Err(if reason.contains("not a git repository") {
            GitError::NoRepository { folder: root.display().to_string() }
        } else {
            GitError::Refused { reason }
        });
    }
    if text(output.stdout) != "true" {
        return Err(GitError::NoRepository { folder: root.display().to_string() });
    }
    // What begins with a dash would be an option; what is blank would be the commit that is checked out.
    if revision.starts_with('-') || revision.trim().is_empty() {
        return Err(GitError::NoRevision(revision.to_owned()));
    }
    let wanted = format!("{revision}^{{commit}}");
    let found = self::output(root, &["rev-parse", "--verify", "--quiet", &wanted])?;
    let hash = text(found.stdout);
    let is_hash = hash.len() >= 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    // The name of a commit may be known whose contents were not fetched.
    if found.status.success() && is_hash && ask(root, &["cat-file", "-e", &hash]) {
        return Ok(hash);
    }
    Err(GitError::unknown(revision, is_shallow(root)))
}

fn is_shallow(root: &Path) -> bool {
    run(root, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| text(answer) == "true")
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
    let changed = run(
        root,
        &[
            "diff",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=none",
            // As git's documentation has it, for no order of the user's.
            "-O/dev/null",
            "--relative",
            commit,
            "--",
            "data",
        ],
    )?;
    // What git was told to ignore is read all the same, so that it differs too.
    let untracked = run(root, &["ls-files", "--others", "-z", "--", "data"])?;
    let mut differing: BTreeMap<String, Option<BaseFile>> = untracked
        .split(|byte| *byte == 0)
        .filter(|path| !path.is_empty())
        .map(|path| (lossy(folder(path)), None))
        .collect();
    let mut wanted = Vec::new();
    for (header, path) in raw_entries(&changed) {
        let path_text = lossy(path);
        match header.held() {
            Held::Nothing => drop(differing.entry(path_text).or_insert(None)),
            Held::File(hash) if std::str::from_utf8(path).is_ok() => wanted.push((path_text, hash)),
            // Nothing of ours has a name that is not UTF-8.
            Held::File(_) | Held::Other => drop(differing.insert(path_text, Some(BaseFile::Other))),
        }
    }
    let hashes: Vec<&str> = wanted.iter().map(|(_, hash)| hash.as_str()).collect();
    let contents = contents(root, &hashes, largest)?;
    differing.extend(wanted.into_iter().zip(contents).map(|((path, _), content)| (path, Some(content))));
    Ok(differing)
}

/// What stands before a path in `git diff --raw`: `:100644 100644 9f2c… 0000… M`.
struct RawHeader<'a> {
    mode: &'a str,
    hash: &'a str,
}

/// What the base held at a path.
enum Held {
    Nothing,
    File(String),
    Other,
}

impl RawHeader<'_> {
    fn held(&self) -> Held {
        match self.mode {
            "000000" => Held::Nothing,
            mode if mode.starts_with("100") => Held::File(self.hash.to_owned()),
            _ => Held::Other,
        }
    }
}

/// The entries of `git diff --raw -z`: header and path in turn, each with a zero byte after it.
fn raw_entries(raw: &[u8]) -> impl Iterator<Item = (RawHeader<'_>, &[u8])> {
    let mut parts = raw.split(|byte| *byte == 0);
    std::iter::from_fn(move || {
        let header = std::str::from_utf8(parts.next()?).ok()?.strip_prefix(':')?;
        let path = parts.next()?;
        let mut fields = header.split(' ');
        Some((RawHeader { mode: fields.next()?, hash: fields.nth(1)? }, path))
    })
}

/// The contents of objects, in the order of their hashes.
pub(super) fn contents(root: &Path, hashes: &[&str], largest: u64) -> Result<Vec<BaseFile>, GitError> {
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    let mut child = command(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(GitError::Missing)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let asked: String = hashes.iter().map(|hash| format!("{hash}\n")).collect();
    let read = std::thread::scope(|scope| {
        // Git answers while it is asked: whoever only writes, or only reads, would wait for ever.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(asked.as_bytes())));
        stdout.map(|stdout| {
            let mut answers = BufReader::new(stdout);
            hashes.iter().map(|_| answer(&mut answers, largest)).collect::<std::io::Result<Vec<BaseFile>>>()
        })
    });
    let ended = child.wait();
    match (read, ended) {
        (Some(Ok(contents)), Ok(status)) if status.success() => Ok(contents),
        (Some(Err(error)), _) => Err(GitError::Failed { reason: error.to_string() }),
        _ => Err(GitError::Failed { reason: "`git cat-file` did not end well".to_owned() }),
    }
}

/// One answer of `git cat-file --batch`: a line with the object's size, its bytes, and a line end.
fn answer(answers: &mut impl BufRead, largest: u64) -> std::io::Result<BaseFile> {
    let mut header = String::new();
    answers.read_line(&mut header)?;
    let size = header.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
    let Some(size) = size else {
        let missing = format!("an object of the base was not fetched ({}): run `git fetch` first", header.trim_end());
        return Err(std::io::Error::other(missing));
    };
    let mut object = answers.take(size + 1);
    let mut bytes = Vec::new();
    (&mut object).take(size.min(largest + 1)).read_to_end(&mut bytes)?;
    std::io::copy(&mut object, &mut std::io::sink())?;
    Ok(BaseFile::Bytes(bytes))
}

/// What a command writes; an error where it does not end well.
pub(super) fn run(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
    let output = output(root, arguments)?;
    if output.status.success() { Ok(output.stdout) } else { Err(GitError::Failed { reason: reason(&output) }) }
}

/// Whether a command says yes.
fn ask(root: &Path, arguments: &[&str]) -> bool {
    output(root, arguments).is_ok_and(|output| output.status.success())
}

fn output(root: &Path, arguments: &[&str]) -> Result<Output, GitError> {
    command(root).args(arguments).output().map_err(GitError::Missing)
}

/// What git said, on one line.
fn reason(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(" ").trim_start_matches("fatal: ").to_owned()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).trim().to_owned()
}

/// A path without the `/` by which git marks a repository within.
fn folder(path: &[u8]) -> &[u8] {
    path.strip_suffix(b"/").unwrap_or(path)
}

/// A path as `load` names it: what is not UTF-8 in it becomes U+FFFD.
fn lossy(path: &[u8]) -> String {
    String::from_utf8_lossy(path).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_as_they_are() {
        let raw = b":100644 000000 9f2c 0000 M\0data/a b\n\"c\".yaml\0:000000 100644 0000 0000 A\0data/\xff.yaml\0";
        let found: Vec<_> = raw_entries(raw).map(|(header, path)| (header.mode.to_owned(), path.to_vec())).collect();
        assert_eq!(found[0], ("100644".to_owned(), b"data/a b\n\"c\".yaml".to_vec()));
        assert_eq!(found[1], ("000000".to_owned(), b"data/\xff.yaml".to_vec()));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_long_file_is_cut_off_and_the_next_one_is_read() {
        let mut answers: &[u8] = b"9f2c blob 10\n0123456789\n77aa blob 2\nab\n8888 missing\n";
        let cut = answer(&mut answers, 3).expect("an object");
        assert_eq!(cut, BaseFile::Bytes(b"0123".to_vec()));
        assert_eq!(answer(&mut answers, 3).expect("an object"), BaseFile::Bytes(b"ab".to_vec()));
        assert!(answer(&mut answers, 3).is_err());
    }
}
