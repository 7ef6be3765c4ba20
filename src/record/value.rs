//! Typed values read from nodes, and their JSON Schema.

use serde_json::{Value as Json, json};

use super::schema::or_blank;
use super::{Faults, Help, Kind, Lookalike, Node, Span, lookalike, without_quotes};

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

/// Decodes a value. One that is not what its field takes, and holds a character that looks like another one, is that.
pub(super) fn decode_named<T: Value>(node: &Node, faults: &mut Faults) -> Option<T> {
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
pub(super) fn within(span: Span, text: &str, found: Lookalike) -> Span {
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
