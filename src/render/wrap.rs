//! Lines of a terminal: filled with whole words, so that every id and command can be read and copied.

/// The width of a terminal if it is unknown.
pub const WIDTH: usize = 80;

/// The words of a text in lines of `width` columns, each after `indent` blanks but the first, which goes on where the
/// caller stands: behind as many. A word that is longer than that stands alone and whole.
pub fn wrapped(text: &str, indent: usize, width: usize) -> Vec<String> {
    let room = width.saturating_sub(indent).max(20);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > room {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    let pad = " ".repeat(indent);
    let mut lines = lines.into_iter();
    lines.next().into_iter().chain(lines.map(|line| format!("{pad}{line}"))).collect()
}

/// A text of a record that is not too long, as it begins.
pub fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_filled_with_whole_words() {
        assert_eq!(wrapped("one two  three four", 2, 22), ["one two three four"]);
        assert_eq!(wrapped("one two three four five", 2, 22), ["one two three four", "  five"]);
        assert_eq!(wrapped("a heatpack-with-a-very-long-name b", 0, 20), ["a", "heatpack-with-a-very-long-name", "b"]);
        assert_eq!(wrapped("", 4, 40), [""]);
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(cut("Zoë Muñoz", 4), "Zoë…");
        assert_eq!(cut("Zoë", 3), "Zoë");
    }
}
