//! A value that means something else to YAML than to its writer → what it means, and the value in quotes.

use super::yaml_line::{Cause, Line};
use super::yaml_words::{LONGEST_QUOTED, shortened};
use crate::record::{Fields, to_yaml};

impl Line<'_> {
    /// The field or item as it would be with its value in quotes, for a help text.
    pub(super) fn in_quotes(&self, value: &str) -> String {
        if value.chars().count() > LONGEST_QUOTED {
            return "put the whole value into quotes".to_owned();
        }
        let quoted = match self.name() {
            Some(name) => to_yaml(&Fields::new().with(name, value).into()),
            None => to_yaml(&vec![value].into()),
        };
        // Some values need no quotes once those around them are gone.
        let needs = quoted.trim_end().ends_with(['"', '\'']);
        format!("{} `{}`", if needs { "put the whole value into quotes:" } else { "write" }, quoted.trim_end())
    }

    /// A value that begins with what means something else to YAML.
    pub(super) fn value_start(&self, at: usize, info: &str) -> Option<Cause> {
        let (from, value) = self.value()?;
        let first = value.chars().next()?;
        if at < self.start + from {
            return None;
        }
        let is = |words: &str| info.contains(words);
        if let Some(cause) = self.curly(from, value, info) {
            return Some(cause);
        }
        let (message, help) = match first {
            '[' | '{' => {
                let close = if first == '[' { ']' } else { '}' };
                let closed = value.find(close);
                // A list that goes on below, or one with an error of its own inside.
                if closed.is_some_and(|end| value[end + 1..].trim_start_matches([',', ' ']).is_empty()) {
                    return None;
                }
                let what = if first == '[' { "a list" } else { "fields in braces" };
                let mut help = self.in_quotes(value);
                if closed.is_none() {
                    help = format!("write the `{close}` that ends it, or {help}");
                }
                (format!("the value begins with `{first}`, which starts {what}"), help)
            }
            '"' if is("escape") || is("hexadecimal") => {
                let inner = value.strip_suffix('"').unwrap_or(value).trim_start_matches('"');
                let single = format!("'{}'", inner.replace('\'', "''"));
                let help = match self.name().filter(|_| inner.chars().count() <= LONGEST_QUOTED) {
                    Some(name) => format!("use single quotes, in which `\\` is a plain character: `{name}: {single}`"),
                    None => "use single quotes, in which `\\` is a plain character".to_owned(),
                };
                ("a `\\` within double quotes begins an escape that YAML does not know".to_owned(), help)
            }
            '\'' | '"' if is("quoted scalar") || is("eof") => match value[1..].contains(first) {
                true => (
                    format!("text follows the `{first}` that ends the value"),
                    self.in_quotes(without_outer(value, first)),
                ),
                false if first == '"' => {
                    let help = "write a `\"` after its last word; write a `\"` inside it as `\\\"`";
                    ("the value begins with `\"`, and no `\"` ends it".to_owned(), help.to_owned())
                }
                false => ("the value begins with `'`, and no `'` ends it".to_owned(), self.in_quotes(value)),
            },
            '-' if value.starts_with("- ") => {
                ("the value begins with `- `, which starts a list".to_owned(), self.in_quotes(value))
            }
            '`' => ("the value begins with a backtick, which YAML keeps for itself".to_owned(), self.in_quotes(value)),
            '?' | '@' | '%' | '*' | '&' | '!' | ',' | ']' | '}' => {
                let message = format!("the value begins with `{first}`, which has a special meaning in YAML");
                (message, self.in_quotes(value))
            }
            '>' | '|' if is("block scalar") => {
                let message = format!("text follows `{first}` on its line");
                let help = format!("begin the text on the next line, indented; or {}", self.in_quotes(value));
                (message, help)
            }
            _ => return None,
        };
        Some(Cause { span: self.span(from, value.len().min(first.len_utf8())), message, help })
    }

    /// Curly quotation marks around the value, or in place of a straight one that closes it.
    fn curly(&self, from: usize, value: &str, info: &str) -> Option<Cause> {
        let at = match value.chars().next()? {
            first if is_curly(first) => 0,
            // The parser read on for the mark that closes the value, or one of the list's.
            '"' | '\'' | '[' | '{'
                if ["quoted scalar", "eof", "flow", "sequence"].iter().any(|own| info.contains(own)) =>
            {
                value.find(is_curly)?
            }
            _ => return None,
        };
        let mark = value[at..].chars().next()?;
        let message = format!("YAML does not read the curly quotation mark `{mark}` as a quote");
        let help = match value.starts_with(['[', '{']) {
            true => format!("type straight quotation marks instead: `{}`", shortened(&straight(value))),
            false => self.in_quotes(unquoted(value)).replace("into quotes", "into straight quotes"),
        };
        Some(Cause { span: self.span(from + at, mark.len_utf8()), message, help })
    }

    /// `title: Export: the last quarter`
    pub(super) fn colon_in_value(&self, at: usize, info: &str) -> Option<Cause> {
        let (from, value) = self.value().filter(|_| info.contains("mapping values are not allowed"))?;
        let at = at.checked_sub(self.start).filter(|at| *at >= from)?;
        let message = "the value contains a colon followed by a space".to_owned();
        Some(Cause { span: self.span(at, 1), message, help: self.in_quotes(value) })
    }
}

