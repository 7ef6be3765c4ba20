//! NITC's own number in a mail that acknowledges a ticket.

use std::collections::BTreeSet;

use super::recorded::Recorded;

/// The numbers that a text gives a ticket. Only one can be the right one.
pub fn numbers(recorded: &Recorded, text: &str) -> BTreeSet<String> {
    let prefixes: BTreeSet<&str> = recorded.numbers.keys().filter_map(|number| prefix(number)).chain(["n"]).collect();
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    let mut found = BTreeSet::new();
    let mut before: Vec<String> = Vec::new();
    for word in
        text.split(|c: char| !is_part(c)).map(|word| word.trim_matches('-')).filter(|word| !word.is_empty()).take(5000)
    {
        let lower = word.to_lowercase();
        let is_known = prefix(&lower).is_some_and(|own| prefixes.contains(own));
        let is_named = || before.iter().rev().take(4).any(|word| NAMES.contains(&word.as_str()));
        if is_number(&lower) && (is_known || is_named()) {
            found.insert(word.to_owned());
        }
        before.push(lower);
    }
    // One number in two spellings is one.
    let folded: BTreeSet<String> = found.iter().map(|number| number.to_lowercase()).collect();
    if folded.len() == 1 { found.into_iter().take(1).collect() } else { found }
}

/// Words that go before a number.
const NAMES: [&str; 12] =
    ["number", "no", "nr", "ticket", "reference", "ref", "incident", "case", "request", "tracker", "tracking", "id"];

/// What goes before the digits: `n` of `n-2291`.
fn prefix(number: &str) -> Option<&str> {
    let end = number.find(|c: char| !c.is_ascii_alphabetic())?;
    Some(&number[..end]).filter(|own| !own.is_empty())
}

/// Letters, perhaps a hyphen, and three digits or more; none of our own numbers and no fiscal year.
fn is_number(word: &str) -> bool {
    let letters = word.chars().take_while(char::is_ascii_alphabetic).count();
    let digits = word[letters..].strip_prefix('-').unwrap_or(&word[letters..]);
    let is_own = ["heat", "cr", "fy", "a", "q", "sha", "utf", "rfc"].contains(&&word[..letters]);
    (1..=8).contains(&letters)
        && !is_own
        && (3..=12).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_number_is_one_of_the_known_kind_or_one_that_is_named() {
        let known = BTreeMap::from([("inc00123".to_owned(), BTreeSet::new())]);
        let recorded = Recorded { mails: BTreeMap::new(), numbers: known };
        let of = |text: &str| numbers(&recorded, text).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(of("Logged as N-2291. (n-2291)"), "N-2291");
        assert_eq!(of("Opened INC0099871 for HEAT-10423, FY2026, CR-2026-001"), "INC0099871");
        assert_eq!(of("your reference is REQ-44812"), "REQ-44812");
        assert_eq!(of("REQ-44812 on page AB123"), "");
        assert_eq!(of("N-2291 or N-2292"), "N-2291 N-2292");
    }
}
