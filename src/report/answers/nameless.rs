//! Texts without the names of POCs and the ids of staff, which say "the POC" and the name of the office instead.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::load::{Loaded, Project};
use crate::model::{Office, PersonId, Poc, RichText, SubjectId};
use crate::workflow::{PersonNames, words};

/// Who a name stands for.
const POC: &str = "the POC";

/// The names that no answer shows.
#[derive(Debug)]
pub struct Nameless<'p> {
    project: &'p Project,
    /// Each with what is written in its place.
    names: PersonNames<String>,
    /// The words in the names of modules and initiatives, which stay.
    of_subjects: BTreeSet<&'p str>,
}

/// The first and last names of some POCs, but for ordinary words; each as it is written, and in capitals.
#[derive(Debug, Default)]
pub struct Callers(BTreeSet<String>);

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
        let of_subjects = project.subjects.iter().flat_map(|subject| {
            let name = subject.record.name.as_str();
            words(name).map(|at| &name[at])
        });
        Nameless { project, names, of_subjects: of_subjects.collect() }
    }

    /// The first and last names that the texts of a question may use alone: those of the POCs who asked, and of everyone
    /// who is or was designated for its subjects. A name that the same texts use in lower case, or that is part of a
    /// module's name, is an ordinary word.
    pub fn callers(&self, asked: &BTreeSet<&PersonId>, subjects: &[&SubjectId], texts: &[&str]) -> Callers {
        let is_designated =
            |poc: &Poc| poc.designations.iter().any(|own| subjects.iter().any(|id| **id == own.subject.value));
        let is_near = |poc: &&Loaded<Poc>| asked.contains(&poc.id.value) || is_designated(poc);
        let pocs = self.project.pocs.values().filter(is_near);
        let parts = pocs.flat_map(|poc| {
            let name = poc.record.name.as_str();
            words(name).map(|at| &name[at])
        });
        let is_name = |part: &&str| part.chars().count() > 1 && part.starts_with(char::is_uppercase);
        let mut parts: BTreeSet<&str> = parts.filter(is_name).filter(|part| !self.of_subjects.contains(part)).collect();
        if !parts.is_empty() {
            let lower: BTreeSet<&str> =
                texts.iter().flat_map(|text| words(text).map(|at| &text[at])).filter(|word| is_lower(word)).collect();
            parts.retain(|part| !lower.contains(part.to_lowercase().as_str()));
        }
        Callers(parts.iter().flat_map(|part| [(*part).to_owned(), part.to_uppercase()]).collect())
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
        let is_part = |at: &Range<usize>| callers.0.contains(&text[at.clone()]);
        let parts =
            if callers.0.is_empty() { Vec::new() } else { words(text).filter(is_part).filter(is_free).collect() };
        let parts = parts.into_iter().map(|at| (at, POC.to_owned()));
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

/// Whether what follows a text begins a sentence.
fn begins_a_sentence(before: &str) -> bool {
    let end =
        before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '"' | '\u{201c}' | '(' | '>'));
    let gap = &before[end.len()..];
    end.is_empty() || end.ends_with(['.', '!', '?']) || gap.contains("\n\n")
}

fn is_lower(word: &str) -> bool {
    word.chars().all(|c| !c.is_uppercase())
}
