//! The files that leave open how the board decided on a change request, and what is wrong with each of them.

use serde::Serialize;

use crate::load::Project;
use crate::model::{Minute, Place};
use crate::workflow::ChangeLine;

/// A file of a vote or of the board that no one can use as it is.
#[derive(Debug, Clone, Serialize)]
pub struct UnreadFile {
    /// From the project's root.
    pub path: String,
    /// What is wrong with it.
    pub why: String,
}

/// The files that leave open how the board decided on a CR, in the order of their paths.
pub fn unread_files(project: &Project, line: &ChangeLine) -> Vec<UnreadFile> {
    let file = |path: &String| UnreadFile { path: path.clone(), why: fault(project, path) };
    line.unread.iter().map(file).collect()
}

/// The same with the votes of the last round begun by a time that lack the valid signature that they need.
pub fn doubtful_files(project: &Project, line: &ChangeLine, at: Minute) -> Vec<UnreadFile> {
    let unsigned = line.unsigned_at(at).into_iter().map(|index| {
        let judged = &line.votes[index];
        let path = project.file(judged.vote.file).path.clone();
        UnreadFile { path, why: judged.flaw().unwrap_or_default() }
    });
    unread_files(project, line).into_iter().chain(unsigned).collect()
}

/// The first error in a file, or why it has none.
fn fault(project: &Project, path: &str) -> String {
    let is_here = |place: &Place| matches!(place, Place::In(file, _) if project.file(*file).path == path);
    let first = project.faults.iter().find(|fault| is_here(&fault.place));
    match first {
        Some(fault) => format!("error[{}]: {}", fault.rule, fault.message),
        None => "it is not checked out".to_owned(),
    }
}
