//! Texts: one line, Markdown, or lines that are kept as they are.

use serde::Serialize;
use serde_json::Value as Json;

use crate::record::{Faults, Node, Value, schema_of_text};

/// A text of one line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Text(pub String);

impl Text {
    /// The most characters (`docs/reference/records.md`): packs and tables show these texts in a line.
    pub const LONGEST: usize = 300;

    /// Whether a text has more characters than [`Text::LONGEST`].
    pub fn is_too_long(text: &str) -> bool {
        text.len() > Text::LONGEST && text.chars().count() > Text::LONGEST
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for Text {
    const IS_TEXT: bool = true;

    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let text = text_of(node, faults)?;
        let text = text.trim();
        if text.contains(['\n', '\r']) {
            faults.invalid(node.span, "this field allows one line", "write it on one line");
            return None;
        }
        if Text::is_too_long(text) {
            let message =
                format!("this text has {} characters, and its field allows {}", text.chars().count(), Text::LONGEST);
            faults.invalid(node.span, message, "shorten it, and put the rest into the description or a note");
            return None;
        }
        Some(Text(text.to_owned()))
    }

    fn schema() -> Json {
        schema_of_text()
    }
}

/// A Markdown text, as YAML gives it, its last line end included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markdown(pub String);

impl Value for Markdown {
    const IS_TEXT: bool = true;

    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        text_of(node, faults).map(|text| Markdown(text.to_owned()))
    }

    fn schema() -> Json {
        // Editors then offer what they have for Markdown.
        let mut schema = schema_of_text();
        schema["contentMediaType"] = "text/markdown".into();
        schema
    }
}

/// Lines that are no Markdown: a signature, a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines(pub String);

impl Value for Lines {
    const IS_TEXT: bool = true;

    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        text_of(node, faults).map(|text| Lines(text.to_owned()))
    }

    fn schema() -> Json {
        schema_of_text()
    }
}

/// Bytes as hexadecimal digits, two each.
pub fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// A cell as it is compared: without regard to case, and to the blanks around and within it.
pub fn folded(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

crate::compared!(Text.0, Markdown.0);

impl crate::record::Compared for Lines {
    fn texts(&self) -> Option<Vec<String>> {
        Some(vec![self.0.trim().to_owned()])
    }
}

fn text_of<'n>(node: &'n Node, faults: &mut Faults) -> Option<&'n str> {
    let text = node.text();
    if text.is_none() {
        let help = "write a text here; put a text that holds `: ` or begins with `[`, `{`, `-` or `#` into quotes";
        faults.invalid(node.span, format!("{} is not a text", node.describe()), help);
    }
    text
}
