//! Checks that each file has the path of its contents, and that each id is used once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::files::stem;
use super::id_index::StatedId;
use super::project::Project;
use crate::model::{
    Change, CrId, Day, FileId, Place, Poc, RuleId, Span, Spanned, Ticket, Until, Vote, day_in_words, overlap,
};

/// A record's id in its file.
struct Stated {
    file: FileId,
    span: Span,
    id: String,
    /// What it is, in words.
    what: String,
    belongs: Belongs,
}

enum Belongs {
    /// One path from the root, and the fields that decide it.
    At(String, &'static str),
    /// A vote: its folder, and the start of its name.
    Vote { folder: String, name: String },
}

impl Belongs {
    /// The fields that may be wrong instead of the path.
    fn inside(&self) -> &'static str {
        match self {
            Belongs::At(_, fields) => fields,
            Belongs::Vote { .. } => "`cr`, `by` or `at`",
        }
    }
}

/// Adds `misplaced-file` and `duplicate-id`.
pub fn check(project: &mut Project) {
    let duplicates = shared_ids(project);
    for stated in all(project) {
        // Two records with one id are one error, not three.
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
        what: format!("the POC `{}`", poc.id.value),
        belongs: Belongs::At(Poc::path(&poc.id.value), "`id`"),
    });
    // Only misplaced tickets need text; there can be very many tickets.
    let tickets = project.tickets.values().filter_map(|ticket| {
        let (id, year) = (ticket.id.value, ticket.received.date().year());
        let place = Ticket::path(id, year);
        (project.file(ticket.file).path != place).then(|| Stated {
            file: ticket.file,
            span: ticket.id.span,
            id: id.to_string(),
            what: format!("{id} of {year:04}"),
            belongs: Belongs::At(place, "`id` or `received`"),
        })
    });
    let changes = project.changes.values().map(|cr| Stated {
        file: cr.file,
        span: cr.id.span,
        id: cr.id.to_string(),
        what: cr.id.to_string(),
        belongs: Belongs::At(Change::path(&cr.id.value), "`id`"),
    });
    let votes = project.votes.values().flatten().map(|vote| Stated {
        file: vote.file,
        span: vote.cr.span,
        id: vote.cr.to_string(),
        what: format!("the vote by `{}` of {} on {}", vote.by.value, day_in_words(vote.at.date()), vote.cr.value),
        belongs: Belongs::Vote {
            folder: Vote::folder(&vote.cr.value),
            name: Vote::name(vote.at.date(), &vote.by.value),
        },
    });
    let meetings = project.meetings.values().map(|meeting| Stated {
        file: meeting.file,
        span: meeting.date.span,
        id: meeting.name(),
        what: format!("the {} meeting of {}", meeting.kind, day_in_words(meeting.date.0)),
        belongs: Belongs::At(meeting.path(), "`date` or `kind`"),
    });
    pocs.chain(tickets).chain(changes).chain(votes).chain(meetings).collect()
}

fn misplaced(project: &mut Project, stated: &Stated) {
    let path = project.file(stated.file).path.clone();
    let (fits, wanted) = match &stated.belongs {
        Belongs::At(wanted, _) => (path == *wanted, wanted.clone()),
        Belongs::Vote { folder, name } => {
            let inside = path.rsplit_once('/').is_some_and(|(at, _)| at == folder);
            let rest = stem(&path).strip_prefix(name.as_str());
            let number = |text: &str| text.parse::<u32>().ok().filter(|number| number.to_string() == text);
            let second = |rest: &str| rest.strip_prefix('-').and_then(number).is_some_and(|number| number > 1);
            let named = rest.is_some_and(|rest| rest.is_empty() || second(rest));
            (inside && named, format!("{folder}/{name}.yaml"))
        }
    };
    if !fits {
        let help = format!("rename the file to `{wanted}`, or correct {} in it", stated.belongs.inside());
        let message = format!("the path of this file does not match {}", stated.what);
        project.fault(RuleId::MisplacedFile, (stated.file, stated.span), &stated.id, message, help);
        if let Belongs::Vote { .. } = stated.belongs {
            project.known.miss_vote(&path, CrId::parse(&stated.id));
        }
    }
}

