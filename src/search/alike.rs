//! How much alike documents are: by the words that they share, the rare ones above all.

use super::index::{Document, Index};

/// Documents are compared that share one of the words that tell most of them, and of the documents that have such a word
/// the nearest in the list: the work grows with the number of documents only.
const TELLING: usize = 12;
const NEAREST: usize = 64;

/// Documents and the words that they have.
#[derive(Debug, Default)]
pub struct Vectors {
    /// For each document its words and what they count for, by word.
    words: Vec<Vec<(u32, u64)>>,
    /// For each word the documents that have it.
    documents: Vec<Vec<u32>>,
    /// The length of each document's vector.
    lengths: Vec<u64>,
}

/// A document that is like another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alike {
    /// Its place in the list of documents.
    pub document: usize,
    /// How much they share, in thousandths: 1,000 if they have the same words.
    pub share: u64,
}

impl Vectors {
    /// Reads all documents.
    pub fn new(documents: &[Document]) -> Vectors {
        let index = Index::new(documents);
        let mut words: Vec<Vec<(u32, u64)>> = vec![Vec::new(); documents.len()];
        let mut having: Vec<Vec<u32>> = Vec::with_capacity(index.terms.len());
        for (number, term) in (0..).zip(index.terms.values()) {
            // A word that no other document has makes them less alike, but not as much as one that others have.
            let lone = if term.postings.len() == 1 { 2 } else { 1 };
            for (document, level) in &term.postings {
                words[*document as usize].push((number, u64::from(term.rarity * level) / lone));
            }
            having.push(term.postings.iter().map(|(document, _)| *document).collect());
        }
        let length = |words: &Vec<(u32, u64)>| words.iter().map(|(_, count)| count * count).sum::<u64>().isqrt();
        let lengths = words.iter().map(length).collect();
        Vectors { words, documents: having, lengths }
    }

    /// The documents that share at least that much with one, the most alike first, of equals the later one first.
    pub fn like(&self, document: usize, least: u64) -> Vec<Alike> {
        let Some(words) = self.words.get(document) else { return Vec::new() };
        let mut telling = words.clone();
        telling.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
        let place = u32::try_from(document).unwrap_or(u32::MAX);
        let having = telling.iter().take(TELLING).filter_map(|(word, _)| self.documents.get(*word as usize));
        let near = having.flat_map(|having| {
            let at = having.partition_point(|other| *other < place);
            &having[at.saturating_sub(NEAREST / 2)..having.len().min(at + NEAREST / 2 + 1)]
        });
        let mut others: Vec<u32> = near.copied().filter(|other| *other != place).collect();
        others.sort_unstable();
        others.dedup();
        let alike = others.into_iter().map(|other| other as usize);
        let mut alike: Vec<Alike> = alike
            .map(|other| Alike { document: other, share: self.share(document, other) })
            .filter(|alike| alike.share >= least)
            .collect();
        alike.sort_by_key(|alike| std::cmp::Reverse((alike.share, alike.document)));
        alike
    }

    /// How much two documents share, in thousandths.
    pub fn share(&self, a: usize, b: usize) -> u64 {
        let (Some(words), Some(others)) = (self.words.get(a), self.words.get(b)) else { return 0 };
        let mut others = others.iter().peekable();
        let mut sum = 0;
        for (word, count) in words {
            while others.next_if(|(other, _)| other < word).is_some() {}
            if let Some((_, other)) = others.next_if(|(other, _)| other == word) {
                sum += count * other;
            }
        }
        1000 * sum / (self.lengths[a] * self.lengths[b]).max(1)
    }
}
