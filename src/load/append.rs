//! Adds an entry to the log, or to another list, of a record's text and leaves every other byte unchanged.
//!
//! The possible places are tried one by one. Each result is parsed again, and accepted only if it has the old contents
//! and the entry.

use std::ops::Range;

use super::yaml;
use crate::record::{Faults, Kind, Node, to_yaml, to_yaml_in_braces};

/// Why an entry cannot be added.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum AppendError {
    #[error("its YAML is not allowed in records")]
    Unreadable,
    #[error("it has no list `{0}`")]
    NoList(String),
    #[error("a new entry in its list `{0}` would change existing lines")]
    NoPlace(String),
}

/// An edit of a text: a span to remove, and the text to insert at its end or after it.
pub(super) struct Edit {
    /// Empty, but for the brackets of an empty list and the blanks before them.
    pub gone: Range<usize>,
    pub at: usize,
    pub new: String,
}

/// The text with `entry` as the last one of its `log`; a byte-order mark and the line ends stay what they are.
pub fn append(text: &str, entry: &Node) -> Result<String, AppendError> {
    append_to(text, "log", entry)
}

/// The same for the list of any name.
pub(super) fn append_to(text: &str, list: &str, entry: &Node) -> Result<String, AppendError> {
    let (mark, body) = text.strip_prefix('\u{feff}').map_or(("", text), |body| ("\u{feff}", body));
    let old = parse(body).ok_or(AppendError::Unreadable)?;
    let wanted = with_entry(old.clone(), list, entry)?;
    let is_right = |new: &String| parse(new).is_some_and(|new| new.says_the_same_as(&wanted));
    let mut tried = edits(body, &old, list, entry).into_iter().filter_map(|edit| apply(body, &edit));
    tried.find(is_right).map(|new| format!("{mark}{new}")).ok_or_else(|| AppendError::NoPlace(list.to_owned()))
}

pub(super) fn parse(text: &str) -> Option<Node<'_>> {
    yaml::parse(text, &mut Faults::default())
}

/// The contents that the text must have afterward.
fn with_entry<'a>(mut record: Node<'a>, list: &str, entry: &Node<'a>) -> Result<Node<'a>, AppendError> {
    let missing = || AppendError::NoList(list.to_owned());
    let Kind::Map(fields) = &mut record.kind else { return Err(missing()) };
    let (_, log) = fields.iter_mut().find(|(key, _)| key.text == list).ok_or_else(missing)?;
    if log.is_blank() {
        log.kind = Kind::List(Vec::new());
    }
    let Kind::List(items) = &mut log.kind else { return Err(missing()) };
    items.push(entry.clone());
    Ok(record)
}

pub(super) fn apply(body: &str, edit: &Edit) -> Option<String> {
    let (before, between) = (body.get(..edit.gone.start)?, body.get(edit.gone.end..edit.at)?);
    Some(format!("{before}{between}{}{}", edit.new, body.get(edit.at..)?))
}

/// The possible places for the entry, the best first.
fn edits(body: &str, record: &Node, list: &str, entry: &Node) -> Vec<Edit> {
    let Kind::Map(fields) = &record.kind else { return Vec::new() };
    let Some((key, log)) = fields.iter().find(|(key, _)| key.text == list) else { return Vec::new() };
    let (start, end) = (log.span.start as usize, log.span.end as usize);
    let key_column = column(body, key.span.start as usize);
    let Some(last) = log.items().last() else {
        if log.is_blank() {
            let at = line_end(body, key.span.end as usize);
            return vec![lines(body, at..at, at, key_column + 2, entry)];
        }
        return in_empty_brackets(body, (key.span.end as usize, start, end), key_column, entry);
    };
    let line = line_end(body, last.span.end as usize);
    if body[start..].starts_with('[') {
        return vec![in_brackets(body, last, entry)];
    }
    // The text between the dash and the entry's first field. The parser may report that the list begins after the dash.
    let before = body[..last.span.start as usize].trim_end_matches(|c: char| c.is_whitespace() || c == '{');
    let dash = column(body, before.strip_suffix('-').map_or(start, str::len));
    // A comment that is further in than the dash belongs to the entry before it; the blank lines of some blocks do.
    let owned = behind_comments(body, line, dash);
    let blank = behind_blank_lines(body, line);
    let mut places = vec![owned, line, blank];
    places.dedup();
    places.into_iter().map(|at| lines(body, at..at, at, dash, entry)).collect()
}