/// Reports records of one kind that share an id, at the second by path. Returns the files of them all.
fn shared_ids(project: &mut Project) -> Vec<FileId> {
    // Only the first record of a shared id was kept, so the ids come from the files' texts. Sorting puts equal ids side by
    // side, the first by path first.
    let mut stated = std::mem::take(&mut project.known.stated);
    stated.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    let mut again: Vec<(&StatedId, &[StatedId])> = Vec::new();
    for group in stated.chunk_by(|a, b| a.kind == b.kind && a.id == b.id).filter(|group| group.len() > 1) {
        let keeps = keeps_the_id(project, group);
        again.extend(group.iter().filter(|entry| entry.file != group[keeps].file).map(|entry| (entry, group)));
    }
    again.sort_by_key(|(entry, _)| entry.file);
    let mut files = Vec::new();
    for (entry, group) in again {
        let before = &group[keeps_the_id(project, group)];
        let help = which_is_the_copy(project, entry, before);
        let message = format!("another file has the id {} too", entry.id);
        let label = (Place::In(before.file, before.span), "also used here".to_owned());
        project.fault(RuleId::DuplicateId, (entry.file, entry.span), &entry.id, message, help).labels.push(label);
        files.extend([before.file, entry.file]);
    }
    files
}

/// Which of some files with one id keeps it: the first by path, unless only the name of another one fits the id.
/// `HEAT-1 - Copy.yaml` comes before `HEAT-1.yaml`, but is the copy.
fn keeps_the_id(project: &Project, group: &[StatedId]) -> usize {
    let mut named = group.iter().enumerate().filter(|(_, entry)| is_named_for_its_id(project, entry));
    match (named.next(), named.next()) {
        (Some((own, _)), None) => own,
        _ => 0,
    }
}

fn is_named_for_its_id(project: &Project, entry: &StatedId) -> bool {
    stem(&project.file(entry.file).path) == entry.id
}

/// The help for a file whose id another file keeps.
fn which_is_the_copy(project: &Project, entry: &StatedId, before: &StatedId) -> String {
    let other = &project.file(before.file).path;
    if is_named_for_its_id(project, before) && !is_named_for_its_id(project, entry) {
        format!("delete this copy, or give it the next free id and a matching file name (`{other}` matches the id)")
    } else {
        format!("give the newer file the next free id, or delete it (the other is `{other}`)")
    }
}

/// Reports subjects that share an id, and people listed twice for the same time.
fn repeated_in_lists(project: &mut Project) {
    type Period = (Option<Spanned<Day>>, Option<Spanned<Until>>);
    let mut listed: Vec<(FileId, Span, String, Period)> = Vec::new();
    for subject in &project.subjects {
        listed.push((subject.file, subject.id.span, subject.id.to_string(), (None, None)));
    }
    for staff in &project.staff {
        listed.push((staff.file, staff.id.span, staff.id.to_string(), (staff.from, staff.until)));
    }
    if let Some(file) = project.board_file {
        for member in &project.board.members {
            listed.push((file, member.id.span, member.id.to_string(), (member.from, member.until)));
        }
    }
    for (index, (file, span, id, period)) in listed.iter().enumerate() {
        let twin = listed[..index].iter().find(|other| other.0 == *file && other.2 == *id && overlap(other.3, *period));
        if let Some(twin) = twin {
            let message = format!("`{id}` is listed twice for the same time");
            let help = "delete one of the two, or give them periods (`from`, `until`) that do not overlap";
            let label = (Place::In(twin.0, twin.1), "first listed here".to_owned());
            let record = stem(&project.file(*file).path).to_owned();
            project.fault(RuleId::DuplicateId, (*file, *span), record, message, help).labels.push(label);
        }
    }
}

/// Reports two tickets with one NITC number.
fn repeated_numbers(project: &mut Project) {
    let mut uses: Vec<(FileId, Span, String, String)> = Vec::new();
    for ticket in project.tickets.values() {
        let mut own = BTreeSet::new();
        let numbers = ticket.log.iter().filter_map(|entry| entry.nitc_ref.as_ref());
        for number in numbers.filter(|number| own.insert(number.as_str())) {
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
        let message = format!("{} has NITC's number {number} too", before.3);
        let help = "ask NITC which ticket the number belongs to, and correct the other";
        let label = (Place::In(before.0, before.1), "first used here".to_owned());
        project.fault(RuleId::DuplicateId, (file, span), id, message, help).labels.push(label);
    }
}

/// Reports two action items with one id, in any meetings.
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
            let message = format!("another action item has the id {id} too");
            let help = "give the new action item the next free number; an item stays in its first meeting";
            let label = (Place::In(before.0, before.1), "first used here".to_owned());
            project.fault(RuleId::DuplicateId, (*file, *span), record, message, help).labels.push(label);
        }
    }
}
