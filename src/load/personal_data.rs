//! Finds numbers in a file's text that look like Social Security or payment card numbers (`possible-personal-data`).

use crate::model::{RuleId, Span};
use crate::record::{FLAG, Faults, Help};

/// Adds an error for each such number.
pub fn check(text: &str, faults: &mut Faults) {
    for (span, what) in numbers(text) {
        let message = format!("this looks like a {what}, which is not allowed in records");
        let help = Help::Either {
            file: "delete it, and ask for help to remove it from git's history, if possible before the merge"
                .to_owned(),
            flags: format!("omit the number from {FLAG}"),
        };
        faults.add(RuleId::PossiblePersonalData, span, message).help(help);
    }
}

/// The text without such numbers; `None` if it has none.
pub fn without_numbers(text: &str) -> Option<String> {
    let found = numbers(text);
    let mut out = String::new();
    let mut at = 0;
    for (span, _) in &found {
        out.push_str(&text[at..span.start as usize]);
        out.push_str("[number removed]");
        at = span.end as usize;
    }
    out.push_str(&text[at..]);
    (!found.is_empty()).then_some(out)
}

/// The runs of a text that look like such a number, and as what.
fn numbers(text: &str) -> Vec<(Span, &'static str)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // Digits are never part of another character.
    while let Some(step) = bytes[at..].iter().position(u8::is_ascii_digit) {
        at += step;
        let together = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        // Such a number begins with this many digits. Most other numbers in a record do not.
        let fits = matches!(together, 3 | 4 | 13..=19);
        let starts = fits && !text[..at].chars().next_back().is_some_and(goes_before);
        match starts.then(|| number_at(&text[at..])).flatten() {
            Some((length, what)) => {
                found.push((Span::new(at, at + length), what));
                at += length;
            }
            // Skip the whole run: no number begins inside another.
            None => at += together,
        }
    }
    found
}

/// A character after which a number is part of something longer: a word, a document's number, a digest.
fn goes_before(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | '/')
}

/// Whether a character separates the groups of a number: a space or a hyphen, including typographic ones.
fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{a0}' | '\u{202f}' | '\u{2010}'..='\u{2014}')
}

fn number_at(text: &str) -> Option<(usize, &'static str)> {
    const CARDS: [&[usize]; 5] = [&[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4], &[4, 4, 4, 4, 3], &[4, 4, 4, 1]];
    if let Some((length, digits)) = groups(text, &[3, 2, 4])
        && is_social_security(&digits)
    {
        return Some((length, "Social Security number"));
    }
    let plain = text.bytes().take(20).take_while(u8::is_ascii_digit).count();
    let together = (13..=19).contains(&plain).then(|| groups(text, &[plain])).flatten();
    let card = together.into_iter().chain(CARDS.iter().filter_map(|sizes| groups(text, sizes)));
    card.into_iter().find(|(_, digits)| is_card(digits)).map(|(length, _)| (length, "payment card number"))
}

/// Groups of digits of these sizes with one kind of separator, and no digit or letter after.
fn groups(text: &str, sizes: &[usize]) -> Option<(usize, Vec<u8>)> {
    let (mut at, mut separator) = (0, None);
    for (index, size) in sizes.iter().enumerate() {
        if index > 0 {
            let c = text[at..].chars().next().filter(|c| is_separator(*c))?;
            if *separator.get_or_insert(c) != c {
                return None;
            }
            at += c.len_utf8();
        }
        text.as_bytes().get(at..at + size).filter(|group| group.iter().all(u8::is_ascii_digit))?;
        at += size;
    }
    let mut after = text[at..].chars();
    let next = after.next();
    let ends = !next.is_some_and(char::is_alphanumeric);
    let goes_on = next == Some('-') && after.next().is_some_and(char::is_alphanumeric);
    let digits = || text[..at].bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
    (ends && !goes_on).then(|| (at, digits()))
}

/// Areas 000, 666 and 900 to 999, group 00 and serial 0000 are never issued (SSA, RM 10201.035).
fn is_social_security(digits: &[u8]) -> bool {
    let number = |run: &[u8]| run.iter().fold(0_u32, |number, digit| number * 10 + u32::from(*digit));
    let (area, group, serial) = (number(&digits[..3]), number(&digits[3..5]), number(&digits[5..]));
    !matches!(area, 0 | 666 | 900..) && group != 0 && serial != 0
}

