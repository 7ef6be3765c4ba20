//! Joins three versions field by field and item by item: the values, and their lines.

use super::align::slots;
use super::identity::{ListKind, canonical};
use super::layout::{Layout, Part};
use super::question::{Answer, Disagreement, shown};
use super::text::{end_line, indented, marked};
use crate::model::Minute;
use crate::record::{Fields, Kind, Node, to_yaml, to_yaml_in_braces};

/// A field or item of the joined record.
pub(super) struct Joined<'a> {
    pub node: Node<'a>,
    /// Its lines, with the comments above them; `None` if it has no lines of its own.
    pub text: Option<String>,
    /// Both versions are in its lines: a person has to decide.
    is_open: bool,
}

/// What is joined so far.
pub(super) struct Joiner<'s> {
    settle: &'s mut dyn FnMut(&Disagreement) -> Option<Answer>,
    /// What no answer settled.
    pub open: Vec<Disagreement>,
    /// Action items of both sides with one number and different texts.
    pub numbers: Vec<String>,
    /// The entry whose fields are joined.
    entry: Option<String>,
}

/// One field or item in three versions.
#[derive(Clone, Copy)]
struct Three<'p, 'a> {
    base: Option<&'p Part<'a>>,
    ours: &'p Part<'a>,
    theirs: &'p Part<'a>,
}

