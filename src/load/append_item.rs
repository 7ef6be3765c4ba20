//! Adds an item to a file that is one list, `subjects.yaml` or `staff.yaml`, and leaves every other byte unchanged.
//!
//! As in `append`, the possible places are tried one by one, and a result is accepted only if it has the old items and the
//! new one. A file without items is the template of a new project: its example goes, its explanation stays.

use super::append::{
    AppendError, Edit, apply, behind_blank_lines, behind_comments, column, in_brackets, line_end, lines, parse,
};
use crate::record::{Kind, Node, to_yaml, to_yaml_in_braces};

/// The text with one more item in its list.
pub fn append_item(text: &str, item: &Node) -> Result<String, AppendError> {
    let (mark, body) = text.strip_prefix('\u{feff}').map_or(("", text), |body| ("\u{feff}", body));
    let old = parse(body).ok_or(AppendError::Unreadable)?;
    if old.is_blank() {
        return Ok(format!("{mark}{}{}", without_example(body), to_yaml(&vec![item.clone()].into())));
    }
    let Kind::List(items) = &old.kind else { return Err(AppendError::Unreadable) };
    let mut wanted = items.clone();
    wanted.push(item.clone());
    let wanted: Node = wanted.into();
    let is_right = |new: &String| parse(new).is_some_and(|new| new.says_the_same_as(&wanted));
    let mut tried = edits(body, &old, item).into_iter().filter_map(|edit| apply(body, &edit));
    tried.find(is_right).map(|new| format!("{mark}{new}")).ok_or_else(|| AppendError::NoPlace(String::new()))
}

/// A file without entries, its commented example removed: the lines that begin with one `#`. Other comments stay.
pub fn without_example(body: &str) -> String {
    let is_template = body.lines().any(|line| line.starts_with("## "));
    let is_example = |line: &str| is_template && line.starts_with('#') && !line.starts_with("##");
    let kept: Vec<&str> = body.lines().filter(|line| !is_example(line)).collect();
    let kept = kept.join("\n");
    let kept = kept.trim_end();
    if kept.is_empty() { String::new() } else { format!("{kept}\n") }
}

/// The possible places for the item, the best first.
fn edits(body: &str, list: &Node, item: &Node) -> Vec<Edit> {
    let Some(last) = list.items().last() else {
        // `[]` alone.
        let (start, end) = (list.span.start as usize, list.span.end as usize);
        return vec![Edit {
            gone: start..end,
            at: end,
            new: to_yaml(&vec![item.clone()].into()).trim_end().to_owned(),
        }];
    };
    if body[list.span.start as usize..].starts_with('[') {
        return vec![in_brackets(body, last, item)];
    }
    let line = line_end(body, last.span.end as usize);
    let before = body[..last.span.start as usize].trim_end_matches(|c: char| c.is_whitespace() || c == '{');
    let dash = column(body, before.strip_suffix('-').map_or(list.span.start as usize, str::len));
    let is_in_braces = body[before.len()..last.span.start as usize].contains('{');
    let mut places = vec![behind_comments(body, line, dash), line, behind_blank_lines(body, line)];
    places.dedup();
    let in_lines = places.iter().map(|at| lines(body, *at..*at, *at, dash, item));
    // Items of a line each are followed by another one.
    let in_braces = places.iter().filter(|_| is_in_braces).map(|at| {
        let start = if *at > 0 && !body[..*at].ends_with('\n') { "\n" } else { "" };
        let new = format!("{start}{}- {}\n", " ".repeat(dash), to_yaml_in_braces(item));
        Edit { gone: *at..*at, at: *at, new }
    });
    in_braces.chain(in_lines).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Fields;

    #[track_caller]
    fn add(old: &str, new: &str) {
        let item: Node = Fields::new().with("id", "b").with("name", "B").into();
        assert_eq!(append_item(old, &item).as_deref(), Ok(new), "{old:?}");
    }

    #[test]
    fn an_item_follows_the_last_one_in_its_style() {
        add("- id: a\n  name: A\n", "- id: a\n  name: A\n- id: b\n  name: B\n");
        add(
            "# top\n  - id: a # x\n    name: 'A'\n# end\n",
            "# top\n  - id: a # x\n    name: 'A'\n  - id: b\n    name: B\n# end\n",
        );
        add("- {id: a, name: A}\n", "- {id: a, name: A}\n- {id: b, name: B}\n");
        add("- {id: a, name: A}", "- {id: a, name: A}\n- {id: b, name: B}\n");
        add("[{id: a, name: A}]\n", "[{id: a, name: A}, {id: b, name: B}]\n");
        add("- id: a\r\n  name: A\r\n", "- id: a\r\n  name: A\r\n- id: b\r\n  name: B\r\n");
        add("\u{feff}- {id: a, name: A}\n", "\u{feff}- {id: a, name: A}\n- {id: b, name: B}\n");
    }

    #[test]
    fn an_empty_list_begins_with_it() {
        add("", "- id: b\n  name: B\n");
        add("[]\n", "- id: b\n  name: B\n");
        add("# My own comment\n", "# My own comment\n- id: b\n  name: B\n");
        add(
            "## The people.\n\n## id: a text\n#- id: a\n#  name: A\n",
            "## The people.\n\n## id: a text\n- id: b\n  name: B\n",
        );
    }
}
