//! A tree of nodes → the YAML of a new record, as a careful person types it; it is read back to the same tree.

use std::borrow::Cow;

use super::{Key, Kind, Node, Span};

/// The widest line of a list in brackets.
const WIDTH: usize = 100;

/// A new record, field by field, in the order in which it is written.
#[derive(Debug, Clone, Default)]
pub struct Fields<'a>(Vec<(Key<'a>, Node<'a>)>);

impl<'a> Fields<'a> {
    /// No fields yet.
    pub fn new() -> Fields<'a> {
        Fields::default()
    }

    /// With one more field: a text, a list (`Vec`) or fields of its own.
    pub fn with(mut self, key: impl Into<Cow<'a, str>>, value: impl Into<Node<'a>>) -> Fields<'a> {
        self.0.push((Key { text: key.into(), span: Span::default() }, value.into()));
        self
    }

    /// Adds a field, if there is a value for it.
    pub fn with_some(self, key: impl Into<Cow<'a, str>>, value: Option<impl Into<Node<'a>>>) -> Fields<'a> {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }
}

impl<'a> From<Fields<'a>> for Node<'a> {
    fn from(fields: Fields<'a>) -> Node<'a> {
        Node { span: Span::default(), kind: Kind::Map(fields.0) }
    }
}

impl<'a> From<&'a str> for Node<'a> {
    fn from(text: &'a str) -> Node<'a> {
        Node { span: Span::default(), kind: Kind::Text(Cow::Borrowed(text)) }
    }
}

impl<'a> From<String> for Node<'a> {
    fn from(text: String) -> Node<'a> {
        Node { span: Span::default(), kind: Kind::Text(Cow::Owned(text)) }
    }
}

impl<'a, T: Into<Node<'a>>> From<Vec<T>> for Node<'a> {
    fn from(items: Vec<T>) -> Node<'a> {
        Node { span: Span::default(), kind: Kind::List(items.into_iter().map(Into::into).collect()) }
    }
}

/// The file of a record, with a line end after every line.
///
/// Texts with line ends become blocks (`|`), short lists are in brackets, and texts are quoted if a YAML reader could
/// misread them.
pub fn to_yaml(record: &Node) -> String {
    let mut out = String::new();
    match &record.kind {
        Kind::Map(entries) if !entries.is_empty() => write_map(&mut out, entries, 0),
        Kind::List(items) if !items.is_empty() => write_list(&mut out, items, 0),
        _ => write_value(&mut out, record, 0),
    }
    out
}

/// The same on one line, `{at: 2026-11-02 11:30, event: closed}`, for a place among others in brackets.
pub fn to_yaml_in_braces(record: &Node) -> String {
    let mut out = String::new();
    write_in_braces(&mut out, record);
    out
}

fn write_in_braces(out: &mut String, node: &Node) {
    let (open, close, count) = match &node.kind {
        Kind::Text(text) if is_plain(text) && !text.contains(IN_BRACES) => return out.push_str(text),
        Kind::Text(text) => return write_quoted(out, text),
        Kind::List(items) => ('[', ']', items.len()),
        Kind::Map(entries) => ('{', '}', entries.len()),
    };
    out.push(open);
    for index in 0..count {
        if index > 0 {
            out.push_str(", ");
        }
        match &node.kind {
            Kind::Map(entries) => {
                let (key, value) = &entries[index];
                write_in_braces(out, &Node { span: key.span, kind: Kind::Text(Cow::Borrowed(&key.text)) });
                out.push_str(": ");
                write_in_braces(out, value);
            }
            Kind::List(items) => write_in_braces(out, &items[index]),
            Kind::Text(_) => {}
        }
    }
    out.push(close);
}

/// The characters that end an unquoted text in brackets.
const IN_BRACES: [char; 5] = [',', '[', ']', '{', '}'];

/// Writes fields, each on a line of its own; the caller has written what comes before the first.
fn write_map(out: &mut String, entries: &[(Key, Node)], indent: usize) {
    for (index, (key, value)) in entries.iter().enumerate() {
        if index > 0 {
            spaces(out, indent);
        }
        write_scalar(out, &key.text);
        out.push(':');
        match &value.kind {
            Kind::Map(inner) if !inner.is_empty() => {
                out.push('\n');
                spaces(out, indent + 2);
                write_map(out, inner, indent + 2);
            }
            Kind::List(items) if !items.is_empty() && in_brackets(items, indent + key.text.len()).is_none() => {
                out.push('\n');
                spaces(out, indent + 2);
                write_list(out, items, indent + 2);
            }
            _ => {
                out.push(' ');
                write_value(out, value, indent);
            }
        }
    }
}

/// Writes items, each on a line of its own; the caller has written what comes before the first.
fn write_list(out: &mut String, items: &[Node], indent: usize) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            spaces(out, indent);
        }
        out.push_str("- ");
        match &item.kind {
            Kind::Map(entries) if !entries.is_empty() => write_map(out, entries, indent + 2),
            Kind::List(inner) if !inner.is_empty() => write_list(out, inner, indent + 2),
            _ => write_value(out, item, indent),
        }
    }
}

