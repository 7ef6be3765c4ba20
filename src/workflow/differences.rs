//! Two versions of a record compared field by field, by their values: how they are written never matters.
//!
//! Every structure is taken apart with all its fields, so that a new field cannot be forgotten here.

use crate::model::{
    Action, Board, Change, Entry, EventKind, Exception, Markdown, Meeting, Member, Owner, Reviewed, Span, Spanned,
    Term, Text, Ticket, Vote,
};

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

/// A record's fields and their values as texts, without absent fields.
pub type Fields = Vec<(&'static str, Option<String>)>;

/// The differences of a log entry. An `exception` may be added; an existing one must stay.
pub fn entry_differences<E: EventKind>(was: &Entry<E>, is: &Entry<E>) -> Vec<Difference> {
    let mut differences = between(&entry_fields(was), &entry_fields(is));
    let (before, after) = (was.exception.as_ref().map(exception_text), is.exception.as_ref().map(exception_text));
    if before.is_some() && before != after {
        differences.push(Difference { field: "exception".to_owned(), was: before, is: after });
    }
    differences
}

/// The fields of an entry, and its exception.
pub fn entry_values<E: EventKind>(entry: &Entry<E>) -> (Fields, Option<String>) {
    (entry_fields(entry), entry.exception.as_ref().map(exception_text))
}

/// The differences of a vote.
pub fn vote_differences(was: &Vote, is: &Vote) -> Vec<Difference> {
    between(&vote_fields(was), &vote_fields(is))
}

/// The differences of the file of a meeting that was held. An open action may be done since.
pub fn minutes_differences(was: &Meeting, is: &Meeting) -> Vec<Difference> {
    let mut differences = between(&meeting_fields(was), &meeting_fields(is));
    let of = |id: &Action, all: &Meeting| all.actions.iter().find(|other| other.id.value == id.id.value).cloned();
    for action in &was.actions {
        let name = action.id.to_string();
        match of(action, is) {
            None => differences.push(Difference { field: name, was: Some(action.what.0.clone()), is: None }),
            Some(now) => differences.extend(action_differences(action, &now)),
        }
    }
    let added = is.actions.iter().filter(|action| of(action, was).is_none());
    differences.extend(added.map(|action| Difference {
        field: action.id.to_string(),
        was: None,
        is: Some(action.what.0.clone()),
    }));
    differences
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
    differences.extend(between(&inquiry_fields(was), &inquiry_fields(is)));
    differences
}

/// The differences of a request: the text that the board decides on, without the log.
pub fn request_differences(was: &Change, is: &Change) -> Vec<Difference> {
    between(&request_fields(was), &request_fields(is))
}

/// Whether two boards are the same: members, terms and keys, in whatever order they are listed.
pub fn is_same_board(one: &Board, other: &Board) -> bool {
    let Board { terms, members } = one;
    sorted(terms.iter().map(term_fields)) == sorted(other.terms.iter().map(term_fields))
        && sorted(members.iter().map(member_fields)) == sorted(other.members.iter().map(member_fields))
}

fn between(was: &Fields, is: &Fields) -> Vec<Difference> {
    let pairs = was.iter().zip(is).filter(|((_, was), (_, is))| was != is);
    pairs.map(|((field, was), (_, is))| difference(field, was, is)).collect()
}

fn difference(field: &str, was: &Option<String>, is: &Option<String>) -> Difference {
    Difference { field: field.to_owned(), was: was.clone(), is: is.clone() }
}

fn entry_fields<E: EventKind>(entry: &Entry<E>) -> Fields {
    // The exception is compared separately, and the entry's place in the file does not matter.
    let Entry {
        at,
        event,
        by,
        note,
        nitc_ref,
        outcome,
        duplicate_of,
        poc,
        clock,
        until,
        release,
        digest,
        exception: _,
        span: _,
        whole: _,
    } = entry;
    vec![
        ("at", Some(at.value.to_string())),
        ("event", Some(event.value.to_string())),
        ("by", text(by.as_ref())),
        ("note", markdown(note.as_ref())),
        ("nitc_ref", nitc_ref.as_ref().map(|number| number.value.0.clone())),
        ("outcome", outcome.map(|outcome| outcome.to_string())),
        ("duplicate_of", text(duplicate_of.as_ref())),
        ("poc", text(poc.as_ref())),
        ("clock", text(clock.as_ref())),
        ("until", until.map(|until| until.0.to_string())),
        ("release", line(release.as_ref())),
        ("digest", digest.as_ref().map(|digest| digest.value.0.clone())),
    ]
}

fn exception_text(exception: &Exception) -> String {
    let Exception { rule, reason, allowed_by } = exception;
    format!("{}, allowed by {}: {}", rule.value, allowed_by.value, reason.0)
}

fn vote_fields(vote: &Vote) -> Fields {
    let Vote { cr, by, at, decision, reason, digest, signature } = vote;
    vec![
        ("cr", Some(cr.value.to_string())),
        ("by", Some(by.value.to_string())),
        ("at", Some(at.value.to_string())),
        ("decision", Some(decision.value.to_string())),
        ("reason", markdown(reason.as_ref())),
        ("digest", digest.as_ref().map(|digest| digest.value.0.clone())),
        ("signature", signature.as_ref().map(|lines| lines.value.0.trim().to_owned())),
    ]
}

fn meeting_fields(meeting: &Meeting) -> Fields {
    // Actions are compared one by one, since what was agreed on may be done later.
    let Meeting {
        kind,
        date,
        moved_to,
        canceled,
        extra,
        chair,
        attendees,
        guests,
        agenda,
        held,
        reviewed,
        minutes,
        actions: _,
    } = meeting;
    let reviewed = match reviewed {
        Reviewed::All => "all".to_owned(),
        Reviewed::None => "none".to_owned(),
        Reviewed::These(tickets) if tickets.is_empty() => "none".to_owned(),
        Reviewed::These(tickets) => sorted(tickets.iter().map(|ticket| ticket.value))
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", "),
    };
    vec![
        ("kind", Some(kind.to_string())),
        ("date", Some(date.value.0.to_string())),
        ("moved_to", text(moved_to.as_ref())),
        ("canceled", canceled.as_ref().map(|reason| reason.value.0.clone())),
        ("extra", Some(extra.to_string())),
        ("chair", text(chair.as_ref())),
        ("attendees", Some(sorted(attendees.iter().map(|person| person.value.to_string())).join(", "))),
        ("guests", Some(sorted(guests.iter().map(|guest| guest.0.clone())).join(", "))),
        ("agenda", Some(agenda.iter().map(|item| item.0.as_str()).collect::<Vec<_>>().join("\n"))),
        ("held", Some(held.is_some_and(|held| held.value).to_string())),
        ("reviewed", Some(reviewed)),
        ("minutes", markdown(minutes.as_ref())),
    ]
}

