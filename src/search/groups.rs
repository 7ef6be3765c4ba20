//! Groups of documents that are alike.

use super::alike::Vectors;

/// The groups of at least `fewest` documents: each has one in its middle with which all others share at least `least`
/// thousandths. A document is in one group at most. Each group and the list of them are in order of the documents.
pub fn groups(
    vectors: &Vectors,
    among: &[usize],
    least: u64,
    fewest: usize,
    share: impl Fn(usize, usize, u64) -> u64,
) -> Vec<Vec<usize>> {
    let is_among = |document: usize| among.binary_search(&document).is_ok();
    let near = |document: usize| -> Vec<usize> {
        let alike = vectors.like(document, least / 2).into_iter();
        let alike =
            alike.filter(|alike| is_among(alike.document) && share(document, alike.document, alike.share) >= least);
        alike.map(|alike| alike.document).collect()
    };
    let mut stars: Vec<(usize, Vec<usize>)> = among.iter().map(|document| (*document, near(*document))).collect();
    stars.sort_by_key(|(document, near)| (std::cmp::Reverse(near.len()), *document));
    let mut taken = vec![false; among.last().map_or(0, |last| last + 1)];
    let mut groups = Vec::new();
    for (middle, near) in stars {
        let mut group: Vec<usize> = [middle].into_iter().chain(near).filter(|document| !taken[*document]).collect();
        if taken[middle] || group.len() < fewest {
            continue;
        }
        group.iter().for_each(|document| taken[*document] = true);
        group.sort_unstable();
        groups.push(group);
    }
    groups.sort();
    groups
}
