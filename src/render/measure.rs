//! What charts measure with: scales, lengths and numbers, all in whole numbers, so the same on every machine.

/// The size of a chart's text, in tenths of a unit.
const TEXT: i64 = 120;

/// Larger values are drawn as this one; no help desk has as many tickets.
pub const LARGEST: usize = 1_000_000_000;

/// A value as a length.
pub fn whole(value: usize) -> i64 {
    i64::try_from(value.min(LARGEST)).unwrap_or(i64::MAX)
}

/// A place in a list as a length.
pub fn whole_index(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

/// How many there are, at least 1, to divide by.
pub fn count<T>(list: &[T]) -> i64 {
    whole_index(list.len()).max(1)
}

/// The distance between grid lines, and the value of the highest one: at most five lines over the zero.
pub fn scale(largest: usize) -> (usize, usize) {
    let mut step = 1_usize;
    for factor in [2, 5, 10].into_iter().cycle() {
        if largest.div_ceil(step) <= 5 {
            break;
        }
        let decade = 10_usize.saturating_pow(step.ilog10());
        step = decade.saturating_mul(factor);
    }
    (step, largest.div_ceil(step).max(1).saturating_mul(step))
}

/// About how wide a text runs, in tenths.
pub fn width(text: &str) -> i64 {
    text.chars().map(|character| if u32::from(character) < 0x1100 { TEXT * 58 / 100 } else { TEXT }).sum()
}

/// The text, or as much of it as runs no wider than `limit` and "…".
pub fn cut(text: &str, limit: i64) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        kept.push(character);
        if width(&kept) > limit - TEXT {
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

/// A count with its thousands apart: "1,200".
pub fn number(value: usize) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A length of whole tenths.
pub fn n(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_round_steps() {
        for (largest, step, highest) in
            [(0, 1, 1), (1, 1, 1), (5, 1, 5), (6, 2, 6), (11, 5, 15), (26, 10, 30), (3210, 1000, 4000)]
        {
            assert_eq!(scale(largest), (step, highest), "{largest}");
        }
    }

    #[test]
    fn counts_have_their_thousands_apart() {
        assert_eq!([0, 999, 1000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([0, 5, -15, 120].map(n), ["0", "0.5", "-1.5", "12"]);
    }
}
