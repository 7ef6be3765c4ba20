//! The words of a text: folded to plain small letters, with the numbers and compounds as one writes or types them.
//!
//! `templates/shared/search.js` cuts what is typed in the same way.

use unicode_normalization::UnicodeNormalization;

/// A word of a text: its place, and the word folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// The bytes of the text that it takes.
    pub start: usize,
    pub end: usize,
    /// Small letters without accents; hyphens, points and apostrophes only within.
    pub folded: String,
}

/// How many bytes of a text are searched: ten pages. A longer text would make an index many times its size.
const SEARCHED: usize = 20_000;

/// The part of a text that is searched.
pub fn searched(text: &str) -> &str {
    &text[..text.floor_char_boundary(SEARCHED)]
}

/// The words of a text in their order.
pub fn chunks(text: &str) -> Vec<Chunk> {
    let mut found: Vec<Chunk> = Vec::new();
    let mut open: Option<Chunk> = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        if is_mark(letter) {
            continue;
        }
        if letter.is_alphanumeric() {
            let chunk = open.get_or_insert_with(|| Chunk { start: at, end, folded: String::new() });
            fold_letter(letter, &mut chunk.folded);
            chunk.end = end;
            continue;
        }
        let next = letters.peek().map(|(_, next)| *next);
        let joined = open.as_mut().filter(|chunk| joins(&chunk.folded, letter, next));
        match joined {
            Some(chunk) => chunk.folded.push(plain_joint(letter)),
            None => found.extend(open.take()),
        }
    }
    found.extend(open);
    found
}

/// Small letters without accents.
fn fold_letter(letter: char, folded: &mut String) {
    if letter.is_ascii() {
        folded.push(letter.to_ascii_lowercase());
    } else {
        folded.extend(letter.nfd().filter(|part| !is_mark(*part)).flat_map(char::to_lowercase));
    }
}

/// A mark that stands over or under a letter.
fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

/// Whether a sign holds two parts of a word together: a hyphen or apostrophe between letters, a point or comma between
/// digits.
fn joins(before: &str, sign: char, next: Option<char>) -> bool {
    let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let is_open = before.chars().next_back().is_some_and(char::is_alphanumeric);
    match sign {
        '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}' => is_open && next.is_some_and(char::is_alphanumeric),
        '.' | ',' => is_digit(before.chars().next_back()) && is_digit(next),
        _ => false,
    }
}

fn plain_joint(sign: char) -> char {
    match sign {
        '\u{2010}' | '\u{2011}' => '-',
        '\u{2019}' => '\'',
        other => other,
    }
}

/// What one looks a chunk up by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A word of letters, or each part of one with hyphens: "year-end" is "year", "end" and "yearend".
    Words { parts: Vec<String>, joined: Option<String> },
    /// A number or name with digits as a whole, and its parts: "cr-2026-007" is "cr-2026-7", "2026" and "7".
    Number { whole: String, parts: Vec<String> },
}

/// The shape of a folded chunk.
pub fn shape(folded: &str) -> Shape {
    let plain = folded.strip_suffix("'s").unwrap_or(folded).replace(['\'', ','], "");
    let parts = plain.split('-').filter(|part| !part.is_empty());
    if !plain.contains(|letter: char| letter.is_ascii_digit()) {
        let parts: Vec<String> = parts.map(str::to_owned).collect();
        let joined = (parts.len() > 1).then(|| parts.concat());
        return Shape::Words { parts, joined };
    }
    let parts: Vec<String> = parts.map(plain_number).collect();
    let whole = parts.join("-");
    let parts = if parts.len() > 1 { parts } else { Vec::new() };
    Shape::Number { whole, parts }
}

/// A number without zeros before it; a fiscal year in four digits as one in two.
fn plain_number(part: &str) -> String {
    if part.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = part.trim_start_matches('0');
        return if number.is_empty() { "0".to_owned() } else { number.to_owned() };
    }
    match part.strip_prefix("fy20") {
        Some(year) if year.len() == 2 && year.bytes().all(|byte| byte.is_ascii_digit()) => format!("fy{year}"),
        _ => part.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        chunks(text).into_iter().map(|chunk| chunk.folded).collect()
    }

    #[test]
    fn texts_are_cut_into_words_and_numbers() {
        assert_eq!(
            folded("The Log-on page, e.g. of CR-2026-007."),
            ["the", "log-on", "page", "e", "g", "of", "cr-2026-007"]
        );
        assert_eq!(folded("50,000 dollars, or 25.7%."), ["50,000", "dollars", "or", "25.7"]);
        assert_eq!(folded("Zoë’s “naïve” 'form' - yes"), ["zoe's", "naive", "form", "yes"]);
        assert_eq!(folded("Ine\u{300}s"), ["ines"]);
        assert_eq!(folded("-- ' . ,"), Vec::<String>::new());
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "Über Ärger";
        let places: Vec<&str> = chunks(text).iter().map(|chunk| &text[chunk.start..chunk.end]).collect();
        assert_eq!(places, ["Über", "Ärger"]);
    }

    #[test]
    fn numbers_are_found_with_and_without_zeros_and_prefixes() {
        let number = |whole: &str, parts: &[&str]| Shape::Number {
            whole: whole.to_owned(),
            parts: parts.iter().map(|part| (*part).to_owned()).collect(),
        };
        assert_eq!(shape("cr-2026-007"), number("cr-2026-7", &["cr", "2026", "7"]));
        assert_eq!(shape("0010423"), number("10423", &[]));
        assert_eq!(shape("50,000"), number("50000", &[]));
        assert_eq!(shape("fy2026"), number("fy26", &[]));
        assert_eq!(shape("000"), number("0", &[]));
    }

    #[test]
    fn compounds_are_found_by_part_and_in_one_word() {
        let words = |parts: &[&str], joined: Option<&str>| Shape::Words {
            parts: parts.iter().map(|part| (*part).to_owned()).collect(),
            joined: joined.map(str::to_owned),
        };
        assert_eq!(shape("log-on"), words(&["log", "on"], Some("logon")));
        assert_eq!(shape("can't"), words(&["cant"], None));
        assert_eq!(shape("year's"), words(&["year"], None));
    }

    #[test]
    fn a_long_text_is_searched_at_its_beginning() {
        let text = "€".repeat(SEARCHED);
        assert_eq!(searched(&text).len(), SEARCHED - SEARCHED % 3);
        assert_eq!(searched("Export drops Q4"), "Export drops Q4");
    }
}
