//! Markdown as a tree that every format walks: no markup of a record ever reaches a page as markup.
//!
//! What `format.md` asks of Markdown is settled here once: raw HTML is text, an image is a link that bears
//! its alternative text, only http, https and mailto targets are links, control characters are U+FFFD.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde::{Deserialize, Serialize};

/// A Markdown text and the tree it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RichText {
    /// The text as it stands in the record.
    pub markdown: String,
    pub blocks: Vec<Block>,
}

/// A block of a rich text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// A piece of a line of a rich text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// A text that is longer, in bytes, is shown as it is written, and its beginning alone; one that has more marked-up
/// pieces as it is written, and whole. What reading and showing a piece takes is a hundred times what writing it does.
const LONGEST: usize = 64 << 10;
const MOST_PIECES: usize = 5_000;

/// Lists, quotes and emphasis nested deeper than this are flattened: no renderer has to be asked for more.
const DEEPEST: usize = 12;

impl RichText {
    /// Reads `markdown`. Never fails: whatever is no markup is text.
    pub fn new(markdown: &str) -> RichText {
        let (beginning, is_cut) = beginning(markdown);
        let clean = printable(beginning);
        let read = if is_cut { None } else { RichText::read(&clean) };
        let mut blocks = read.unwrap_or_else(|| vec![Block::Code { text: clean }]);
        if is_cut {
            let text = "(The text goes on in the record.)".to_owned();
            blocks.push(Block::Paragraph { content: vec![Inline::Text { text }] });
        }
        RichText { markdown: markdown.to_owned(), blocks }
    }

    /// The tree of a text; none where it has more pieces than are shown as such.
    fn read(clean: &str) -> Option<Vec<Block>> {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        let mut builder = Builder { frames: vec![Frame::new(None)] };
        for (count, event) in Parser::new_ext(clean, options).enumerate() {
            if count > MOST_PIECES {
                return None;
            }
            builder.take(event);
        }
        Some(builder.finish())
    }

    /// The text alone, on one line, at most `limit` characters; a longer one ends in "…".
    pub fn plain(&self, limit: usize) -> String {
        let mut words = String::new();
        blocks_text(&self.blocks, &mut words);
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

fn inlines_text(inlines: &[Inline], out: &mut String) {
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

/// What is open at one depth while the events come in.
struct Frame<'a> {
    tag: Option<Tag<'a>>,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    items: Vec<Vec<Block>>,
    head: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
    cells: Vec<Vec<Inline>>,
}

impl<'a> Frame<'a> {
    fn new(tag: Option<Tag<'a>>) -> Self {
        Frame {
            tag,
            blocks: Vec::new(),
            inlines: Vec::new(),
            items: Vec::new(),
            head: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// Loose lines become a paragraph of their own: a tight list's item has no paragraph tag.
    fn settle(&mut self) {
        if !self.inlines.is_empty() {
            let content = std::mem::take(&mut self.inlines);
            self.blocks.push(Block::Paragraph { content });
        }
    }
}

struct Builder<'a> {
    frames: Vec<Frame<'a>>,
}

impl<'a> Builder<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(end) => self.close(end),
            // Markdown may name any character by its number (`&#27;`), so that they are looked at once more.
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&printable(&text)),
            Event::Code(text) => self.inline(Inline::Code { text: printable(&text) }),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => self.block(Block::Rule),
            // Not switched on; were they, they would be text.
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    fn top(&mut self) -> &mut Frame<'a> {
        // The first frame is never closed, so there always is one.
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn open(&mut self, tag: Tag<'a>) {
        if matches!(tag, Tag::Paragraph | Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::Table(_)) {
            self.top().settle();
        }
        self.frames.push(Frame::new(Some(tag)));
    }

    fn text(&mut self, text: &str) {
        if let Some(Inline::Text { text: last }) = self.top().inlines.last_mut() {
            last.push_str(text);
        } else {
            self.inline(Inline::Text { text: text.to_owned() });
        }
    }

    fn inline(&mut self, inline: Inline) {
        self.top().inlines.push(inline);
    }

    fn block(&mut self, block: Block) {
        self.top().settle();
        self.top().blocks.push(block);
    }

    fn close(&mut self, _end: TagEnd) {
        if self.frames.len() < 2 {
            return;
        }
        let Some(mut frame) = self.frames.pop() else { return };
        let deep = self.frames.len() > DEEPEST;
        let Some(tag) = frame.tag.take() else { return };
        match tag {
            Tag::Paragraph => {
                let content = frame.inlines;
                self.top().blocks.push(Block::Paragraph { content });
            }
            Tag::Heading { level, .. } => {
                let content = frame.inlines;
                self.block(Block::Heading { level: level_number(level), content });
            }
            Tag::Strong | Tag::Emphasis | Tag::Strikethrough if deep => self.top().inlines.append(&mut frame.inlines),
            Tag::Strong => self.inline(Inline::Strong { content: frame.inlines }),
            Tag::Emphasis => self.inline(Inline::Emphasis { content: frame.inlines }),
            Tag::Strikethrough => self.inline(Inline::Strike { content: frame.inlines }),
            Tag::Link { dest_url, .. } => self.link(&dest_url, frame.inlines),
            Tag::Image { dest_url, .. } => {
                if frame.inlines.is_empty() {
                    frame.inlines.push(Inline::Text { text: printable(&dest_url) });
                }
                self.link(&dest_url, frame.inlines);
            }
            Tag::CodeBlock(_) => {
                let mut text = String::new();
                inlines_text(&frame.inlines, &mut text);
                self.block(Block::Code { text });
            }
            Tag::Item => {
                frame.settle();
                self.top().items.push(frame.blocks);
            }
            Tag::List(_) if deep => {
                let flat = frame.items.into_iter().flatten();
                self.top().blocks.extend(flat);
            }
            Tag::List(start) => self.block(Block::List { start, items: frame.items }),
            Tag::BlockQuote(_) if deep => {
                frame.settle();
                self.top().blocks.append(&mut frame.blocks);
            }
            Tag::BlockQuote(_) => {
                frame.settle();
                self.block(Block::Quote { blocks: frame.blocks });
            }
            Tag::TableCell => self.top().cells.push(frame.inlines),
            Tag::TableHead => self.top().head = frame.cells,
            Tag::TableRow => self.top().rows.push(frame.cells),
            Tag::Table(_) => self.block(Block::Table { head: frame.head, rows: frame.rows }),
            // An HTML block, or what is not switched on: its text stays.
            _ => {
                frame.settle();
                self.top().settle();
                self.top().blocks.append(&mut frame.blocks);
            }
        }
    }

    fn link(&mut self, href: &str, content: Vec<Inline>) {
        if is_safe_target(href) {
            self.inline(Inline::Link { href: printable(href), content });
        } else {
            self.top().inlines.extend(content);
        }
    }

    fn finish(mut self) -> Vec<Block> {
        while self.frames.len() > 1 {
            self.close(TagEnd::Paragraph);
        }
        self.top().settle();
        std::mem::take(&mut self.top().blocks)
    }
}

/// Whether a link may go there.
fn is_safe_target(href: &str) -> bool {
    let scheme = href.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https" | "mailto"))
}

fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(markdown: &str) -> String {
        serde_json::to_string(&RichText::new(markdown).blocks).unwrap_or_default()
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
            assert_eq!(RichText::new(&text).blocks, [Block::Code { text: text.clone() }]);
        }
        let long = "é ".repeat(30_000);
        let blocks = RichText::new(&long).blocks;
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
