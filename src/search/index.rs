//! The index: which documents have which word, and how much it tells of them.

use std::collections::BTreeMap;

use super::chunk::{Shape, chunks, searched, shape};
use super::stem::{is_stop_word, stem};
use super::weight::{frequency, level, rarity};

/// A part of a document, by how much its words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Its own number: who types it wants this document.
    Number,
    Title,
    /// The name of the person that it is about: who types a part of it wants this document.
    Person,
    /// Names of people and subjects.
    Name,
    Text,
}

impl Field {
    fn weight(self) -> u64 {
        match self {
            Field::Number | Field::Title | Field::Person => 4,
            Field::Name => 2,
            Field::Text => 1,
        }
    }
}

/// What a number counts for in the document that it is the number of.
const OWN_NUMBER: u32 = 255;

/// What a name counts for in the document about that person: twice what any other word can.
const OWN_NAME: u32 = 62;

/// A document: its texts. It is known by its place in the list.
#[derive(Debug, Clone, Default)]
pub struct Document {
    pub texts: Vec<(Field, String)>,
}

/// A stem and the documents that have it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Term {
    /// The words of this stem, in alphabetical order.
    pub words: Vec<String>,
    /// How rare it is.
    pub rarity: u32,
    /// The places of the documents, ascending, and what it counts for in each.
    pub postings: Vec<(u32, u32)>,
}

/// The index of some documents.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// By stem.
    pub(super) terms: BTreeMap<String, Term>,
}

/// A place of a word in a document: the word's number, the field, and whether it is the document's own number.
type Occurrence = (u32, Field, bool);

impl Index {
    /// Reads all documents.
    pub fn new(documents: &[Document]) -> Index {
        let mut words = Words::default();
        let mut read: Vec<(Vec<Occurrence>, u64)> = Vec::with_capacity(documents.len());
        for document in documents {
            let mut occurrences = Vec::new();
            document.texts.iter().for_each(|(field, text)| words.read(*field, text, &mut occurrences));
            let length = occurrences.iter().filter(|(_, field, _)| *field == Field::Text).count() as u64;
            occurrences.sort_unstable();
            read.push((occurrences, length));
        }
        let average = read.iter().map(|(_, length)| length).sum::<u64>() / (read.len() as u64).max(1);
        let mut postings: Vec<Vec<(u32, u32)>> = vec![Vec::new(); words.stems.len()];
        for (place, (occurrences, length)) in (0..).zip(&read) {
            for same in occurrences.chunk_by(|a, b| a.0 == b.0) {
                let Some((word, _, _)) = same.first() else { continue };
                postings[*word as usize].push((place, level_of(same, *length, average)));
            }
        }
        Index { terms: words.terms(postings, documents.len()) }
    }
}

/// What the occurrences of one word in one document count for.
fn level_of(occurrences: &[Occurrence], length: u64, average: u64) -> u32 {
    if occurrences.iter().any(|(_, _, is_own_number)| *is_own_number) {
        return OWN_NUMBER;
    }
    if occurrences.iter().any(|(_, field, _)| *field == Field::Person) {
        return OWN_NAME;
    }
    let fields = occurrences.chunk_by(|a, b| a.1 == b.1);
    let frequencies = fields.filter_map(|same| {
        let (_, field, _) = same.first()?;
        // The length of a title or a name tells nothing.
        let (length, average) = if *field == Field::Text { (length, average) } else { (1, 1) };
        Some(frequency(same.len() as u64, field.weight(), length, average))
    });
    level(frequencies.sum())
}

/// The words that were read so far, each with its number.
#[derive(Default)]
struct Words {
    /// What a folded chunk is looked up by: numbers of stems, and which of them are the chunk as a whole.
    chunks: BTreeMap<String, Vec<(u32, bool)>>,
    stems: BTreeMap<String, (u32, Vec<String>)>,
}

impl Words {
    fn read(&mut self, field: Field, text: &str, occurrences: &mut Vec<Occurrence>) {
        for chunk in chunks(searched(text)) {
            if !self.chunks.contains_key(&chunk.folded) {
                let numbers = self.numbers(&chunk.folded);
                self.chunks.insert(chunk.folded.clone(), numbers);
            }
            let numbers = self.chunks.get(&chunk.folded).into_iter().flatten();
            occurrences.extend(numbers.map(|(word, is_whole)| (*word, field, field == Field::Number && *is_whole)));
        }
    }

    /// The numbers of the stems of a chunk, and which of them would be a record's own number. A ticket's digits alone stand for its number too; those of other numbers are
    /// years.
    fn numbers(&mut self, folded: &str) -> Vec<(u32, bool)> {
        match shape(folded) {
            Shape::Words { parts, joined } => {
                let words = parts.into_iter().chain(joined).filter(|word| !is_stop_word(word));
                words.map(|word| (self.number(stem(&word), word), false)).collect()
            }
            Shape::Number { whole, parts } => {
                let is_prefixed =
                    parts.len() == 2 && parts.first().is_some_and(|first| !first.contains(char::is_numeric));
                let whole = (self.number(whole.clone(), whole), true);
                let parts = parts.into_iter().filter(|part| part.len() > 1 && !is_stop_word(part));
                let parts = parts.map(|part| (self.number(stem(&part), part), is_prefixed));
                [whole].into_iter().chain(parts).collect()
            }
        }
    }

    fn number(&mut self, stem: String, word: String) -> u32 {
        let next = u32::try_from(self.stems.len()).unwrap_or(u32::MAX);
        let (number, words) = self.stems.entry(stem).or_insert_with(|| (next, Vec::new()));
        if !words.contains(&word) {
            words.push(word);
        }
        *number
    }

    fn terms(self, mut postings: Vec<Vec<(u32, u32)>>, documents: usize) -> BTreeMap<String, Term> {
        let term = |(stem, (number, mut words)): (String, (u32, Vec<String>))| {
            words.sort();
            let postings = std::mem::take(&mut postings[number as usize]);
            (stem, Term { words, rarity: rarity(documents, postings.len()), postings })
        };
        self.stems.into_iter().map(term).collect()
    }
}
