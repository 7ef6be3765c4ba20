//! A YAML file's text → the tree of its nodes, bounded in depth, with what records may not use rejected.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as ParserSpan};

use super::yaml_causes::cause;
use super::yaml_comments::Comment;
use super::yaml_conflict::unfinished_merge;
use super::yaml_limits::{LONGEST, comma_too_many, most_values};
use super::yaml_line::Cause;
use super::yaml_values::value_in_quotes;
use super::yaml_words::{DEEPEST, scan_words, shortened, too_deep};
use crate::model::{RuleId, Span};
use crate::record::{Faults, Help, Key, Kind, Node};

/// The tags that YAML itself defines for texts, lists and fields: they change nothing, as each value has its field's type.
const CORE_TAGS: [&str; 7] = ["str", "int", "float", "bool", "null", "seq", "map"];

/// Parses `text`. Returns `None` if it is not valid YAML for a record, with the reason as a `syntax` fault.
pub fn parse<'a>(text: &'a str, faults: &mut Faults) -> Option<Node<'a>> {
    match Builder::new(text).run() {
        Ok((node, _)) => Some(node),
        Err(refusal) => refuse(refusal, faults),
    }
}

/// Parses the text of a record, in which no comment may follow a plain value on its line: `see #10423 and call` would
/// lose all but its first word. Each such comment is a fault, and the rest is read all the same.
pub fn parse_record<'a>(text: &'a str, faults: &mut Faults) -> Option<Node<'a>> {
    match Builder::new(text).run() {
        Ok((node, comments)) => {
            comments.iter().for_each(|comment| comment.report(text, faults));
            Some(node)
        }
        Err(refusal) => refuse(refusal, faults),
    }
}

fn refuse<T>(Refusal { span, message, help }: Refusal, faults: &mut Faults) -> Option<T> {
    faults.add(RuleId::Syntax, span, message).help = help.map(Help::from);
    None
}

struct Refusal {
    span: Span,
    message: String,
    help: Option<String>,
}

