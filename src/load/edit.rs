//! Sets a field of a record's text, or adds an item to one of its lists, and leaves every other byte unchanged.
//!
//! As in `append`, the possible edits are tried one by one. Each result is parsed again, and accepted only if the field
//! has its value and all others have theirs.

use std::ops::Range;

use super::append::{
    AppendError, append_to, behind_blank_lines, behind_comments, column, indented, line_end, line_start, parse,
};
use super::yaml::parse_record;
use crate::record::{Faults, Field, Fields, Key, Kind, Node, placeholder, to_yaml, to_yaml_in_braces};

/// Why a field cannot be set.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum EditError {
    #[error("its YAML is not allowed in records")]
    Unreadable,
    #[error("it has no item {0}")]
    NoItem(String),
    #[error("a new value of `{0}` would change other lines")]
    NoPlace(String),
    #[error(transparent)]
    List(#[from] AppendError),
}

/// The mapping whose field is set.
#[derive(Debug, Clone, Copy)]
pub enum Target<'t> {
    /// The record itself.
    Record,
    /// The item of a list that has this `id`.
    Item { list: &'t str, id: &'t str },
    /// An item by its place: of a list of the record, or of the record that is a list itself.
    Nth { list: Option<&'t str>, index: usize },
}

/// The text with a field of `target` set to `value`. `fields` are those that the mapping may have, in their order: a new
/// field is written behind the ones that precede it, or in place of the comment that a new file has for it.
pub fn set_field(text: &str, target: Target, fields: &[Field], name: &str, value: &Node) -> Result<String, EditError> {
    set_lines(text, target, fields, (name, value), &to_yaml(&Fields::new().with(name, value.clone()).into()))
}

/// The same with the lines of the field as given.
fn set_lines(
    text: &str,
    target: Target,
    fields: &[Field],
    (name, value): (&str, &Node),
    lines: &str,
) -> Result<String, EditError> {
    let (mark, body) = text.strip_prefix('\u{feff}').map_or(("", text), |body| ("\u{feff}", body));
    let old = parse(body).ok_or(EditError::Unreadable)?;
    let entries = entries(&old, target)?;
    let site = Site { body, entries, is_record: matches!(target, Target::Record), fields, name, value, lines };
    let rest = without(old.clone(), target, name);
    let most = faults_in(body);
    let is_right = |new: &String| {
        let Some(new) = parse(new).filter(|_| faults_in(new) <= most) else { return false };
        let is_set = self::entries(&new, target).is_ok_and(|entries| {
            let mut own = entries.iter().filter(|(key, _)| key.text == name);
            own.next().is_some_and(|(_, node)| node.says_the_same_as(value)) && own.next().is_none()
        });
        is_set && without(new, target, name).says_the_same_as(&rest)
    };
    let mut tried = site
        .edits()
        .into_iter()
        .filter_map(|(gone, new)| Some(format!("{}{new}{}", body.get(..gone.start)?, body.get(gone.end..)?)));
    tried.find(is_right).map(|new| format!("{mark}{new}")).ok_or_else(|| EditError::NoPlace(name.to_owned()))
}

/// How many errors the YAML of a record has by itself: a comment behind a plain value, for example.
fn faults_in(body: &str) -> usize {
    let mut faults = Faults::default();
    parse_record(body, &mut faults);
    faults.list.len()
}

/// The text with one more item in a list of the record, which is created if it is missing.
pub fn add_item(text: &str, fields: &[Field], list: &str, item: &Node) -> Result<String, EditError> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let record = parse(body).ok_or(EditError::Unreadable)?;
    match record.get(list) {
        Some(_) => Ok(append_to(text, list, item)?),
        None => {
            // An item a line, also where short ones would have room in brackets: others will follow.
            let value: Node = vec![item.clone()].into();
            let lines = format!("{list}:\n{}", indented("", 0, 2, &to_yaml(&value)));
            set_lines(text, Target::Record, fields, (list, &value), &lines)
        }
    }
}

