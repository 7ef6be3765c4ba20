//! Joins two versions of a record that began as one: fields, entries and items, each as what it is.
//!
//! The result is parsed again, and accepted only if it has the joined values: nothing is lost by the way it is written.

mod align;
mod identity;
mod join;
mod layout;
mod question;
mod renumber;
mod text;

pub use question::{Answer, Disagreement};
pub use renumber::{Renumbered, names, renumber};

use identity::{canonical, is_another_record, is_one_record};
use join::Joiner;
use layout::Part;
use text::{Style, plain};

use crate::load::{FileKind, LARGEST, parse};
use crate::record::{Faults, Kind, Node};

/// Three versions of a file.
#[derive(Debug, Clone, Copy)]
pub struct Versions<'v> {
    /// The one before both edits; `None` if both sides created the file.
    pub base: Option<&'v str>,
    pub ours: &'v str,
    pub theirs: &'v str,
}

/// What joining came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merge {
    /// The joined text.
    Joined(String),
    /// Both sides changed some values in different ways. `marked` has both versions of these between markers.
    Open { marked: String, disagreements: Vec<Disagreement> },
    /// It is not joined.
    Refused(Refusal),
}

/// Why versions are not joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// They are votes, each of which stays as it was cast.
    Vote,
    /// They are reports of NITC, which stay as NITC sent them.
    Report,
    /// Both sides gave one number to different records.
    TwoRecords,
    /// The version before both is of another record than one side's: its number was given out again.
    OtherRecord,
    /// Both sides gave these numbers to different action items.
    ActionNumbers(Vec<String>),
    /// A version is not YAML for a record.
    Unreadable,
    /// The lines do not allow it.
    Layout,
}

/// Joins three versions of a file of a kind. `settle` decides what both sides changed in different ways.
pub fn join(kind: FileKind, versions: Versions, settle: &mut dyn FnMut(&Disagreement) -> Option<Answer>) -> Merge {
    let Versions { base, ours, theirs } = versions;
    if ours == theirs || base == Some(theirs) {
        return Merge::Joined(ours.to_owned());
    }
    if base == Some(ours) {
        return Merge::Joined(theirs.to_owned());
    }
    let refused = match kind {
        FileKind::Vote => Some(Refusal::Vote),
        FileKind::Report => Some(Refusal::Report),
        _ => None,
    };
    match refused {
        Some(refusal) => Merge::Refused(refusal),
        None => joined(kind, versions, settle).unwrap_or_else(Merge::Refused),
    }
}

fn joined(
    kind: FileKind,
    versions: Versions,
    settle: &mut dyn FnMut(&Disagreement) -> Option<Answer>,
) -> Result<Merge, Refusal> {
    let read = |text: &str| (text.len() as u64 <= LARGEST).then(|| plain(text)).flatten().ok_or(Refusal::Unreadable);
    let style = Style::of(versions.ours).ok_or(Refusal::Layout)?;
    let (ours, theirs) = (read(versions.ours)?, read(versions.theirs)?);
    let base = versions.base.map(read).transpose()?.filter(|text| !text.trim().is_empty());
    let (our_node, their_node) = (record(&ours)?, record(&theirs)?);
    let base_node = base.as_deref().map(record).transpose()?;
    match &base_node {
        None if !is_one_record(kind, &our_node, &their_node) => return Err(Refusal::TwoRecords),
        Some(base) if [&our_node, &their_node].iter().any(|own| is_another_record(kind, base, own)) => {
            return Err(Refusal::OtherRecord);
        }
        _ => {}
    }
    let own = Part::root(&ours, &our_node);
    let other = Part::root(&theirs, &their_node);
    let before = base.as_deref().zip(base_node.as_ref()).map(|(text, node)| Part::root(text, node));
    let mut joiner = Joiner::new(settle);
    let joined = joiner.record(before.as_ref(), &own, &other).ok_or(Refusal::Layout)?;
    if !joiner.numbers.is_empty() {
        return Err(Refusal::ActionNumbers(joiner.numbers));
    }
    let text = joined.text.ok_or(Refusal::Layout)?;
    if !joiner.open.is_empty() {
        return Ok(Merge::Open { marked: style.write(&text), disagreements: joiner.open });
    }
    let is_right = parse(&text, &mut Faults::default()).is_some_and(|new| canonical(&new) == canonical(&joined.node));
    if is_right { Ok(Merge::Joined(style.write(&text))) } else { Err(Refusal::Layout) }
}

/// The values of a version. No field may be written twice: which of the two counts would be a guess.
fn record(text: &str) -> Result<Node<'_>, Refusal> {
    let node = parse(text, &mut Faults::default()).ok_or(Refusal::Unreadable)?;
    if has_twins(&node) { Err(Refusal::Unreadable) } else { Ok(node) }
}

fn has_twins(node: &Node) -> bool {
    match &node.kind {
        Kind::Text(_) => false,
        Kind::List(items) => items.iter().any(has_twins),
        Kind::Map(entries) => {
            let mut names: Vec<&str> = entries.iter().map(|(key, _)| &*key.text).collect();
            names.sort_unstable();
            names.windows(2).any(|pair| pair[0] == pair[1]) || entries.iter().any(|(_, value)| has_twins(value))
        }
    }
}

/// Whether two texts are of the same record, by what tells records of the kind apart.
pub fn is_same_record(kind: FileKind, one: &str, other: &str) -> bool {
    let plain = |text: &str| plain(text).unwrap_or_default();
    let (one, other) = (plain(one), plain(other));
    match (record(&one), record(&other)) {
        (Ok(one), Ok(other)) => !is_another_record(kind, &one, &other),
        _ => false,
    }
}

/// The action items of a meeting's text: the id and what is to be done.
pub fn action_texts(text: &str) -> Vec<(String, String)> {
    let plain = plain(text).unwrap_or_default();
    let Ok(node) = record(&plain) else { return Vec::new() };
    let field = |item: &Node, name: &str| item.get(name).and_then(Node::text).map(ToOwned::to_owned);
    let items = node.get("actions").map(Node::items).unwrap_or_default();
    items.iter().filter_map(|item| Some((field(item, "id")?, field(item, "what")?))).collect()
}

/// The entries of a log that the version before has not: their time, event and author.
pub fn added_entries(before: Option<&str>, after: &str) -> Vec<String> {
    let [before, after] = [before.unwrap_or_default(), after].map(|text| plain(text).unwrap_or_default());
    let entries = |text: &str| -> Vec<(String, String)> {
        let Ok(node) = record(text) else { return Vec::new() };
        let items = node.get("log").map(Node::items).unwrap_or_default();
        let words = |item: &Node| {
            let text = |name: &str| item.get(name).and_then(Node::text).unwrap_or_default().to_owned();
            let by = text("by");
            let by = if by.is_empty() { String::new() } else { format!(" ({by})") };
            format!("{} `{}`{by}", text("at"), text("event"))
        };
        items.iter().map(|item| (canonical(item), words(item))).collect()
    };
    let known = entries(&before);
    let is_new = |own: &(String, String)| !known.iter().any(|known| known.0 == own.0);
    entries(&after).into_iter().filter(is_new).map(|(_, words)| words).collect()
}

#[cfg(test)]
mod tests;
