//! What a vote needs before it is cast: a time that the log allows, a voter, a reason and a free path.

use std::path::Path;

use anyhow::{Context as _, bail};

use crate::commands::common::session::Session;
use crate::load::Project;
use crate::model::{Board, ChangeEvent, Minute, Vote, day_in_words};
use crate::workflow::{Ballot, ChangeLine};

/// Who can vote at a time: "board members on Wed, Nov 18, 2026: mlee (Morgan Placeholder, chair)".
pub(super) fn members_text(board: &Board, at: Minute) -> String {
    let members = board.members_on(at.date()).into_iter().map(|member| {
        let chair = if member.chair { ", chair" } else { "" };
        format!("{} ({}{chair})", member.id.value, member.name.0)
    });
    let members: Vec<String> = members.collect();
    let date = day_in_words(at.date());
    if members.is_empty() {
        format!("the board has no members on {date}")
    } else {
        format!("board members on {date}: {}", members.join(", "))
    }
}

/// A reason as it is saved: without white space around it, and with a line end after every line of several.
pub(super) fn reason(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    let end = if text.contains('\n') { "\n" } else { "" };
    (!text.is_empty()).then(|| format!("{text}{end}"))
}

/// The first of the member's places on that day that is free.
pub(super) fn free_path(session: &Session, ballot: &Ballot) -> anyhow::Result<String> {
    // What is not a plain folder is never opened when records are read, wherever it leads.
    let folder = Vote::folder(&ballot.cr);
    for part in Path::new(&folder).ancestors().filter(|part| *part != Path::new("")) {
        let found = session.root.join(part).symlink_metadata();
        if found.is_ok_and(|found| !found.is_dir()) {
            bail!("{} is not a folder: remove it, so that the vote can be saved there", part.display());
        }
    }
    let is_free = |path: &String| session.root.join(path).symlink_metadata().is_err();
    (1..100).map(|number| ballot.path(number)).find(is_free).context("there are 99 votes of that day already")
}

/// Whether a vote of that time would come before an entry of the CR's log, which it must not move; then it prints why the
/// vote is rejected. A time that does not exist, and the very minute of a `submitted`, are told by the rules.
pub(super) fn is_followed(project: &Project, line: &ChangeLine, at: Minute) -> bool {
    let zone = project.settings.zone;
    if Minute::of(at.in_utc(zone), zone) != at {
        return false;
    }
    let entries = line.steps.iter().filter_map(|step| Some((step.at, line.entry(step)?)));
    let mut later = entries.filter(|(time, entry)| match entry.event.value {
        ChangeEvent::Note => false,
        ChangeEvent::Submitted => *time > at,
        _ => *time >= at,
    });
    let Some((time, entry)) = later.next_back() else { return false };
    say!("error: a vote of {at} would come before `{}` of {time}, which is on record", entry.event.value);
    say!("help: vote at a later time: omit --at, or use --at with a time after {time}");
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_end_as_blocks_do() {
        assert_eq!(reason(" one \n"), Some("one".to_owned()));
        assert_eq!(reason("one\r\ntwo"), Some("one\ntwo\n".to_owned()));
        assert_eq!(reason(" \n "), None);
    }
}
