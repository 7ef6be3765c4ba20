//! The stem of an English word: "exports", "exported" and "exporting" are all found by "export".
//!
//! The stems are Snowball's. `templates/shared/search.js` has the same algorithm; `tests/browser/search.mjs` compares the
//! two on every word of the sample.

use snowball_stemmers_rs::{Algorithm, Stemmer};

/// Plurals that have no ending to cut off.
pub const IRREGULAR: [(&str, &str); 12] = [
    ("children", "child"),
    ("halves", "half"),
    ("indices", "index"),
    ("knives", "knife"),
    ("leaves", "leave"),
    ("lives", "life"),
    ("men", "man"),
    ("people", "person"),
    ("shelves", "shelf"),
    ("themselves", "self"),
    ("wives", "wife"),
    ("women", "woman"),
];

/// Words that nearly every text has. They are not indexed; a query of nothing else finds nothing.
pub const STOP_WORDS: [&str; 74] = [
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by",
    "can", "could", "cr", "did", "do", "does", "for", "from", "get", "had", "has", "have", "heat", "how", "i", "if",
    "in", "into", "is", "it", "its", "me", "my", "no", "not", "of", "on", "or", "our", "so", "that", "the", "their",
    "them", "then", "there", "these", "they", "this", "those", "to", "us", "was", "we", "were", "what", "when",
    "where", "which", "who", "why", "will", "with", "would", "you", "your", "cannot", "cant",
];

/// Words longer than this are kept as they are: no English word is as long.
const LONGEST: usize = 40;

/// Whether nearly every text has the word.
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(&word)
}

/// The stem of a folded word; the word itself where it is not English letters.
pub fn stem(word: &str) -> String {
    if word.len() > LONGEST || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let regular = IRREGULAR.iter().find(|(plural, _)| *plural == word).map_or(word, |(_, singular)| singular);
    Stemmer::create(Algorithm::English).stem(regular).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for words in [
            &["export", "exports", "exported", "exporting"][..],
            &["life", "lives"],
            &["study", "studies"],
            &["box", "boxes"],
            &["cancel", "canceled", "cancels"],
            &["approve", "approved", "approves"],
        ] {
            let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
            assert!(stems.iter().all(|own| *own == stems[0]), "{words:?}: {stems:?}");
        }
    }

    #[test]
    fn what_is_not_english_is_kept() {
        for word in ["10423", "cr-2026-7", "ошибка", ""] {
            assert_eq!(stem(word), word);
        }
        let long = "s".repeat(LONGEST + 1);
        assert_eq!(stem(&long), long);
    }
}