/// The fields of the mapping.
fn entries<'n, 'a>(record: &'n Node<'a>, target: Target) -> Result<&'n [(Key<'a>, Node<'a>)], EditError> {
    let node = match target {
        Target::Record => Some(record),
        Target::Item { list, id } => {
            record.get(list).and_then(|list| list.items().iter().find(|item| has_id(item, id)))
        }
        Target::Nth { list, index } => {
            list.map_or(Some(record), |list| record.get(list)).and_then(|list| list.items().get(index))
        }
    };
    match (node.map(|node| &node.kind), target) {
        (Some(Kind::Map(entries)), _) => Ok(entries),
        (_, Target::Item { id, .. }) => Err(EditError::NoItem(id.to_owned())),
        (_, Target::Nth { index, .. }) => Err(EditError::NoItem((index + 1).to_string())),
        (_, Target::Record) => Err(EditError::Unreadable),
    }
}

fn has_id(item: &Node, id: &str) -> bool {
    item.get("id").and_then(Node::text) == Some(id)
}

/// The record without the field.
fn without<'a>(mut record: Node<'a>, target: Target, name: &str) -> Node<'a> {
    let drop_from = |node: &mut Node| {
        if let Kind::Map(entries) = &mut node.kind {
            entries.retain(|(key, _)| key.text != name);
        }
    };
    match (target, &mut record.kind) {
        (Target::Record, _) => drop_from(&mut record),
        (Target::Item { list, id }, Kind::Map(entries)) => {
            let lists = entries.iter_mut().filter(|(key, _)| key.text == list);
            for (_, node) in lists {
                if let Kind::List(items) = &mut node.kind {
                    items.iter_mut().filter(|item| has_id(item, id)).for_each(drop_from);
                }
            }
        }
        (Target::Nth { list: None, index }, Kind::List(items)) => {
            items.get_mut(index).into_iter().for_each(drop_from);
        }
        (Target::Nth { list: Some(list), index }, Kind::Map(entries)) => {
            let lists = entries.iter_mut().filter(|(key, _)| key.text == list);
            for (_, node) in lists {
                if let Kind::List(items) = &mut node.kind {
                    items.get_mut(index).into_iter().for_each(drop_from);
                }
            }
        }
        _ => {}
    }
    record
}

/// An edit: what goes away, and what comes in its place.
type Edit = (Range<usize>, String);

/// A field, and the mapping in which it is set.
struct Site<'s, 'a> {
    body: &'s str,
    entries: &'s [(Key<'a>, Node<'a>)],
    is_record: bool,
    fields: &'s [Field],
    name: &'s str,
    value: &'s Node<'s>,
    /// The field as lines of their own.
    lines: &'s str,
}

impl Site<'_, '_> {
    /// The possible edits, the best first.
    fn edits(&self) -> Vec<Edit> {
        match self.entries.iter().find(|(key, _)| key.text == self.name) {
            Some((key, node)) => self.replaced(key, node),
            None => self.added(),
        }
    }

    fn in_braces(&self) -> bool {
        let first = self.entries.first().map_or(0, |(key, _)| key.span.start as usize);
        self.body[..first].trim_end().ends_with('{')
    }

