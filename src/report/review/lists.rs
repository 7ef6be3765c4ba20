//! POCs, meetings, NITC's reports, the board and the other lists in a change.

use std::collections::BTreeSet;

use super::model::{Fate, Kind, RecordLine};
use super::phrases::short;
use super::versions::Versions;
use crate::load::{FileKind, Project, kind_of};
use crate::model::{Board, FileId, Meeting};
use crate::report::words::counted;

/// A line for each of those records whose file differs.
pub fn lines(versions: &Versions) -> Vec<RecordLine> {
    let mut lines = Vec::new();
    for path in paths(versions) {
        let (was, now) = (find(versions.was.project(), path), find(versions.now.project(), path));
        // A record that is moved as it is stays where its id is; these have no other than their file's name.
        let line = match kind_of(path) {
            Some(FileKind::Poc) => poc(versions, path, was, now),
            Some(FileKind::Answer) => answer(versions, path, was, now),
            Some(FileKind::Meeting) => meeting(versions, path, was, now),
            Some(FileKind::Report) => report(versions, path, was, now),
            Some(FileKind::Settings | FileKind::Subjects | FileKind::Staff) => {
                line(Kind::List, path, was, now, Vec::new())
            }
            Some(FileKind::Board) => {
                line(Kind::List, path, was, now, board(&versions.was.project().board, &versions.now.project().board))
            }
            // Tickets, change requests and their votes are told by their states.
            Some(FileKind::Ticket | FileKind::Change | FileKind::Vote) | None => continue,
        };
        lines.push(line);
    }
    lines.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    lines
}

/// The paths that differ; where the project was not there yet, all of them.
fn paths<'v>(versions: &'v Versions) -> BTreeSet<&'v str> {
    match versions.base {
        Some(base) => base.differing.iter().map(String::as_str).collect(),
        None => versions.now.project().files.iter().map(|file| file.path.as_str()).collect(),
    }
}

fn find(project: &Project, path: &str) -> Option<FileId> {
    crate::workflow::file_at(project, path)
}

fn line(kind: Kind, path: &str, was: Option<FileId>, now: Option<FileId>, says: Vec<String>) -> RecordLine {
    let name = path.rsplit('/').next().unwrap_or(path);
    let id = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    let fate = Fate::of(was.is_some(), now.is_some());
    let says = if fate == Fate::Gone { Vec::new() } else { says };
    RecordLine { kind, id, title: String::new(), fate, from: None, to: None, says }
}

fn poc(versions: &Versions, path: &str, was: Option<FileId>, now: Option<FileId>) -> RecordLine {
    let of = |project: &'_ Project, file: Option<FileId>| {
        let poc = project.pocs.values().find(|poc| Some(poc.file) == file)?;
        let designations = poc.designations.iter().map(|own| {
            let until = own.until.map(|until| until.value.0);
            (own.subject.value.to_string(), own.role.value.to_string(), own.from.value.0, until)
        });
        Some((poc.name.0.clone(), designations.collect::<BTreeSet<_>>()))
    };
    let (before, after) = (of(versions.was.project(), was), of(versions.now.project(), now));
    let mut says = Vec::new();
    if let Some((_, after)) = &after {
        let had = before.as_ref().map(|(_, own)| own.clone()).unwrap_or_default();
        for (subject, role, from, until) in after.difference(&had) {
            let until = until.map(|until| format!(" until {}", short(versions.now, until))).unwrap_or_default();
            says.push(format!("{role} for {subject} from {}{until}", short(versions.now, *from)));
        }
        let lost = had
            .difference(after)
            .filter(|old| !after.iter().any(|new| (&new.0, &new.1, new.2) == (&old.0, &old.1, old.2)));
        says.extend(lost.map(|(subject, role, _, _)| format!("no longer {role} for {subject}")));
    }
    let title = after.or(before).map(|(name, _)| name).unwrap_or_default();
    RecordLine { title, ..line(Kind::Poc, path, was, now, says) }
}