/// Writes a value that is on the line of its key or begins there; `indent` is the column of that line.
fn write_value(out: &mut String, node: &Node, indent: usize) {
    match &node.kind {
        Kind::Text(text) => match block_head(text) {
            Some(head) => write_block(out, &head, text, indent),
            None => write_scalar(out, text),
        },
        Kind::List(items) => out.push_str(&in_brackets(items, indent).unwrap_or_default()),
        Kind::Map(_) => out.push_str("{}"),
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
}

/// A list as `[one, two]`, where its items are single words and the line is not too long.
fn in_brackets(items: &[Node], used: usize) -> Option<String> {
    let is_word = |text: &&str| is_plain(text) && !text.contains([' ', ',', ':', '[', ']', '{', '}']);
    let words: Option<Vec<&str>> = items.iter().map(|item| item.text().filter(is_word)).collect();
    let list = format!("[{}]", words?.join(", "));
    (used + 2 + list.chars().count() <= WIDTH).then_some(list)
}

fn write_scalar(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push_str(text);
    } else {
        write_quoted(out, text);
    }
}

/// Whether a text means itself without quotes, for every reader of YAML.
fn is_plain(text: &str) -> bool {
    let starts_well = !text.starts_with(|c: char| c.is_whitespace() || INDICATORS.contains(c))
        && !text.starts_with("---")
        && !text.starts_with("...");
    let is_nothing = text.is_empty() || matches!(text, "~" | "null" | "Null" | "NULL" | "<<");
    let ends_well = !text.ends_with(|c: char| c.is_whitespace() || c == ':');
    let is_broken_up = text.contains(": ") || text.contains(" #");
    starts_well && !is_nothing && ends_well && !is_broken_up && text.chars().all(is_shown)
}

/// What no text without quotes may start with.
const INDICATORS: &str = "-?:,[]{}#&*!|>'\"%@`=~";

/// Whether a character can be written as is. YAML does not allow some and reads some as line ends; others are invisible
/// in an editor or reverse the line.
fn is_shown(c: char) -> bool {
    let is_noncharacter = u32::from(c) & 0xFFFE == 0xFFFE || ('\u{fdd0}'..='\u{fdef}').contains(&c);
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let ends_line = matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
    !(c.is_control() || is_noncharacter || turns || ends_line || c == '\u{feff}')
}

/// The header of a block text: `|`, the sign for its last line ends, and the indentation if the text itself begins with
/// spaces. `None` if the text must be quoted.
fn block_head(text: &str) -> Option<String> {
    let body = text.trim_end_matches('\n');
    let fits = |line: &str| line.chars().all(is_shown) && (line.is_empty() || !line.trim().is_empty());
    if body.is_empty() || !text.contains('\n') || !body.split('\n').all(fits) {
        return None;
    }
    let indentation = if text.starts_with([' ', '\n']) { "2" } else { "" };
    let chomping = match text.len() - body.len() {
        0 => "-",
        1 => "",
        _ => "+",
    };
    Some(format!("|{indentation}{chomping}"))
}

fn write_block(out: &mut String, head: &str, text: &str, indent: usize) {
    out.push_str(head);
    out.push('\n');
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        if !line.is_empty() {
            spaces(out, indent + 2);
        }
        out.push_str(line);
        out.push('\n');
    }
}

fn write_quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_shown(c) => out.push(c),
            c if u32::from(c) > 0xFFFF => out.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => out.push_str(&format!("\\u{:04X}", u32::from(c))),
        }
    }
    out.push('"');
}

fn spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_written_as_a_careful_person_types_it() {
        let entry = Fields::new().with("at", "2026-11-02 11:30").with("event", "follow-up").with("note", "Told: yes");
        let record = Fields::new()
            .with("id", "HEAT-10423")
            .with("title", "Export #3 drops the \"last\" quarter")
            .with("via", vec!["phone", "email"])
            .with_some("first_line", None::<&str>)
            .with("description", "Exporting FY26\n\n  drops **Q4**.\n")
            .with("agenda", vec!["Year-end freeze", "Any other"])
            .with("tickets", Vec::<&str>::new())
            .with("log", vec![entry]);
        let expected = "id: HEAT-10423\ntitle: \"Export #3 drops the \\\"last\\\" quarter\"\nvia: [phone, email]\n\
                        description: |\n  Exporting FY26\n\n    drops **Q4**.\nagenda:\n  - Year-end freeze\n  \
                        - Any other\ntickets: []\nlog:\n  - at: 2026-11-02 11:30\n    event: follow-up\n    \
                        note: \"Told: yes\"\n";
        assert_eq!(to_yaml(&record.into()), expected);
    }

    #[test]
    fn in_braces_what_would_end_a_text_is_quoted() {
        let exception = Fields::new().with("rule", "transition-forbidden").with("reason", "Ann, by phone");
        let entry = Fields::new().with("at", "2026-11-02 11:30").with("note", "x\ny").with("exception", exception);
        let expected = "{at: 2026-11-02 11:30, note: \"x\\ny\", \
                        exception: {rule: transition-forbidden, reason: \"Ann, by phone\"}}";
        assert_eq!(to_yaml_in_braces(&entry.into()), expected);
        assert_eq!(to_yaml_in_braces(&vec!["a", "b c"].into()), "[a, b c]");
    }

    #[test]
    fn blocks_keep_what_follows_their_last_line() {
        let of = |text: &str| to_yaml(&Fields::new().with("a", text).into());
        assert_eq!(of("x\ny\n"), "a: |\n  x\n  y\n");
        assert_eq!(of("x\ny"), "a: |-\n  x\n  y\n");
        assert_eq!(of("x\ny\n\n"), "a: |+\n  x\n  y\n\n");
        assert_eq!(of("  x\ny\n"), "a: |2\n    x\n  y\n");
        assert_eq!(of("x\r\ny\n"), "a: \"x\\r\\ny\\n\"\n");
        assert_eq!(of("\n"), "a: \"\\n\"\n");
    }
}