/// A mapping or list that is still open.
enum Open<'a> {
    List { start: u32, items: Vec<Node<'a>> },
    Map { start: u32, entries: Vec<(Key<'a>, Node<'a>)>, key: Option<Key<'a>> },
}

struct Builder<'a> {
    text: &'a str,
    /// The byte offsets of characters, if a file has any that are not ASCII: the parser counts characters.
    offsets: Option<Vec<u32>>,
    open: Vec<Open<'a>>,
    root: Option<Node<'a>>,
    /// How many values there were so far.
    values: usize,
    /// The comments that follow a plain value on its line.
    comments: Vec<Comment>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        let offsets = (!text.is_ascii()).then(|| {
            let starts = text.char_indices().map(|(at, _)| at as u32);
            starts.chain(std::iter::once(text.len() as u32)).collect()
        });
        Builder { text, offsets, open: Vec::new(), root: None, values: 0, comments: Vec::new() }
    }

    fn offset(&self, index: usize) -> usize {
        match &self.offsets {
            None => index.min(self.text.len()),
            Some(offsets) => offsets.get(index).map_or(self.text.len(), |offset| *offset as usize),
        }
    }

    fn span(&self, span: ParserSpan) -> Span {
        let (start, mut end) = (self.offset(span.start.index()), self.offset(span.end.index()));
        // Neither the blank rest of a line nor line ends belong to a value.
        let run = &self.text[start.min(end)..end];
        end = start.min(end) + run.trim_end().len();
        Span::new(start, end)
    }

    fn run(mut self) -> Result<(Node<'a>, Vec<Comment>), Refusal> {
        // A text may be read in spite of its markers, which are then a part of a value.
        if let Some((span, message, help)) = unfinished_merge(self.text) {
            return Err(refusal(span, message, &help));
        }
        if let Some(at) = comma_too_many(self.text) {
            let help = "move long lists to another place, and add a link";
            return Err(refusal(Span::new(at, at + 1), "the lists in this file have too many items", help));
        }
        let mut parser = Parser::new_from_str(self.text).keep_tags(true);
        let mut documents = 0;
        while let Some(next) = parser.next_event() {
            let (event, span) = next.map_err(|error| self.scan_error(&error))?;
            let at = self.span(span);
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        let help = "keep one record in a file: delete the line `---`, and move what follows to a file of its own";
                        return Err(refusal(at, "a second document starts here", help));
                    }
                }
                Event::Alias(_) => {
                    let help = "write the value out; a value with `*` in front goes into quotes";
                    return Err(refusal(at, "records do not use YAML aliases (`*name`)", help));
                }
                Event::Scalar(value, style, anchor, tag) => {
                    self.plain_only(at, anchor, tag.as_deref())?;
                    self.scalar(value, style, at)?;
                }
                Event::SequenceStart(anchor, tag) => {
                    self.plain_only(at, anchor, tag.as_deref())?;
                    self.nest(Open::List { start: at.start, items: Vec::new() }, at)?;
                }
                Event::MappingStart(anchor, tag) => {
                    self.plain_only(at, anchor, tag.as_deref())?;
                    self.nest(Open::Map { start: at.start, entries: Vec::new(), key: None }, at)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(at)?,
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            }
        }
        let nothing = Node { span: Span::default(), kind: Kind::Text(Cow::Borrowed("")) };
        Ok((self.root.take().unwrap_or(nothing), self.comments))
    }

    fn scan_error(&self, error: &saphyr_parser::ScanError) -> Refusal {
        let at = self.offset(error.marker().index());
        if let Some(Cause { span, message, help }) = cause(self.text, at, error.info()) {
            return refusal(span, message, &help);
        }
        let rest = &self.text[at..];
        let end = rest.chars().next().map_or(at, |c| at + c.len_utf8());
        let line = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let (message, help) = scan_words(error.info(), &self.text[line..at], rest);
        refusal(Span::new(at, end), message, &help)
    }

    fn plain_only(&self, at: Span, anchor: usize, tag: Option<&saphyr_parser::Tag>) -> Result<(), Refusal> {
        if anchor != 0 {
            if let Some(help) = value_in_quotes(self.text, at.start as usize) {
                let message = "the value begins with `&`, which has a special meaning in YAML";
                return Err(refusal(at, message, &help));
            }
            let help = "write the value out where it is needed; a value with `&` in front goes into quotes";
            return Err(refusal(at, "records do not use YAML anchors (`&name`)", help));
        }
        if tag.is_some_and(|tag| !(tag.is_yaml_core_schema() && CORE_TAGS.contains(&tag.suffix.as_str()))) {
            let written = self.text[at.start as usize..].split(char::is_whitespace).next().unwrap_or_default();
            // A text that begins with an exclamation mark, and no tag of another program's.
            if written.starts_with('!')
                && !written.starts_with("!!")
                && let Some(help) = value_in_quotes(self.text, at.start as usize)
            {
                let message = "the value begins with `!`, which has a special meaning in YAML";
                let or_delete =
                    if written == "!" { String::new() } else { format!("; or delete `{}`", shortened(written)) };
                return Err(refusal(at, message, &format!("{help}{or_delete}")));
            }
            let name = if written.starts_with('!') { shortened(written) } else { "!name".to_owned() };
            let help = format!("delete `{name}`; put a text that begins with `!` into quotes");
            return Err(refusal(at, format!("records do not accept YAML tags such as `{name}`"), &help));
        }
        Ok(())
    }

    fn nest(&mut self, open: Open<'a>, at: Span) -> Result<(), Refusal> {
        self.no_complex_key(at)?;
        if self.open.len() == DEEPEST {
            let (message, help) = too_deep();
            return Err(refusal(at, message, help));
        }
        self.open.push(open);
        Ok(())
    }

    /// A key must be a text.
    fn no_complex_key(&self, at: Span) -> Result<(), Refusal> {
        match self.open.last() {
            Some(Open::Map { key: None, .. }) => {
                Err(refusal(at, "a field's name must be a text", "write `field: value`"))
            }
            _ => Ok(()),
        }
    }

    fn scalar(&mut self, value: Cow<'a, str>, style: ScalarStyle, mut at: Span) -> Result<(), Refusal> {
        // The parser gives nothing at all as an empty run that reads `~`.
        let is_nothing = style == ScalarStyle::Plain && at.start == at.end;
        let mut value = if is_nothing { Cow::Borrowed("") } else { value };
        if let Some(Open::Map { key, .. }) = self.open.last_mut() {
            match key {
                None if value == "<<" && style == ScalarStyle::Plain => {
                    let help = "write the fields out";
                    return Err(refusal(at, "records do not use YAML merge keys (`<<`)", help));
                }
                None => {
                    *key = Some(Key { text: value, span: at });
                    return Ok(());
                }
                // The place of nothing is its field's name.
                Some(key) if is_nothing => at = key.span,
                Some(_) => {}
            }
        }
        let key = match self.open.last() {
            Some(Open::Map { key: Some(key), .. }) => Some(key),
            _ => None,
        };
        let (comment, is_blank) = match style {
            ScalarStyle::Plain => (Comment::behind(self.text, key, at, is_nothing), is_nothing),
            ScalarStyle::Literal | ScalarStyle::Folded => {
                (Comment::behind_block(self.text, key, self.block_mark(key, at), at), value.trim().is_empty())
            }
            _ => (None, false),
        };
        if let Some(comment) = comment {
            // What was meant as the value is not missed as well.
            if is_blank {
                (value, at) = (Cow::Borrowed(comment.text(self.text)), comment.span);
            }
            self.comments.push(comment);
        }
        self.value(Node { span: at, kind: Kind::Text(value) })
    }

    /// Where to look for the mark of the block text at `at`: behind its field's name, else in its line and the last one
    /// before that is not blank.
    fn block_mark(&self, key: Option<&Key>, at: Span) -> usize {
        match key {
            Some(key) => key.span.end as usize,
            None => {
                let start = at.start as usize;
                let line = self.text[..start].rfind('\n').unwrap_or(0);
                if self.text[start..].starts_with(['|', '>']) {
                    start
                } else {
                    self.text[..line].trim_end().rfind('\n').unwrap_or(0)
                }
            }
        }
    }

    fn value(&mut self, node: Node<'a>) -> Result<(), Refusal> {
        self.values += 1;
        let at = node.span;
        let length = match self.open.last_mut() {
            Some(Open::List { items, .. }) => {
                items.push(node);
                items.len()
            }
            Some(Open::Map { entries, key, .. }) => {
                if let Some(key) = key.take() {
                    entries.push((key, node));
                }
                entries.len()
            }
            None => {
                self.root = Some(node);
                return Ok(());
            }
        };
        if length > LONGEST {
            let message = format!("a list or a record has more than {LONGEST} entries");
            return Err(refusal(at, message, "move the later ones to a new record"));
        }
        if self.values > most_values(self.text.len()) {
            let help = "delete stray commas; records have few and short lists";
            return Err(refusal(at, "this file has too many values for its length", help));
        }
        Ok(())
    }

    fn close(&mut self, at: Span) -> Result<(), Refusal> {
        let node = match self.open.pop() {
            Some(Open::List { start, items }) => {
                let end = items.last().map_or(at.end, |item| item.span.end.max(flow_end(self.text, at)));
                Node { span: Span { start, end: end.max(start) }, kind: Kind::List(items) }
            }
            Some(Open::Map { start, entries, .. }) => {
                let end = entries.last().map_or(at.end, |(_, node)| node.span.end.max(flow_end(self.text, at)));
                let start = entries.first().map_or(start, |(key, _)| key.span.start.min(start.max(key.span.start)));
                Node { span: Span { start, end: end.max(start) }, kind: Kind::Map(entries) }
            }
            None => return Ok(()),
        };
        self.value(node)
    }
}