impl<'s> Joiner<'s> {
    pub(super) fn new(settle: &'s mut dyn FnMut(&Disagreement) -> Option<Answer>) -> Joiner<'s> {
        Joiner { settle, open: Vec::new(), numbers: Vec::new(), entry: None }
    }

    /// The joined record; `None` if its layout does not allow that.
    pub(super) fn record<'a>(
        &mut self,
        base: Option<&Part<'a>>,
        ours: &Part<'a>,
        theirs: &Part<'a>,
    ) -> Option<Joined<'a>> {
        let three = Three { base, ours, theirs };
        Some(match (&ours.node.kind, &theirs.node.kind) {
            (Kind::Map(_), Kind::Map(_)) => self.mapping(three),
            (Kind::List(_), Kind::List(_)) => self.list(three, ""),
            _ => return None,
        })
    }

    fn part<'a>(&mut self, three: Three<'_, 'a>) -> Joined<'a> {
        let Three { base, ours, theirs } = three;
        let from = |part: &Part<'a>| whole(part, ours.column);
        if is_same(ours, theirs) || base.is_some_and(|base| is_same(base, theirs)) {
            return from(ours);
        }
        if base.is_some_and(|base| is_same(base, ours)) {
            return from(theirs);
        }
        let lead = comments(base.map(|base| base.lead), ours.lead, theirs.lead);
        let mut joined = self.value(three);
        let is_marked = joined.text.as_ref().is_some_and(|text| text.contains("<<<<<<<"));
        if let (true, false, Some(own), Some(other)) = (joined.is_open, is_marked, ours.text, theirs.text) {
            joined.text = Some(marked(own, other));
        }
        joined.text = joined.text.map(|text| format!("{lead}{text}"));
        joined
    }

    /// The joined value without the comments above it.
    fn value<'a>(&mut self, three: Three<'_, 'a>) -> Joined<'a> {
        let Three { base, ours, theirs } = three;
        match (&ours.node.kind, &theirs.node.kind) {
            (Kind::Map(_), Kind::Map(_)) => self.mapping(three),
            (Kind::List(_), Kind::List(_)) => self.list(three, ours.key),
            _ => {
                let [own, other] = [ours, theirs].map(|part| canonical(part.node));
                let before = base.map(|base| canonical(base.node));
                match (own == other || before.as_ref() == Some(&other), before.as_ref() == Some(&own)) {
                    (true, _) => bare(ours, ours.column),
                    (false, true) => bare(theirs, ours.column),
                    (false, false) => self.decided(ours.key, Some(ours), Some(theirs)),
                }
            }
        }
    }

    /// What a person decides; both versions if no one did. Of two absences there is nothing to decide.
    fn decided<'a>(&mut self, field: &str, ours: Option<&Part<'a>>, theirs: Option<&Part<'a>>) -> Joined<'a> {
        let question = Disagreement {
            entry: self.entry.clone(),
            field: field.to_owned(),
            ours: ours.map(|part| shown(part.node)),
            theirs: theirs.map(|part| shown(part.node)),
        };
        let column = ours.or(theirs).map_or(0, |part| part.column);
        let nothing = || Joined { node: Node::from(""), text: Some(String::new()), is_open: false };
        let taken = |part: Option<&Part<'a>>| part.map_or_else(nothing, |part| bare(part, column));
        match (self.settle)(&question) {
            Some(Answer::Ours) => taken(ours),
            Some(Answer::Theirs) => taken(theirs),
            Some(Answer::Text(text)) => {
                let node = Node::from(text);
                Joined { text: Some(written(field, &node, column)), node, is_open: false }
            }
            None => {
                self.open.push(question);
                let text = |part: Option<&Part<'a>>| taken(part).text.unwrap_or_default();
                let both = marked(&text(ours), &text(theirs));
                let node = ours.or(theirs).map_or_else(|| Node::from(""), |part| part.node.clone());
                Joined { node, text: Some(both), is_open: true }
            }
        }
    }

    /// Both sides edited it and one removed it, or one alone has it.
    fn one_sided<'a>(
        &mut self,
        (base, own, is_ours): (Option<&Part<'a>>, &Part<'a>, bool),
        column: usize,
        what: &str,
    ) -> Option<Joined<'a>> {
        match base {
            None => Some(whole(own, column)),
            // The other side removed it.
            Some(base) if canonical(base.node) == canonical(own.node) => None,
            Some(_) => {
                let (ours, theirs) = if is_ours { (Some(own), None) } else { (None, Some(own)) };
                let decided = self.decided(what, ours, theirs);
                (decided.text.as_deref() != Some("")).then_some(decided)
            }
        }
    }

    fn mapping<'a>(&mut self, three: Three<'_, 'a>) -> Joined<'a> {
        let Three { base, ours, theirs } = three;
        let layout = ours.fields().zip(theirs.fields());
        let column = layout.as_ref().map_or(0, |(own, _)| own.column);
        let parts = |part: &Part<'a>| part.fields().map_or_else(|| part.inner(), |layout| layout.parts);
        let inner = |part: &Part<'a>| if layout.is_some() { parts(part) } else { part.inner() };
        let (before, own, other) = (base.map(&inner).unwrap_or_default(), inner(ours), inner(theirs));
        let find = |parts: &[Part<'a>], key: &str| parts.iter().find(|part| part.key == key).copied();
        let mut fields: Vec<(&str, Joined<'a>)> = Vec::with_capacity(own.len());
        for part in &own {
            let was = find(&before, part.key);
            let joined = match find(&other, part.key) {
                Some(other) => Some(self.part(Three { base: was.as_ref(), ours: part, theirs: &other })),
                None => self.one_sided((was.as_ref(), part, true), column, part.key),
            };
            fields.extend(joined.map(|joined| (part.key, joined)));
        }
        for (at, part) in other.iter().enumerate().filter(|(_, part)| find(&own, part.key).is_none()) {
            let was = find(&before, part.key);
            let Some(joined) = self.one_sided((was.as_ref(), part, false), column, part.key) else { continue };
            // Behind the field before it, or before the one behind it.
            let place = |key: &str| fields.iter().position(|(name, _)| *name == key);
            let behind = other[..at].iter().rev().find_map(|part| place(part.key)).map(|at| at + 1);
            let before = || other[at + 1..].iter().find_map(|part| place(part.key));
            let place = behind.or_else(before).unwrap_or(fields.len());
            fields.insert(place, (part.key, joined));
        }
        let is_open = fields.iter().any(|(_, own)| own.is_open);
        let text = layout.map(|(own, other)| {
            let lines = fields
                .iter()
                .map(|(key, joined)| joined.text.clone().unwrap_or_else(|| written(key, &joined.node, column)));
            assembled(&own, &other, base.and_then(Part::fields).as_ref(), lines)
        });
        let mut node = Fields::new();
        for (key, joined) in fields {
            if joined.text.as_deref() != Some("") {
                node = node.with(key, joined.node);
            }
        }
        let node: Node<'a> = node.into();
        let text = text.or_else(|| in_braces(ours, &node));
        Joined { node, text, is_open }
    }

    fn list<'a>(&mut self, three: Three<'_, 'a>, name: &str) -> Joined<'a> {
        let Three { base, ours, theirs } = three;
        let layouts = (ours.items(), theirs.items());
        let has_lines = layouts.0.is_some() && layouts.1.is_some();
        let column = layouts.0.as_ref().map_or(ours.column + 2, |layout| layout.column);
        let parts = |part: &Part<'a>, layout: Option<&Layout<'a>>| match layout {
            Some(layout) if has_lines => layout.parts.clone(),
            _ => part.inner(),
        };
        let layout = base.and_then(Part::items);
        let before = base.map(|base| parts(base, layout.as_ref())).unwrap_or_default();
        let own = parts(ours, layouts.0.as_ref());
        let other = parts(theirs, layouts.1.as_ref());
        let kind = ListKind::of(name, own.iter().chain(&other).chain(&before).map(|part| part.node));
        let [was, mine, their] =
            [&before, &own, &other].map(|parts| parts.iter().map(|part| part.node).collect::<Vec<_>>());
        let mut items: Vec<Joined<'a>> = Vec::new();
        let aligned = slots(kind, &was, &mine, &their);
        let mut first_others = 0;
        for (index, slot) in aligned.slots.iter().enumerate() {
            let at = |parts: &'_ [Part<'a>], at: Option<usize>| at.and_then(|at| parts.get(at).copied());
            let (was, mine, their) = (at(&before, slot.base), at(&own, slot.ours), at(&other, slot.theirs));
            let joined = self.item(name, (was, mine, their), column);
            items.extend(joined);
            if index < aligned.in_order {
                first_others = items.len();
            }
        }
        if kind == ListKind::Log {
            in_order(&mut items, first_others, is_in_order(&mine) && is_in_order(&their));
        }
        let is_open = items.iter().any(|own| own.is_open);
        let node: Node<'a> = items.iter().map(|item| item.node.clone()).collect::<Vec<Node<'a>>>().into();
        let lines = || items.iter().map(|item| item.text.clone().unwrap_or_else(|| item_written(&item.node, column)));
        let text = match (&layouts.0, &layouts.1) {
            (Some(own), Some(other)) if !items.is_empty() => Some(assembled(own, other, layout.as_ref(), lines())),
            _ => in_braces(ours, &node).filter(|_| !is_open),
        };
        Joined { node, text, is_open }
    }

    fn item<'a>(
        &mut self,
        list: &str,
        (base, ours, theirs): (Option<Part<'a>>, Option<Part<'a>>, Option<Part<'a>>),
        column: usize,
    ) -> Option<Joined<'a>> {
        let outer = self.entry.take();
        let words = ours.or(theirs).map(|part| item_words(list, part.node));
        let joined = match (&ours, &theirs) {
            (Some(ours), Some(theirs)) => {
                self.entry = words;
                if base.is_none() && list == "actions" && is_other_action(ours.node, theirs.node) {
                    self.numbers.extend(ours.node.get("id").and_then(Node::text).map(ToOwned::to_owned));
                }
                let mut joined = self.part(Three { base: base.as_ref(), ours, theirs });
                if joined.is_open {
                    let [own, other] = [ours, theirs].map(|part| bare(part, column).text.unwrap_or_default());
                    joined.text = ours.text.is_some().then(|| marked(&own, &other));
                }
                Some(joined)
            }
            (Some(own), None) => self.one_sided((base.as_ref(), own, true), column, &words.unwrap_or_default()),
            (None, Some(own)) => self.one_sided((base.as_ref(), own, false), column, &words.unwrap_or_default()),
            (None, None) => None,
        };
        self.entry = outer;
        joined
    }
}

