//! Two versions of a record compared field by field, by their values: how they are written never matters.
//!
//! The fields and their values come from the records' declarations, so that a new field cannot be forgotten here.

use crate::model::{Action, Board, Change, Entry, EventKind, Meeting, Member, Span, Term, Ticket, Vote};
use crate::record::Values;

/// A field whose value changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub field: String,
    /// The old value; `None` if the field was added.
    pub was: Option<String>,
    /// The new value; `None` if the field was removed.
    pub is: Option<String>,
}

impl Difference {
    /// "`at` was 2026-11-02 13:05 and is 2026-11-02 14:05"; a long text only "has a different text".
    pub fn words(&self) -> String {
        let field = &self.field;
        match (self.was.as_deref().map(short), self.is.as_deref().map(short)) {
            (Some(Some(was)), Some(Some(is))) => format!("`{field}` was {was} and is {is}"),
            (Some(Some(was)), None) => format!("`{field}` was {was} and was removed"),
            (None, Some(Some(is))) => format!("`{field}` was added: {is}"),
            (None, _) => format!("`{field}` was added"),
            (_, None) => format!("`{field}` was removed"),
            _ => format!("`{field}` has a different text"),
        }
    }
}

/// A value that fits on a line, in quotes unless it is a date or a single word.
fn short(value: &str) -> Option<String> {
    let value = value.trim();
    let fits = value.chars().count() <= 48 && !value.contains(['\n', '\r']);
    let is_time = value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b' '));
    let plain = !value.is_empty() && (is_time || !value.contains([' ', '"', '.']));
    fits.then(|| if plain { value.to_owned() } else { format!("\"{value}\"") })
}

/// Lists whose order does not matter.
const UNORDERED: [&str; 4] = ["via", "attendees", "guests", "keys"];

/// A record's fields and their values, each as one text.
pub type Fields = Vec<(&'static str, Option<String>)>;

/// The values except those of `others`, which are compared by themselves.
fn fields(values: Values, others: &[&str]) -> Fields {
    let own = values.into_iter().filter(|(field, _)| !others.contains(field));
    let one = |(field, texts): (&'static str, Option<Vec<String>>)| {
        let texts = texts.map(|mut texts| {
            if UNORDERED.contains(&field) {
                texts.sort();
            }
            // The items of an agenda are texts of many lines.
            texts.join(if field == "agenda" { "\n" } else { ", " })
        });
        (field, texts)
    };
    own.map(one).collect()
}

/// The differences of a log entry. An `exception` may be added; an existing one must stay.
pub fn entry_differences<E: EventKind>(was: &Entry<E>, is: &Entry<E>) -> Vec<Difference> {
    let ((was, before), (is, after)) = (entry_values(was), entry_values(is));
    let mut differences = between(&was, &is);
    if before.is_some() && before != after {
        differences.push(difference("exception", &before, &after));
    }
    differences
}

/// The fields of an entry, and its exception.
pub fn entry_values<E: EventKind>(entry: &Entry<E>) -> (Fields, Option<String>) {
    (fields(entry.values(), &["exception"]), entry.exception.as_ref().map(ToString::to_string))
}

/// The differences of a vote.
pub fn vote_differences(was: &Vote, is: &Vote) -> Vec<Difference> {
    between(&fields(was.values(), &[]), &fields(is.values(), &[]))
}

/// The differences of the file of a meeting that was held. An open action may be done since.
pub fn minutes_differences(was: &Meeting, is: &Meeting) -> Vec<Difference> {
    let mut differences = between(&meeting_fields(was), &meeting_fields(is));
    let of = |id: &Action, all: &Meeting| all.actions.iter().find(|other| other.id.value == id.id.value).cloned();
    for action in &was.actions {
        let name = action.id.to_string();
        match of(action, is) {
            None => differences.push(difference(&name, &Some(action.what.0.clone()), &None)),
            Some(now) => differences.extend(action_differences(action, &now)),
        }
    }
    let added = is.actions.iter().filter(|action| of(action, was).is_none());
    differences.extend(added.map(|action| difference(action.id.as_str(), &None, &Some(action.what.0.clone()))));
    differences
}

/// The fields of a meeting; no `held` is the same as `held: false`.
fn meeting_fields(meeting: &Meeting) -> Fields {
    let mut fields = fields(meeting.values(), &["actions"]);
    for (_, held) in fields.iter_mut().filter(|(field, _)| *field == "held") {
        held.get_or_insert("false".to_owned());
    }
    fields
}

fn action_differences(was: &Action, is: &Action) -> Vec<Difference> {
    let altered = between(&fields(was.values(), &["id"]), &fields(is.values(), &["id"]));
    let own = altered.into_iter().filter(|own| !(own.field == "done" && own.was.is_none()));
    own.map(|own| Difference { field: format!("{} of {}", own.field, was.id.value), ..own }).collect()
}

/// The differences of a ticket's identity, with the present place of each field.
pub fn identity_differences(was: &Ticket, is: &Ticket) -> Vec<(Difference, Span)> {
    let fields = |ticket: &Ticket| {
        [
            ("id", ticket.id.to_string(), ticket.id.span),
            ("received", ticket.received.value.to_string(), ticket.received.span),
            ("poc", ticket.poc.to_string(), ticket.poc.span),
            ("subject", ticket.subject.to_string(), ticket.subject.span),
        ]
    };
    let pairs = fields(was).into_iter().zip(fields(is)).filter(|(was, is)| was.1 != is.1);
    pairs.map(|(was, is)| (difference(was.0, &Some(was.1), &Some(is.1)), is.2)).collect()
}

/// The differences of a ticket, except its log.
pub fn ticket_differences(was: &Ticket, is: &Ticket) -> Vec<Difference> {
    let mut differences: Vec<Difference> = identity_differences(was, is).into_iter().map(|(own, _)| own).collect();
    let others = ["id", "received", "poc", "subject", "log"];
    differences.extend(between(&fields(was.values(), &others), &fields(is.values(), &others)));
    differences
}

/// The differences of a request: the text that the board decides on, without the log.
pub fn request_differences(was: &Change, is: &Change) -> Vec<Difference> {
    between(&fields(was.values(), &["log"]), &fields(is.values(), &["log"]))
}

/// Whether two boards are the same: members, terms and keys, in whatever order they are listed.
pub fn is_same_board(one: &Board, other: &Board) -> bool {
    let sorted = |records: Vec<Values>| {
        let mut all: Vec<Fields> = records.into_iter().map(|values| fields(values, &[])).collect();
        all.sort();
        all
    };
    let terms = |board: &Board| sorted(board.terms.iter().map(Term::values).collect());
    let members = |board: &Board| sorted(board.members.iter().map(Member::values).collect());
    terms(one) == terms(other) && members(one) == members(other)
}

fn between(was: &Fields, is: &Fields) -> Vec<Difference> {
    let pairs = was.iter().zip(is).filter(|((_, was), (_, is))| was != is);
    pairs.map(|((field, was), (_, is))| difference(field, was, is)).collect()
}

fn difference(field: &str, was: &Option<String>, is: &Option<String>) -> Difference {
    Difference { field: field.to_owned(), was: was.clone(), is: is.clone() }
}
