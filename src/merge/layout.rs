//! The lines of each field of a mapping and of each item of a list, with the comments above them.

use std::ops::Range;

use crate::record::{Kind, Node};

/// A field or an item, and its lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    /// The field's name; blank for an item.
    pub key: &'a str,
    pub node: &'a Node<'a>,
    /// The comments above it.
    pub lead: &'a str,
    /// Its own lines. `None` if it shares its line with others, as in brackets.
    pub text: Option<&'a str>,
    /// The text of the whole file, and where in it its lines begin.
    doc: &'a str,
    start: usize,
    /// The column of its name or dash.
    pub column: usize,
}

/// The parts of a mapping or list.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    /// What precedes the first part: the line of the list's own name, for example.
    pub head: &'a str,
    pub parts: Vec<Part<'a>>,
    /// The comments behind the last part.
    pub tail: &'a str,
    pub column: usize,
}

impl<'a> Part<'a> {
    /// The whole of a file.
    pub(super) fn root(doc: &'a str, node: &'a Node<'a>) -> Part<'a> {
        Part { key: "", node, lead: "", text: Some(doc), doc, start: 0, column: 0 }
    }

    /// The same field or item without lines of its own.
    fn without_lines(key: &'a str, node: &'a Node<'a>) -> Part<'a> {
        Part { key, node, lead: "", text: None, doc: "", start: 0, column: 0 }
    }

    fn range(&self) -> Option<Range<usize>> {
        self.text.map(|text| self.start..self.start + text.len())
    }

    /// The fields of a mapping, each with its lines.
    pub(super) fn fields(&self) -> Option<Layout<'a>> {
        let Kind::Map(entries) = &self.node.kind else { return None };
        let (range, doc) = (self.range()?, self.doc);
        let first = entries.first()?.0.span.start as usize;
        let line = line_start(doc, first);
        let column = first - line;
        let is_own_line = doc.get(line..first)?.trim_matches(' ').is_empty();
        let mut starts = vec![if is_own_line { line } else { first }];
        for (key, _) in entries.get(1..)? {
            let (at, line) = (key.span.start as usize, line_start(doc, key.span.start as usize));
            if at - line != column || !doc.get(line..at)?.trim_matches(' ').is_empty() {
                return None;
            }
            starts.push(line);
        }
        // Only blanks and a dash may precede the first field on its line.
        let before = doc.get(line..first)?;
        if !before.bytes().all(|byte| matches!(byte, b' ' | b'-')) {
            return None;
        }
        let named = entries.iter().map(|(key, node)| (&*key.text, node)).collect();
        self.laid_out(range, &starts, column, named)
    }

    /// The items of a list, each with its lines.
    pub(super) fn items(&self) -> Option<Layout<'a>> {
        let (range, doc) = (self.range()?, self.doc);
        let items = self.node.items();
        let mut starts = Vec::new();
        let mut dash = None;
        for (at, line) in lines(doc, range.clone()) {
            let words = line.trim_start_matches(' ');
            let indent = line.len() - words.len();
            let is_item = words.starts_with("- ") || words.trim_end() == "-";
            // The first line of a field is its name.
            if is_item && (self.key.is_empty() || at > range.start) && *dash.get_or_insert(indent) == indent {
                starts.push(at);
            }
        }
        if starts.len() != items.len() {
            return None;
        }
        self.laid_out(range, &starts, dash?, items.iter().map(|node| ("", node)).collect())
    }

    /// The fields or items without lines of their own.
    pub(super) fn inner(&self) -> Vec<Part<'a>> {
        match &self.node.kind {
            Kind::Map(entries) => entries.iter().map(|(key, node)| Part::without_lines(&key.text, node)).collect(),
            Kind::List(items) => items.iter().map(|node| Part::without_lines("", node)).collect(),
            Kind::Text(_) => Vec::new(),
        }
    }

    fn laid_out(
        &self,
        range: Range<usize>,
        starts: &[usize],
        column: usize,
        named: Vec<(&'a str, &'a Node<'a>)>,
    ) -> Option<Layout<'a>> {
        let doc = self.doc;
        let first = *starts.first()?;
        let (mut parts, mut lead) = (Vec::with_capacity(starts.len()), first);
        let mut tail = range.end;
        for (index, (start, (key, node))) in starts.iter().zip(named).enumerate() {
            let next = starts.get(index + 1).copied().unwrap_or(range.end);
            let end = comments(doc, *start..next, column);
            let (lead_text, text) = (doc.get(lead..*start)?, Some(doc.get(*start..end)?));
            parts.push(Part { key, node, lead: lead_text, text, doc, start: *start, column });
            (lead, tail) = (end, end);
        }
        Some(Layout { head: doc.get(range.start..first)?, parts, tail: doc.get(tail..range.end)?, column })
    }
}

/// Where the comments begin that end some lines and are no further in than `column`; the end if there are none.
fn comments(doc: &str, range: Range<usize>, column: usize) -> usize {
    let mut start = None;
    for (at, line) in lines(doc, range.clone()) {
        let words = line.trim_start_matches(' ');
        if words.starts_with('#') && line.len() - words.len() <= column && at > range.start {
            start.get_or_insert(at);
        } else if !words.trim().is_empty() {
            start = None;
        }
    }
    start.unwrap_or(range.end)
}

/// The lines of a part of a text, each with its place.
fn lines(doc: &str, range: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let mut at = range.start;
    doc.get(range).unwrap_or_default().split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

fn line_start(doc: &str, at: usize) -> usize {
    doc.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::parse;
    use crate::record::Faults;

    #[test]
    fn every_byte_belongs_to_one_part() {
        let text = "# schema\nid: HEAT-1 # own\n# about the title\ntitle: |\n  # text\n\n  more\nvia: [phone]\nlog:\n  # first\n  \
                    - at: a\n    note: |\n      # text\n    # inner\n  # before b\n  - at: b\n    by: x\n# end\n";
        let node = parse(text, &mut Faults::default()).expect("YAML");
        let root = Part::root(text, &node);
        let layout = root.fields().expect("fields");
        let whole = |layout: &Layout| {
            let parts = layout.parts.iter().map(|part| format!("{}{}", part.lead, part.text.unwrap_or_default()));
            format!("{}{}{}", layout.head, parts.collect::<String>(), layout.tail)
        };
        assert_eq!(whole(&layout), text);
        assert_eq!(layout.tail, "# end\n");
        assert_eq!(layout.parts[1].lead, "# about the title\n");
        assert_eq!(layout.parts[1].text, Some("title: |\n  # text\n\n  more\n"));
        let log = layout.parts[3].items().expect("items");
        assert_eq!(whole(&log), layout.parts[3].text.expect("lines"));
        assert_eq!(log.parts[1].lead, "  # before b\n");
        let entry = log.parts[0].fields().expect("fields");
        assert_eq!((entry.head, entry.column), ("  - ", 4));
        assert_eq!(whole(&entry), log.parts[0].text.expect("lines"));
        assert!(layout.parts[2].items().is_none(), "a list in brackets has no lines of its own");
    }
}
