//! Finds where a text names a person who asked by a first or last name alone, but for ordinary words.

use std::collections::BTreeSet;
use std::ops::Range;

use super::poc_names::{plain_word, words};
use crate::load::{Loaded, Project};
use crate::model::{PersonId, Poc, SubjectId};

/// The first and last names of POCs, but for the words in the names of modules and initiatives.
#[derive(Debug)]
pub struct NameParts<'p> {
    project: &'p Project,
    /// Without accents and in lower case.
    of_subjects: BTreeSet<String>,
}

/// The first and last names that some texts use alone: without accents and in lower case.
#[derive(Debug, Default)]
pub struct Callers(BTreeSet<String>);

impl<'p> NameParts<'p> {
    /// The names of the project's POCs.
    pub fn new(project: &'p Project) -> NameParts<'p> {
        let of_subjects = project.subjects.iter().flat_map(|subject| {
            let name = subject.record.name.as_str();
            words(name).map(|at| plain_word(&name[at]))
        });
        NameParts { project, of_subjects: of_subjects.collect() }
    }

    /// The first and last names that the texts of a question may use alone: those of the POCs who asked, and of everyone
    /// who is or was designated for its subjects.
    ///
    /// A name that the same texts use in lower case is an ordinary word. For a POC who asked it is one only if the texts
    /// have it in capitals at the start of sentences alone.
    pub fn callers(&self, asked: &BTreeSet<&PersonId>, subjects: &[&SubjectId], texts: &[&str]) -> Callers {
        let is_designated =
            |poc: &Poc| poc.designations.iter().any(|own| subjects.iter().any(|id| **id == own.subject.value));
        let pocs = || self.project.pocs.values();
        let own = self.parts(pocs().filter(|poc| asked.contains(&poc.id.value)));
        let near = self.parts(pocs().filter(|poc| is_designated(poc)));
        if own.is_empty() && near.is_empty() {
            return Callers::default();
        }
        let words = texts.iter().flat_map(|text| words(text).map(|at| (&text[..at.start], &text[at])));
        let (mut lower, mut inside) = (BTreeSet::new(), BTreeSet::new());
        for (before, word) in words {
            if !word.contains(char::is_uppercase) {
                lower.insert(plain_word(word));
            } else if is_capitalized(word) && !begins_a_sentence(before) {
                inside.insert(plain_word(word));
            }
        }
        let is_name = |part: &String| !lower.contains(part) || (own.contains(part) && inside.contains(part));
        Callers(own.union(&near).filter(|part| is_name(part)).cloned().collect())
    }

    fn parts<'a>(&self, pocs: impl Iterator<Item = &'a Loaded<Poc>>) -> BTreeSet<String> {
        let parts = pocs.flat_map(|poc| {
            let name = poc.record.name.as_str();
            words(name).map(|at| &name[at])
        });
        let is_name = |part: &&str| part.chars().count() > 1 && is_capitalized(part);
        parts.filter(is_name).map(plain_word).filter(|part| !self.of_subjects.contains(part)).collect()
    }
}

impl Callers {
    /// Where a text has one of the names, with a capital letter first.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        let is_name = |word: &str| is_capitalized(word) && self.0.contains(&plain_word(word));
        if self.0.is_empty() { Vec::new() } else { words(text).filter(|at| is_name(&text[at.clone()])).collect() }
    }
}

fn is_capitalized(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether what follows a text begins a sentence.
pub fn begins_a_sentence(before: &str) -> bool {
    let end =
        before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '"' | '\u{201c}' | '(' | '>'));
    let gap = &before[end.len()..];
    end.is_empty() || end.ends_with(['.', '!', '?']) || gap.contains("\n\n") || begins_an_item(before)
}

/// Whether the last line of a text is only the mark of an item or heading: `-`, `##`.
fn begins_an_item(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default().trim();
    !line.is_empty() && line.chars().all(|c| matches!(c, '-' | '*' | '+' | '#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_after_a_mark_or_an_item() {
        for before in ["", "Done. ", "Done?\n", "Steps:\n\n", "Steps:\n- ", "a\n## ", "He said. \u{201c}"] {
            assert!(begins_a_sentence(before), "{before:?}");
        }
        for before in ["told ", "told\n", "told - ", "Note: "] {
            assert!(!begins_a_sentence(before), "{before:?}");
        }
    }
}