/// The entry in lines of its own behind the line that ends at `at`.
pub(super) fn lines(body: &str, gone: Range<usize>, at: usize, column: usize, entry: &Node) -> Edit {
    Edit { gone, at, new: indented(body, at, column, &to_yaml(&vec![entry.clone()].into())) }
}

/// A text as lines at `at`, each behind so many spaces and with the line end of its surroundings.
pub(super) fn indented(body: &str, at: usize, column: usize, text: &str) -> String {
    let end = line_break(body, at);
    let mut new = String::new();
    if at > 0 && !body[..at].ends_with(['\n', '\r']) {
        new.push_str(end);
    }
    for line in text.lines() {
        if !line.is_empty() {
            new.extend(std::iter::repeat_n(' ', column));
        }
        new.push_str(line);
        new.push_str(end);
    }
    new
}

/// Behind the last of a list in brackets, which keeps its style.
pub(super) fn in_brackets(body: &str, last: &Node, entry: &Node) -> Edit {
    let (start, end) = (last.span.start as usize, last.span.end as usize);
    let line = line_start(body, start);
    // The place of fields in braces is that of the first one.
    let own_line = line > 0 && body[line..start].trim_matches([' ', '{']).is_empty();
    let spaces = body[line..start].len() - body[line..start].trim_start_matches(' ').len();
    let between = match own_line {
        true => format!(",{}{}", line_break(body, start), " ".repeat(spaces)),
        false => ", ".to_owned(),
    };
    Edit { gone: end..end, at: end, new: format!("{between}{}", to_yaml_in_braces(entry)) }
}

/// In place of `[]`, as lines of its own; otherwise between the brackets.
fn in_empty_brackets(
    body: &str,
    (key_end, start, end): (usize, usize, usize),
    key_column: usize,
    entry: &Node,
) -> Vec<Edit> {
    let open = start + 1;
    let between = Edit { gone: open..open, at: open, new: to_yaml_in_braces(entry) };
    let Some(close) = body[open..].find(|c| c != ' ' && c != '\t').map(|at| open + at) else { return vec![between] };
    if !body[close..].starts_with(']') {
        return vec![between];
    }
    let blanks = body[key_end..start].len() - body[key_end..start].trim_end_matches([' ', '\t']).len();
    let line = line_end(body, end.max(close + 1));
    vec![lines(body, start - blanks..close + 1, line, key_column + 2, entry), between]
}

/// How many characters precede a place on its line.
pub(super) fn column(body: &str, at: usize) -> usize {
    body[line_start(body, at)..at].chars().count()
}

pub(super) fn line_start(body: &str, at: usize) -> usize {
    body[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1)
}

/// Just behind the line end that follows a place; the end of the text where none does.
pub(super) fn line_end(body: &str, at: usize) -> usize {
    let Some(end) = body[at..].find(['\n', '\r']).map(|end| at + end) else { return body.len() };
    end + if body[end..].starts_with("\r\n") { 2 } else { 1 }
}

/// The line end in use around a place: that of the line before it, else the first one of the text.
pub(super) fn line_break(body: &str, at: usize) -> &'static str {
    let before = body[..at].rfind(['\n', '\r']).map(|end| &body[..=end]);
    match before {
        Some(before) if before.ends_with("\r\n") => "\r\n",
        Some(before) if before.ends_with('\n') => "\n",
        Some(_) => "\r",
        None => match body.find(['\n', '\r']).map(|end| &body[end..]) {
            Some(rest) if rest.starts_with("\r\n") => "\r\n",
            Some(rest) if rest.starts_with('\r') => "\r",
            _ => "\n",
        },
    }
}

