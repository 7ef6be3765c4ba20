//! The documents that fit what is typed, the best first.
//!
//! `templates/shared/search.js` does the same with the shards of the index; `tests/browser/search.mjs` compares the two.

use std::collections::BTreeMap;

use super::chunk::{Shape, chunks, shape};
use super::index::Index;
use super::stem::{is_stop_word, stem};

/// A word that is typed in part has at least so many letters.
const SHORTEST_START: usize = 3;

/// A word with a slip has at least so many letters.
const SHORTEST_SLIP: usize = 4;

/// Words of a query beyond these are ignored.
const MOST_WORDS: usize = 16;

/// What the words themselves count for, words that begin so, and words that differ by one letter, in eighths.
const EXACT: u32 = 8;
const BEGUN: u32 = 4;
const SLIPPED: u32 = 6;

/// A document that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its place in the list of documents.
    pub document: usize,
    pub score: u64,
}

/// What a query finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// The best first, of equals the later document first.
    pub found: Vec<Found>,
    /// For each word that no document has: the words that were looked for in its place.
    pub meant: Vec<(String, Vec<String>)>,
    /// The stems that were looked for.
    pub stems: Vec<String>,
}

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    /// As typed, folded.
    word: String,
    stem: String,
}

impl Index {
    /// The documents that have at least half of the words.
    pub fn find(&self, typed: &str) -> Hits {
        let mut hits = Hits::default();
        let wanted = wanted(typed);
        let mut scores: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
        for (place, own) in wanted.iter().enumerate() {
            let stems = self.stems_for(own, place + 1 == wanted.len(), &mut hits.meant);
            for (document, score) in self.best(&stems) {
                let (sum, words) = scores.entry(document).or_default();
                *sum += score;
                *words += 1;
            }
            hits.stems.extend(stems.into_iter().map(|(stem, _)| stem.to_owned()));
        }
        let fewest = (wanted.len() as u64).div_ceil(2);
        let fitting = scores.into_iter().filter(|(_, (_, words))| *words >= fewest);
        hits.found =
            fitting.map(|(document, (sum, words))| Found { document: document as usize, score: sum * words }).collect();
        hits.found.sort_by_key(|found| std::cmp::Reverse((found.score, found.document)));
        hits
    }

    /// The stems to look for, and what each counts for in eighths.
    fn stems_for<'i>(
        &'i self,
        wanted: &Wanted,
        is_last: bool,
        meant: &mut Vec<(String, Vec<String>)>,
    ) -> Vec<(&'i str, u32)> {
        let mut stems: Vec<(&str, u32)> =
            self.terms.get_key_value(&wanted.stem).map(|(stem, _)| (stem.as_str(), EXACT)).into_iter().collect();
        if is_last && wanted.word.chars().count() >= SHORTEST_START {
            let begun = self.begun_by(&wanted.word).filter(|stem| *stem != wanted.stem);
            stems.extend(begun.map(|stem| (stem, BEGUN)));
        }
        if stems.is_empty() && may_have_a_slip(&wanted.word) {
            let mut near: Vec<(&str, &str)> = self.words().filter(|(word, _)| is_near(&wanted.word, word)).collect();
            near.sort_unstable();
            if !near.is_empty() {
                meant.push((wanted.word.clone(), near.iter().map(|(word, _)| (*word).to_owned()).collect()));
            }
            stems = near.into_iter().map(|(_, stem)| (stem, SLIPPED)).collect();
            stems.sort_unstable();
            stems.dedup();
        }
        stems
    }

    /// The stems with a word that begins so. Stems that differ in their first letters are not looked through.
    fn begun_by<'i>(&'i self, word: &str) -> impl Iterator<Item = &'i str> {
        let start: String = word.chars().take(SHORTEST_START).collect();
        let word = word.to_owned();
        let from_there = self.terms.range(start.clone()..).take_while(move |(stem, _)| stem.starts_with(&start));
        let fits = from_there
            .filter(move |(stem, term)| stem.starts_with(&word) || term.words.iter().any(|own| own.starts_with(&word)));
        fits.map(|(stem, _)| stem.as_str())
    }

    /// All words in which a slip may be, with their stems.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, &str)> {
        let words = self
            .terms
            .iter()
            .flat_map(|(stem, term)| term.words.iter().map(move |word| (word.as_str(), stem.as_str())));
        words.filter(|(word, _)| may_have_a_slip(word))
    }

    /// What each document counts for by the one of these stems that tells most of it.
    fn best(&self, stems: &[(&str, u32)]) -> BTreeMap<u32, u64> {
        let mut best: BTreeMap<u32, u64> = BTreeMap::new();
        for (stem, eighths) in stems {
            let Some(term) = self.terms.get(*stem) else { continue };
            for (document, level) in &term.postings {
                let score = u64::from(term.rarity * level * eighths);
                let own = best.entry(*document).or_default();
                *own = score.max(*own);
            }
        }
        best
    }
}

