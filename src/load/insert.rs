//! Puts an entry between those of a log, removes one, or removes one of its fields; every other byte stays what it is.
//!
//! As in `append`, the possible edits are tried one by one. Each result is parsed again, and accepted only if it has what
//! it must have.

use std::ops::Range;

use super::append::{
    AppendError, append, behind_blank_lines, behind_comments, column, indented, line_end, line_start, parse,
};
use crate::record::{Kind, Node, to_yaml, to_yaml_in_braces};

/// The list of entries.
const LOG: &str = "log";

/// An edit: what goes away, and what comes in its place.
type Edit = (Range<usize>, String);

/// The text with `entry` in its log before the entry at the place `index`; behind the last one if there is none.
pub fn insert(text: &str, index: usize, entry: &Node) -> Result<String, AppendError> {
    let (body, old) = read(text)?;
    let Some(next) = entries(&old)?.get(index) else { return append(text, entry) };
    let wanted = with(&old, |items| items.insert(index, entry.clone()));
    let edits = match in_brackets(body, next) {
        true => before_in_brackets(body, next, entry),
        false => before_in_lines(body, entries(&old)?, index, entry),
    };
    first_right(text, body, &wanted, edits)
}

/// The text without the entry at the place `index` of its log. A comment that is further in than its dash goes with it.
pub fn remove(text: &str, index: usize) -> Result<String, AppendError> {
    let (body, old) = read(text)?;
    let items = entries(&old)?;
    let own = items.get(index).ok_or_else(no_place)?;
    let wanted = with(&old, |items| drop(items.remove(index)));
    let edits = match in_brackets(body, own) {
        true => {
            let (start, end) = (brace(body, own), own.span.end as usize);
            let after = items.get(index + 1).map(|next| (start..brace(body, next), String::new()));
            let before = index.checked_sub(1).and_then(|at| items.get(at));
            let before = before.map(|before| (end_of(body, before)..end_of(body, own), String::new()));
            after
                .into_iter()
                .chain(before)
                .chain([(start..end, String::new()), (start..end_of(body, own), String::new())])
                .collect()
        }
        false => {
            let dash = dash(body, own);
            let line = line_end(body, own.span.end as usize);
            let ends = [behind_comments(body, line, column(body, dash)), line, behind_blank_lines(body, line)];
            let gone = ends.map(|end| line_start(body, dash)..end);
            match items.len() {
                1 => gone.into_iter().flat_map(|gone| emptied(body, &old, gone)).collect(),
                _ => gone.into_iter().map(|gone| (gone, String::new())).collect(),
            }
        }
    };
    first_right(text, body, &wanted, edits)
}

/// The text without a field of the entry at the place `index` of its log.
pub fn remove_field(text: &str, index: usize, name: &str) -> Result<String, AppendError> {
    let (body, old) = read(text)?;
    let Some(Kind::Map(fields)) = entries(&old)?.get(index).map(|entry| &entry.kind) else { return Err(no_place()) };
    let at = fields.iter().position(|(key, _)| key.text == name).ok_or_else(no_place)?;
    let (key, value) = &fields[at];
    let wanted = with(&old, |items| {
        if let Some(Kind::Map(fields)) = items.get_mut(index).map(|entry| &mut entry.kind) {
            drop(fields.remove(at));
        }
    });
    let (start, end) = (key.span.start as usize, (value.span.end.max(key.span.end)) as usize);
    let own_lines = line_start(body, start)..line_end(body, end);
    let after = fields.get(at + 1).map(|(next, _)| start..next.span.start as usize);
    let before = at.checked_sub(1).map(|before| fields[before].1.span.end as usize..end);
    let edits = [own_lines].into_iter().chain(before).chain(after).map(|gone| (gone, String::new())).collect();
    first_right(text, body, &wanted, edits)
}

/// The text without its byte-order mark, and its contents.
fn read(text: &str) -> Result<(&str, Node<'_>), AppendError> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok((body, parse(body).ok_or(AppendError::Unreadable)?))
}

