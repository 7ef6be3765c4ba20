//! Lists of values, and items whose dash is missing.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::field::words_of;
use super::node::Entries;
use super::schema::schema_of_list;
use super::value::{Value, decode_named};
use super::{Faults, Key, Kind, Node, RuleId, Span, lookalike, without_quotes};

impl<T: Value> Value for Vec<T> {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let items = match &node.kind {
            Kind::List(items) => items.as_slice(),
            _ if node.is_blank() => &[],
            Kind::Map(entries) if !entries.is_empty() => {
                let name = &entries[0].0;
                let help =
                    format!("put `- ` before `{}`, and two more spaces before the item's further lines", name.text);
                faults.invalid(name.span, "the first item of this list has no `- ` before it", help);
                return None;
            }
            _ => {
                let message = format!("{} is not a list", node.describe());
                let (message, help) = dash_with_lookalike(node).unwrap_or_else(|| (message, as_list::<T>(node)));
                faults.invalid(node.span, message, help);
                return None;
            }
        };
        // Every item is read before any is missed, so that all faults are found.
        let mut read = Vec::with_capacity(items.len());
        let mut is_whole = true;
        for item in items {
            match decode_item(item, faults) {
                Some(item) if is_whole => read.push(item),
                Some(_) => {}
                None => is_whole = false,
            }
            if faults.are_full() {
                return None;
            }
        }
        is_whole.then_some(read)
    }

    fn schema() -> Json {
        schema_of_list(T::schema())
    }
}

/// A dash followed by an invisible character instead of a space.
fn dash_with_lookalike(node: &Node) -> Option<(String, String)> {
    let found = lookalike(node.text()?.strip_prefix('-')?).filter(|found| found.at == 0 && found.is_blank())?;
    let message = format!("{} follows a list's `-`", found.name);
    Some((message, "delete it after each `-`, and type an ordinary space".to_owned()))
}

/// How to write as a list what is none.
fn as_list<T: Value>(node: &Node) -> String {
    let general = "write a list: `[one, two]`, or a line with `- ` before each item; `[]` is an empty one";
    let Some(text) = node.text() else { return general.to_owned() };
    if let Some(found) = lookalike(text).filter(|found| found.instead == "-" && found.at == 0) {
        return format!("write `- ` instead of `{}` ({}) before each item", found.character, found.name);
    }
    if lookalike(text).is_some_and(|found| found.at == 0 && found.is_quote()) {
        return format!("write `{}`, without the curly quotation marks", without_quotes(text));
    }
    let words = words_of(&T::schema());
    match T::decode(node, &mut Faults::default()) {
        Some(_) if !T::IS_TEXT && !text.contains(char::is_whitespace) => format!("write `[{}]`", text.trim()),
        None if !words.is_empty() => format!("write `[{}]`, or one of them in brackets", words.join(", ")),
        _ => general.to_owned(),
    }
}

/// Decodes an item of a list. Fields that begin again within one are another item, of which the dash is missing.
fn decode_item<T: Value>(item: &Node, faults: &mut Faults) -> Option<T> {
    if T::IS_TEXT && item.is_blank() {
        faults.invalid(item.span, "an item of the list is blank", "write its text, or delete the item");
        return None;
    }
    let mut rest = match &item.kind {
        Kind::Map(entries) if second_item(entries).is_some() => entries.as_slice(),
        _ => return decode_named(item, faults),
    };
    // All of them are read, so that their other faults are found too.
    while let Some(at) = second_item(rest) {
        let (before, after) = rest.split_at(at);
        let name = &after[0].0;
        let fault = faults.add(
            RuleId::DuplicateKey,
            name.span,
            format!("a new item begins with `{}`, without `- `", name.text),
        );
        fault.help(format!("put `- ` before `{}`, in the column of the `- ` above", name.text));
        fault.label(before[0].0.span, "the item before it begins here");
        T::decode(&part_of(item, before), faults);
        if faults.are_full() {
            return None;
        }
        rest = after;
    }
    T::decode(&part_of(item, rest), faults);
    None
}

/// Some fields of an item as an item of its own.
fn part_of<'a>(item: &Node<'a>, entries: &[(Key<'a>, Node<'a>)]) -> Node<'a> {
    let start = entries.first().map_or(item.span.start, |(key, _)| key.span.start);
    Node { span: Span { start, end: item.span.end }, kind: Kind::Map(entries.to_vec()) }
}

/// Where in the fields of an item another one begins: at a field that is there already, if the next one is as well or it is
/// the item's first. Two lines with one field, one below the other, are one that is written twice.
fn second_item(entries: Entries) -> Option<usize> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    entries.iter().enumerate().find_map(|(at, (key, _))| {
        let is_new = names.insert(&key.text);
        let next = entries.get(at + 1).is_some_and(|(next, _)| names.contains(&*next.text));
        let begins = next || entries[0].0.text == key.text;
        (!is_new && begins && entries[at - 1].0.text != key.text).then_some(at)
    })
}
