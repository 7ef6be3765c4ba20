//! The figures of BM25 in integers: how much a word tells of a document, the same on every machine.

/// The most that a word can count for in a document.
pub const FULL: u64 = 31;

/// Parts of one: frequencies are counted in these.
const ONE: u64 = 1024;

/// BM25's saturation, in parts of one: 1.2.
const SATURATION: u64 = 1229;

/// BM25's regard for length, in parts of one: 0.6.
const BY_LENGTH: u64 = 614;

/// The rarity of a word that `with` of `all` documents have: the binary logarithm of `(all + 1) / (with + 1/2)` in
/// eighths, at least 1.
pub fn rarity(all: usize, with: usize) -> u32 {
    let (all, with) = (2 * all as u128 + 2, 2 * with as u128 + 1);
    let mut ratio = (all << 16) / with;
    let whole = ratio.max(1 << 16).ilog2() - 16;
    // Each squaring of the rest gives one more binary digit of the logarithm.
    ratio >>= whole;
    let mut eighths = u32::from(false);
    for _ in 0..3 {
        ratio = (ratio * ratio) >> 16;
        let is_over = ratio >= 2 << 16;
        eighths = 2 * eighths + u32::from(is_over);
        ratio >>= u32::from(is_over);
    }
    (8 * whole + eighths).max(1)
}

/// What `count` occurrences in a field of that `weight` add to a word's frequency; `length` is the field's in words,
/// `average` that of all.
pub fn frequency(count: u64, weight: u64, length: u64, average: u64) -> u64 {
    let norm = (ONE - BY_LENGTH) + BY_LENGTH * length.min(1 << 32) / average.max(1);
    weight * count * ONE * ONE / norm.max(1)
}

/// How much a word of that frequency counts for: more for the first occurrence than for the next.
pub fn level(frequency: u64) -> u32 {
    let level = (2 * FULL * frequency + SATURATION + frequency) / (2 * (SATURATION + frequency));
    u32::try_from(level.max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rarity_is_the_logarithm() {
        for all in [1, 2, 10, 156, 9_999, 1_000_000] {
            for with in [1, 2, 3, 7, 100, 5_000] {
                let exact = ((all as f64 + 1.0) / (with as f64 + 0.5)).log2() * 8.0;
                let own = f64::from(rarity(all, with));
                assert!((own - exact.max(1.0)).abs() <= 1.01, "{all} {with}: {own} {exact}");
            }
        }
    }

    #[test]
    fn more_occurrences_count_for_more_up_to_a_limit() {
        let levels: Vec<u32> = [1, 2, 4, 8, 1000].iter().map(|count| level(frequency(*count, 1, 10, 10))).collect();
        assert!(levels.is_sorted() && levels[0] > 10 && levels[4] <= FULL as u32, "{levels:?}");
        assert!(level(frequency(1, 1, 5, 50)) > level(frequency(1, 1, 500, 50)));
    }
}
