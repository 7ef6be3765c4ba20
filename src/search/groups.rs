//! Groups of documents that are alike.

use std::cmp::Reverse;

use super::alike::Vectors;

/// Two groups are compared by so many documents of each at most.
const COMPARED: usize = 8;

/// The groups of at least `fewest` of the documents: any two parts that were put together share at least `least` on
/// average. `weighed` is how much two documents share, given what their words share; it is asked for those with like words,
/// and for the pairs `joined`. `among` is ascending, and so is every group.
pub fn groups(
    vectors: &Vectors,
    among: &[usize],
    least: u64,
    fewest: usize,
    joined: &[(usize, usize)],
    weighed: impl Fn(usize, usize, u64) -> u64,
) -> Vec<Vec<usize>> {
    let mut pairs: Vec<(Reverse<u64>, usize, usize)> = Vec::new();
    for (place, document) in among.iter().enumerate() {
        for alike in vectors.like(*document, least / 2) {
            let share = weighed(*document, alike.document, alike.share);
            if let Ok(other) = among.binary_search(&alike.document)
                && share >= least
            {
                pairs.push((Reverse(share), place.min(other), place.max(other)));
            }
        }
    }
    for (a, b) in joined {
        let share = weighed(*a, *b, vectors.share(*a, *b));
        if let (Ok(a), Ok(b)) = (among.binary_search(a), among.binary_search(b))
            && a != b
            && share >= least
        {
            pairs.push((Reverse(share), a.min(b), a.max(b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    // For each document the group that it is in, and for each group its documents.
    let mut group_of: Vec<usize> = (0..among.len()).collect();
    let mut groups: Vec<Vec<usize>> = (0..among.len()).map(|place| vec![place]).collect();
    let share = |a: &usize, b: &usize| {
        let (a, b) = (among[*a], among[*b]);
        weighed(a, b, vectors.share(a, b))
    };
    for (_, a, b) in pairs {
        let (a, b) = (group_of[a], group_of[b]);
        if a == b {
            continue;
        }
        let (some, others) = (spread(&groups[a]), spread(&groups[b]));
        let sum: u64 = some.iter().flat_map(|a| others.iter().map(move |b| share(a, b))).sum();
        if sum < least * (some.len() * others.len()) as u64 {
            continue;
        }
        let (small, large) = if groups[a].len() < groups[b].len() { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut groups[small]);
        moved.iter().for_each(|place| group_of[*place] = large);
        groups[large].extend(moved);
    }
    groups.retain(|group| group.len() >= fewest);
    for group in &mut groups {
        group.sort_unstable();
        group.iter_mut().for_each(|place| *place = among[*place]);
    }
    groups.sort();
    groups
}

/// Some documents of a group, from all of it.
fn spread(group: &[usize]) -> Vec<usize> {
    let step = group.len().div_ceil(COMPARED).max(1);
    group.iter().copied().step_by(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Document, Field};

    fn vectors(texts: &[&str]) -> Vectors {
        let document = |text: &&str| Document { texts: vec![(Field::Text, (*text).to_owned())] };
        Vectors::new(&texts.iter().map(document).collect::<Vec<_>>())
    }

    #[test]
    fn three_alike_are_a_group_and_two_are_none() {
        let vectors = vectors(&[
            "the printer prints blank pages",
            "mileage rate for private cars",
            "blank pages from the printer",
            "the old mileage rate of cars",
            "printer, pages are blank again",
            "where is the calendar",
        ]);
        let all: Vec<usize> = (0..6).collect();
        let plain = |_: usize, _: usize, share: u64| share;
        assert_eq!(groups(&vectors, &all, 300, 3, &[], plain), [vec![0, 2, 4]]);
        assert_eq!(groups(&vectors, &all, 300, 2, &[], plain).len(), 2);
        assert!(groups(&vectors, &[0, 1, 2], 300, 3, &[], plain).is_empty());
        assert!(groups(&vectors, &all, 300, 3, &[], |_, _, _| 0).is_empty());
    }

    #[test]
    fn documents_that_are_joined_are_a_group_whatever_their_words() {
        let vectors = vectors(&["alpha beta", "gamma delta", "epsilon zeta", "eta theta"]);
        let all: Vec<usize> = (0..4).collect();
        let joined = [(0, 2), (2, 3), (0, 3)];
        let weighed = |a: usize, b: usize, share| if joined.contains(&(a.min(b), a.max(b))) { 1_000 } else { share };
        assert_eq!(groups(&vectors, &all, 300, 3, &joined, weighed), [vec![0, 2, 3]]);
        assert!(groups(&vectors, &all, 300, 3, &[], weighed).is_empty());
        assert!(groups(&vectors, &[0, 1, 2], 300, 3, &joined, weighed).is_empty());
    }

    #[test]
    fn a_chain_is_no_group() {
        let vectors =
            vectors(&["alpha beta", "beta gamma", "gamma delta", "delta epsilon", "epsilon zeta", "zeta eta"]);
        let all: Vec<usize> = (0..6).collect();
        assert!(groups(&vectors, &all, 300, 3, &[], |_, _, share| share).iter().all(|group| group.len() < 4));
    }

    #[test]
    fn many_that_are_alike_are_one_group() {
        let asked = |place: usize| ["password expired again", "the password has expired"][place % 2].to_owned();
        let other = |place: usize| format!("matter{place} of office{} about thing{}", place % 7, place % 300);
        let texts: Vec<String> = (0..300).map(asked).chain((300..1_500).map(other)).collect();
        let vectors = vectors(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let all: Vec<usize> = (0..1_500).collect();
        let found = groups(&vectors, &all, 300, 20, &[], |_, _, share| share);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [300]);
    }
}