fn answer(versions: &Versions, path: &str, was: Option<FileId>, now: Option<FileId>) -> RecordLine {
    let of = |project: &'_ Project, file: Option<FileId>| {
        project.answers.values().find(|answer| Some(answer.file) == file).map(|answer| answer.record.clone())
    };
    let (before, after) = (of(versions.was.project(), was), of(versions.now.project(), now));
    let mut says = Vec::new();
    match (&before, &after) {
        (Some(before), Some(after)) => {
            let differ = before.values().into_iter().zip(after.values()).filter(|(was, is)| was.1 != is.1);
            let edited: Vec<&str> = differ.map(|((field, _), _)| field).collect();
            if !edited.is_empty() {
                says.push(format!("edited: {}", edited.join(", ")));
            }
        }
        (None, Some(after)) => {
            let ids = |ids: &mut dyn Iterator<Item = String>| ids.collect::<Vec<_>>().join(", ");
            says.push(format!("for {}", ids(&mut after.subjects.iter().map(|own| own.value.to_string()))));
            if !after.from.is_empty() {
                says.push(format!("from {}", ids(&mut after.from.iter().map(|own| own.value.to_string()))));
            }
        }
        (_, None) => {}
    }
    let title = after.or(before).map(|answer| answer.title.0.clone()).unwrap_or_default();
    RecordLine { title, ..line(Kind::Answer, path, was, now, says) }
}

fn meeting(versions: &Versions, path: &str, was: Option<FileId>, now: Option<FileId>) -> RecordLine {
    let of = |project: &'_ Project, file: Option<FileId>| {
        project.meetings.values().find(|meeting| Some(meeting.file) == file).map(|meeting| meeting.record.clone())
    };
    let (before, after) = (of(versions.was.project(), was), of(versions.now.project(), now));
    let mut says = Vec::new();
    if let Some(after) = &after {
        let news = |is: fn(&Meeting) -> bool| is(after) && !before.as_ref().is_some_and(|before| is(before));
        if news(Meeting::was_held) {
            says.push("minutes final".to_owned());
        }
        if news(|meeting| meeting.canceled.is_some()) {
            says.push("canceled".to_owned());
        }
        let moved = |meeting: &Meeting| meeting.moved_to.map(|to| to.value);
        if let Some(to) = moved(after).filter(|to| before.as_ref().and_then(|before| moved(before)) != Some(*to)) {
            says.push(format!("moved to {to}"));
        }
        let had: Vec<_> = before.iter().flat_map(|meeting| &meeting.actions).collect();
        let new = after.actions.iter().filter(|own| !had.iter().any(|other| other.id.value == own.id.value)).count();
        let done = after.actions.iter().filter(|own| {
            let open = had.iter().any(|other| other.id.value == own.id.value && other.done.is_none());
            open && own.done.is_some()
        });
        let done = done.count();
        if new > 0 {
            says.push(counted(new, "new action item"));
        }
        if done > 0 {
            says.push(format!("{} done", counted(done, "action item")));
        }
    }
    line(Kind::Meeting, path, was, now, says)
}

fn report(versions: &Versions, path: &str, was: Option<FileId>, now: Option<FileId>) -> RecordLine {
    let report = versions.now.project().reports.values().find(|report| Some(report.file) == now);
    let says = match report {
        Some(report) => vec![counted(report.rows.len(), "row")],
        None => vec!["malformed".to_owned()],
    };
    let line = line(Kind::Report, path, was, now, says);
    RecordLine { id: format!("nitc-{}", line.id), ..line }
}

/// What is another on the board.
fn board(was: &Board, now: &Board) -> Vec<String> {
    let ids = |board: &Board| board.members.iter().map(|member| member.id.value.to_string()).collect::<BTreeSet<_>>();
    let (before, after) = (ids(was), ids(now));
    let mut says: Vec<String> = after.difference(&before).map(|id| format!("{id} joins")).collect();
    says.extend(before.difference(&after).map(|id| format!("{id} leaves")));
    for term in &now.terms {
        let old = was.terms.iter().find(|old| old.from.value == term.from.value);
        let quorum = old.map(|old| old.quorum.0);
        match quorum {
            Some(quorum) if quorum != term.quorum.0 => {
                says.push(format!("approvals needed {quorum} → {} from {}", term.quorum.0, term.from.value.0));
            }
            None => says.push(format!("new terms from {}: approvals needed {}", term.from.value.0, term.quorum.0)),
            Some(_) => {}
        }
    }
    let keys = |board: &Board| {
        let own = |member: &crate::model::Member| member.keys.iter().map(ToString::to_string).collect::<Vec<_>>();
        board.members.iter().map(|member| (member.id.value.to_string(), own(member))).collect::<Vec<_>>()
    };
    let (old, new) = (keys(was), keys(now));
    let changed: BTreeSet<&String> = new
        .iter()
        .filter(|(id, own)| {
            old.iter().any(|(other, _)| other == id) && !old.iter().any(|(other, theirs)| other == id && theirs == own)
        })
        .map(|(id, _)| id)
        .collect();
    says.extend(changed.into_iter().map(|id| format!("keys of {id} changed")));
    says
}