/// The end of a closing bracket; 0 for the end of a block, which is nowhere in particular.
fn flow_end(text: &str, at: Span) -> u32 {
    let run = text.get(at.start as usize..at.end as usize).unwrap_or("");
    if run.starts_with([']', '}']) { at.end } else { 0 }
}

fn refusal(span: Span, message: impl Into<String>, help: &str) -> Refusal {
    Refusal { span, message: message.into(), help: Some(help.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<(String, String)> {
        let mut faults = Faults::default();
        let node = parse(text, &mut faults);
        assert!(faults.list.is_empty(), "{:?}", faults.list);
        let mut out = Vec::new();
        if let Some(Node { kind: Kind::Map(entries), .. }) = node {
            for (key, value) in entries {
                let run = |span: Span| text[span.start as usize..span.end as usize].to_owned();
                assert_eq!(run(key.span), key.text);
                out.push((key.text.to_string(), run(value.span)));
            }
        }
        out
    }

    #[test]
    fn values_stand_where_they_are_written() {
        let text =
            "id: HEAT-1   # c\ntitle: \"é: x\"\nvia: [phone, email]\npoc:\nlog:\n  - at: 1\n    event: é\nlast: x\n";
        let pairs = places(text);
        let of = |key: &str| pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str());
        assert_eq!(of("id"), Some("HEAT-1"));
        assert_eq!(of("title"), Some("\"é: x\""));
        assert_eq!(of("via"), Some("[phone, email]"));
        assert_eq!(of("poc"), Some("poc"));
        assert_eq!(of("log"), Some("- at: 1\n    event: é"));
        assert_eq!(of("last"), Some("x"));
    }

    #[test]
    fn texts_are_what_yaml_gives() {
        let mut faults = Faults::default();
        let node = parse("a: no\nb: ~\nc:\nd: 0123\ne: |\n  x\n  y\nf: null\n", &mut faults);
        let text =
            |key: &str| node.as_ref().and_then(|node| node.get(key)).and_then(|node| node.text()).map(str::to_owned);
        assert_eq!(text("a").as_deref(), Some("no"));
        assert_eq!(text("b").as_deref(), Some("~"));
        assert_eq!(text("c").as_deref(), Some(""));
        assert_eq!(text("d").as_deref(), Some("0123"));
        assert_eq!(text("e").as_deref(), Some("x\ny\n"));
        assert_eq!(text("f").as_deref(), Some("null"));
    }

    fn refused(text: &str) -> String {
        let mut faults = Faults::default();
        assert!(parse(text, &mut faults).is_none(), "{text}");
        assert_eq!(faults.list.len(), 1);
        assert_eq!(faults.list[0].rule, RuleId::Syntax);
        faults.list[0].message.clone()
    }

    #[test]
    fn a_list_without_end_is_refused_and_a_text_full_of_commas_is_not() {
        assert!(refused(&format!("a: [{}]\n", "x,".repeat(100_000))).contains("too many items"));
        assert!(refused(&format!("[\n{}]\n", "x,\n".repeat(100_000))).contains("too many items"));
        assert!(refused(&format!("a: [{}]\n", "']',".repeat(100_000))).contains("too many items"));
        assert!(!refused(&format!("a: [\n{}]\n", "x,\n".repeat(100_000))).is_empty());
        let text = format!("a: |\n{}b: [x, y]\n", "  one, two, three, (four, five)\n".repeat(30_000));
        assert!(parse(&text, &mut Faults::default()).is_some());
    }

    #[test]
    fn what_records_may_not_use_is_named() {
        assert!(refused("a: &x 1\nb: *x\n").contains("begins with `&`"));
        assert!(refused("a: [&x 1]\n").contains("anchors"));
        assert!(refused("a: *x\n").contains("begins with `*`"));
        assert!(refused("<<: {a: 1}\n").contains("merge"));
        assert!(refused("a: !x 1\n").contains("begins with `!`"));
        assert!(refused("a: !!x 1\n").contains("tags"));
        assert!(refused("a: 1\n---\nb: 2\n").contains("second document"));
        assert!(refused("? [a]\n: 1\n").contains("field's name"));
        assert!(refused("a: [1\n").contains("begins with `[`"));
        assert!(refused("a: b: c\n").contains("colon"));
        assert!(refused("a: \"b\n").contains("no `\"` ends it"));
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(&nested(32), &mut Faults::default()).is_some());
        assert!(refused(&nested(33)).contains("deeper"));
        assert!(refused(&"[".repeat(100_000)).contains("deeper"));
    }
}
