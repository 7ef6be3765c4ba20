//! Whether each file stands where its contents say, and each id once.

use std::collections::BTreeMap;

use super::decode::stem;
use super::files::{FileKind, kind_of};
use super::project::Project;
use crate::model::{FileId, Place, Span};

/// A record's id as it stands in its file.
struct Stated {
    file: FileId,
    span: Span,
    id: String,
    /// Paths, from the root, at which the file may stand; with `*` for any member's second vote.
    belongs: Belongs,
}

enum Belongs {
    At(String),
    /// A vote: its folder, and its name's beginning.
    Vote {
        folder: String,
        name: String,
    },
}

/// Adds `misplaced-file` and `duplicate-id`.
pub fn check(project: &mut Project) {
    let duplicates = shared_ids(project);
    for stated in all(project) {
        // Two records with one id are one fault, not three.
        if !duplicates.contains(&stated.file) {
            misplaced(project, &stated);
        }
    }
    repeated_in_lists(project);
    repeated_numbers(project);
    repeated_actions(project);
}

fn all(project: &Project) -> Vec<Stated> {
    let pocs = project.pocs.values().map(|poc| Stated {
        file: poc.file,
        span: poc.id.span,
        id: poc.id.to_string(),
        belongs: Belongs::At(format!("data/pocs/{}.yaml", poc.id.value)),
    });
    let tickets = project.tickets.values().map(|ticket| Stated {
        file: ticket.file,
        span: ticket.id.span,
        id: ticket.id.to_string(),
        belongs: Belongs::At(format!("data/tickets/{}/{}.yaml", ticket.received.0.format("%Y"), ticket.id.value)),
    });
    let changes = project.changes.values().map(|cr| Stated {
        file: cr.file,
        span: cr.id.span,
        id: cr.id.to_string(),
        belongs: Belongs::At(format!("data/crs/{}.yaml", cr.id.value)),
    });
    let votes = project.votes.values().flatten().map(|vote| Stated {
        file: vote.file,
        span: vote.cr.span,
        id: vote.cr.to_string(),
        belongs: Belongs::Vote {
            folder: format!("data/decisions/{}", vote.cr.value),
            name: format!("{}-{}", vote.at.date(), vote.by.value),
        },
    });
    let meetings = project.meetings.values().map(|meeting| Stated {
        file: meeting.file,
        span: meeting.date.span,
        id: meeting.name(),
        belongs: Belongs::At(format!("data/meetings/{}.yaml", meeting.name())),
    });
    pocs.chain(tickets).chain(changes).chain(votes).chain(meetings).collect()
}

fn misplaced(project: &mut Project, stated: &Stated) {
    let path = project.file(stated.file).path.clone();
    let (fits, wanted) = match &stated.belongs {
        Belongs::At(wanted) => (path == *wanted, wanted.clone()),
        Belongs::Vote { folder, name } => {
            let inside = path.rsplit_once('/').is_some_and(|(at, _)| at == folder);
            let rest = stem(&path).strip_prefix(name.as_str());
            let second = |rest: &str| rest.strip_prefix('-').and_then(|n| n.parse::<u32>().ok()).is_some_and(|n| n > 1);
            let named = rest.is_some_and(|rest| rest.is_empty() || second(rest));
            (inside && named, format!("{folder}/{name}.yaml"))
        }
    };
    if !fits {
        let help = format!("rename the file to `{wanted}`, or correct what it says inside");
        let message = format!("the file's place does not fit {}, which it holds", stated.id);
        project.fault("misplaced-file", (stated.file, stated.span), &stated.id, message, help);
    }
}

/// Reports records of one kind that share an id, at the second by path; gives the files of them all.
fn shared_ids(project: &mut Project) -> Vec<FileId> {
    // Of records that share an id only the first was kept, so the texts of the files say where the others are.
    let mut first: BTreeMap<(FileKind, String), (FileId, Span)> = BTreeMap::new();
    let mut again = Vec::new();
    for entry in std::mem::take(&mut project.known.stated) {
        let key = (entry.kind, entry.id.clone());
        match first.get(&key) {
            None => drop(first.insert(key, (entry.file, entry.span))),
            Some(before) => again.push((entry, *before)),
        }
    }
    let mut files = Vec::new();
    for (entry, before) in again {
        let help = "give one of the two records an id of its own";
        let message = format!("{} is the id of another record too", entry.id);
        let label = (Place::In(before.0, before.1), "first used here".to_owned());
        project.fault("duplicate-id", (entry.file, entry.span), &entry.id, message, help).labels.push(label);
        files.extend([before.0, entry.file]);
    }
    files
}

