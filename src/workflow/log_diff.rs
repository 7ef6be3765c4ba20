//! What a pull request does to a log: which entries of the base are kept, changed, moved or removed.

use std::collections::BTreeMap;

use super::differences::entry_values;
use crate::model::{Entry, EventKind};

/// The differences of two versions of a log, by the places of entries in each.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct LogDiff {
    /// Entries of both, unaltered and in one order.
    pub kept: Vec<(usize, usize)>,
    /// Changed entries: the old and the new index.
    pub altered: Vec<(usize, usize)>,
    /// Unchanged entries at a different place.
    pub moved: Vec<(usize, usize)>,
    /// Entries that only the base has.
    pub removed: Vec<usize>,
    /// Entries that the base has not.
    pub added: Vec<usize>,
}

/// The most comparisons for the longest common order. Beyond it, entries are matched one after another, which never
/// takes a changed entry for a kept one.
const COMPARISONS: usize = 4_000_000;

impl LogDiff {
    /// Compares two versions of a log.
    pub fn new<E: EventKind>(was: &[Entry<E>], is: &[Entry<E>]) -> LogDiff {
        let (befores, nows) = numbered(was, is);
        // An exception may be added; one that is there stays as it is.
        let same = |(before, now): (usize, usize)| {
            let ((was, exception), (is, other)) = (befores[before], nows[now]);
            was == is && (exception.is_none() || exception == other)
        };
        let kept = in_common(was.len(), is.len(), same);
        // Both sides of the pairs are in their order.
        let left = |length: usize, taken: Vec<usize>| {
            (0..length).filter(|at| taken.binary_search(at).is_err()).collect::<Vec<_>>()
        };
        let mut gone = left(was.len(), kept.iter().map(|pair| pair.0).collect());
        let mut new = left(is.len(), kept.iter().map(|pair| pair.1).collect());
        let mut diff = LogDiff { kept, ..LogDiff::default() };
        gone.retain(|before| {
            let Some(at) = new.iter().position(|now| same((*before, *now))) else { return true };
            diff.moved.push((*before, new.remove(at)));
            false
        });
        // If the log was replaced wholesale, entries cannot be paired.
        let is_another = gone.len().saturating_mul(new.len()) > COMPARISONS;
        gone.retain(|before| {
            if is_another {
                return true;
            }
            let Some(at) = diff.replacement(was, is, *before, &new) else { return true };
            diff.altered.push((*before, new.remove(at)));
            false
        });
        (diff.removed, diff.added) = (gone, new);
        diff
    }

    /// Whether a present entry is one of the base that was moved or changed.
    pub fn is_rewritten(&self, now: usize) -> bool {
        self.altered.iter().chain(&self.moved).any(|pair| pair.1 == now)
    }

    /// The `new` entry that replaces one of the base: of those between the same neighbors, the one with the most fields
    /// in common.
    fn replacement<E: EventKind>(
        &self,
        was: &[Entry<E>],
        is: &[Entry<E>],
        before: usize,
        new: &[usize],
    ) -> Option<usize> {
        let after = self.kept.iter().filter(|pair| pair.0 < before).map(|pair| pair.1).max();
        let until = self.kept.iter().filter(|pair| pair.0 > before).map(|pair| pair.1).min();
        let between = |now: usize| after.is_none_or(|after| now > after) && until.is_none_or(|until| now < until);
        let likeness = |now: usize| {
            let (was, is) = (&was[before], &is[now]);
            let by = was.by.as_ref().map(|by| &by.value) == is.by.as_ref().map(|by| &by.value);
            let note = was.note.is_some() && was.note == is.note;
            let (at, event) = (was.at.value == is.at.value, was.event.value == is.event.value);
            // The person alone is no evidence: the same few people make most entries.
            if at || event || note {
                4 * usize::from(at) + 3 * usize::from(event) + 2 * usize::from(note) + usize::from(by)
            } else {
                0
            }
        };
        let candidates = new.iter().enumerate().filter(|(_, now)| between(**now) && likeness(**now) > 0);
        candidates.max_by_key(|(at, now)| (likeness(**now), std::cmp::Reverse(*at))).map(|(at, _)| at)
    }
}

