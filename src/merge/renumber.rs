//! Gives a record, and what refers to it, another number.

use crate::load::{FileKind, parse};
use crate::record::{Faults, Kind, Node};

/// A text in which a number was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renumbered {
    pub text: String,
    /// How many fields had the number.
    pub fields: usize,
    /// Whether texts name it too, which are left as they are.
    pub is_named: bool,
}

/// The fields that refer to a record, in a file of a kind: names of fields, one in the other.
fn references(kind: FileKind) -> &'static [&'static [&'static str]] {
    match kind {
        FileKind::Ticket => &[&["id"], &["log", "duplicate_of"]],
        FileKind::Change => &[&["id"], &["tickets"]],
        FileKind::Vote => &[&["cr"]],
        FileKind::Meeting => &[&["reviewed"], &["actions", "id"]],
        _ => &[],
    }
}

/// The text with the number `to` in each field that has the number `from`; every other byte stays. `None` if the text is
/// not YAML for a record, or cannot be changed so.
pub fn renumber(kind: FileKind, text: &str, from: &str, to: &str) -> Option<Renumbered> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = &text[..text.len() - body.len()];
    let node = parse(body, &mut Faults::default())?;
    let mut places = Vec::new();
    for path in references(kind) {
        find(&node, path, from, &mut places);
    }
    places.sort_unstable();
    let mut new = body.to_owned();
    for (start, end) in places.iter().rev() {
        let old = body.get(*start..*end)?;
        let at = old.find(from)?;
        new.replace_range(start + at..start + at + from.len(), to);
    }
    // The comment that a new ticket begins with.
    let new = new.replace(&format!("heatpack log {from} "), &format!("heatpack log {to} "));
    let again = parse(&new, &mut Faults::default())?;
    let mut left = Vec::new();
    references(kind).iter().for_each(|path| find(&again, path, from, &mut left));
    left.is_empty().then(|| Renumbered {
        is_named: names(&new, from),
        text: format!("{mark}{new}"),
        fields: places.len(),
    })
}

/// Whether a text has a number as a whole word.
pub fn names(text: &str, number: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric();
    text.match_indices(number).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + number.len()..]);
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}

/// The places of the texts that are the number, along a path of fields.
fn find(node: &Node, path: &[&str], number: &str, places: &mut Vec<(usize, usize)>) {
    match (&node.kind, path.split_first()) {
        (Kind::Text(text), None) if text == number => {
            places.push((node.span.start as usize, node.span.end as usize));
        }
        (Kind::List(items), _) => items.iter().for_each(|item| find(item, path, number, places)),
        (Kind::Map(_), Some((field, rest))) => {
            if let Some(value) = node.get(field) {
                find(value, rest, number, places);
            }
        }
        _ => {}
    }
}
