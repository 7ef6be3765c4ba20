//! Markdown as a tree that every format walks: no markup of a record ever reaches a page as markup.
//!
//! What `docs/reference/records.md` asks of Markdown is settled here once: raw HTML is text, an image is a link that bears
//! its alternative text, only http, https and mailto targets are links, control characters are U+FFFD.

mod read;
mod tree;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use tree::{Block, Inline, printable};

use tree::blocks_text;

/// A Markdown text. The tree that it stands for is read where it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RichText {
    /// The text as the record has it.
    pub markdown: String,
}

/// A text that is longer, in bytes, is shown as it is written, and its beginning alone.
const LONGEST: usize = 64 << 10;

impl RichText {
    /// The text as a record has it.
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

    /// The text alone, on one line.
    pub fn line(&self) -> String {
        line(&self.blocks())
    }

    /// The text alone, on one line, of at most `limit` characters and "…".
    pub fn plain(&self, limit: usize) -> String {
        cut(&self.line(), limit).into_owned()
    }
}

/// The text of a tree alone, on one line.
pub fn line(blocks: &[Block]) -> String {
    let mut words = String::new();
    blocks_text(blocks, &mut words);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line as it is if it has at most `limit` characters; of a longer one the beginning and "…". It is cut between words
/// if one ends in the second half of what fits.
pub fn cut(line: &str, limit: usize) -> Cow<'_, str> {
    let Some((end, _)) = line.char_indices().nth(limit) else { return line.into() };
    let head = &line[..end];
    let words = head.rfind(' ').filter(|at| *at > end / 2).map_or(head, |at| &head[..at]);
    format!("{}…", words.trim_end()).into()
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
    fn the_line_is_the_text_alone() {
        let text = RichText::new("one **two**,\n\n    three\n    four\n\nfive\n\n| a | b |\n|---|---|\n| c | d |");
        assert_eq!(text.line(), "one two, three four five a b c d");
    }

    #[test]
    fn a_long_line_is_cut_between_words_or_else_between_characters() {
        assert_eq!(RichText::new("**bold** and\n* é list").plain(8), "bold and…");
        assert_eq!(cut("bold and", 8), "bold and");
        assert_eq!(cut("boldest andy", 8), "boldest…");
        assert_eq!(cut(&"é".repeat(9), 8), format!("{}…", "é".repeat(8)));
        assert_eq!(cut("a bcdefghij", 8), "a bcdefg…");
    }
}
