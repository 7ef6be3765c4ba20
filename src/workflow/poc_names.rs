//! Finds where a text names a person: by the full name, the email address, a phone number or the id.
//!
//! A text is compared word by word, so that a name is found in any case, with or without accents and across a line end, and
//! never within another word.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::{Poc, plain_letter};

/// A name that has more words is found by its first ones.
const MOST_WORDS: usize = 12;
/// A phone number with fewer digits is an extension, which looks like any other number.
const PHONE_DIGITS: usize = 7;
/// The start of a link to an email address.
const MAILTO: &str = "mailto:";

/// What a person is called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CalledBy {
    Name,
    Email,
    Phone,
    Id,
}

/// A place where a text names a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<T> {
    pub range: Range<usize>,
    pub by: CalledBy,
    pub who: T,
}

/// The names of some people, each with what they stand for.
#[derive(Debug)]
pub struct PersonNames<T> {
    /// By the words, in lower case and without accents.
    patterns: BTreeMap<Vec<String>, Vec<Pattern<T>>>,
    /// The most words of a pattern, by its first word.
    longest: BTreeMap<String, usize>,
}

#[derive(Debug)]
struct Pattern<T> {
    by: CalledBy,
    /// As it is written.
    text: String,
    who: T,
}

impl<T> Default for PersonNames<T> {
    fn default() -> PersonNames<T> {
        PersonNames { patterns: BTreeMap::new(), longest: BTreeMap::new() }
    }
}

impl<T: Clone> PersonNames<T> {
    /// Adds a POC's full name, email address and phone number, which stand for `who`.
    pub fn add_poc(&mut self, poc: &Poc, who: T) {
        self.add(CalledBy::Name, &poc.name.0, who.clone());
        if let Some(email) = &poc.email {
            self.add(CalledBy::Email, email.as_str(), who.clone());
        }
        let Some(phone) = &poc.phone else { return };
        self.add(CalledBy::Phone, phone.as_str(), who.clone());
        // The number is also found in one run, and without the country's prefix.
        let digits: String = phone.as_str().chars().filter(char::is_ascii_digit).collect();
        self.add(CalledBy::Phone, &digits, who.clone());
        if let Some(national) = phone.as_str().trim_start_matches('+').strip_prefix('1').filter(|_| digits.len() == 11)
        {
            self.add(CalledBy::Phone, national, who);
        }
    }

    /// Adds the id of a person.
    pub fn add_id(&mut self, id: &str, who: T) {
        self.add(CalledBy::Id, id, who);
    }

    fn add(&mut self, by: CalledBy, text: &str, who: T) {
        let words: Vec<String> = words(text).take(MOST_WORDS).map(|at| plain_word(&text[at])).collect();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let Some(first) = words.first().filter(|_| by != CalledBy::Phone || digits >= PHONE_DIGITS) else { return };
        let longest = self.longest.entry(first.clone()).or_default();
        *longest = words.len().max(*longest);
        let known = self.patterns.entry(words).or_default();
        // People who share a name are one to a text.
        if !known.iter().any(|other| other.by == by) {
            known.push(Pattern { by, text: text.to_owned(), who });
        }
    }

    /// Where a text names one of them, in the order of the text; no two places overlap.
    pub fn find(&self, text: &str) -> Vec<Named<T>> {
        let words: Vec<Range<usize>> = words(text).collect();
        let lower: Vec<String> = words.iter().map(|at| plain_word(&text[at.clone()])).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest = self.longest.get(&lower[at]).copied().unwrap_or(0).min(words.len() - at);
            let here = (1..=longest).rev().find_map(|count| {
                let patterns = self.patterns.get(&lower[at..at + count])?;
                let fits = |pattern: &&Pattern<T>| pattern.fits(text, &words[at..at + count]);
                patterns.iter().find(fits).map(|pattern| (count, pattern))
            });
            let Some((count, pattern)) = here else {
                at += 1;
                continue;
            };
            let range = words[at].start..words[at + count - 1].end;
            found.push(Named { range: pattern.with_marks(text, range), by: pattern.by, who: pattern.who.clone() });
            at += count;
        }
        found
    }
}

impl<T> Pattern<T> {
    /// Whether the words of a text, which are the pattern's own but for the case, are written as the pattern may be.
    fn fits(&self, text: &str, found: &[Range<usize>]) -> bool {
        let whole = found.first().zip(found.last()).map_or("", |(first, last)| &text[first.start..last.end]);
        let mut gaps = found.windows(2).map(|pair| &text[pair[0].end..pair[1].start]);
        match self.by {
            // `may` and `May` are words; `Pat` alone is a name only as it is written.
            CalledBy::Id => whole == self.text || (self.text.len() > 2 && whole == self.text.to_ascii_uppercase()),
            CalledBy::Name if found.len() == 1 => same_letters(whole, self.text.trim()),
            CalledBy::Name => gaps.all(|gap| gap.len() <= 8 && gap.chars().all(is_between_names)),
            CalledBy::Email => whole.eq_ignore_ascii_case(self.text.trim()),
            CalledBy::Phone => gaps.all(|gap| gap.len() <= 8 && gap.chars().all(is_between_digits)),
        }
    }

