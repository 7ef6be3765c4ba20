//! A rich text as the templates of a PDF get it: its tree, and its first words on one line.

use serde::Serialize;

use crate::model::{Block, Inline, RichText, cut, line};

/// How much of a text in lines is set.
const LONGEST_CODE: usize = 20_000;

/// How much of a text a table shows.
const LINE: usize = 160;

/// What the templates get in place of a `RichText`.
#[derive(Debug, Serialize)]
pub struct SetText {
    pub blocks: Vec<Block>,
    /// The beginning of the text on one line.
    pub line: String,
}

/// What a piece of text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    Words,
    /// Set as it is written, line by line.
    Code,
    /// Where a link leads.
    Target,
}

impl SetText {
    /// The tree of a text, with each piece as `set` makes it.
    pub fn new(text: &RichText, set: &mut impl FnMut(&str, Piece) -> String) -> SetText {
        let mut tree = text.blocks();
        let words = set(&cut(&line(&tree), LINE), Piece::Words);
        shorten(&mut tree);
        blocks(&mut tree, set);
        SetText { blocks: tree, line: words }
    }
}

/// Cuts what is set as it is written, and longer than any page: such a text is no part of a meeting.
fn shorten(blocks: &mut Vec<Block>) {
    let mut is_cut = false;
    for block in &mut *blocks {
        let Block::Code { text } = block else { continue };
        if let Some((end, _)) = text.char_indices().nth(LONGEST_CODE) {
            text.truncate(end);
            text.push('…');
            is_cut = true;
        }
    }
    if is_cut && blocks.last() != Some(&Block::goes_on()) {
        blocks.push(Block::goes_on());
    }
}

fn blocks(tree: &mut [Block], set: &mut impl FnMut(&str, Piece) -> String) {
    for block in tree {
        match block {
            Block::Paragraph { content } | Block::Heading { content, .. } => inlines(content, set),
            Block::List { items, .. } => items.iter_mut().for_each(|item| blocks(item, set)),
            Block::Quote { blocks: inner } => blocks(inner, set),
            Block::Code { text } => *text = set(text, Piece::Code),
            Block::Table { head, rows } => {
                head.iter_mut().chain(rows.iter_mut().flatten()).for_each(|cell| inlines(cell, set));
            }
            Block::Rule => {}
        }
    }
}

fn inlines(content: &mut [Inline], set: &mut impl FnMut(&str, Piece) -> String) {
    for inline in content {
        match inline {
            Inline::Text { text } => *text = set(text, Piece::Words),
            Inline::Code { text } => *text = set(text, Piece::Code),
            Inline::Strong { content } | Inline::Emphasis { content } | Inline::Strike { content } => {
                inlines(content, set);
            }
            Inline::Link { href, content } => {
                *href = set(href, Piece::Target);
                inlines(content, set);
            }
            Inline::Break => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(markdown: &str) -> SetText {
        SetText::new(&RichText::new(markdown), &mut |text, _| text.to_owned())
    }

    #[test]
    fn every_piece_is_set_for_what_it_is() {
        let text =
            RichText::new("*a* [b](https://example.org) `c`\n\n- d\n\n> e\n\n| f |\n|---|\n| g |\n\n```\nh\n```");
        let mut seen = Vec::new();
        SetText::new(&text, &mut |text, piece| {
            seen.push((text.trim().to_owned(), piece));
            text.to_owned()
        });
        let of = |piece| {
            let texts = seen.iter().skip(1).filter(|(text, own)| *own == piece && !text.is_empty());
            texts.map(|(text, _)| text.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(of(Piece::Words), ["a", "b", "d", "e", "f", "g"]);
        assert_eq!(of(Piece::Code), ["c", "h"]);
        assert_eq!(of(Piece::Target), ["https://example.org"]);
        assert_eq!(seen[0], ("a b c d e f g h".to_owned(), Piece::Words));
    }

    #[test]
    fn a_long_line_is_cut() {
        let line = set(&"word ".repeat(100)).line;
        assert!(line.ends_with("word…") && line.chars().count() <= LINE + 1);
    }

    #[test]
    fn lines_without_end_are_cut_and_said_to_be() {
        let code = |text: &str| format!("```\n{text}\n```\n\n");
        let blocks = set(&format!("{}{}", code(&"é\n".repeat(11_000)), code("short"))).blocks;
        let Block::Code { text } = &blocks[0] else { panic!("{blocks:?}") };
        assert_eq!(text.chars().count(), LONGEST_CODE + 1);
        assert!(text.ends_with('…'));
        assert_eq!(blocks[1..], [Block::Code { text: "short\n".to_owned() }, Block::goes_on()]);
        // Once is enough: this one is longer than is read at all.
        assert_eq!(set(&"é\n".repeat(40_000)).blocks.len(), 2);
    }
}
