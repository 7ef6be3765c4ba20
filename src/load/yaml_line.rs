//! A line of a YAML text, and what its writer meant the parts of it to be.

use crate::model::Span;

/// A line of a text, without its line end.
pub(super) struct Line<'t> {
    /// Its offset in the text.
    pub start: usize,
    pub text: &'t str,
}

impl<'t> Line<'t> {
    /// The line around a place of a text.
    pub(super) fn around(text: &'t str, at: usize) -> Line<'t> {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
        Line { start, text: text[start..end].trim_end_matches('\r') }
    }

    /// The last line before this one that is neither blank nor a comment. One of unseen characters is not blank.
    pub(super) fn before(&self, text: &'t str) -> Option<Line<'t>> {
        let mut line = Line { start: self.start, text: self.text };
        while line.start > 0 {
            line = Line::around(text, line.start - 1);
            let words = line.text.trim_matches([' ', '\t']);
            if !words.is_empty() && !words.starts_with('#') {
                return Some(line);
            }
        }
        None
    }

    /// The first line after this one that is neither blank nor a comment.
    pub(super) fn next(&self, text: &'t str) -> Option<Line<'t>> {
        let mut line = self.after(text)?;
        while line.text.trim().is_empty() || line.text.trim_start().starts_with('#') {
            line = line.after(text)?;
        }
        Some(line)
    }

    /// The line after this one.
    pub(super) fn after(&self, text: &'t str) -> Option<Line<'t>> {
        let end = self.start + text[self.start..].find('\n')?;
        Some(Line::around(text, end + 1))
    }

    /// The spaces before the first word.
    pub(super) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// Whether the line begins an entry of a list.
    pub(super) fn is_entry(&self) -> bool {
        self.text[self.indent()..].starts_with("- ")
    }

    /// The offset of the line's own words, after the dashes of lists.
    pub(super) fn words_at(&self) -> usize {
        let mut at = self.indent();
        while let Some(rest) = self.text[at..].strip_prefix("- ") {
            at = self.text.len() - rest.trim_start_matches(' ').len();
        }
        at
    }

    /// The name of the line's field, if it begins with one and its colon.
    pub(super) fn name(&self) -> Option<&'t str> {
        let (name, rest) = self.text[self.words_at()..].split_once(':')?;
        (is_name(name) && (rest.is_empty() || rest.starts_with([' ', '\t']))).then_some(name)
    }

    /// All before the line's value: blanks, dashes, the field's name.
    pub(super) fn head(&self) -> &'t str {
        let length = self.name().map_or(0, |name| name.len());
        &self.text[..self.words_at() + length]
    }

    /// The value of the line's field or item, and its offset.
    pub(super) fn value(&self) -> Option<(usize, &'t str)> {
        let from = self.words_at() + self.name().map_or(0, |name| name.len() + 1);
        let value = self.text[from..].trim();
        let is_item = self.words_at() > self.indent();
        let at = from + (self.text[from..].len() - self.text[from..].trim_start().len());
        ((self.name().is_some() || is_item) && !value.is_empty()).then_some((at, value))
    }

    /// A run of the line as a place of the text.
    pub(super) fn span(&self, from: usize, length: usize) -> Span {
        Span::new(self.start + from, self.start + from + length)
    }

    /// The column of the field, or of the dash, whose block text begins below the line: `note: |`, `- >-`.
    pub(super) fn begins_block(&self) -> Option<usize> {
        let words = self.text.split_once(" #").map_or(self.text, |(words, _)| words).trim_end();
        let head = words.trim_end_matches(|c: char| matches!(c, '+' | '-') || c.is_ascii_digit());
        let head = head.strip_suffix(['|', '>'])?;
        let begins = head.ends_with(": ") || head.ends_with("- ");
        begins.then(|| if self.name().is_some() { self.words_at() } else { self.indent() })
    }
}

/// What is wrong, where, and what to do.
pub(super) struct Cause {
    pub span: Span,
    pub message: String,
    pub help: String,
}

/// Whether a text has the form of a field's name.
pub(super) fn is_name(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(is_part)
}
