//! The two sides of a merge that stopped: whose they are, and which of them the base branch has.

use std::path::Path;

use crate::git::{self, Operation, Stopped};
use crate::load::{FileKind, LARGEST};
use crate::merge::is_same_record;

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What is checked out; in a rebase, what one's own commits are put on.
    Ours,
    Theirs,
}

impl Side {
    /// The other side.
    pub fn other(self) -> Side {
        match self {
            Side::Ours => Side::Theirs,
            Side::Theirs => Side::Ours,
        }
    }
}

/// What stopped, and between whom.
pub struct Sides<'s> {
    root: &'s Path,
    pub stopped: Stopped,
    /// The branch that pull requests are merged into.
    pub base_branch: Option<String>,
}

impl<'s> Sides<'s> {
    /// Asks git.
    pub fn read(root: &'s Path) -> Sides<'s> {
        Sides { root, stopped: git::stopped(root), base_branch: git::default_branch(root) }
    }

    /// The commit of a side.
    pub fn commit(&self, side: Side) -> Option<&str> {
        match side {
            Side::Ours => Some("HEAD"),
            Side::Theirs => self.stopped.theirs.as_deref(),
        }
    }

    /// A side as a person knows it: what it is, and who last changed the file.
    pub fn name(&self, side: Side, path: &str) -> String {
        let what = match (side, self.stopped.operation) {
            (Side::Ours, Operation::Rebase) => "the base",
            (Side::Ours, _) => "this branch",
            (Side::Theirs, Operation::Rebase) => "your commit",
            (Side::Theirs, Operation::CherryPick) => "the picked commit",
            (Side::Theirs, _) => "the other branch",
        };
        match self.commit(side).and_then(|commit| git::last_author(self.root, commit, path)) {
            Some(author) => format!("{what} ({author})"),
            None => what.to_owned(),
        }
    }

    /// Which side keeps a number that both gave out, and why: the one whose record the base branch has.
    pub fn keeper(&self, kind: FileKind, path: &str, [ours, theirs]: [&str; 2]) -> (Side, String) {
        // The base branch may have further edits of its record.
        let is = |text: &str, side: &str, other: &str| {
            text == side || (text != other && is_same_record(kind, text, side) && !is_same_record(kind, text, other))
        };
        self.keeper_by(path, |text| is(text, ours, theirs), |text| is(text, theirs, ours))
    }

    /// The same, by what the base branch's file has of each side.
    pub fn keeper_by(
        &self,
        path: &str,
        has_ours: impl Fn(&str) -> bool,
        has_theirs: impl Fn(&str) -> bool,
    ) -> (Side, String) {
        let branch = self.base_branch.as_deref();
        let file = branch.and_then(|branch| git::file_at(self.root, branch, path, LARGEST));
        let text = file.and_then(|bytes| String::from_utf8(bytes).ok());
        match (branch, text) {
            (Some(branch), Some(text)) if has_ours(&text) => {
                (Side::Ours, format!("{branch} has the other one with this number"))
            }
            (Some(branch), Some(text)) if has_theirs(&text) => {
                (Side::Theirs, format!("{branch} has the other one with this number"))
            }
            (Some(branch), _) => {
                (Side::Ours, format!("{branch} has neither, so the branch that is checked out keeps it"))
            }
            (None, _) => (Side::Ours, "there is no base branch, so the branch that is checked out keeps it".to_owned()),
        }
    }

    /// The command with which the work goes on, once nothing is in conflict.
    pub fn next_step(&self) -> Option<&'static str> {
        match self.stopped.operation {
            Operation::Merge => Some("git commit --no-edit"),
            Operation::Rebase => Some("git rebase --continue"),
            Operation::CherryPick => Some("git cherry-pick --continue"),
            Operation::Other => None,
        }
    }
}
