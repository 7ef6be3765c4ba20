//! "Did you mean": the word nearest to a mistyped one.

/// The longest text that is compared, in bytes: no word of ours is nearly as long, and comparing takes the product of the
/// lengths.
const LONGEST: usize = 200;

/// The word of `words` nearest to `typed`, if it is near enough to be meant.
pub fn nearest<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    if typed.len() > LONGEST {
        return None;
    }
    let typed = typed.trim().to_lowercase();
    let allowed = (typed.chars().count() / 3).clamp(1, 3);
    words
        .into_iter()
        .filter(|word| word.len() <= LONGEST)
        .map(|word| (strsim::damerau_levenshtein(&typed, &word.to_lowercase()), word))
        .filter(|(distance, word)| *distance <= allowed && *distance < word.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// The help that names the nearest word.
pub fn did_you_mean<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<String> {
    nearest(typed, words).map(|word| format!("did you mean `{word}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_meant_and_far_ones_are_not() {
        assert_eq!(nearest("jriver", ["jrivera", "mlee"]), Some("jrivera"));
        assert_eq!(nearest("jrvieraa", ["jrivera", "mlee"]), Some("jrivera"));
        assert_eq!(nearest("forwarded", ["follow-up", "closed"]), None);
        assert_eq!(nearest("x", ["y"]), None);
    }
}