fn entries<'n, 'a>(record: &'n Node<'a>) -> Result<&'n [Node<'a>], AppendError> {
    record.get(LOG).map(Node::items).ok_or_else(|| AppendError::NoList(LOG.to_owned()))
}

fn no_place() -> AppendError {
    AppendError::NoPlace(LOG.to_owned())
}

/// The contents with other entries.
fn with<'a>(record: &Node<'a>, edit: impl FnOnce(&mut Vec<Node<'a>>)) -> Node<'a> {
    let mut record = record.clone();
    if let Kind::Map(fields) = &mut record.kind
        && let Some((_, log)) = fields.iter_mut().find(|(key, _)| key.text == LOG)
        && let Kind::List(items) = &mut log.kind
    {
        edit(items);
    }
    record
}

/// The first result that has the contents that it must have.
fn first_right(text: &str, body: &str, wanted: &Node, edits: Vec<Edit>) -> Result<String, AppendError> {
    let mark = &text[..text.len() - body.len()];
    let apply = |(gone, new): Edit| Some(format!("{}{new}{}", body.get(..gone.start)?, body.get(gone.end..)?));
    let is_right = |new: &String| parse(new).is_some_and(|new| new.says_the_same_as(wanted));
    edits.into_iter().filter_map(apply).find(is_right).map(|new| format!("{mark}{new}")).ok_or_else(no_place)
}

/// Whether an entry is one of a list in brackets: no dash is before it.
fn in_brackets(body: &str, entry: &Node) -> bool {
    let before = body[..entry.span.start as usize].trim_end_matches(|c: char| c.is_whitespace() || c == '{');
    !before.ends_with('-')
}

/// The place of an entry's dash.
fn dash(body: &str, entry: &Node) -> usize {
    let before = body[..entry.span.start as usize].trim_end_matches(|c: char| c.is_whitespace() || c == '{');
    before.strip_suffix('-').map_or(entry.span.start as usize, str::len)
}

/// The place of an entry's brace: its own place is that of its first field.
fn brace(body: &str, entry: &Node) -> usize {
    let before = body[..entry.span.start as usize].trim_end();
    before.strip_suffix('{').map_or(entry.span.start as usize, str::len)
}

/// Behind an entry's brace.
fn end_of(body: &str, entry: &Node) -> usize {
    let end = entry.span.end as usize;
    match body[..end].ends_with('}') {
        true => end,
        false => body[end..].find('}').map_or(end, |at| end + at + 1),
    }
}

fn before_in_brackets(body: &str, next: &Node, entry: &Node) -> Vec<Edit> {
    let at = brace(body, next);
    let line = line_start(body, at);
    let between = match line > 0 && body[line..at].trim().is_empty() {
        true => format!(",\n{}", &body[line..at]),
        false => ", ".to_owned(),
    };
    vec![(at..at, format!("{}{between}", to_yaml_in_braces(entry)))]
}

fn before_in_lines(body: &str, items: &[Node], index: usize, entry: &Node) -> Vec<Edit> {
    let first = dash(body, &items[index]);
    let column = column(body, first);
    let mut places = vec![line_start(body, first)];
    if let Some(before) = index.checked_sub(1).and_then(|at| items.get(at)) {
        // A comment that is further in than the dash belongs to the entry before it; other comments to the next one.
        let line = line_end(body, before.span.end as usize);
        places = vec![behind_comments(body, line, column), line, behind_blank_lines(body, line), places[0]];
    }
    let lines = to_yaml(&vec![entry.clone()].into());
    places.into_iter().map(|at| (at..at, indented(body, at, column, &lines))).collect()
}

/// The edits by which a log without its only entry becomes an empty list.
fn emptied(body: &str, record: &Node, gone: Range<usize>) -> Vec<Edit> {
    let Kind::Map(fields) = &record.kind else { return Vec::new() };
    let Some((key, _)) = fields.iter().find(|(key, _)| key.text == LOG) else { return Vec::new() };
    let colon = body[key.span.end as usize..].find(':').map(|at| key.span.end as usize + at + 1);
    let edit = |colon: usize| Some((colon..gone.end, format!(" []{}", body.get(colon..gone.start)?)));
    colon.and_then(edit).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Fields;

    const TWO: &str = "log:\n  - at: a\n    # of a\n\n  # of b\n  - at: b # c\n    note: |\n      B\n\n# next\nid: 1\n";

    fn entry() -> Node<'static> {
        Fields::new().with("at", "x").with("by", "ann").into()
    }

    #[track_caller]
    fn inserted(old: &str, index: usize, new: &str) {
        assert_eq!(insert(old, index, &entry()).as_deref(), Ok(new), "{old:?}");
    }

    #[test]
    fn an_entry_goes_between_two_and_comments_stay_with_theirs() {
        let new = "  - at: x\n    by: ann\n";
        inserted(TWO, 0, &TWO.replace("log:\n", &format!("log:\n{new}")));
        inserted(TWO, 1, &TWO.replace("    # of a\n", &format!("    # of a\n{new}")));
        inserted(TWO, 2, &TWO.replace("      B\n", &format!("      B\n{new}")));
        let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
        inserted(&windows(TWO), 1, &windows(&TWO.replace("    # of a\n", &format!("    # of a\n{new}"))));
        inserted("log:\n- {at: a,\n   by: b}\n", 0, "log:\n- at: x\n  by: ann\n- {at: a,\n   by: b}\n");
        inserted("log:\n-\n  at: a\n-\n  at: b\n", 1, "log:\n-\n  at: a\n- at: x\n  by: ann\n-\n  at: b\n");
        inserted(
            "log:\n  - note: |+\n      a\n\n\n  - at: b\n",
            1,
            &format!("log:\n  - note: |+\n      a\n\n\n{new}  - at: b\n"),
        );
    }

    #[test]
    fn brackets_stay_brackets() {
        inserted("log: [{at: a}, {at: b}] # c\n", 1, "log: [{at: a}, {at: x, by: ann}, {at: b}] # c\n");
        inserted("log: [{at: a}]\n", 0, "log: [{at: x, by: ann}, {at: a}]\n");
        inserted("log: [\n  {at: a}, # c\n]\n", 0, "log: [\n  {at: x, by: ann},\n  {at: a}, # c\n]\n");
    }

    #[test]
    fn an_entry_is_taken_out_with_its_comments() {
        let removed = |old: &str, index: usize, new: &str| {
            assert_eq!(remove(old, index).as_deref(), Ok(new), "{old:?}");
        };
        removed(TWO, 0, &TWO.replace("  - at: a\n    # of a\n", ""));
        removed(TWO, 1, &TWO.replace("  - at: b # c\n    note: |\n      B\n", ""));
        removed("log: # c\n  - at: a\nid: 1\n", 0, "log: [] # c\nid: 1\n");
        removed("log:\r\n- at: a\r\n", 0, "log: []\r\n");
        removed("log: [{at: a}, {at: b}] # c\n", 0, "log: [{at: b}] # c\n");
        removed("log: [{at: a}, {at: b}] # c\n", 1, "log: [{at: a}] # c\n");
        removed("log: [{at: a}]\n", 0, "log: []\n");
        assert_eq!(remove(TWO, 2), Err(no_place()));
    }

    #[test]
    fn a_field_is_taken_out() {
        let removed = |old: &str, new: &str| {
            assert_eq!(remove_field(old, 0, "by").as_deref(), Ok(new), "{old:?}");
        };
        removed("log:\n  - at: a\n    by: b # c\n    # d\n    note: e\n", "log:\n  - at: a\n    # d\n    note: e\n");
        removed("log:\n  - at: a\n    by: |\n      b\n\nid: 1\n", "log:\n  - at: a\n\nid: 1\n");
        removed("log: [{at: a, by: b, note: c}]\n", "log: [{at: a, note: c}]\n");
        removed("log: [{by: b, note: c}]\n", "log: [{note: c}]\n");
        removed("log:\n  - {at: a, by: b}\n", "log:\n  - {at: a}\n");
        assert_eq!(remove_field(TWO, 0, "by"), Err(no_place()));
    }
}