/// Whether two new action items with one number are different ones.
fn is_other_action(ours: &Node, theirs: &Node) -> bool {
    let text = |item: &Node| item.get("what").map(canonical);
    text(ours) != text(theirs)
}

/// An item as a question names it: by its time and event, or its id.
fn item_words(list: &str, item: &Node) -> String {
    let words = ["at", "event", "id", "subject", "role", "from"].iter().filter_map(|field| item.get(field)?.text());
    let words: Vec<&str> = words.take(3).collect();
    match (words.is_empty(), item.text()) {
        (false, _) => words.join(" "),
        (true, Some(text)) => text.trim().to_owned(),
        (true, None) => format!("an item of `{list}`"),
    }
}

/// The time of an entry.
fn time(entry: &Node) -> Option<Minute> {
    Minute::parse(entry.get("at")?.text()?)
}

fn is_in_order(entries: &[&Node]) -> bool {
    let times: Option<Vec<Minute>> = entries.iter().map(|entry| time(entry)).collect();
    times.is_some_and(|times| times.is_sorted())
}

/// Puts the entries from `others` on, which one side alone has, where their times belong. If both sides were in order, the
/// whole log is.
fn in_order(items: &mut Vec<Joined>, others: usize, is_sorted: bool) {
    if is_sorted {
        items.sort_by_key(|item| time(&item.node));
        return;
    }
    let others = items.split_off(others.min(items.len()));
    for other in others {
        let at = time(&other.node);
        let before = items.iter().rposition(|item| at.is_none() || time(&item.node).is_some_and(|own| Some(own) <= at));
        items.insert(before.map_or(if at.is_none() { items.len() } else { 0 }, |before| before + 1), other);
    }
}

