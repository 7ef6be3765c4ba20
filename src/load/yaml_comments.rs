//! Comments that follow a plain value on its line: YAML drops them, and most were meant as a part of the text.

use crate::model::{RuleId, Span};
use crate::record::{Faults, Fields, Key, to_yaml};

use super::yaml_words::{LONGEST_QUOTED, shortened};

/// Such a comment.
pub(super) struct Comment {
    /// From its `#` to the end of its line.
    pub span: Span,
    /// The value before it, with the name of its field; the value is blank if the comment is in its place.
    field: Option<String>,
    value: Span,
    /// Whether it follows the `|` or `>` of a block text.
    is_at_block: bool,
}

impl Comment {
    /// The comment after a plain value. After no value, only one whose `#` begins a word, as in `#404 on page`, because
    /// a blank field can have a comment.
    pub fn behind(text: &str, key: Option<&Key>, value: Span, is_nothing: bool) -> Option<Comment> {
        let end = value.end as usize;
        let from = end + if is_nothing { usize::from(text[end..].starts_with(':')) } else { 0 };
        let blanks = text[from..].len() - text[from..].trim_start_matches([' ', '\t']).len();
        let rest = &text[from + blanks..];
        let start = match (blanks > 0 && rest.starts_with('#'), is_nothing) {
            (true, false) => from + blanks,
            (true, true) if begins_word(rest) => from + blanks,
            (false, false) => below(text, key?, end)?,
            _ => return None,
        };
        let length = text[start..].find(['\n', '\r']).unwrap_or(text.len() - start);
        let span = Span::new(start, start + text[start..start + length].trim_end().len());
        let value = if is_nothing { Span::new(start, start) } else { value };
        Some(Comment { span, field: key.map(|key| key.text.to_string()), value, is_at_block: false })
    }

    /// The comment after the `|` or `>` of a block text, if its `#` begins a word: the text probably begins there.
    /// `after` is the end of the field's name or of the previous item, `block` the place of the text itself.
    pub fn behind_block(text: &str, key: Option<&Key>, after: usize, block: Span) -> Option<Comment> {
        let mark = after + text[after..].find(['|', '>'])?;
        if mark > block.start as usize {
            return None;
        }
        let line = text[mark..].split('\n').next().unwrap_or_default().trim_end();
        let at = line.find('#').filter(|at| begins_word(&line[*at..]))?;
        let start = mark + at;
        let (span, value) = (Span::new(start, start + line.len() - at), Span::new(start, start));
        Some(Comment { span, field: key.map(|key| key.text.to_string()), value, is_at_block: true })
    }

    /// The comment as it is written.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.span.start as usize..self.span.end as usize]
    }

    /// Adds the fault.
    pub fn report(&self, text: &str, faults: &mut Faults) {
        let comment = self.text(text);
        if self.is_at_block {
            let before = &text[..self.span.start as usize];
            let mark = before.rfind(['|', '>']).map_or("|", |at| &before[at..=at]);
            let message = format!("YAML drops the text behind `{mark}` as a comment: `{}`", shortened(comment));
            let help = "move it to the next line, indented like the other lines of the text";
            faults.add(RuleId::Syntax, self.span, message).help(help);
            return;
        }
        let whole = text[self.value.start as usize..self.span.end as usize].split_whitespace();
        let whole = whole.collect::<Vec<_>>().join(" ");
        let mut help = "put the whole value into quotes".to_owned();
        // A comment as people write one, after two spaces or in a column of its own.
        let is_comment = comment.starts_with("# ") && text[..self.span.start as usize].ends_with("  ");
        if is_comment {
            let help = "move the comment to a line of its own; put a value that holds ` #` into quotes";
            let message = format!("a comment follows the value on its line: `{}`", shortened(comment));
            faults.add(RuleId::Syntax, self.span, message).help(help);
            return;
        }
        if whole.chars().count() <= LONGEST_QUOTED {
            let quoted = match &self.field {
                Some(name) => to_yaml(&Fields::new().with(name.as_str(), whole.as_str()).into()),
                None => to_yaml(&vec![whole.as_str()].into()),
            };
            help = format!("{help}: `{}`", quoted.trim_end());
        }
        help.push_str("; move a comment to a line of its own");
        let message = match self.value.start == self.value.end {
            true => format!("the value begins with `#`, so that YAML drops it as a comment: `{}`", shortened(comment)),
            false => format!("YAML drops the text behind the value as a comment: `{}`", shortened(comment)),
        };
        faults.add(RuleId::Syntax, self.span, message).help(help);
    }
}

/// Whether a `#` begins a word, as `#404` does: a comment has a space, or is a line of signs.
fn begins_word(text: &str) -> bool {
    text[1..].starts_with(|c: char| c.is_alphanumeric())
}

/// A line below a plain value that goes on with it, but that its first word begins with `#`: it is further in than the
/// field, as the further lines of a text are.
fn below(text: &str, key: &Key, end: usize) -> Option<usize> {
    // Only blanks are skipped, so that a long line is not read again for each of its values.
    let rest = text[end..].trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?;
    let words = rest.trim_start_matches(' ');
    if !words.starts_with('#') || !begins_word(words) {
        return None;
    }
    let start = key.span.start as usize;
    let column = start - text[..start].rfind('\n').map_or(0, |at| at + 1);
    (rest.len() - words.len() > column).then(|| text.len() - words.len())
}