/// The numbers that card schemes issue: the first and the last of their first digits, and how many digits they have.
/// After the list that card forms use (github.com/braintree/credit-card-type, `src/lib/card-types.ts`), with Visa's former
/// 13 digits; of Maestro, whose numbers it gives as any that begin with 6, the first digits that are in use.
const SCHEMES: [(u32, u32, &[usize]); 21] = [
    // Visa, Mastercard, American Express.
    (4, 4, &[13, 16, 18, 19]),
    (51, 55, &[16]),
    (2221, 2720, &[16]),
    (34, 34, &[15]),
    (37, 37, &[15]),
    // Diners Club, Discover.
    (300, 305, &[14, 16, 19]),
    (36, 36, &[14, 16, 19]),
    (38, 39, &[14, 16, 19]),
    (6011, 6011, &[16, 19]),
    (644, 649, &[16, 19]),
    (65, 65, &[16, 19]),
    // JCB, UnionPay, Mir.
    (1800, 1800, &[15, 16]),
    (2131, 2131, &[15, 16]),
    (3528, 3589, &[16, 17, 18, 19]),
    (62, 62, &[16, 17, 18, 19]),
    (8110, 8171, &[16, 17, 18, 19]),
    (2200, 2204, &[16, 17, 18, 19]),
    // Maestro, and what shares its first digits.
    (500, 509, &[13, 14, 15, 16, 17, 18, 19]),
    (56, 58, &[13, 14, 15, 16, 17, 18, 19]),
    (6304, 6304, &[13, 14, 15, 16, 17, 18, 19]),
    (6759, 6763, &[13, 14, 15, 16, 17, 18, 19]),
];

/// A scheme issues numbers that begin so and are as long, and the check digit of ISO/IEC 7812-1 (Luhn) is right.
fn is_card(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(*digit) * if place % 2 == 1 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    let begins = |first: u32, last: u32| {
        let count = first.to_string().len();
        let start = digits.iter().take(count).fold(0_u32, |number, digit| number * 10 + u32::from(*digit));
        (first..=last).contains(&start)
    };
    let is_issued =
        SCHEMES.iter().any(|(first, last, lengths)| lengths.contains(&digits.len()) && begins(*first, *last));
    is_issued && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks_like(text: &str) -> Vec<&'static str> {
        numbers(text).into_iter().map(|(_, what)| what).collect()
    }

    #[test]
    fn social_security_numbers_are_found_and_other_numbers_are_not() {
        // Built at run time: the sources hold no such number either.
        let ssn = ["219", "09", "9999"];
        assert_eq!(looks_like(&format!("it is {}.", ssn.join("-"))).len(), 1);
        assert_eq!(looks_like(&ssn.join(" ")).len(), 1);
        assert_eq!(looks_like(&format!("“{}”", ssn.join("-"))).len(), 1);
        assert_eq!(looks_like(&format!("SSN={}", ssn.join("\u{2011}"))).len(), 1);
        for other in
            ["202-555-0104", "2026-11-02", "000-12-3456", "666-12-3456", "912-12-3456", "N-219-09-9999", "219-09-99991"]
        {
            assert!(looks_like(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn card_numbers_are_found_by_their_check_digit() {
        let card = ["4111", "1111", "1111", "1111"];
        assert_eq!(looks_like(&card.join(" ")), ["payment card number"]);
        assert_eq!(looks_like(&card.concat()), ["payment card number"]);
        // Numbers of tickets, times and devices whose check digit is right by chance: no scheme issues them.
        for other in ["2026111610000003", "20261116091400", "350000000000006", "2220000000000007", "3300000000000004"] {
            assert!(looks_like(other).is_empty(), "{other}");
        }
        for card in ["3782 822463 10005", "5555555555554444", "2223003122003222", "6011111111111117", "30569309025904"]
        {
            assert_eq!(looks_like(card), ["payment card number"], "{card}");
        }
        for other in ["4111 1111 1111 1112", "2026-11-02 2026-11-03", "1234567890123", "sha256:41111111111111111"] {
            assert!(looks_like(other).is_empty(), "{other}");
        }
    }
}
