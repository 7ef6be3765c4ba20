//! From which as-of time on an edit of the records' files is seen: as of any earlier time the records are the same.

use crate::load::{FileKind, Loaded, LoadedChange, LoadedVote, Project, kind_of};
use crate::model::{ActionId, Answer, Entry, EventKind, FileId, Meeting, Minute, Ticket, parse_date};

use super::differences::{
    entry_values, minutes_differences, request_differences, ticket_differences, vote_differences,
};
use super::record_diff::{file_at, is_left_out};

/// An edit that is seen as of every time: of settings, lists and POCs, and of files that cannot be read.
pub const ALWAYS: Minute = Minute(chrono::NaiveDateTime::MIN);

/// The first as-of time at which the edits of these files have an effect; `None` if they never do, as in drafts.
///
/// `was` and `is` are the files' two versions.
pub fn seen_from<'f>(was: &Project, is: &Project, files: impl IntoIterator<Item = &'f str>) -> Option<Minute> {
    files.into_iter().filter_map(|path| file_seen_from(was, is, path)).min()
}

fn file_seen_from(was: &Project, is: &Project, path: &str) -> Option<Minute> {
    let sides = [was, is].map(|project| (project, file_at(project, path)));
    // A file that is skipped in both versions is not a record.
    if sides.iter().all(|(_, file)| file.is_none()) {
        return None;
    }
    if sides.iter().any(|(project, file)| file.is_some() && is_left_out(project, path)) {
        return Some(ALWAYS);
    }
    let both = sides.map(|(project, file)| file.map(|file| (project, file)));
    if is_seen_always(path) {
        return Some(ALWAYS);
    }
    match kind_of(path) {
        Some(FileKind::Ticket) => of_both(both, ticket, ticket_seen_from, two_tickets_seen_from),
        Some(FileKind::Answer) => of_both(both, answer, answer_seen_from, two_answers_seen_from),
        Some(FileKind::Change) => of_both(both, change, change_seen_from, two_changes_seen_from),
        Some(FileKind::Vote) => of_both(both, vote, vote_seen_from, two_votes_seen_from),
        Some(FileKind::Meeting) => of_both(both, meeting, |_| Some(ALWAYS), two_meetings_seen_from),
        _ => {
            let name = path.rsplit('/').next().and_then(|name| name.strip_suffix(".csv"));
            Some(name.and_then(parse_date).map_or(ALWAYS, Minute::start_of))
        }
    }
}

/// Whether any edit of a file is seen as of every time, by the file's path alone.
pub fn is_seen_always(path: &str) -> bool {
    use FileKind::{Board, Poc, Settings, Staff, Subjects};
    matches!(kind_of(path), Some(Settings | Subjects | Staff | Board | Poc))
}