fn action_differences(was: &Action, is: &Action) -> Vec<Difference> {
    let fields = |action: &Action| {
        let Action { id: _, what, owner, due, done } = action;
        let owner = match &owner.value {
            Owner::Office(office) => office.to_string(),
            Owner::Board => "cfmsccb".to_owned(),
            Owner::Person(person) => person.to_string(),
        };
        [
            ("what", Some(what.0.clone())),
            ("owner", Some(owner)),
            ("due", Some(due.value.0.to_string())),
            ("done", done.map(|done| done.value.0.to_string())),
        ]
    };
    let pairs = fields(was).into_iter().zip(fields(is));
    let altered = pairs.filter(|((field, was), (_, is))| was != is && !(*field == "done" && was.is_none()));
    altered
        .map(|((field, before), (_, now))| difference(&format!("{field} of {}", was.id.value), &before, &now))
        .collect()
}

fn inquiry_fields(ticket: &Ticket) -> Fields {
    // What it is known by is compared by itself, as is the log.
    let Ticket {
        id: _,
        title,
        subject: _,
        kind,
        area,
        poc: _,
        received: _,
        via,
        description,
        first_line,
        exception,
        log: _,
    } = ticket;
    vec![
        ("title", line(Some(title))),
        ("kind", Some(kind.to_string())),
        ("area", Some(area.to_string())),
        ("via", Some(sorted(via.iter().map(|way| way.to_string())).join(", "))),
        ("description", markdown(Some(description))),
        ("first_line", markdown(first_line.as_ref())),
        ("exception", exception.as_ref().map(exception_text)),
    ]
}

fn request_fields(change: &Change) -> Fields {
    let Change {
        id,
        title,
        subject,
        tickets,
        prepared_by,
        priority,
        risk,
        effort,
        requested_for,
        description,
        justification,
        impact,
        security_impact,
        test_plan,
        rollback_plan,
        log: _,
    } = change;
    vec![
        ("id", Some(id.value.to_string())),
        ("title", line(Some(title))),
        ("subject", Some(subject.value.to_string())),
        ("tickets", Some(tickets.iter().map(|ticket| ticket.value.to_string()).collect::<Vec<_>>().join(", "))),
        ("prepared_by", Some(prepared_by.value.to_string())),
        ("priority", priority.map(|word| word.to_string())),
        ("risk", risk.map(|word| word.to_string())),
        ("effort", line(effort.as_ref())),
        ("requested_for", requested_for.map(|day| day.0.to_string())),
        ("description", markdown(description.as_ref())),
        ("justification", markdown(justification.as_ref())),
        ("impact", markdown(impact.as_ref())),
        ("security_impact", markdown(security_impact.as_ref())),
        ("test_plan", markdown(test_plan.as_ref())),
        ("rollback_plan", markdown(rollback_plan.as_ref())),
    ]
}

fn term_fields(term: &Term) -> Fields {
    let Term { from, quorum, chair_required, signatures } = term;
    vec![
        ("from", Some(from.value.0.to_string())),
        ("quorum", Some(quorum.0.to_string())),
        ("chair_required", Some(chair_required.to_string())),
        ("signatures", Some(signatures.to_string())),
    ]
}

fn member_fields(member: &Member) -> Fields {
    let Member { id, name, email, chair, from, until, keys } = member;
    // The text after a key, usually a name, is not part of it.
    let keys = keys.iter().map(ToString::to_string);
    vec![
        ("id", Some(id.value.to_string())),
        ("name", line(Some(name))),
        ("email", line(email.as_ref())),
        ("chair", Some(chair.to_string())),
        ("from", from.map(|day| day.value.0.to_string())),
        ("until", until.map(|day| day.value.0.to_string())),
        ("keys", Some(sorted(keys).join(", "))),
    ]
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort();
    items
}

fn text<T: std::fmt::Display>(value: Option<&Spanned<T>>) -> Option<String> {
    value.map(|value| value.value.to_string())
}

fn line(value: Option<&Text>) -> Option<String> {
    value.map(|text| text.0.clone())
}

fn markdown(value: Option<&Markdown>) -> Option<String> {
    value.map(|text| text.0.clone())
}
