//! Which records, entries and items of two versions are the same ones.

use crate::load::FileKind;
use crate::record::{Kind, Node};

/// All that a value holds, whatever the order of its fields and however it is written.
pub(super) fn canonical(node: &Node) -> String {
    let mut out = String::new();
    write(&mut out, node);
    out
}

fn write(out: &mut String, node: &Node) {
    match &node.kind {
        Kind::Text(text) => out.push_str(&format!("{text:?}")),
        Kind::List(items) => {
            out.push('[');
            for item in items {
                write(out, item);
                out.push(',');
            }
            out.push(']');
        }
        Kind::Map(entries) => {
            let mut fields: Vec<String> = entries
                .iter()
                .map(|(key, value)| {
                    let mut field = format!("{:?}:", key.text);
                    write(&mut field, value);
                    field
                })
                .collect();
            fields.sort();
            out.push_str(&format!("{{{}}}", fields.join(",")));
        }
    }
}

/// The ways in which an edited record is still known: any of these lists of fields, of which one side changes one at most.
fn known_by(kind: FileKind) -> &'static [&'static [&'static str]] {
    match kind {
        FileKind::Ticket => {
            &[&["received", "poc"], &["received", "title"], &["received", "description"], &["title", "description"]]
        }
        FileKind::Change => {
            &[&["title"], &["description"], &["justification"], &["impact"], &["prepared_by", "subject", "tickets"]]
        }
        FileKind::Poc => &[&["name"], &["email"], &["phone"]],
        _ => &[],
    }
}

/// Whether both have all of these fields, with the same values.
fn agree(fields: &[&str], one: &Node, other: &Node) -> bool {
    let is_same = |field: &&str| match (one.get(field), other.get(field)) {
        (Some(one), Some(other)) => canonical(one) == canonical(other),
        _ => false,
    };
    fields.iter().all(is_same)
}

/// Whether two new files are one record that both sides have, such as one that was copied from branch to branch.
pub(super) fn is_one_record(kind: FileKind, one: &Node, other: &Node) -> bool {
    let fields: &[&str] = match kind {
        FileKind::Ticket => &["received", "poc", "title"],
        FileKind::Change => &["title", "prepared_by"],
        FileKind::Poc => &["name"],
        _ => &[],
    };
    agree(fields, one, other)
}

/// Whether a version is of another record than an earlier version: its number was given out twice.
pub(super) fn is_another_record(kind: FileKind, before: &Node, after: &Node) -> bool {
    let has = |fields: &[&str]| fields.iter().all(|field| before.get(field).is_some());
    let mut ways = known_by(kind).iter().filter(|fields| has(fields)).peekable();
    ways.peek().is_some() && !ways.any(|fields| agree(fields, before, after))
}

/// What makes an item of a list the same one in two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    /// Entries with a time.
    Log,
    /// Items with fields; the lists of fields by which they are found again, the surest first.
    Items(&'static [&'static [&'static str]]),
    /// Texts.
    Texts,
}

impl ListKind {
    /// The kind of the list in a field; a file that is a list has no name.
    pub(super) fn of<'n, 'a: 'n>(name: &str, mut items: impl Iterator<Item = &'n Node<'a>>) -> ListKind {
        if name == "log" {
            return ListKind::Log;
        }
        if items.all(|item| item.text().is_some()) {
            return ListKind::Texts;
        }
        ListKind::Items(match name {
            "designations" => &[&["subject", "role", "from"]],
            "keys" => &[&["key"]],
            "terms" | "since" => &[&["from"]],
            _ => &[&["id", "from"], &["id"], &["date"], &["from"]],
        })
    }

    /// The ways to find an item of an earlier version again, the surest first.
    pub(super) fn ways(self) -> Vec<Way> {
        match self {
            ListKind::Log => {
                vec![Way::Whole, Way::By(&["at", "event", "by"]), Way::By(&["at", "event"]), Way::WithoutTime]
            }
            ListKind::Items(keys) => std::iter::once(Way::Whole).chain(keys.iter().map(|key| Way::By(key))).collect(),
            ListKind::Texts => vec![Way::Whole],
        }
    }

    /// The ways in which an item that both sides added is one: an entry of a log only if all of it is the same.
    pub(super) fn ways_of_new(self) -> Vec<Way> {
        let most = if self == ListKind::Log { 1 } else { 2 };
        self.ways().into_iter().take(most).collect()
    }
}

/// A way to find an item again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By all that it holds.
    Whole,
    By(&'static [&'static str]),
    /// By all but its time.
    WithoutTime,
}

impl Way {
    /// What an item is found by; `None` if it has no such fields.
    pub(super) fn key(self, item: &Node) -> Option<String> {
        match self {
            Way::Whole => Some(canonical(item)),
            Way::By(fields) => {
                let first = item.get(fields.first()?)?;
                let rest = fields.iter().skip(1).map(|field| item.get(field).map(canonical).unwrap_or_default());
                Some(std::iter::once(canonical(first)).chain(rest).collect::<Vec<_>>().join("\n"))
            }
            Way::WithoutTime => {
                let Kind::Map(entries) = &item.kind else { return None };
                let rest = entries.iter().filter(|(key, _)| key.text != "at").cloned().collect();
                Some(canonical(&Node { span: item.span, kind: Kind::Map(rest) }))
            }
        }
    }
}
