//! The tree that a Markdown text stands for, and its text alone.

use serde::Serialize;

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
    /// What stands at the end of a text of which not all is shown.
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

/// The text of blocks, without what marks them up.
pub fn blocks_text(blocks: &[Block], out: &mut String) {
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
pub fn inlines_text(inlines: &[Inline], out: &mut String) {
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