/// A list in brackets that nothing closes: the parser reads on, and stops at the colon of the next field.
pub(super) fn unclosed_list(text: &str, line: &Line, info: &str) -> Option<Cause> {
    if !["flow", "bracket", "illegal placement"].iter().any(|words| info.contains(words)) {
        return None;
    }
    let mut opening = line.before(text);
    while let Some(candidate) = &opening {
        if let Some((from, _)) = candidate.value().filter(|(_, value)| value.starts_with(['[', '{'])) {
            return candidate.value_start(candidate.start + from, info);
        }
        opening = candidate.before(text);
    }
    None
}

/// A text of several lines of which one has ` #`: YAML drops the rest of that line, and rejects the lines below.
pub(super) fn cut_by_comment(text: &str, at: usize, info: &str) -> Option<Cause> {
    if !info.contains("comment intercepting") {
        return None;
    }
    let line = Line::around(text, at);
    let comment = line.text.get(at - line.start..)?.trim_end();
    let mut top = Line::around(text, at);
    while top.name().is_none() && !top.is_entry() {
        top = top.before(text)?;
    }
    let mark = top.name().map_or_else(|| "- |".to_owned(), |name| format!("{name}: |"));
    let message = format!("YAML drops the text behind ` #` as a comment: `{}`", shortened(comment));
    let help = format!("write `{mark}`, and put the whole text below it, indented");
    Some(Cause { span: line.span(at - line.start, comment.len()), message, help })
}

/// The value at a place of the text, in quotes, for a help text; `None` if the line has no value there.
pub(super) fn value_in_quotes(text: &str, at: usize) -> Option<String> {
    let line = Line::around(text, at);
    let (from, value) = line.value()?;
    (line.start + from == at).then(|| line.in_quotes(value))
}

fn is_curly(character: char) -> bool {
    matches!(character, '\u{2018}'..='\u{201f}')
}

/// A value without the quotation marks around it, straight or curly.
fn unquoted(value: &str) -> &str {
    value.trim_matches(|c| is_curly(c) || matches!(c, '"' | '\''))
}

/// A text with straight quotation marks in place of curly ones.
fn straight(text: &str) -> String {
    text.chars()
        .map(|c| {
            if !is_curly(c) {
                c
            } else if c < '\u{201c}' {
                '\''
            } else {
                '"'
            }
        })
        .collect()
}

/// `It's` of `'It's'`: the quotes around a value, where each one within is an apostrophe. Else the value as it is.
fn without_outer(value: &str, quote: char) -> &str {
    let Some(inner) = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) else { return value };
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut within = inner.match_indices(quote);
    let is_apostrophe =
        |at: usize| is_letter(inner[..at].chars().next_back()) && is_letter(inner[at + 1..].chars().next());
    if within.all(|(at, _)| is_apostrophe(at)) { inner } else { value }
}
