//! How much alike documents are: by the words that they share, the rare ones above all.

use super::index::{Document, Index};

/// Documents that share only words which more documents than this have are not compared.
const COMMONEST: usize = 200;

/// Documents and the words that they have.
#[derive(Debug, Default)]
pub struct Vectors {
    /// For each document its words and what they count for, by word.
    words: Vec<Vec<(u32, u64)>>,
    /// For each word the documents that have it, and what it counts for in each.
    documents: Vec<Vec<(u32, u64)>>,
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
        let mut having: Vec<Vec<(u32, u64)>> = Vec::with_capacity(index.terms.len());
        for (number, term) in (0..).zip(index.terms.values()) {
            let counts = term.postings.iter().map(|(document, level)| (*document, u64::from(term.rarity * level)));
            let own: Vec<(u32, u64)> = counts.collect();
            own.iter().for_each(|(document, count)| words[*document as usize].push((number, *count)));
            having.push(own);
        }
        let length = |words: &Vec<(u32, u64)>| words.iter().map(|(_, count)| count * count).sum::<u64>().isqrt();
        let lengths = words.iter().map(length).collect();
        Vectors { words, documents: having, lengths }
    }

    /// The documents that share at least that much with one, the most alike first, of equals the later one first.
    pub fn like(&self, document: usize, least: u64) -> Vec<Alike> {
        let Some(words) = self.words.get(document) else { return Vec::new() };
        let rare = words.iter().filter_map(|(word, _)| self.documents.get(*word as usize));
        let mut others: Vec<u32> = rare
            .filter(|having| having.len() <= COMMONEST)
            .flat_map(|having| having.iter().map(|(other, _)| *other))
            .filter(|other| *other as usize != document)
            .collect();
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
