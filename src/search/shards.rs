//! The index in parts that a browser loads one by one: each has the stems from one on, in alphabetical order.
//!
//! A line is a stem, its words (`=` is the stem itself; none if it is the only one), its rarity, and its postings as numbers in base 32: for each document the distance
//! from the one before, and what the stem counts for. `templates/shared/search.js` reads it.

use super::index::{Index, Term};

/// How many documents a shard of records describes.
pub const DOCUMENTS_A_SHARD: usize = 32;

/// A shard ends with the line that reaches so many bytes.
const LARGEST: usize = 12 * 1024;

/// The digits: a letter of the second half says that another digit follows.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/// An index in parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shards {
    /// The first stem of each shard.
    pub firsts: Vec<String>,
    /// The lines of each shard.
    pub stems: Vec<String>,
    /// All words in which a slip may be, in alphabetical order: the number of letters that a word shares with the one
    /// before in base 36, and the rest.
    pub words: String,
}

/// The parts of an index.
pub fn shards(index: &Index) -> Shards {
    let mut shards = Shards { words: words(index), ..Shards::default() };
    for (stem, term) in &index.terms {
        let line = line(stem, term);
        match shards.stems.last_mut().filter(|shard| shard.len() < LARGEST && shard.len() + line.len() <= 2 * LARGEST) {
            Some(shard) => shard.push_str(&line),
            None => {
                shards.firsts.push(stem.clone());
                shards.stems.push(line);
            }
        }
    }
    shards
}

fn line(stem: &str, term: &Term) -> String {
    let own = |word: &String| if word == stem { "=".to_owned() } else { word.clone() };
    let words: Vec<String> = if term.words == [stem] { Vec::new() } else { term.words.iter().map(own).collect() };
    let mut line = format!("{stem}|{}|{}|", words.join(" "), term.rarity);
    let mut before = 0;
    for (document, level) in &term.postings {
        number(document - before, &mut line);
        number(*level, &mut line);
        before = *document;
    }
    line.push('\n');
    line
}

/// Writes a number, its lowest digit first.
fn number(mut number: u32, line: &mut String) {
    loop {
        let (digit, rest) = (number & 31, number >> 5);
        let more = if rest > 0 { 32 } else { 0 };
        line.push(char::from(DIGITS[(digit | more) as usize]));
        if rest == 0 {
            return;
        }
        number = rest;
    }
}

fn words(index: &Index) -> String {
    let mut all: Vec<&str> = index.words().map(|(word, _)| word).collect();
    all.sort_unstable();
    let (mut text, mut before) = (String::new(), "");
    for word in all {
        let same = word.char_indices().zip(before.chars()).take_while(|((_, own), other)| own == other);
        let (count, bytes) = same.fold((0_u32, 0), |(count, _), ((at, own), _)| (count + 1, at + own.len_utf8()));
        let count = count.min(35);
        let bytes = if count == 35 { word.char_indices().nth(35).map_or(word.len(), |(at, _)| at) } else { bytes };
        let digit = char::from_digit(count, 36).unwrap_or('0');
        text.extend([digit.to_string().as_str(), &word[bytes..], " "]);
        before = word;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Document, Field};

    #[test]
    fn numbers_are_written_in_few_letters() {
        let written = |value| {
            let mut text = String::new();
            number(value, &mut text);
            text
        };
        assert_eq!(["A", "f", "gB", "-B"], [0, 31, 32, 63].map(written));
        assert_eq!(written(u32::MAX).len(), 7);
    }

    #[test]
    fn shards_are_small_and_in_order() {
        let document = |place: usize| Document {
            texts: vec![(Field::Text, format!("word{place} number{} common computer everywhere", place % 97))],
        };
        let documents: Vec<Document> = (0..5_000).map(document).collect();
        let shards = shards(&Index::new(&documents));
        assert!(shards.firsts.len() > 3 && shards.firsts.is_sorted());
        assert_eq!(shards.firsts.len(), shards.stems.len());
        for (first, shard) in shards.firsts.iter().zip(&shards.stems) {
            assert!(shard.starts_with(&format!("{first}|")));
            assert!(shard.len() <= 2 * LARGEST || shard.lines().count() == 1, "{}", shard.len());
        }
        assert_eq!(shards.stems.iter().map(|shard| shard.lines().count()).sum::<usize>(), 5_000 + 97 + 3);
        assert_eq!(shards.words, "0common 3puter 0everywhere ");
    }
}