    /// The new value in place of the old one.
    fn replaced(&self, key: &Key, node: &Node) -> Vec<Edit> {
        let (body, start, end) = (self.body, node.span.start as usize, node.span.end as usize);
        let (key_start, key_end) = (key.span.start as usize, key.span.end as usize);
        let in_braces = (start..end, to_yaml_in_braces(self.value));
        if self.in_braces() {
            return vec![in_braces];
        }
        let (lines, column) = (self.lines, column(body, key_start));
        let mut edits = Vec::new();
        // A value on one line goes to the place of one that is not a block.
        let is_block = match &node.kind {
            Kind::Text(_) => body[key_end..].trim_start_matches([' ', '\t', ':']).starts_with(['|', '>']),
            _ => !body[start..].starts_with('['),
        };
        if lines.lines().count() == 1 && start > key_start && !is_block {
            let value = lines.trim_end().split_once(": ").map_or("", |(_, value)| value);
            let end = value_end(body, node);
            edits.push((start..end, value.to_owned()));
            // No comment may follow a plain value.
            edits.push((start..end, format!("\"{value}\"")));
        }
        // Otherwise the new lines go to the place of the old ones, whose comments follow.
        let mut comments = Vec::new();
        if !matches!(node.kind, Kind::Text(_)) || node.is_blank() {
            comments = comments_in(body, key_end, node);
        }
        let last = line_end(body, end.max(key_end));
        let comments: String = comments.iter().map(|comment| format!("  {comment}\n")).collect();
        let new = indented(body, line_start(body, key_start), column, &format!("{lines}{comments}"));
        for last in [last, behind_blank_lines(body, last)] {
            edits.push((key_start..last, new.trim_start_matches(' ').to_owned()));
        }
        edits.push(in_braces);
        edits
    }

    /// The field in a place of its own.
    fn added(&self) -> Vec<Edit> {
        let body = self.body;
        let Some((first, _)) = self.entries.first() else { return Vec::new() };
        let last = self.entries.iter().map(|(key, node)| value_end(body, node).max(key.span.end as usize)).max();
        let last = last.unwrap_or(body.len());
        let in_braces: Node = Fields::new().with(self.name, self.value.clone()).into();
        let text = to_yaml_in_braces(&in_braces);
        let in_braces = (last..last, format!(", {}", text.trim_start_matches('{').trim_end_matches('}')));
        if self.in_braces() {
            return vec![in_braces];
        }
        let column = column(body, first.span.start as usize);
        let mut edits: Vec<Edit> = self.placeholder().map(|line| self.own_lines(line, column)).into_iter().collect();
        let order = |name: &str| self.fields.iter().position(|field| field.name == name).unwrap_or(usize::MAX);
        let own = order(self.name);
        let before =
            self.entries.iter().filter(|(key, _)| order(&key.text) < own).max_by_key(|(key, _)| order(&key.text));
        let is_last = self.entries.iter().all(|(key, _)| order(&key.text) < own);
        let mut places = Vec::new();
        if self.is_record && is_last {
            places.push(line_end(body, body.trim_end().len()));
        }
        match before {
            Some((key, node)) => {
                let line = line_end(body, node.span.end.max(key.span.end) as usize);
                places.extend([behind_comments(body, line, column), line, behind_blank_lines(body, line)]);
            }
            None => places.push(line_start(body, first.span.start as usize)),
        }
        places.push(line_end(body, last));
        places.dedup();
        edits.extend(places.into_iter().map(|at| self.own_lines(at..at, column)));
        edits.push(in_braces);
        edits
    }

    fn own_lines(&self, gone: Range<usize>, column: usize) -> Edit {
        let new = indented(self.body, gone.start, column, self.lines);
        (gone, new)
    }

    /// The comment that a new file has in place of the field.
    fn placeholder(&self) -> Option<Range<usize>> {
        let field = self.fields.iter().find(|field| field.name == self.name).filter(|_| self.is_record)?;
        let wanted = placeholder(field);
        let mut at = 0;
        while at < self.body.len() {
            let next = line_end(self.body, at);
            if self.body[at..next].trim_end_matches(['\n', '\r']) == wanted {
                return Some(at..next);
            }
            at = next;
        }
        None
    }
}

/// The comments within a list or beside its name: in lines of their own, or behind what needs no line to itself.
fn comments_in(body: &str, key_end: usize, node: &Node) -> Vec<String> {
    let mut comments = Vec::new();
    let end = line_end(body, (node.span.end as usize).max(key_end));
    let mut take = |from: usize| {
        let rest = &body[from..line_end(body, from).max(from)];
        let rest = rest.trim_start_matches([':', ',', ' ', '\t']).trim_end();
        if rest.starts_with('#') {
            comments.push(rest.to_owned());
        }
    };
    take(key_end);
    let ends: Vec<usize> = node.items().iter().map(|item| value_end(body, item)).collect();
    let mut at = line_end(body, key_end);
    while at < end {
        let next = line_end(body, at);
        match ends.iter().rev().find(|end| (at..next).contains(*end)) {
            Some(end) => take(*end),
            None => take(at),
        }
        at = next;
    }
    comments
}

