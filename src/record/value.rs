//! Typed values read from nodes, and the JSON Schema that says the same.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::schema::{or_blank, schema_of_list};
use super::{Faults, Kind, Node, did_you_mean, nearest};
use crate::model::Span;

/// A type that a field of a record can have.
pub trait Value: Sized {
    /// Reads the node. `None` if it is not such a value; a fault then says why.
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self>;

    /// What an absent field stands for; `None` where the field is required.
    fn absent() -> Option<Self> {
        None
    }

    /// A blank text, where the field is required, is a missing one (`format.md`: only for texts).
    const IS_TEXT: bool = false;

    /// The JSON Schema; it may be laxer than `decode`, never stricter.
    fn schema() -> Json;
}

/// The entries of a mapping's node.
pub type Entries<'n, 'a> = &'n [(super::Key<'a>, Node<'a>)];

/// A mapping while it is decoded field by field.
pub struct Mapping<'n, 'a> {
    entries: Entries<'n, 'a>,
    /// Where to point for what is missing: the first key, else the mapping.
    pub span: Span,
    /// Known fields that an unknown one was probably meant for; nobody misses them.
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
                let expected = format!("write {what} as lines of the form `field: value`");
                faults.invalid(node.span, format!("{} is not {what}", node.describe()), expected);
                return None;
            }
        };
        let span = entries.first().map_or(node.span, |(key, _)| key.span);
        let mut mapping = Mapping { entries, span, meant: Vec::new() };
        mapping.report_keys(what, fields, faults);
        Some(mapping)
    }

    fn report_keys(&mut self, what: &str, fields: &[&'static str], faults: &mut Faults) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for (key, _) in self.entries {
            if faults.are_full() {
                return;
            }
            let first = *seen.entry(&key.text).or_insert(key.span);
            if first != key.span {
                faults
                    .add("duplicate-key", key.span, format!("`{}` is written twice", key.text))
                    .help("keep one of the two and delete the other")
                    .label(first, "first written here");
            } else if !fields.contains(&&*key.text) {
                let free = fields.iter().copied().filter(|field| !self.entries.iter().any(|(k, _)| k.text == *field));
                let near = nearest(&key.text, free.clone());
                self.meant.extend(free.filter(|field| Some(*field) == near));
                let help = near
                    .map(|word| format!("did you mean `{word}`?"))
                    .or_else(|| did_you_mean(&key.text, fields.iter().copied()))
                    .unwrap_or_else(|| format!("{what} has the fields {}", list(fields)));
                faults.add("unknown-field", key.span, format!("{what} has no field `{}`", key.text)).help(help);
            }
        }
    }

    /// The node of a field, if it is there.
    pub fn node(&self, field: &str) -> Option<&'n Node<'a>> {
        self.entries.iter().find(|(key, _)| key.text == field).map(|(_, node)| node)
    }

    /// Where a field's key stands; the mapping's own place if it is not there.
    pub fn key_span(&self, field: &str) -> Span {
        self.entries.iter().find(|(key, _)| key.text == field).map_or(self.span, |(key, _)| key.span)
    }

    /// Decodes a field; reports a required one that is missing.
    pub fn field<T: Value>(&self, field: &'static str, default: Option<T>, faults: &mut Faults) -> Option<T> {
        match self.node(field) {
            Some(node) if T::IS_TEXT && node.is_blank() => default.or_else(T::absent).or_else(|| {
                self.missing(field, self.key_span(field), faults);
                None
            }),
            Some(node) => T::decode(node, faults),
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
                format!("write its text after `{field}:`")
            } else {
                format!("add a line `{field}: …`; it is required here")
            };
            faults.add("missing-field", span, message).help(help);
        }
    }
}

/// Names in a row: "`a`, `b` and `c`".
pub fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

impl<T: Value> Value for Option<T> {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        // An optional field that is left blank is one that was left out.
        if node.is_blank() { Some(None) } else { T::decode(node, faults).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn schema() -> Json {
        or_blank(T::schema())
    }
}

impl<T: Value> Value for Vec<T> {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let items = match &node.kind {
            Kind::List(items) => items.as_slice(),
            _ if node.is_blank() => &[],
            _ => {
                let help = "write a list: `[one, two]`, or a line with `- ` before each item; `[]` is an empty one";
                faults.invalid(node.span, format!("{} is not a list", node.describe()), help);
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

fn decode_item<T: Value>(item: &Node, faults: &mut Faults) -> Option<T> {
    if T::IS_TEXT && item.is_blank() {
        faults.invalid(item.span, "an item of the list is blank", "write its text, or delete the item");
        return None;
    }
    T::decode(item, faults)
}

impl<T: Value> Value for crate::model::Spanned<T> {
    const IS_TEXT: bool = T::IS_TEXT;

    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        T::decode(node, faults).map(|value| crate::model::Spanned { value, span: node.span })
    }

    fn schema() -> Json {
        T::schema()
    }
}

impl Value for bool {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        match node.text() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => {
                faults.invalid(
                    node.span,
                    format!("{} is neither `true` nor `false`", node.describe()),
                    "write `true` or `false`",
                );
                None
            }
        }
    }

    fn schema() -> Json {
        json!({"enum": [true, false, "true", "false"]})
    }
}
