//! Texts without the names of POCs and the ids of staff, which say "the POC" and the name of the office instead.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::load::Project;
use crate::model::{Office, PersonId, RichText, SubjectId};
use crate::workflow::{Callers, NameParts, PersonNames, begins_a_sentence};

/// Who a name stands for.
const POC: &str = "the POC";

/// The names that no answer shows.
#[derive(Debug)]
pub struct Nameless<'p> {
    /// Of all POCs and staff.
    names: PersonNames<String>,
    /// First and last names.
    parts: NameParts<'p>,
}

impl<'p> Nameless<'p> {
    /// The names of all POCs and the ids of all people.
    pub fn new(project: &'p Project) -> Nameless<'p> {
        let mut names = PersonNames::default();
        for poc in project.pocs.values() {
            names.add_poc(poc, POC.to_owned());
            names.add_id(poc.id.as_str(), POC.to_owned());
        }
        let office = &project.settings.names;
        for staff in &project.staff {
            let office = match staff.office {
                Office::HelpDesk => &office.help_desk,
                Office::Nitc => &office.third_line,
                Office::AcfoFs => &office.sponsor,
            };
            names.add_id(staff.id.as_str(), office.clone());
        }
        Nameless { names, parts: NameParts::new(project) }
    }

    /// The first and last names that the texts of a question may use alone.
    pub fn callers(&self, asked: &BTreeSet<&PersonId>, subjects: &[&SubjectId], texts: &[&str]) -> Callers {
        self.parts.callers(asked, subjects, texts)
    }

    /// A text of one line without names.
    pub fn line(&self, text: &str, callers: &Callers) -> String {
        let mut places = self.places(text, callers);
        if places.is_empty() {
            return text.to_owned();
        }
        join(text, &mut places);
        let mut out = String::with_capacity(text.len());
        let mut rest = 0;
        for (at, word) in places {
            out.push_str(&text[rest..at.start]);
            let starts = begins_a_sentence(&text[..at.start]);
            match word.strip_prefix('t').filter(|_| starts && word == POC) {
                Some(tail) => out.extend(["T", tail]),
                None => out.push_str(&word),
            }
            rest = at.end;
        }
        out.push_str(&text[rest..]);
        out
    }

    /// A Markdown text without names.
    pub fn rich(&self, markdown: &str, callers: &Callers) -> RichText {
        RichText::new(&self.line(markdown, callers))
    }

    /// The places of names in the order of the text, each with what is written there.
    fn places(&self, text: &str, callers: &Callers) -> Vec<(Range<usize>, String)> {
        let whole = self.names.find(text);
        let is_free = |at: &Range<usize>| {
            let next = whole.partition_point(|own| own.range.end <= at.start);
            whole.get(next).is_none_or(|own| own.range.start >= at.end)
        };
        let parts = callers.find(text).into_iter().filter(is_free);
        let parts = parts.map(|at| (at, POC.to_owned()));
        let mut places: Vec<_> = whole.iter().map(|own| (own.range.clone(), own.who.clone())).chain(parts).collect();
        places.sort_by_key(|(at, _)| at.start);
        places
    }
}

/// Makes one place of several that follow each other: a name with its address and number is "the POC" once.
fn join(text: &str, places: &mut Vec<(Range<usize>, String)>) {
    const LONGEST: usize = 6;
    let is_between = |gap: &str| {
        let is_mark = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')' | '<' | '>' | '/' | '|');
        gap.len() <= LONGEST && gap.chars().all(is_mark) && !gap.contains("\n\n")
    };
    let mut joined: Vec<(Range<usize>, String)> = Vec::new();
    for (at, word) in places.drain(..) {
        match joined.last_mut() {
            Some((last, other)) if *other == word && is_between(&text[last.end..at.start]) => last.end = at.end,
            _ => joined.push((at, word)),
        }
    }
    for (at, _) in &mut joined {
        let own = &text[at.clone()];
        for (open, close) in [('(', ')'), ('<', '>')] {
            if own.matches(open).count() > own.matches(close).count() && text[at.end..].starts_with(close) {
                at.end += close.len_utf8();
            }
        }
    }
    *places = joined;
}
