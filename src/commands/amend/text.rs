//! The edit of an entry or a record, in the text of its file.

use std::borrow::Cow;

use anyhow::{Context as _, bail};

use crate::load::{Target, insert, parse, remove, remove_field, set_field};
use crate::model::{EventKind, Minute, Ticket, all_entry_fields, entry_fields, event_of};
use crate::record::{Faults, Field, Fields, Key, Kind, Node, Value, fields_of};

/// A field, and its new value; `None` removes it.
pub type Change = (String, Option<Node<'static>>);

/// An entry of a log as its file has it.
pub fn entry_of(text: &str, index: usize) -> anyhow::Result<Node<'static>> {
    let root = parse(text, &mut Faults::default()).context("its YAML is not allowed in records")?;
    let entry = root.get("log").and_then(|log| log.items().get(index));
    entry.map(owned).context("another program removed the entry: run the command again")
}

/// The changes that a new event brings: fields that do not belong to it go away.
pub fn of_event<E: EventKind>(entry: &Node, event: &str) -> Vec<Change> {
    let Some(new) = event_of::<E>(event) else { return Vec::new() };
    let own = entry_fields(new);
    let Kind::Map(fields) = &entry.kind else { return Vec::new() };
    let names = fields.iter().map(|(key, _)| key.text.as_ref());
    let is_common = |name: &str| ["at", "event", "by", "note", "exception"].contains(&name);
    let gone = names.filter(|name| !is_common(name) && own.iter().all(|field| field.name != *name));
    gone.map(|name| (name.to_owned(), None)).collect()
}

/// An entry with some changes.
pub fn changed(entry: &Node<'static>, changes: &[Change]) -> Node<'static> {
    let Kind::Map(fields) = &entry.kind else { return entry.clone() };
    let mut fields = fields.clone();
    for (name, value) in changes {
        match (fields.iter().position(|(key, _)| key.text == *name), value) {
            (Some(at), Some(value)) => fields[at].1 = value.clone(),
            (Some(at), None) => drop(fields.remove(at)),
            (None, Some(value)) => {
                let key = Key { text: name.clone().into(), span: crate::model::Span::default() };
                fields.push((key, value.clone()));
            }
            (None, None) => {}
        }
    }
    // As a new entry has them.
    let order = all_entry_fields();
    fields.sort_by_key(|(key, _)| order.iter().position(|field| field.name == key.text));
    Node { kind: Kind::Map(fields), ..entry.clone() }
}

/// The text with an entry changed. If its new time is before or after that of its neighbors, it goes to its place; gives
/// that.
pub fn with_entry(text: &str, index: usize, changes: &[Change]) -> anyhow::Result<(String, usize)> {
    let entry = changed(&entry_of(text, index)?, changes);
    let mut times = times(text)?;
    let place = match (times.remove(index), time(&entry)) {
        (old, new) if old == new => index,
        (_, Some(new)) => place(&times, new),
        (_, None) => index,
    };
    if place != index {
        return Ok((insert(&remove(text, index)?, place, &entry)?, place));
    }
    let fields = all_entry_fields();
    let mut text = text.to_owned();
    for (name, value) in changes {
        let is_there = entry_of(&text, index)?.get(name).is_some();
        text = match value {
            Some(value) => set_field(&text, Target::Nth { list: Some("log"), index }, &fields, name, value)?,
            None if is_there => remove_field(&text, index, name)?,
            None => text,
        };
    }
    Ok((text, index))
}

/// The text with an entry of another log, and its place.
pub fn with_new_entry(text: &str, entry: &Node) -> anyhow::Result<(String, usize)> {
    let times = times(text)?;
    let place = time(entry).map_or(times.len(), |at| place(&times, at));
    Ok((insert(text, place, entry)?, place))
}

/// The text with fields of the ticket changed.
pub fn with_fields(text: &str, changes: &[Change]) -> anyhow::Result<String> {
    let fields = ticket_fields();
    let mut text = text.to_owned();
    for (name, value) in changes {
        let Some(value) = value else { bail!("`{name}` cannot be removed") };
        text = set_field(&text, Target::Record, &fields, name, value)?;
    }
    Ok(text)
}

/// The fields of a ticket.
pub fn ticket_fields() -> Vec<Field> {
    fields_of(&Ticket::schema(), Ticket::FIELDS)
}

/// The times of a log; `None` for what is not a time.
fn times(text: &str) -> anyhow::Result<Vec<Option<Minute>>> {
    let root = parse(text, &mut Faults::default()).context("its YAML is not allowed in records")?;
    Ok(root.get("log").map(Node::items).unwrap_or_default().iter().map(time).collect())
}

fn time(entry: &Node) -> Option<Minute> {
    entry.get("at").and_then(Node::text).and_then(Minute::parse)
}

/// Behind all entries of that time or before.
fn place(times: &[Option<Minute>], at: Minute) -> usize {
    times.iter().rposition(|other| other.is_some_and(|other| other <= at)).map_or(0, |last| last + 1)
}

/// A node that does not borrow the text that it was read from.
fn owned(node: &Node) -> Node<'static> {
    let kind = match &node.kind {
        Kind::Text(text) => Kind::Text(Cow::Owned(text.to_string())),
        Kind::List(items) => Kind::List(items.iter().map(owned).collect()),
        Kind::Map(fields) => {
            let mut copy = Fields::new();
            for (key, value) in fields {
                copy = copy.with(key.text.to_string(), owned(value));
            }
            return copy.into();
        }
    };
    Node { span: node.span, kind }
}
