//! Markdown as a tree that every format walks: no markup of a record ever reaches a page as markup.
//!
//! What `format.md` asks of Markdown is settled here once: raw HTML is text, an image is a link that bears
//! its alternative text, only http, https and mailto targets are links, control characters are U+FFFD.

mod read;
mod tree;

use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};

pub use tree::{Block, Inline, printable};

use tree::blocks_text;

/// A Markdown text, and the tree it stands for: read where it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RichText {
    /// The text as it stands in the record.
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

/// A text that is longer, in bytes, is shown as it is written, and its beginning alone.
const LONGEST: usize = 64 << 10;

impl RichText {
    /// The text as it stands in a record.
    pub fn new(markdown: &str) -> RichText {
        RichText { markdown: markdown.to_owned() }
    }

    /// What the text stands for. Never fails: whatever is no markup is text.
    pub fn blocks(&self) -> Vec<Block> {
        let (beginning, is_cut) = beginning(&self.markdown);
        let clean = printable(beginning);
        let read = if is_cut { None } else { read::read(&clean) };
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

#[cfg(test)]
mod tests {
    use super::read::DEEPEST;
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