/// Whether two parts are written, or have values, that are the same.
fn is_same(one: &Part, other: &Part) -> bool {
    match (one.text, other.text) {
        (Some(own), Some(text)) => own.trim_end() == text.trim_end() && one.lead == other.lead,
        _ => canonical(one.node) == canonical(other.node),
    }
}

/// A part without the comments above it, in a mapping or list at a column.
fn bare<'a>(part: &Part<'a>, column: usize) -> Joined<'a> {
    let text = match part.text {
        Some(text) if part.column == column => {
            let mut text = text.to_owned();
            end_line(&mut text);
            Some(text)
        }
        Some(_) if part.key.is_empty() => Some(item_written(part.node, column)),
        Some(_) => Some(written(part.key, part.node, column)),
        None => None,
    };
    Joined { node: part.node.clone(), text, is_open: false }
}

/// A part with the comments above it.
fn whole<'a>(part: &Part<'a>, column: usize) -> Joined<'a> {
    let mut joined = bare(part, column);
    joined.text = joined.text.map(|text| format!("{}{text}", part.lead));
    joined
}

/// The comments of a place: those of both sides, if both changed them.
fn comments(before: Option<&str>, own: &str, other: &str) -> String {
    match before {
        _ if own == other => own.to_owned(),
        Some(before) if before == own => other.to_owned(),
        Some(before) if before == other => own.to_owned(),
        _ => {
            let is_new = |line: &&str| !line.trim().is_empty() && !own.lines().any(|known| known == line.trim_end());
            other.split_inclusive('\n').filter(is_new).fold(own.to_owned(), |mut all, line| {
                end_line(&mut all);
                all + line
            })
        }
    }
}

/// A field in lines of its own.
fn written(key: &str, node: &Node, column: usize) -> String {
    indented(&to_yaml(&Fields::new().with(key, node.clone()).into()), column)
}

/// An item in lines of its own.
fn item_written(node: &Node, column: usize) -> String {
    indented(&to_yaml(&vec![node.clone()].into()), column)
}

/// A value in brackets or braces, as the lines of `part` have it; `None` if they have comments or are in another style.
fn in_braces(part: &Part, node: &Node) -> Option<String> {
    let text = part.text?;
    let open = text.find(['[', '{'])?;
    let is_plain = !text.contains('#') && text.trim_end().ends_with([']', '}']);
    is_plain.then(|| format!("{}{}\n", &text[..open], to_yaml_in_braces(node)))
}

/// The lines of a mapping or list, with what precedes and follows them.
fn assembled(ours: &Layout, theirs: &Layout, base: Option<&Layout>, lines: impl Iterator<Item = String>) -> String {
    let chosen = |own: &str, other: &str, before: Option<&str>| match before {
        Some(before) if before == own => other.to_owned(),
        _ => own.to_owned(),
    };
    let is_near = ours.column == theirs.column;
    let head = if is_near { chosen(ours.head, theirs.head, base.map(|base| base.head)) } else { ours.head.to_owned() };
    let mut out = head;
    for text in lines {
        if !text.is_empty() {
            // The first field of an entry follows the dash.
            let is_behind_dash = out.ends_with("- ");
            out.push_str(if is_behind_dash { text.trim_start_matches(' ') } else { &text });
            end_line(&mut out);
        }
    }
    out.push_str(&comments(base.map(|base| base.tail), ours.tail, theirs.tail));
    out
}
