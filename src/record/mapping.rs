//! A mapping while its fields are read: unknown, repeated and missing ones, and what was probably meant.

use std::collections::{BTreeMap, BTreeSet};

use super::node::Entries;
use super::value::{Value, decode_named, within};
use super::{Faults, Help, Key, Kind, Node, RuleId, Span, did_you_mean, list, lookalike, nearest, without_quotes};

/// A mapping while it is decoded field by field.
pub struct Mapping<'n, 'a> {
    entries: Entries<'n, 'a>,
    /// The fields that it can have.
    fields: Vec<&'static str>,
    /// Where to point for what is missing: the first key, else the mapping.
    pub span: Span,
    /// Known fields that an unknown one probably stands for; they are not reported as missing.
    meant: Vec<&'static str>,
}

impl<'n, 'a> Mapping<'n, 'a> {
    /// Reads the node as a mapping with these `fields`; reports unknown and repeated ones. Nothing at all is
    /// an empty mapping.
    pub fn new(node: &'n Node<'a>, what: &str, fields: &[&'static str], faults: &mut Faults) -> Option<Self> {
        let entries: Entries<'n, 'a> = match &node.kind {
            Kind::Map(entries) => entries,
            _ if node.is_blank() => &[],
            _ => {
                faults.invalid(node.span, format!("{} is not {what}", node.describe()), as_fields(node, what, fields));
                return None;
            }
        };
        let span = entries.first().map_or(node.span, |(key, _)| key.span);
        let mut mapping = Mapping { entries, fields: fields.to_vec(), span, meant: Vec::new() };
        mapping.report_keys(what, fields, faults);
        Some(mapping)
    }

    fn report_keys(&mut self, what: &str, fields: &[&'static str], faults: &mut Faults) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let mut outside: BTreeSet<&str> = BTreeSet::new();
        let mut is_below_blank = false;
        for (index, (key, _)) in self.entries.iter().enumerate() {
            if faults.are_full() {
                return;
            }
            let is_known = fields.contains(&&*key.text);
            // The other fields of an entry outside its list are not reported one by one.
            if !is_known && (is_below_blank || outside.contains(&*key.text)) {
                continue;
            }
            if is_known {
                outside.clear();
                is_below_blank = false;
            } else if let Some((name, items)) =
                list_before(&self.entries[..index]).filter(|(_, items)| has_field(items, &key.text))
            {
                report_outside(key, name, items, faults);
                outside.extend(items.iter().flat_map(names_of));
                continue;
            }
            let first = *seen.entry(&key.text).or_insert(key.span);
            if first != key.span {
                faults
                    .add(RuleId::DuplicateKey, key.span, format!("`{}` is written twice", key.text))
                    .help("write it once, with the right value; if another entry begins here, put `- ` before it")
                    .label(first, "first written here");
            } else if let Some(found) = lookalike(&key.text).filter(|found| found.is_blank() || found.is_quote()) {
                let known = without_quotes(&key.text);
                self.meant.extend(fields.iter().copied().filter(|field| *field == known));
                let place = if found.is_quote() { key.span } else { within(key.span, &key.text, found) };
                let help = if found.is_quote() {
                    format!("write `{known}`, without the curly quotation marks")
                } else {
                    found.help()
                };
                faults
                    .add(RuleId::UnknownField, place, format!("the name `{}` contains {}", key.text, found.name))
                    .help(Help::Remove { file: help });
            } else if !fields.contains(&&*key.text) {
                let free = fields.iter().copied().filter(|field| !self.entries.iter().any(|(k, _)| k.text == *field));
                let near = nearest(&key.text, free.clone());
                self.meant.extend(free.filter(|field| Some(*field) == near));
                let help = near
                    .map(|word| format!("did you mean `{word}`?"))
                    .or_else(|| did_you_mean(&key.text, fields.iter().copied()))
                    .or_else(|| is_text(&key.text).then(|| TEXT_GOES_ON.to_owned()))
                    .or_else(|| {
                        let help = below_blank(&self.entries[..index]);
                        is_below_blank = help.is_some();
                        help
                    })
                    .unwrap_or_else(|| format!("{what} has the fields {}", list(fields)));
                faults
                    .add(RuleId::UnknownField, key.span, format!("{what} has no field `{}`", key.text))
                    .help(Help::Remove { file: help });
            }
        }
    }

    /// The node of a field, if it is there.
    pub fn node(&self, field: &str) -> Option<&'n Node<'a>> {
        self.entries.iter().find(|(key, _)| key.text == field).map(|(_, node)| node)
    }

    /// The place of a field's key; the mapping's own place if the key is missing.
    pub fn key_span(&self, field: &str) -> Span {
        self.entries.iter().find(|(key, _)| key.text == field).map_or(self.span, |(key, _)| key.span)
    }

    /// Decodes a field; reports a required one that is missing. One that the mapping cannot have counts as absent.
    pub fn field<T: Value>(&self, field: &'static str, default: Option<T>, faults: &mut Faults) -> Option<T> {
        match self.node(field).filter(|_| self.fields.contains(&field)) {
            Some(node) if T::IS_TEXT && node.is_blank() => default.or_else(T::absent).or_else(|| {
                self.missing(field, self.key_span(field), faults);
                None
            }),
            Some(node) => decode_named(node, faults),
            None => default.or_else(T::absent).or_else(|| {
                self.missing(field, self.span, faults);
                None
            }),
        }
    }

    /// Reports that a field is missing, unless an unknown one was probably meant for it.
    pub fn missing(&self, field: &'static str, span: Span, faults: &mut Faults) {
        if !self.meant.contains(&field) {
            let blank = self.node(field).is_some();
            let message = if blank { format!("`{field}` is blank") } else { format!("`{field}` is missing") };
            let help = if blank {
                format!("write its text after `{field}:`; put a text that begins with `#` into quotes")
            } else {
                format!("add a line `{field}: …`; it is required here")
            };
            faults.add(RuleId::MissingField, span, message).help(Help::Add { field, file: help });
        }
    }
}

/// What to do about a line of a text that was read as a field.
const TEXT_GOES_ON: &str = "indent the further lines of a text, below `field: |`; or put the text into quotes";

/// Whether the part before a colon is a text, not the name of a field.
fn is_text(key: &str) -> bool {
    key.contains(' ') || key.starts_with(char::is_uppercase)
}

/// The last list of entries before a field, with the name of its own.
fn list_before<'n, 'a>(before: Entries<'n, 'a>) -> Option<(&'n str, &'n [Node<'a>])> {
    let known = before.iter().rev().find(|(_, value)| !matches!(value.kind, Kind::Text(_)))?;
    let items = known.1.items();
    items.iter().any(|item| matches!(item.kind, Kind::Map(_))).then_some((&*known.0.text, items))
}

/// The names of an entry's fields.
fn names_of<'n>(item: &'n Node) -> impl Iterator<Item = &'n str> {
    let entries: &[(Key, Node)] = match &item.kind {
        Kind::Map(entries) => entries,
        _ => &[],
    };
    entries.iter().map(|(key, _)| &*key.text)
}

fn has_field(items: &[Node], name: &str) -> bool {
    items.iter().any(|item| names_of(item).any(|own| own == name))
}

/// Reports a field of an entry outside the list `name`: its dash or its indentation is missing.
fn report_outside(key: &Key, name: &str, items: &[Node], faults: &mut Faults) {
    let own = &key.text;
    let begins = items.iter().any(|item| names_of(item).next() == Some(&**own));
    let help = match begins {
        true => format!(
            "put `- ` before `{own}`, in the column of the entries above, and the entry's further lines two spaces further in"
        ),
        false => format!("if it belongs to the entry above, begin `{own}` in the column of that entry's other fields"),
    };
    faults
        .add(RuleId::Syntax, key.span, format!("`{own}` is outside of the list `{name}`, whose entries have it"))
        .help(help);
}

/// What to do about an unknown field below one that is blank: it may be a part of that one.
fn below_blank(before: Entries) -> Option<String> {
    let (key, _) = before.last().filter(|(_, value)| value.is_blank())?;
    let name = &key.text;
    Some(format!("if it belongs to `{name}`, put spaces before it; the first line of a list's entry begins with `- `"))
}

/// How to write as fields what is none: a date alone as `{date: 2026-12-24, name: …}`.
fn as_fields(node: &Node, what: &str, fields: &[&'static str]) -> String {
    match (node.text(), fields) {
        (Some(text), [first, rest @ ..]) if rest.len() < 3 && text.len() < 40 && !text.contains(['\n', ',', ':']) => {
            let rest: String = rest.iter().map(|field| format!(", {field}: …")).collect();
            format!("write `{{{first}: {text}{rest}}}`")
        }
        _ => format!("write {what} as lines of the form `field: value`"),
    }
}
