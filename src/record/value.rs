//! Typed values read from nodes, and their JSON Schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::field::words_of;
use super::schema::{or_blank, schema_of_list};
use super::{
    Faults, Help, Key, Kind, Lookalike, Node, RuleId, Span, did_you_mean, list, lookalike, nearest, without_quotes,
};

/// A type that a field of a record can have.
pub trait Value: Sized {
    /// Reads the node. Returns `None` if it is not such a value, with the reason in `faults`.
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self>;

    /// The value of an absent field; `None` if the field is required.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether a blank text counts as missing in a required field (`docs/reference/records.md`: only for texts).
    const IS_TEXT: bool = false;

    /// The JSON Schema; it may be laxer than `decode`, never stricter.
    fn schema() -> Json;
}

/// One of some words, as `words!` declares them.
pub trait Word: Value + Copy + Eq + std::fmt::Display {
    /// How records and JSON spell it.
    fn name(self) -> &'static str;

    /// What it means, in a sentence.
    fn about(self) -> &'static str;
}

/// Reads a value that is one text. Of any other node it reports that it is not `what`, with the help for its text.
pub fn read_text<T, H: Into<String>>(
    node: &Node,
    what: &str,
    faults: &mut Faults,
    parse: impl FnOnce(&str) -> Option<T>,
    help: impl FnOnce(&str) -> H,
) -> Option<T> {
    let value = node.text().and_then(parse);
    if value.is_none() {
        faults.invalid(node.span, format!("{} is not {what}", node.describe()), help(node.text().unwrap_or_default()));
    }
    value
}

/// The entries of a mapping's node.
pub type Entries<'n, 'a> = &'n [(Key<'a>, Node<'a>)];

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

/// Decodes a value. One that is not what its field takes, and holds a character that looks like another one, is that.
fn decode_named<T: Value>(node: &Node, faults: &mut Faults) -> Option<T> {
    let before = faults.list.len();
    let value = T::decode(node, faults);
    if value.is_none()
        && let Some(text) = node.text()
        && let Some(found) = lookalike(text)
        && let [.., fault] = &mut faults.list[before..]
        && fault.span == node.span
        && is_meant::<T>(node, text, faults.zone)
    {
        fault.message = format!("{} contains {}", node.describe(), found.name);
        if found.is_quote() {
            let advice = format!("write `{}`, without the curly quotation marks", without_quotes(text));
            fault.help(Help::Correct { advice });
        } else {
            fault.span = within(node.span, text, found);
            fault.help(Help::Correct { advice: found.help() });
        }
    }
    value
}

/// Whether a value is one once the characters that look like others are those, and quotation marks are not there.
fn is_meant<T: Value>(node: &Node, text: &str, zone: Option<chrono_tz::Tz>) -> bool {
    let plain = Node { span: node.span, kind: Kind::Text(without_quotes(text).into()) };
    T::decode(&plain, &mut Faults { zone, ..Faults::default() }).is_some()
}

/// The place of a character in an unquoted text; otherwise that of the text.
fn within(span: Span, text: &str, found: Lookalike) -> Span {
    // The place of a value ends before its blanks, of which some are among these characters.
    let length = (span.end - span.start) as usize;
    let is_plain = length == text.len() || length == text.trim_end().len();
    let start = span.start as usize + found.at;
    if is_plain { Span::new(start, start + found.character.len_utf8()) } else { span }
}

impl<T: Value> Value for Option<T> {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        // A blank optional field counts as absent.
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

impl<T: Value> Value for crate::record::Spanned<T> {
    const IS_TEXT: bool = T::IS_TEXT;

    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        T::decode(node, faults).map(|value| crate::record::Spanned { value, span: node.span })
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