/// The words of a query, each once: without stop words, unless there are no others.
fn wanted(typed: &str) -> Vec<Wanted> {
    let mut words: Vec<Wanted> = Vec::new();
    for chunk in chunks(typed) {
        let own = match shape(&chunk.folded) {
            Shape::Words { parts, .. } => parts,
            Shape::Number { whole, .. } => vec![whole],
        };
        for word in own.into_iter().filter(|word| !is_stop_word(word)) {
            let wanted = Wanted { stem: stem(&word), word };
            if words.len() < MOST_WORDS && !words.iter().any(|other| other.stem == wanted.stem) {
                words.push(wanted);
            }
        }
    }
    words
}

/// Whether a word may have a slip of the keyboard: a number never.
fn may_have_a_slip(word: &str) -> bool {
    word.chars().count() >= SHORTEST_SLIP && !word.contains(|letter: char| letter.is_ascii_digit())
}

/// Whether two words differ by one letter that is missing, added, wrong, or swapped with the next.
fn is_near(a: &str, b: &str) -> bool {
    if a.len().abs_diff(b.len()) > 4 {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let at = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = |letters: &'_ [char], from: usize| letters.get(from..).unwrap_or_default().to_vec();
    let is_swapped = a.len() == b.len()
        && at + 1 < a.len()
        && a[at] == b[at + 1]
        && a[at + 1] == b[at]
        && rest(&a, at + 2) == rest(&b, at + 2);
    let is_wrong = a.len() == b.len() && rest(&a, at + 1) == rest(&b, at + 1);
    let is_added = a.len() == b.len() + 1 && rest(&a, at + 1) == rest(&b, at);
    let is_missing = a.len() + 1 == b.len() && rest(&a, at) == rest(&b, at + 1);
    is_swapped || is_wrong || is_added || is_missing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Document, Field};

    fn index() -> Index {
        let document = |number: &str, title: &str, text: &str| Document {
            texts: vec![
                (Field::Number, number.to_owned()),
                (Field::Title, title.to_owned()),
                (Field::Text, text.to_owned()),
            ],
        };
        Index::new(&[
            document("HEAT-10423", "Scorecard export drops the last quarter", "The screen shows all four."),
            document("HEAT-10424", "Useful life of a class is fixed", "See HEAT-10423. The export is right."),
            document("CR-2026-007", "Move the lookup into the export job", "For HEAT-10423 and N-2291."),
            document("jrivera", "Zoë Rivera", "Office of Travel"),
        ])
    }

    fn found(typed: &str) -> Vec<usize> {
        index().find(typed).found.iter().map(|found| found.document).collect()
    }

    #[test]
    fn a_number_finds_its_own_record_first() {
        for typed in ["10423", "HEAT-10423", "heat 10423", "0010423"] {
            assert_eq!(found(typed).first(), Some(&0), "{typed}");
        }
        assert_eq!(found("cr-2026-7"), [2]);
        assert_eq!(found("n-2291"), [2]);
        assert_eq!(found("1042").len(), 3, "{:?}", found("1042"));
    }

    #[test]
    fn titles_come_before_texts() {
        assert_eq!(found("exports").last(), Some(&1));
    }

    #[test]
    fn plurals_accents_and_beginnings_are_found() {
        assert_eq!(found("useful lives"), [1]);
        assert_eq!(found("zoe"), [3]);
        assert_eq!(found("riv"), [3]);
        assert_eq!(found("ri"), Vec::<usize>::new());
    }

    #[test]
    fn one_wrong_letter_is_forgiven_also_the_first() {
        for typed in ["rivwra", "ivera", "rivreera", "xivera", "rievra"] {
            let is_found = found(typed).contains(&3);
            assert_eq!(is_found, typed != "rivreera", "{typed}");
        }
        let hits = index().find("quartre lasst");
        assert_eq!(hits.meant.len(), 2);
        assert_eq!(hits.found.first().map(|found| found.document), Some(0));
    }

    #[test]
    fn a_query_of_nothing_finds_nothing() {
        for typed in ["", "the", "?!", "how do i"] {
            assert_eq!(found(typed), Vec::<usize>::new(), "{typed}");
        }
    }

    #[test]
    fn half_of_the_words_will_do() {
        assert_eq!(found("scorecard export zzz yyy").first(), Some(&0));
        assert_eq!(found("scorecard xxx zzz yyy"), Vec::<usize>::new());
    }
}