/// The fields of an entry and its exception, each as a number: equal ones have the same.
type Number = (usize, Option<usize>);

fn numbered<E: EventKind>(was: &[Entry<E>], is: &[Entry<E>]) -> (Vec<Number>, Vec<Number>) {
    let mut values = BTreeMap::new();
    let mut exceptions = BTreeMap::new();
    let mut number = |entry: &Entry<E>| {
        let (value, exception) = entry_values(entry);
        let next = values.len();
        let value = *values.entry(value).or_insert(next);
        let next = exceptions.len();
        (value, exception.map(|exception| *exceptions.entry(exception).or_insert(next)))
    };
    (was.iter().map(&mut number).collect(), is.iter().map(&mut number).collect())
}

/// The longest run of pairs in the order of both lists that are the same.
fn in_common(was: usize, is: usize, same: impl Fn((usize, usize)) -> bool) -> Vec<(usize, usize)> {
    let shorter = was.min(is);
    let head = (0..shorter).take_while(|at| same((*at, *at))).count();
    let tail = (0..shorter - head).take_while(|at| same((was - 1 - at, is - 1 - at))).count();
    let (rows, columns) = (was - head - tail, is - head - tail);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    let inner = |(row, column): (usize, usize)| same((head + row, head + column));
    let middle = match rows.saturating_mul(columns) > COMPARISONS {
        true => one_after_another(rows, columns, inner),
        false => longest(rows, columns, inner),
    };
    pairs.extend(middle.into_iter().map(|(row, column)| (head + row, head + column)));
    pairs.extend((0..tail).rev().map(|at| (was - 1 - at, is - 1 - at)));
    pairs
}

/// The longest common subsequence, by the usual table.
fn longest(rows: usize, columns: usize, same: impl Fn((usize, usize)) -> bool) -> Vec<(usize, usize)> {
    let width = columns + 1;
    let mut lengths = vec![0u32; (rows + 1) * width];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            lengths[row * width + column] = if same((row, column)) {
                lengths[(row + 1) * width + column + 1] + 1
            } else {
                lengths[(row + 1) * width + column].max(lengths[row * width + column + 1])
            };
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < rows && column < columns {
        if same((row, column)) {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

fn one_after_another(rows: usize, columns: usize, same: impl Fn((usize, usize)) -> bool) -> Vec<(usize, usize)> {
    let (mut from, mut pairs) = (0, Vec::new());
    for row in 0..rows {
        if let Some(column) = (from..columns).find(|column| same((row, *column))) {
            pairs.push((row, column));
            from = column + 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Finds what two lists have in common.
    type Way = fn(usize, usize, &dyn Fn((usize, usize)) -> bool) -> Vec<(usize, usize)>;

    fn common(was: &str, is: &str, by: Way) -> String {
        let (was, is) = (was.as_bytes(), is.as_bytes());
        let pairs = by(was.len(), is.len(), &|(before, now)| was[before] == is[now]);
        assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1), "{pairs:?}");
        pairs.iter().map(|pair| was[pair.0] as char).collect()
    }

    #[test]
    fn what_stays_in_order_is_found() {
        for (was, is, expected) in [
            ("abcd", "abcd", 4),
            ("abcd", "abxcd", 4),
            ("abcd", "acd", 3),
            ("abcd", "bacd", 3),
            ("abab", "baba", 3),
            ("", "ab", 0),
            ("ab", "", 0),
            ("aaa", "aa", 2),
            ("abc", "xyz", 0),
        ] {
            assert_eq!(common(was, is, |a, b, same| in_common(a, b, same)).len(), expected, "{was} {is}");
        }
    }

    #[test]
    fn a_long_log_is_matched_too() {
        assert_eq!(common("abcd", "xacxd", |a, b, same| one_after_another(a, b, same)), "acd");
    }
}
