//! Markdown as a tree that every format renders: markup in a record never reaches a page as markup.
//!
//! The rules of `format.md` for Markdown are applied here once: raw HTML is text, an image is a link with its
//! alternative text, only http, https and mailto targets are links, and control characters are U+FFFD.

use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};

use super::rich_text_reader;

/// A Markdown text, parsed only when it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RichText {
    /// The text in the record.
    pub markdown: String,
}

impl Serialize for RichText {
    /// The text and its `blocks`; the text alone in what no person reads (CBOR, of which digests are taken), since they
    /// follow from it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let blocks = serializer.is_human_readable().then(|| self.blocks());
        let mut text = serializer.serialize_struct("RichText", 1 + usize::from(blocks.is_some()))?;
        text.serialize_field("markdown", &self.markdown)?;
        if let Some(blocks) = blocks {
            text.serialize_field("blocks", &blocks)?;
        }
        text.end()
    }
}

/// A block of a rich text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Block {
    Paragraph {
        content: Vec<Inline>,
    },
    /// A heading of the text itself, `level` 1 to 6; pages show it as a bold paragraph, since the outline of a
    /// page is the page's own.
    Heading {
        level: u8,
        content: Vec<Inline>,
    },
    List {
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Quote {
        blocks: Vec<Block>,
    },
    Code {
        text: String,
    },
    Table {
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Rule,
}

impl Block {
    /// The end of a text that is not shown whole.
    pub fn goes_on() -> Block {
        let text = "(The text goes on in the record.)".to_owned();
        Block::Paragraph { content: vec![Inline::Text { text }] }
    }
}

/// A piece of a line of a rich text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Inline {
    Text {
        text: String,
    },
    Code {
        text: String,
    },
    Strong {
        content: Vec<Inline>,
    },
    Emphasis {
        content: Vec<Inline>,
    },
    Strike {
        content: Vec<Inline>,
    },
    Link {
        href: String,
        content: Vec<Inline>,
    },
    /// A line break that was asked for.
    Break,
}

/// A text that is longer, in bytes, is shown as it is written, and its beginning alone.
const LONGEST: usize = 64 << 10;

impl RichText {
    /// The text in the record.
    pub fn new(markdown: &str) -> RichText {
        RichText { markdown: markdown.to_owned() }
    }

    /// The tree of the text. Never fails: anything that is not markup is text.
    pub fn blocks(&self) -> Vec<Block> {
        let (beginning, is_cut) = beginning(&self.markdown);
        let clean = printable(beginning);
        let read = if is_cut { None } else { rich_text_reader::read(&clean) };
        let mut blocks = read.unwrap_or_else(|| vec![Block::Code { text: clean }]);
        if is_cut {
            blocks.push(Block::goes_on());
        }
        blocks
    }

    /// The text alone, on one line, at most `limit` characters; a longer one ends in "…".
    pub fn plain(&self, limit: usize) -> String {
        let mut words = String::new();
        blocks_text(&self.blocks(), &mut words);
        let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(limit) {
            None => line,
            Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        }
    }
}

/// As much of a text as is shown, and whether there is more.
fn beginning(markdown: &str) -> (&str, bool) {
    let end = (0..=LONGEST.min(markdown.len())).rev().find(|at| markdown.is_char_boundary(*at)).unwrap_or(0);
    (&markdown[..end], end < markdown.len())
}

/// The text with its control characters, other than tab and line end, as U+FFFD.
pub fn printable(text: &str) -> String {
    let shown = |c: char| match c {
        '\t' | '\n' => c,
        '\u{2028}' | '\u{2029}' => '\n',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    };
    text.replace("\r\n", "\n").chars().map(shown).collect()
}

fn blocks_text(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph { content } | Block::Heading { content, .. } => inlines_text(content, out),
            Block::List { items, .. } => items.iter().for_each(|item| blocks_text(item, out)),
            Block::Quote { blocks } => blocks_text(blocks, out),
            Block::Code { text } => out.push_str(text),
            Block::Table { head, rows } => {
                for cell in head.iter().chain(rows.iter().flatten()) {
                    inlines_text(cell, out);
                    out.push(' ');
                }
            }
            Block::Rule => {}
        }
        out.push(' ');
    }
}

/// The text of such pieces, without what marks them up.
pub(super) fn inlines_text(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } => out.push_str(text),
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Strike { content }
            | Inline::Link { content, .. } => inlines_text(content, out),
            Inline::Break => out.push(' '),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::rich_text_reader::DEEPEST;
    use super::*;

    fn json(markdown: &str) -> String {
        serde_json::to_string(&RichText::new(markdown).blocks()).unwrap_or_default()
    }

    #[test]
    fn raw_html_is_text() {
        assert_eq!(json("a <b>x</b>"), r#"[{"type":"paragraph","content":[{"type":"text","text":"a <b>x</b>"}]}]"#);
        assert!(json("<script>alert(1)</script>").contains("<script>alert(1)</script>"));
    }

    #[test]
    fn only_web_and_mail_targets_are_links() {
        assert!(json("[a](https://help.example.org)").contains("\"link\""));
        assert!(json("[a](MAILTO:a@example.org)").contains("\"link\""));
        for target in ["javascript:alert(1)", "data:text/html,x", "//example.org", "../x"] {
            assert!(!json(&format!("[a]({target})")).contains("\"link\""), "{target}");
        }
    }

    #[test]
    fn an_image_is_a_link_with_its_alternative_text() {
        assert_eq!(
            json("![the chart](https://help.example.org/c.png)"),
            r#"[{"type":"paragraph","content":[{"type":"link","href":"https://help.example.org/c.png","content":[{"type":"text","text":"the chart"}]}]}]"#
        );
    }

    #[test]
    fn deep_nesting_is_flattened() {
        let quotes = format!("{} deep", ">".repeat(500));
        assert!(RichText::new(&quotes).plain(100).contains("deep"));
        assert!(json(&quotes).matches("quote").count() <= DEEPEST + 1);
    }

    #[test]
    fn too_much_to_be_marked_up_is_shown_as_it_is_written() {
        for text in ["*a* ".repeat(5_000), format!("{}\n{}\n", "a|".repeat(3_000), "-|".repeat(3_000))] {
            assert_eq!(RichText::new(&text).blocks(), [Block::Code { text: text.clone() }]);
        }
        let long = "é ".repeat(30_000);
        let blocks = RichText::new(&long).blocks();
        assert!(matches!(&blocks[..], [Block::Code { text }, _] if long.starts_with(text) && text.len() > 60_000));
        assert!(json(&long).contains("goes on in the record"));
        assert!(json(&"word ".repeat(10_000)).starts_with("[{\"type\":\"paragraph\""));
    }

    #[test]
    fn control_characters_are_shown_as_replacement_characters() {
        for text in ["a\u{1b}[31mb", "a&#27;[31mb", "a&#x1B;[31mb"] {
            assert_eq!(RichText::new(text).plain(100), "a\u{fffd}[31mb");
        }
        assert!(!json("![](https://example.org/&#27;) [a](mailto:a&#27;b)").contains("\\u001b"));
    }

    #[test]
    fn plain_text_is_cut_between_characters() {
        assert_eq!(RichText::new("**bold** and\n* é list").plain(8), "bold and…");
    }
}