/// Subjects that share an id, and people who are listed twice for one time.
fn repeated_in_lists(project: &mut Project) {
    type Period = (Option<chrono::NaiveDate>, Option<chrono::NaiveDate>);
    let mut listed: Vec<(FileId, Span, String, Period)> = Vec::new();
    for subject in &project.subjects {
        listed.push((subject.file, subject.id.span, subject.id.to_string(), (None, None)));
    }
    for staff in &project.staff {
        let period = (staff.from.map(|from| from.value.0), staff.until.map(|until| until.value.0));
        listed.push((staff.file, staff.id.span, staff.id.to_string(), period));
    }
    if let Some(file) = project.board_file {
        for member in &project.board.members {
            let period = (member.from.map(|from| from.value.0), member.until.map(|until| until.value.0));
            listed.push((file, member.id.span, member.id.to_string(), period));
        }
    }
    let overlap = |a: &Period, b: &Period| {
        let before = |end: Option<chrono::NaiveDate>, start: Option<chrono::NaiveDate>| match (end, start) {
            (Some(end), Some(start)) => end < start,
            _ => false,
        };
        !before(a.1, b.0) && !before(b.1, a.0)
    };
    for (index, (file, span, id, period)) in listed.iter().enumerate() {
        let twin = listed[..index].iter().find(|other| other.0 == *file && other.2 == *id && overlap(&other.3, period));
        if let Some(twin) = twin {
            let message = format!("`{id}` is listed twice for the same time");
            let help = "delete one of the two, or give them periods (`from`, `until`) that do not overlap";
            let label = (Place::In(twin.0, twin.1), "first listed here".to_owned());
            let record = stem(&project.file(*file).path).to_owned();
            project.fault("duplicate-id", (*file, *span), record, message, help).labels.push(label);
        }
    }
}

/// Two tickets with one NITC number.
fn repeated_numbers(project: &mut Project) {
    let mut uses: Vec<(FileId, Span, String, String)> = Vec::new();
    for ticket in project.tickets.values() {
        for number in ticket.log.iter().filter_map(|entry| entry.nitc_ref.as_ref()) {
            uses.push((ticket.file, number.span, number.value.0.clone(), ticket.id.to_string()));
        }
    }
    uses.sort_by_key(|(file, span, _, _)| (*file, *span));
    let mut first: BTreeMap<&str, &(FileId, Span, String, String)> = BTreeMap::new();
    let mut again = Vec::new();
    for entry in &uses {
        match first.get(entry.2.as_str()) {
            None => drop(first.insert(&entry.2, entry)),
            Some(before) if before.0 != entry.0 => again.push((entry.clone(), (**before).clone())),
            Some(_) => {}
        }
    }
    for ((file, span, number, id), before) in again {
        let message = format!("NITC's number {number} is that of {} too", before.3);
        let help = "ask NITC which ticket the number belongs to, and correct the other";
        let label = (Place::In(before.0, before.1), "first used here".to_owned());
        project.fault("duplicate-id", (file, span), id, message, help).labels.push(label);
    }
}

/// Two action items with one id, in any meetings.
fn repeated_actions(project: &mut Project) {
    let mut uses: Vec<(FileId, Span, String, String)> = Vec::new();
    for meeting in project.meetings.values() {
        for action in &meeting.actions {
            uses.push((meeting.file, action.id.span, action.id.to_string(), meeting.name()));
        }
    }
    uses.sort_by_key(|(file, span, _, _)| (*file, *span));
    for (index, (file, span, id, record)) in uses.iter().enumerate() {
        if let Some(before) = uses[..index].iter().find(|before| before.2 == *id) {
            let message = format!("{id} is the id of another action item too");
            let help = "an action stays in the meeting that made it; give a new one the next free number";
            let label = (Place::In(before.0, before.1), "first used here".to_owned());
            project.fault("duplicate-id", (*file, *span), record, message, help).labels.push(label);
        }
    }
}

/// An id as a file states it, for finding those that come twice.
#[derive(Debug)]
pub struct StatedId {
    pub kind: FileKind,
    pub file: FileId,
    pub span: Span,
    pub id: String,
}

impl StatedId {
    /// The id of a record in a file at `path`.
    pub fn new(path: &str, file: FileId, span: Span, id: String) -> Option<StatedId> {
        kind_of(path).map(|kind| StatedId { kind, file, span, id })
    }
}