/// The end of a value. The place of one in quotes or brackets reaches to the end of a comment behind it.
fn value_end(body: &str, node: &Node) -> usize {
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    let own = &body[start..end];
    if own.starts_with('[') {
        let mut at = node.items().last().map_or(start + 1, |last| value_end(body, last)) - start;
        while let Some(found) = own[at..].find([']', '#']).map(|found| at + found) {
            match own[found..].starts_with(']') {
                true => return start + found + 1,
                false => at = line_end(own, found),
            }
        }
        return end;
    }
    let Some(quote) = own.chars().next().filter(|own| ['"', '\''].contains(own)) else { return end };
    let mut characters = own.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        let is_doubled = |next: Option<&(usize, char)>| quote == '\'' && next.is_some_and(|(_, next)| *next == quote);
        match character {
            '\\' if quote == '"' => drop(characters.next()),
            _ if character == quote && is_doubled(characters.peek()) => drop(characters.next()),
            _ if character == quote => return start + at + 1,
            _ => {}
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, Meeting};
    use crate::record::{Value, fields_of};

    fn fields() -> Vec<Field> {
        fields_of(&Meeting::schema(), Meeting::FIELDS)
    }

    #[track_caller]
    fn set(old: &str, name: &str, value: impl Into<Node<'static>>, new: &str) {
        let found = set_field(old, Target::Record, &fields(), name, &value.into());
        assert_eq!(found.as_deref(), Ok(new), "{old:?}");
    }

    #[test]
    fn a_new_field_follows_those_before_it() {
        set("kind: weekly\ndate: 2026-11-18\n", "held", "true", "kind: weekly\ndate: 2026-11-18\nheld: true\n");
        set("kind: weekly", "held", "true", "kind: weekly\nheld: true\n");
        set("kind: weekly\r\nactions: []\r\n", "held", "true", "kind: weekly\r\nheld: true\r\nactions: []\r\n");
        set(
            "# top\nkind: weekly\n  # own\n\n# next\nminutes: |\n  a\n",
            "agenda",
            vec!["One thing"],
            "# top\nkind: weekly\n  # own\nagenda:\n  - One thing\n\n# next\nminutes: |\n  a\n",
        );
        set("\u{feff}minutes: a\n", "kind", "weekly", "\u{feff}kind: weekly\nminutes: a\n");
        set("kind: weekly\n...\n", "held", "true", "kind: weekly\nheld: true\n...\n");
        set("kind: |+\n  a\n\n\n", "held", "true", "kind: |+\n  a\n\n\nheld: true\n");
        set("{kind: weekly}\n", "agenda", vec!["a, b"], "{kind: weekly, agenda: [\"a, b\"]}\n");
    }

    #[test]
    fn a_value_takes_the_place_of_the_old_one() {
        set("held: false\nkind: weekly\n", "held", "true", "held: true\nkind: weekly\n");
        set("chair: 'a'   # by phone\n", "chair", "b", "chair: \"b\"   # by phone\n");
        set("canceled: 'Storm #4, it''s # 5' # c\n", "canceled", "b", "canceled: \"b\" # c\n");
        set("canceled: \"Storm \\\" #4\"\nheld: x\n", "canceled", "b", "canceled: b\nheld: x\n");
        set("attendees: [a, b] # all\n", "attendees", vec!["c"], "attendees: [c] # all\n");
        set(
            "attendees: # all\n  - a\n  # late\n  - 'b' # early\nheld: true\n",
            "attendees",
            vec!["c", "d"],
            "attendees: [c, d]\n  # all\n  # late\n  # early\nheld: true\n",
        );
        set(
            "minutes: |\n  a\n\n  b\n\n# next\nheld: true\n",
            "minutes",
            "c\nd\n",
            "minutes: |\n  c\n  d\n\n# next\nheld: true\n",
        );
        set("minutes: old\r\nheld: true\r\n", "minutes", "c\nd\n", "minutes: |\r\n  c\r\n  d\r\nheld: true\r\n");
        set("minutes: |\n  a\n  b\n", "minutes", "c", "minutes: c\n");
        set("minutes: >\n  a\n", "minutes", "x: y", "minutes: \"x: y\"\n");
        set("minutes:\nheld: true\n", "minutes", "c", "minutes: c\nheld: true\n");
        set("{kind: weekly, held: false}", "held", "true", "{kind: weekly, held: true}");
    }

    #[test]
    fn the_comment_for_a_field_makes_room_for_it() {
        let held = "## Whether it was held, which makes the minutes final\n";
        let fields = fields();
        let own = fields.iter().find(|field| field.name == "held").expect("the field");
        let old = format!("kind: weekly\n{held}{}\n## more\n# minutes: |\n", placeholder(own));
        set(&old, "held", "true", &format!("kind: weekly\n{held}held: true\n## more\n# minutes: |\n"));
    }

    #[test]
    fn an_item_is_found_by_its_id() {
        let fields = fields_of(&Action::schema(), Action::FIELDS);
        let done = |old: &str, new: &str| {
            let target = Target::Item { list: "actions", id: "A-2026-002" };
            let found = set_field(old, target, &fields, "done", &"2026-11-23".into());
            assert_eq!(found.as_deref(), Ok(new), "{old:?}");
        };
        let first = "actions:\n  - id: A-2026-001\n    due: 2026-11-20\n";
        done(
            &format!("{first}  - id: A-2026-002\n    due: 2026-11-24\n    # soon\n\n# end\nheld: true\n"),
            &format!(
                "{first}  - id: A-2026-002\n    due: 2026-11-24\n    done: 2026-11-23\n    # soon\n\n# end\nheld: true\n"
            ),
        );
        done(
            &format!("{first}  - {{id: A-2026-002, due: 2026-11-24}} # soon\n"),
            &format!("{first}  - {{id: A-2026-002, due: 2026-11-24, done: 2026-11-23}} # soon\n"),
        );
        done(
            "actions: [{id: A-2026-002, what: 'x'} # soon\n  ]\n",
            "actions: [{id: A-2026-002, what: 'x', done: 2026-11-23} # soon\n  ]\n",
        );
        done(
            &format!("{first}  - id: A-2026-002\n    done: 2026-11-22\n    due: 2026-11-24\n"),
            &format!("{first}  - id: A-2026-002\n    done: 2026-11-23\n    due: 2026-11-24\n"),
        );
        let target = Target::Item { list: "actions", id: "A-2026-009" };
        let none = set_field(first, target, &fields, "done", &"2026-11-23".into());
        assert_eq!(none, Err(EditError::NoItem("A-2026-009".to_owned())));
    }

    #[test]
    fn an_item_goes_into_a_list_or_begins_it() {
        let add = |old: &str, new: &str| {
            assert_eq!(add_item(old, &fields(), "agenda", &"Freeze dates".into()).as_deref(), Ok(new), "{old:?}");
        };
        add("kind: weekly\n", "kind: weekly\nagenda:\n  - Freeze dates\n");
        let short = add_item("kind: weekly\n", &fields(), "agenda", &"Exports".into());
        assert_eq!(short.as_deref(), Ok("kind: weekly\nagenda:\n  - Exports\n"));
        add("agenda:\n- a # c\nheld: true\n", "agenda:\n- a # c\n- Freeze dates\nheld: true\n");
        add("agenda: ['a']\n", "agenda: ['a', Freeze dates]\n");
        add("agenda: []\nheld: true\n", "agenda:\n  - Freeze dates\nheld: true\n");
    }
}