    /// The place with the marks that belong to it: `<` and `>` around an address, `(` before an area code.
    fn with_marks(&self, text: &str, range: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = range;
        match self.by {
            CalledBy::Email => {
                let scheme = start.checked_sub(MAILTO.len()).and_then(|from| text.get(from..start));
                if scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(MAILTO)) {
                    start -= MAILTO.len();
                }
                if text[..start].ends_with('<') && text[end..].starts_with('>') {
                    (start, end) = (start - 1, end + 1);
                }
            }
            CalledBy::Phone => {
                let opens = text[start..end].find('(').unwrap_or(end);
                let closes = text[start..end].find(')');
                start -= usize::from(text[..start].ends_with('(') && closes.is_some_and(|at| at < opens));
                let before = text[..start].trim_end_matches([' ', '-']);
                start = before.strip_suffix("+1").map_or(start, str::len);
            }
            CalledBy::Name | CalledBy::Id => {}
        }
        start..end
    }
}

/// The words of a text: runs of letters, their accents and digits.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        let is_end = |c: char| !c.is_alphanumeric() && !is_accent(c);
        let end = text[start..].find(is_end).map_or(text.len(), |at| start + at);
        rest = end;
        Some(start..end)
    })
}

/// A word in lower case and without accents: `zoe` for `Zoë`.
pub fn plain_word(word: &str) -> String {
    word.chars()
        .filter(|c| !is_accent(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| !is_accent(*c))
        .map(plain_letter)
        .collect()
}

/// Whether two words have the same letters in the same case, but for accents.
fn same_letters(a: &str, b: &str) -> bool {
    let cased = |word: &str| -> Vec<bool> { word.chars().filter(|c| !is_accent(*c)).map(char::is_uppercase).collect() };
    plain_word(a) == plain_word(b) && cased(a) == cased(b)
}

/// An accent that is a character of its own, after its letter.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A character that can stand between two words of a name.
fn is_between_names(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}' | '.' | ',')
}

/// A character that can stand between the groups of a phone number.
fn is_between_digits(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2013}' | '.' | '/' | '(' | ')')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Spanned, Text};

    fn poc(name: &str, email: Option<&str>, phone: Option<&str>) -> Poc {
        let text = |text: &str| Text(text.to_owned());
        let id = crate::model::PersonId::parse("jrivera").expect("an id");
        Poc {
            id: Spanned { value: id, span: crate::model::Span::default() },
            name: text(name),
            email: email.map(text),
            phone: phone.map(text),
            office: None,
            designations: Vec::new(),
        }
    }

    fn found(text: &str) -> Vec<&str> {
        let mut names = PersonNames::default();
        names.add_poc(&poc("Jordan O'Rivera", Some("J.Rivera@example.org"), Some("202-555-0104")), ());
        names.add_poc(&poc("Pat", None, Some("4411")), ());
        names.add_id("may", ());
        names.find(text).into_iter().map(|named| &text[named.range]).collect()
    }

    #[test]
    fn names_are_found_in_any_case_and_across_lines() {
        assert_eq!(found("Ask Jordan O'Rivera."), ["Jordan O'Rivera"]);
        assert_eq!(found("JORDAN\n  O\u{2019}RIVERA's file"), ["JORDAN\n  O\u{2019}RIVERA"]);
        assert_eq!(found("jordan o'rivera"), ["jordan o'rivera"]);
        for other in ["Jordan", "Jordan Rivera", "Jordan; O'Rivera", "Jordan O'Riveras", "XJordan O'Rivera"] {
            assert!(found(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn names_are_found_with_and_without_accents() {
        let mut names = PersonNames::default();
        names.add_poc(&poc("Zoë Fïctner", None, None), ());
        names.add_poc(&poc("Inès", None, None), ());
        names.add_poc(&poc("Begona", None, None), ());
        for name in ["Zoë Fïctner", "Zoe Fictner", "ZOE FICTNER", "Zoe\u{308} Fictner", "Inès", "Ines", "Begoña"] {
            let text = format!("Été: {name}, là.");
            let found: Vec<&str> = names.find(&text).into_iter().map(|named| &text[named.range]).collect();
            assert_eq!(found, [name]);
        }
        assert!(names.find("Zo\u{308}es, ines, Inesa").is_empty());
    }

    #[test]
    fn one_word_is_a_name_as_it_is_written() {
        assert_eq!(found("Pat asked; a pat answer; PATTERN"), ["Pat"]);
        assert_eq!(found("may, May, MAY"), ["may", "MAY"]);
    }

    #[test]
    fn addresses_and_numbers_are_found_with_their_marks() {
        assert_eq!(found("write to <j.rivera@EXAMPLE.org>."), ["<j.rivera@EXAMPLE.org>"]);
        assert_eq!(found("[x](mailto:j.rivera@example.org)"), ["mailto:j.rivera@example.org"]);
        assert!(found("j rivera example org, j.rivera@example.com").is_empty());
        for number in ["202-555-0104", "(202) 555-0104", "202.555.0104", "2025550104", "+1 202 555 0104"] {
            assert_eq!(found(&format!("call {number} today")), [number]);
        }
        assert!(found("202-555-01045, 555-0104, 4411").is_empty());
    }

    #[test]
    fn a_prefix_of_the_country_may_be_missing() {
        let mut names = PersonNames::default();
        names.add_poc(&poc("Jo Vale", None, Some("+1 202-555-0104")), ());
        for number in ["202-555-0104", "+1 202-555-0104", "12025550104"] {
            assert_eq!(names.find(number).len(), 1, "{number}");
        }
    }

    #[test]
    fn a_long_name_is_found_by_its_beginning() {
        let mut names = PersonNames::default();
        let name = ["Na"; 100].join(" ");
        names.add_poc(&poc(&name, None, None), ());
        assert_eq!(names.find(&name).len(), 100 / MOST_WORDS);
    }
}
