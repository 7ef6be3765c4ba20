//! Checks that each file has the path of its contents, and that each id is used once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::files::stem;
use super::id_index::StatedId;
use super::project::Project;
use crate::model::{
    Answer, Change, CrId, Day, FileId, Help, Place, Poc, RuleId, Span, Spanned, Ticket, Until, Vote, day_in_words,
    overlap, strikes,
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
    let stated = |file, span, id: String, what: String, belongs| Stated { file, span, id, what, belongs };
    let pocs = project.pocs.values().map(|poc| {
        let belongs = Belongs::At(Poc::path(&poc.id.value), "`id`");
        stated(poc.file, poc.id.span, poc.id.to_string(), format!("the POC `{}`", poc.id.value), belongs)
    });
    // Only misplaced tickets need text; there can be very many tickets.
    let tickets = project.tickets.values().filter_map(|ticket| {
        let (id, year) = (ticket.id.value, ticket.received.date().year());
        let place = Ticket::path(id, year);
        let belongs = |place| Belongs::At(place, "`id` or `received`");
        (project.file(ticket.file).path != place)
            .then(|| stated(ticket.file, ticket.id.span, id.to_string(), format!("{id} of {year:04}"), belongs(place)))
    });
    let answers = project.answers.values().map(|answer| {
        let id = &answer.id.value;
        let belongs = Belongs::At(Answer::path(id), "`id`");
        stated(answer.file, answer.id.span, id.to_string(), format!("the answer `{id}`"), belongs)
    });
    let changes = project.changes.values().map(|cr| {
        let belongs = Belongs::At(Change::path(&cr.id.value), "`id`");
        stated(cr.file, cr.id.span, cr.id.to_string(), cr.id.to_string(), belongs)
    });
    let votes = project.votes.values().flatten().map(|vote| {
        let (cr, by, date) = (&vote.cr.value, &vote.by.value, vote.at.date());
        let what = format!("the vote by `{by}` of {} on {cr}", day_in_words(date));
        let belongs = Belongs::Vote { folder: Vote::folder(cr), name: Vote::name(date, by) };
        stated(vote.file, vote.cr.span, cr.to_string(), what, belongs)
    });
    let meetings = project.meetings.values().map(|meeting| {
        let what = format!("the {} meeting of {}", meeting.kind, day_in_words(meeting.date.0));
        let belongs = Belongs::At(meeting.path(), "`date` or `kind`");
        stated(meeting.file, meeting.date.span, meeting.name(), what, belongs)
    });
    pocs.chain(tickets).chain(answers).chain(changes).chain(votes).chain(meetings).collect()
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
        project.fault(RuleId::MisplacedFile, (stated.file, stated.span), &stated.id, message, Help::from(help));
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
        project
            .fault(RuleId::DuplicateId, (entry.file, entry.span), &entry.id, message, Help::from(help))
            .labels
            .push(label);
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
            project.fault(RuleId::DuplicateId, (*file, *span), record, message, Help::from(help)).labels.push(label);
        }
    }
}

/// A number or id where it is used: the file, the place, the text and the record.
type Use = (FileId, Span, String, String);

/// The uses of what was used before, by their places, each with the first use.
fn used_again(mut uses: Vec<Use>) -> Vec<(Use, Use)> {
    uses.sort_by_key(|(file, span, ..)| (*file, *span));
    let mut first: BTreeMap<String, Use> = BTreeMap::new();
    let before = |own: Use| match first.get(&own.2) {
        Some(before) => Some((own, before.clone())),
        None => {
            first.insert(own.2.clone(), own);
            None
        }
    };
    uses.into_iter().filter_map(before).collect()
}

/// Reports two tickets with one NITC number.
fn repeated_numbers(project: &mut Project) {
    let mut uses = Vec::new();
    for ticket in project.tickets.values() {
        let mut own = BTreeSet::new();
        // A number that was entered under the wrong ticket is struck there.
        let struck: BTreeSet<usize> = strikes(&ticket.log).into_values().flatten().collect();
        let counting = ticket.log.iter().enumerate().filter(|(at, _)| !struck.contains(at));
        let numbers = counting.filter_map(|(_, entry)| entry.nitc_ref.as_ref());
        for number in numbers.filter(|number| own.insert(number.as_str())) {
            uses.push((ticket.file, number.span, number.value.0.clone(), ticket.id.to_string()));
        }
    }
    for ((file, span, number, id), before) in used_again(uses) {
        let message = format!("{} has NITC's number {number} too", before.3);
        let help = "ask NITC which ticket the number belongs to, and correct the other";
        let label = (Place::In(before.0, before.1), "first used here".to_owned());
        project.fault(RuleId::DuplicateId, (file, span), id, message, Help::from(help)).labels.push(label);
    }
}

/// Reports two action items with one id, in any meetings.
fn repeated_actions(project: &mut Project) {
    let mut uses = Vec::new();
    for meeting in project.meetings.values() {
        let own = meeting.actions.iter();
        uses.extend(own.map(|action| (meeting.file, action.id.span, action.id.to_string(), meeting.name())));
    }
    for ((file, span, id, record), before) in used_again(uses) {
        let message = format!("another action item has the id {id} too");
        let help = "give the new action item the next free number; an item stays in its first meeting";
        let label = (Place::In(before.0, before.1), "first used here".to_owned());
        project.fault(RuleId::DuplicateId, (file, span), record, message, Help::from(help)).labels.push(label);
    }
}
