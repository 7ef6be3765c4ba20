//! Markdown as plain text: paragraphs of some columns; in a terminal with bold and code as it shows them.

use crate::model::{Block, Inline, RichText};

/// How wide a line of a terminal is.
const WIDTH: usize = 80;

/// How wide a line is, and whether bold and code stand out.
#[derive(Debug, Clone, Copy)]
struct Style {
    width: usize,
    colors: bool,
}

/// How a character looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Plain,
    Bold,
    Code,
}

type Run = Vec<(char, Look)>;

/// The text as lines, with a line end; with `colors` bold and code stand out, else code is between backticks.
pub fn plain(text: &RichText, colors: bool) -> String {
    let mut out = String::new();
    blocks(&text.blocks(), "", Style { width: WIDTH, colors }, &mut out);
    out
}

/// The same for a mail: lines of `width` columns at most, each with `indent` before it, and no line end.
pub fn wrapped(text: &[Block], width: usize, indent: &str) -> String {
    let mut out = String::new();
    blocks(text, indent, Style { width, colors: false }, &mut out);
    out.truncate(out.trim_end().len());
    out
}

/// Blocks with a blank line between them. Every line begins with `indent`.
fn blocks(blocks: &[Block], indent: &str, style: Style, out: &mut String) {
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        one_block(block, indent, style, out);
    }
}

fn one_block(block: &Block, indent: &str, style: Style, out: &mut String) {
    match block {
        Block::Paragraph { content } => paragraph(run(content, Look::Plain, style), indent, style, out),
        Block::Heading { content, .. } => paragraph(run(content, Look::Bold, style), indent, style, out),
        Block::List { start, items } => {
            for (index, item) in items.iter().enumerate() {
                let mark = match start {
                    Some(first) => format!("{}. ", first.saturating_add(index as u64)),
                    None => "- ".to_owned(),
                };
                let inner = format!("{indent}{}", " ".repeat(mark.len()));
                let mut text = String::new();
                blocks(item, &inner, style, &mut text);
                let text = text.strip_prefix(inner.as_str()).unwrap_or(&text);
                out.push_str(&format!("{indent}{mark}{}\n", text.trim_end_matches('\n')));
            }
        }
        Block::Quote { blocks: inner } => blocks(inner, &format!("{indent}> "), style, out),
        Block::Code { text } => {
            for line in text.lines() {
                out.push_str(format!("{indent}    {line}").trim_end());
                out.push('\n');
            }
        }
        Block::Table { head, rows } => {
            for row in std::iter::once(head).chain(rows) {
                let cells = row.iter().map(|cell| show(&run(cell, Look::Plain, style), style));
                out.push_str(&format!("{indent}{}\n", cells.collect::<Vec<_>>().join(" | ")));
            }
        }
        Block::Rule => out.push_str(&format!("{indent}----\n")),
    }
}

/// A piece of text as characters that know how they look.
fn run(inlines: &[Inline], look: Look, style: Style) -> Run {
    let mut out = Run::new();
    for inline in inlines {
        match inline {
            Inline::Text { text } => out.extend(text.chars().map(|c| (c, look))),
            Inline::Code { text } if style.colors => out.extend(text.chars().map(|c| (c, Look::Code))),
            Inline::Code { text } => out.extend(format!("`{text}`").chars().map(|c| (c, look))),
            Inline::Strong { content } => out.extend(run(content, Look::Bold, style)),
            Inline::Emphasis { content } | Inline::Strike { content } => out.extend(run(content, look, style)),
            Inline::Link { href, content } => {
                let inner = run(content, look, style);
                let is_bare = inner.iter().map(|(c, _)| *c).eq(href.chars());
                out.extend(inner);
                if !is_bare {
                    out.extend(format!(" <{href}>").chars().map(|c| (c, look)));
                }
            }
            Inline::Break => out.push(('\n', look)),
        }
    }
    out
}

/// Fills lines with words.
fn paragraph(run: Run, indent: &str, style: Style, out: &mut String) {
    let width = style.width.saturating_sub(indent.chars().count()).max(20);
    for forced in run.split(|(c, _)| *c == '\n') {
        let mut line = Run::new();
        for word in forced.split(|(c, _)| *c == ' ').filter(|word| !word.is_empty()) {
            if !line.is_empty() && line.len() + 1 + word.len() > width {
                push_line(&std::mem::take(&mut line), indent, style, out);
            }
            if !line.is_empty() {
                let look = if line.last().map(|(_, look)| look) == word.first().map(|(_, look)| look) {
                    word[0].1
                } else {
                    Look::Plain
                };
                line.push((' ', look));
            }
            line.extend_from_slice(word);
        }
        if !line.is_empty() {
            push_line(&line, indent, style, out);
        }
    }
}

fn push_line(line: &[(char, Look)], indent: &str, style: Style, out: &mut String) {
    out.push_str(indent);
    out.push_str(&show(line, style));
    out.push('\n');
}

fn show(run: &[(char, Look)], style: Style) -> String {
    let mut out = String::new();
    let mut now = Look::Plain;
    for (character, look) in run {
        if style.colors && *look != now {
            out.push_str(match look {
                Look::Plain => "\u{1b}[0m",
                Look::Bold => "\u{1b}[0;1m",
                Look::Code => "\u{1b}[0;36m",
            });
            now = *look;
        }
        out.push(*character);
    }
    if now != Look::Plain {
        out.push_str("\u{1b}[0m");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(markdown: &str) -> String {
        plain(&RichText::new(markdown), false)
    }

    #[test]
    fn paragraphs_are_filled_and_lists_hang() {
        let word = "word ".repeat(20);
        let text = shown(&format!("**Why.** `x` {word}\n\n- one\n- {word}\n\n```yaml\na: 1\n```\n"));
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(text.starts_with("Why. `x` word"), "{text}");
        assert!(text.contains("\n- one\n- word") && text.contains("\n  word"), "{text}");
        assert!(text.ends_with("\n\n    a: 1\n"), "{text}");
    }

    #[test]
    fn colours_begin_and_end() {
        let text = plain(&RichText::new("**a b** `c`"), true);
        assert_eq!(text, "\u{1b}[0;1ma b\u{1b}[0m \u{1b}[0;36mc\u{1b}[0m\n");
    }
}
