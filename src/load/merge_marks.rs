//! The lines with which git marks a conflict, and the versions between them.

use super::yaml_line::{Line, is_name};
use crate::model::Span;

/// What a marker line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// `<<<<<<<`: our version.
    Ours,
    /// `|||||||`: the version before both edits (`merge.conflictStyle = diff3`).
    Common,
    /// `=======`: their version.
    Middle,
    /// `>>>>>>>`: what follows the conflict.
    Theirs,
}

impl Mark {
    pub(super) const ALL: [Mark; 4] = [Mark::Ours, Mark::Common, Mark::Middle, Mark::Theirs];

    /// The signs at the beginning of its line.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Mark::Ours => "<<<<<<<",
            Mark::Common => "|||||||",
            Mark::Middle => "=======",
            Mark::Theirs => ">>>>>>>",
        }
    }

    /// The mark of a line; a web editor may have indented it.
    fn of(line: &str) -> Option<Mark> {
        let words = line.trim();
        let (mark, rest) = Mark::ALL.into_iter().find_map(|mark| Some((mark, words.strip_prefix(mark.sign())?)))?;
        let fits = rest.is_empty() || (mark != Mark::Middle && rest.starts_with(' '));
        fits.then_some(mark)
    }
}

/// A marker line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marked {
    pub mark: Mark,
    /// The place of its signs.
    pub span: Span,
    /// Which line of the text it is.
    line: usize,
    /// The column of the field whose block text it is in or after; `None` if there is no such text.
    block: Option<usize>,
}

/// The versions between the markers of a whole conflict, line by line.
#[derive(Debug)]
pub(super) struct Conflict<'t> {
    pub ours: Vec<&'t str>,
    /// The version before both edits, where git wrote it.
    pub common: Option<Vec<&'t str>>,
    pub theirs: Vec<&'t str>,
    block: Option<usize>,
}

/// What the first line of a version is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    /// `- at: …`
    Entry,
    /// A field in the first column.
    FieldOfRecord,
    /// A field further in.
    FieldOfEntry,
    Text,
}

impl Conflict<'_> {
    /// The kinds of the first lines of both versions; none for a version without lines.
    pub(super) fn firsts(&self) -> impl Iterator<Item = First> {
        [&self.ours, &self.theirs].into_iter().filter_map(|side| {
            let line = side.iter().find(|line| !line.trim().is_empty())?;
            let words = line.trim_start();
            let indent = line.len() - words.len();
            let is_field = words.split_once(':').is_some_and(|(name, _)| is_name(name));
            Some(match (is_field, indent) {
                _ if self.block.is_some_and(|column| indent > column) => First::Text,
                _ if words.starts_with("- ") => First::Entry,
                (true, 0) => First::FieldOfRecord,
                (true, _) => First::FieldOfEntry,
                (false, _) => First::Text,
            })
        })
    }
}

/// The marker lines of a text. One within a block text may belong to it, unless it is in the first column or part of a
/// whole conflict.
pub(super) fn marks(text: &str) -> Vec<Marked> {
    if !Mark::ALL.iter().any(|mark| text.contains(mark.sign())) {
        return Vec::new();
    }
    let mut found: Vec<(Marked, bool)> = Vec::new();
    let mut block: Option<usize> = None;
    let mut start = 0;
    for (number, line) in text.split('\n').enumerate() {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        if let Some(mark) = Mark::of(line) {
            let at = start + indent;
            let span = Span::new(at, at + mark.sign().len());
            let is_text = indent > 0 && block.is_some_and(|column| indent > column);
            found.push((Marked { mark, span, line: number, block }, is_text));
        } else if !words.trim_end().is_empty() {
            if block.is_some_and(|column| indent <= column) {
                block = None;
            }
            block = block.or_else(|| Line { start, text: line.trim_end_matches('\r') }.begins_block());
        }
        start += line.len() + 1;
    }
    let all: Vec<Marked> = found.iter().map(|(own, _)| *own).collect();
    if !conflicts(text, &all).is_empty() {
        return all;
    }
    found.into_iter().filter(|(_, is_text)| !is_text).map(|(own, _)| own).collect()
}

/// The whole conflicts among some markers: each has our version and theirs.
pub(super) fn conflicts<'t>(text: &'t str, marks: &[Marked]) -> Vec<Conflict<'t>> {
    let lines: Vec<&str> = if marks.len() < 3 { Vec::new() } else { text.lines().collect() };
    let between = |from: Marked, to: Marked| lines.get(from.line + 1..to.line).unwrap_or_default().to_vec();
    let mut found = Vec::new();
    let mut rest = marks;
    while let Some((first, after)) = rest.split_first() {
        rest = match (first.mark, after) {
            (Mark::Ours, [middle, theirs, after @ ..])
                if middle.mark == Mark::Middle && theirs.mark == Mark::Theirs =>
            {
                let (ours, their) = (between(*first, *middle), between(*middle, *theirs));
                found.push(Conflict { ours, common: None, theirs: their, block: first.block });
                after
            }
            (Mark::Ours, [common, middle, theirs, after @ ..])
                if common.mark == Mark::Common && middle.mark == Mark::Middle && theirs.mark == Mark::Theirs =>
            {
                let (ours, their) = (between(*first, *common), between(*middle, *theirs));
                let common = Some(between(*common, *middle));
                found.push(Conflict { ours, common, theirs: their, block: first.block });
                after
            }
            _ => after,
        };
    }
    found
}
