//! The commits that changed the records, newest first, along the branch that is checked out.
//!
//! A merge counts as one step from its first parent: what it brought became part of the records with it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Stdio;

use super::objects::{BaseFile, Held, RAW, RawHeader, contents, files};
use super::{GitError, command, git, is_shallow, lossy, text};

/// What a commit held at a path before it and after it.
#[derive(Debug)]
pub struct FileDiff {
    pub was: Option<BaseFile>,
    pub is: Option<BaseFile>,
}

/// A commit that changed records.
#[derive(Debug)]
pub enum Step {
    /// The commit's hash, in full, and what it changed, by path from the project's root.
    Diffs(String, BTreeMap<String, FileDiff>),
    /// It changed a file that ends the search. It is the last step.
    Last(String),
    /// The clone is shallow here, so that this commit's edits are unknown. It is the last step.
    Boundary,
}

/// A step whose files are not read yet.
struct Listed {
    commit: String,
    held: Vec<(String, RawHeader)>,
}

/// How many steps have their files read at once.
const AT_ONCE: usize = 64;

/// Goes back through the commits that changed `data/` of the project at `root`, until one changed a file that `is_last`
/// knows by its path, or until `visit` breaks off. Of a file at most `largest` bytes and one more are read.
pub fn history(
    root: &Path,
    largest: u64,
    is_last: impl Fn(&str) -> bool,
    mut visit: impl FnMut(Step) -> ControlFlow<()>,
) -> Result<(), GitError> {
    let boundary = boundary(root)?;
    let is_boundary = |step: &Listed| boundary.contains(&step.commit);
    let is_last = |step: &Listed| step.held.iter().any(|(path, _)| is_last(path));
    let mut child = command(root)
        .args(["log", "--first-parent", "-m"])
        .args(RAW)
        .args(["--relative", "--format=commit %H", "HEAD", "--", "data"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(GitError::Missing)?;
    let mut lines = child.stdout.take().map(|stdout| Steps { lines: BufReader::new(stdout), next: None });
    let mut visited = Ok(());
    while let Some(lines) = &mut lines {
        let mut listed: Vec<Listed> = lines.take(AT_ONCE).collect();
        let end = listed.iter().position(|step| is_boundary(step) || is_last(step));
        let end = end.and_then(|at| listed.drain(at..).next());
        let end = end.map(|step| if is_boundary(&step) { Step::Boundary } else { Step::Last(step.commit) });
        let is_over = listed.is_empty();
        match visit_all(root, largest, listed, &mut visit) {
            Ok(ControlFlow::Continue(())) => {}
            Ok(ControlFlow::Break(())) => break,
            Err(error) => {
                visited = Err(error);
                break;
            }
        }
        if let Some(end) = end {
            let _ = visit(end);
            break;
        }
        if is_over {
            break;
        }
    }
    // Git ends by itself where no one reads any more.
    drop(lines);
    drop(child.wait());
    visited
}

fn visit_all(
    root: &Path,
    largest: u64,
    listed: Vec<Listed>,
    visit: &mut impl FnMut(Step) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, GitError> {
    let headers = listed.iter().flat_map(|step| &step.held).map(|(_, header)| header);
    let held: Vec<Held> = headers.flat_map(|header| [header.was.clone(), header.is.clone()]).collect();
    let mut files = files(root, &held, largest)?.into_iter();
    for Listed { commit, held } in listed {
        let mut next = || files.next().flatten();
        let diffs = held.into_iter().map(|(path, _)| (path, FileDiff { was: next(), is: next() })).collect();
        if visit(Step::Diffs(commit, diffs)).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// The commits at which a clone is shallow: their parents are missing.
fn boundary(root: &Path) -> Result<BTreeSet<String>, GitError> {
    if !is_shallow(root) {
        return Ok(BTreeSet::new());
    }
    let file = git(root, &["rev-parse", "--git-path", "shallow"]).unwrap_or_default();
    let listed = std::fs::read(root.join(file)).map(text).unwrap_or_default();
    let listed: Vec<&str> = listed.lines().collect();
    // Git lists a repository's very first commit too, if the clone just reaches it.
    let has_parents = |commit: BaseFile| match commit {
        BaseFile::Bytes(text) => String::from_utf8_lossy(&text).lines().any(|line| line.starts_with("parent ")),
        BaseFile::Other => true,
    };
    let commits = contents(root, &listed, LONGEST_HEAD)?.into_iter().map(has_parents);
    Ok(listed.iter().zip(commits).filter(|(_, is_cut)| *is_cut).map(|(commit, _)| (*commit).to_owned()).collect())
}

/// The number of bytes of a commit that contain its parents.
const LONGEST_HEAD: u64 = 4096;

/// The steps that `git log -z --raw` writes: `commit 9f2c…`, then header and path of each file, each with a zero byte
/// after it.
struct Steps<R> {
    lines: R,
    /// The commit of the next step, which was read with the last one.
    next: Option<String>,
}

impl<R: BufRead> Steps<R> {
    fn part(&mut self) -> Option<Vec<u8>> {
        let mut part = Vec::new();
        self.lines.read_until(0, &mut part).ok().filter(|read| *read > 0)?;
        part.pop_if(|last| *last == 0);
        Some(part)
    }
}

impl<R: BufRead> Iterator for Steps<R> {
    type Item = Listed;

    fn next(&mut self) -> Option<Listed> {
        let name = |part: &[u8]| String::from_utf8_lossy(part).trim().strip_prefix("commit ").map(str::to_owned);
        let mut commit = self.next.take();
        let mut held = Vec::new();
        while let Some(part) = self.part() {
            if let Some(next) = name(&part) {
                if commit.is_some() {
                    self.next = Some(next);
                    break;
                }
                commit = Some(next);
            } else if let Some(header) = RawHeader::parse(&part) {
                held.extend(self.part().map(|path| (lossy(&path), header)));
            }
        }
        Some(Listed { commit: commit?, held })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_commit_has_its_own_files() {
        let lines: &[u8] = b"commit 8396\0\0\n:000000 100644 0000 0cfb A\0data/b\0commit 7c80\0\
            \n:100644 100644 f2ad 77aa M\0data/c\0:100644 000000 d004 0000 D\0data/commit x\0";
        let steps: Vec<_> = Steps { lines, next: None }.map(|step| (step.commit, step.held)).collect();
        let paths = |at: usize| steps[at].1.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>();
        assert_eq!((steps.len(), steps[0].0.as_str(), paths(0)), (2, "8396", vec!["data/b"]));
        assert_eq!((steps[1].0.as_str(), paths(1)), ("7c80", vec!["data/c", "data/commit x"]));
        assert_eq!(steps[1].1[1].1, RawHeader { was: Held::File("d004".to_owned()), is: Held::Nothing });
    }
}