/// Behind the last of the comments that follow a line and are further in than `dash`.
pub(super) fn behind_comments(body: &str, line: usize, dash: usize) -> usize {
    let (mut at, mut owned) = (line, line);
    while at < body.len() {
        let next = line_end(body, at);
        let text = body[at..next].trim_end_matches(['\n', '\r']);
        let words = text.trim_start_matches(' ');
        match words.chars().next() {
            None => {}
            Some('#') if text.len() - words.len() > dash => owned = next,
            Some(_) => break,
        }
        at = next;
    }
    owned
}

/// Behind the blank lines that follow a line.
pub(super) fn behind_blank_lines(body: &str, line: usize) -> usize {
    let mut at = line;
    while at < body.len() && body[at..line_end(body, at)].trim().is_empty() {
        at = line_end(body, at);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Fields;

    fn entry() -> Node<'static> {
        Fields::new().with("at", "2026-11-03 09:00").with("event", "closed").with("by", "ann").into()
    }

    #[track_caller]
    fn becomes(old: &str, new: &str) {
        assert_eq!(append(old, &entry()).as_deref(), Ok(new), "{old:?}");
    }

    #[test]
    fn an_entry_follows_the_last_one_in_its_style() {
        let new = "at: 2026-11-03 09:00\n    event: closed\n    by: ann\n";
        becomes("log:\n  - at: x\n    event: y\n", &format!("log:\n  - at: x\n    event: y\n  - {new}"));
        becomes("log:\n  - at: x", &format!("log:\n  - at: x\n  - {new}"));
        becomes("log:\n  - at: x\nid: 1", &format!("log:\n  - at: x\n  - {new}id: 1"));
        becomes(
            "\u{feff}log:\r\n- at: x\r\n  note: |\r\n    a\r\nid: 1\r\n",
            "\u{feff}log:\r\n- at: x\r\n  note: |\r\n    a\r\n- at: 2026-11-03 09:00\r\n  event: closed\r\n  by: ann\r\nid: 1\r\n",
        );
    }

    #[test]
    fn an_empty_log_becomes_lines() {
        let new = "  - at: 2026-11-03 09:00\n    event: closed\n    by: ann\n";
        becomes("log: []\n", &format!("log:\n{new}"));
        becomes("log: [ ]   # none yet\nid: 1\n", &format!("log:   # none yet\n{new}id: 1\n"));
        becomes("log:\nid: 1\n", &format!("log:\n{new}id: 1\n"));
        becomes("log:  # none yet", &format!("log:  # none yet\n{new}"));
    }

    #[test]
    fn brackets_stay_brackets() {
        let new = "{at: 2026-11-03 09:00, event: closed, by: ann}";
        becomes("log: [{at: x}]  # c\n", &format!("log: [{{at: x}}, {new}]  # c\n"));
        becomes("log: [\n  {at: x}, # c\n]\n", &format!("log: [\n  {{at: x}},\n  {new}, # c\n]\n"));
        becomes("{id: 1, log: []}", &format!("{{id: 1, log: [{new}]}}"));
        becomes("log: [ # c\n  ]\n", &format!("log: [{new} # c\n  ]\n"));
    }

    #[test]
    fn comments_and_blank_lines_stay_with_what_they_belong_to() {
        let new = "  - at: 2026-11-03 09:00\n    event: closed\n    by: ann\n";
        becomes(
            "log:\n  - at: x # c\n\n    # own\n\n# next\nid: 1\n",
            &format!("log:\n  - at: x # c\n\n    # own\n{new}\n# next\nid: 1\n"),
        );
        // Blank lines that a block keeps are part of it.
        becomes("log:\n  - note: |+\n      a\n\n\nid: 1\n", &format!("log:\n  - note: |+\n      a\n\n\n{new}id: 1\n"));
    }

    #[test]
    fn what_has_no_log_is_refused() {
        assert_eq!(append("id: 1\n", &entry()), Err(AppendError::NoList("log".to_owned())));
        assert_eq!(append("log: words\n", &entry()), Err(AppendError::NoList("log".to_owned())));
        assert_eq!(append("log: [\n", &entry()), Err(AppendError::Unreadable));
        assert_eq!(append("- log\n", &entry()), Err(AppendError::NoList("log".to_owned())));
    }
}