/// When the record of a file is first seen, or what differs between two versions of it. A file whose record is not
/// found, another of its id being read, is seen always.
fn of_both<'p, T: 'p>(
    both: [Option<(&'p Project, FileId)>; 2],
    find: impl Fn(&'p Project, FileId) -> Option<&'p T>,
    one: impl Fn(&T) -> Option<Minute>,
    two: impl Fn(&T, &T) -> Option<Minute>,
) -> Option<Minute> {
    let found = both.map(|side| side.map(|(project, file)| find(project, file)));
    match found {
        [Some(None), _] | [_, Some(None)] => Some(ALWAYS),
        [Some(Some(was)), Some(Some(is))] => two(was, is),
        [Some(Some(only)), None] | [None, Some(Some(only))] => one(only),
        [None, None] => None,
    }
}

fn ticket(project: &Project, file: FileId) -> Option<&Loaded<Ticket>> {
    project.tickets.values().find(|ticket| ticket.file == file)
}

fn answer(project: &Project, file: FileId) -> Option<&Loaded<Answer>> {
    project.answers.values().find(|answer| answer.file == file)
}

fn change(project: &Project, file: FileId) -> Option<&LoadedChange> {
    project.changes.values().find(|change| change.file == file)
}

fn vote(project: &Project, file: FileId) -> Option<&LoadedVote> {
    project.votes.values().flatten().find(|vote| vote.file == file)
}

fn meeting(project: &Project, file: FileId) -> Option<&Loaded<Meeting>> {
    project.meetings.values().find(|meeting| meeting.file == file)
}

fn ticket_seen_from(ticket: &Loaded<Ticket>) -> Option<Minute> {
    Some(ticket.received.value)
}

fn two_tickets_seen_from(was: &Loaded<Ticket>, is: &Loaded<Ticket>) -> Option<Minute> {
    let first = was.received.value.min(is.received.value);
    match ticket_differences(was, is).is_empty() {
        true => logs_seen_from(Some(first), &was.log, &is.log),
        false => Some(first),
    }
}

/// An answer without a date was always there.
fn answer_seen_from(answer: &Loaded<Answer>) -> Option<Minute> {
    Some(answer.written.map_or(ALWAYS, |written| Minute::start_of(written.value.0)))
}

fn two_answers_seen_from(was: &Loaded<Answer>, is: &Loaded<Answer>) -> Option<Minute> {
    [was, is].into_iter().filter(|_| was.values() != is.values()).filter_map(answer_seen_from).min()
}

/// A draft has no effect.
fn change_seen_from(change: &LoadedChange) -> Option<Minute> {
    change.log.iter().map(|entry| entry.at.value).min()
}

fn two_changes_seen_from(was: &LoadedChange, is: &LoadedChange) -> Option<Minute> {
    let first = [was, is].into_iter().filter_map(change_seen_from).min();
    match request_differences(was, is).is_empty() && was.digest == is.digest {
        true => logs_seen_from(first, &was.log, &is.log),
        false => first,
    }
}

fn vote_seen_from(vote: &LoadedVote) -> Option<Minute> {
    Some(vote.at.value)
}

fn two_votes_seen_from(was: &LoadedVote, is: &LoadedVote) -> Option<Minute> {
    (!vote_differences(was, is).is_empty()).then_some(was.at.value.min(is.at.value))
}

/// The fields that a meeting's file is given once the meeting is over; an action is compared by its id.
const MINUTES: [&str; 3] = ["held", "reviewed", "minutes"];

fn two_meetings_seen_from(was: &Loaded<Meeting>, is: &Loaded<Meeting>) -> Option<Minute> {
    // What differs in an action is named `due of A-2026-031`.
    let is_of_action = |field: &str| field.rsplit(' ').next().and_then(ActionId::parse).is_some();
    let is_of_minutes = |field: &str| MINUTES.contains(&field) || is_of_action(field);
    match minutes_differences(was, is).iter().all(|difference| is_of_minutes(&difference.field)) {
        true => {
            let moved = is.moved_to.map(|moved| moved.value.date());
            Some(Minute::start_of(moved.map_or(is.date.value.0, |moved| moved.min(is.date.value.0))))
        }
        false => Some(ALWAYS),
    }
}

/// The first time at which two versions of a log differ. The time of an entry out of order does not show when it takes
/// effect.
fn logs_seen_from<E: EventKind>(first: Option<Minute>, was: &[Entry<E>], is: &[Entry<E>]) -> Option<Minute> {
    let same = was.iter().zip(is).take_while(|(was, is)| entry_values(*was) == entry_values(*is)).count();
    let rest = || was[same..].iter().chain(&is[same..]).map(|entry| entry.at.value);
    let in_order = |log: &[Entry<E>]| log.is_sorted_by_key(|entry| entry.at.value);
    if rest().next().is_some() && !(in_order(was) && in_order(is)) {
        return first;
    }
    rest().min()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::{ALWAYS, seen_from};
    use crate::git::BaseFile;
    use crate::load::versions;
    use crate::model::Minute;

    const TICKET: &str = "id: HEAT-1\ntitle: Export\nsubject: scorecard\nkind: issue\narea: functional\npoc: jrivera\n\
                          received: 2026-11-02 09:14\nvia: [phone]\ndescription: Q4 is missing.\nlog:\n  \
                          - {at: 2026-11-02 11:30, event: follow-up, by: tnguyen}\n";
    const CR: &str =
        "id: CR-2026-001\ntitle: Lookup\nsubject: scorecard\ntickets: [HEAT-1]\nprepared_by: kfoster\nlog:";
    const MEETING: &str = "kind: weekly\ndate: 2026-11-18\nchair: tnguyen\n";

    fn seen(path: &str, was: Option<&str>, is: Option<&str>) -> Option<String> {
        let side = |text: Option<&str>| {
            let file = text.map(|text| BaseFile::Bytes(text.as_bytes().to_vec()));
            let none = Path::new("/nonexistent");
            versions(none, &BTreeMap::from([(path.to_owned(), file)])).expect("records")
        };
        let from = seen_from(&side(was), &side(is), [path])?;
        Some(if from == ALWAYS { "always".to_owned() } else { from.to_string() })
    }

    fn with(text: &str, more: &str) -> String {
        format!("{text}{more}")
    }

    #[test]
    fn an_answer_is_seen_from_the_day_it_was_written() {
        let path = "data/answers/quarters.yaml";
        let undated = "id: quarters\ntitle: Quarters\ntext: Clear the filter.\nsubjects: [scorecard]\n";
        let dated = with(undated, "written: 2026-11-10\n");
        let edited = dated.replace("Clear", "Delete");
        assert_eq!(seen(path, None, Some(undated)).as_deref(), Some("always"));
        assert_eq!(seen(path, None, Some(&dated)).as_deref(), Some("2026-11-10 00:00"));
        assert_eq!(seen(path, Some(&dated), Some(&edited)).as_deref(), Some("2026-11-10 00:00"));
        assert_eq!(seen(path, Some(&dated), Some(undated)).as_deref(), Some("always"));
        assert_eq!(seen(path, Some(&dated), Some(&with(&dated, "\n"))), None);
    }

    #[test]
    fn an_entry_is_seen_from_its_own_time_on() {
        let path = "data/tickets/2026/HEAT-1.yaml";
        let later = with(TICKET, "  - {at: 2026-11-04 10:00, event: follow-up, by: tnguyen}\n");
        let much_later = with(&later, "  - {at: 2026-11-06 10:00, event: closed, by: tnguyen}\n");
        assert_eq!(seen(path, None, Some(TICKET)).as_deref(), Some("2026-11-02 09:14"));
        assert_eq!(seen(path, Some(TICKET), Some(&later)).as_deref(), Some("2026-11-04 10:00"));
        assert_eq!(seen(path, Some(TICKET), Some(&much_later)).as_deref(), Some("2026-11-04 10:00"));
        assert_eq!(seen(path, Some(&much_later), Some(&later)).as_deref(), Some("2026-11-06 10:00"));
        assert_eq!(
            seen(path, Some(TICKET), Some(&TICKET.replace("Export", "Import"))).as_deref(),
            Some("2026-11-02 09:14")
        );
        assert_eq!(seen(path, Some(TICKET), Some(&with(TICKET, "\n"))), None, "it says the same");
        assert_eq!(seen(path, Some(TICKET), Some("no: ticket\n")).as_deref(), Some("always"));
        // An entry that runs ahead takes effect when the next one is entered.
        let ahead = with(TICKET, "  - {at: 2027-11-04 10:00, event: follow-up, by: tnguyen}\n");
        let after = with(&ahead, "  - {at: 2026-11-05 10:00, event: follow-up, by: tnguyen}\n");
        assert_eq!(seen(path, Some(&ahead), Some(&after)).as_deref(), Some("2026-11-02 09:14"));
    }

    #[test]
    fn a_draft_is_seen_by_nobody() {
        let path = "data/crs/CR-2026-001.yaml";
        let entry = "\n  - {at: 2026-11-10 10:00, event: note, by: kfoster, note: Begun.}\n";
        assert_eq!(seen(path, None, Some(&with(CR, " []\n"))), None);
        assert_eq!(seen(path, Some(&with(CR, " []\n")), Some(&with(CR, entry))).as_deref(), Some("2026-11-10 10:00"));
    }

    #[test]
    fn minutes_are_seen_from_the_meetings_day_on_and_its_planning_always() {
        let path = "data/meetings/2026-11-18-weekly.yaml";
        let held = with(
            MEETING,
            "held: true\nminutes: We met.\nactions:\n  \
                         - {id: A-2026-001, what: Send it, owner: nitc, due: 2026-11-24}\n",
        );
        let done = held.replace("24}", "24, done: 2026-11-23}");
        assert_eq!(seen(path, Some(MEETING), Some(&held)).as_deref(), Some("2026-11-18 00:00"));
        assert_eq!(seen(path, Some(&held), Some(&done)).as_deref(), Some("2026-11-18 00:00"));
        assert_eq!(seen(path, Some(MEETING), Some(&with(MEETING, "canceled: Snow\n"))).as_deref(), Some("always"));
        assert_eq!(seen(path, None, Some(MEETING)).as_deref(), Some("always"));
    }

    #[test]
    fn reports_have_their_day_and_lists_are_seen_always() {
        let report = seen("data/nitc/2026-11-16.csv", None, Some("nitc_number,heat_number,status\n"));
        assert_eq!(report.as_deref(), Some("2026-11-16 00:00"));
        assert_eq!(seen("data/staff.yaml", None, Some("[]\n")).as_deref(), Some("always"));
        assert_eq!(seen("data/README.md", None, Some("Words.\n")), None);
        assert!(Minute::parse("2000-01-01 00:00").is_some_and(|first| ALWAYS < first));
    }
}
