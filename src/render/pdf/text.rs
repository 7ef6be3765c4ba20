//! What happens to a piece of text before it is set: each function has one concern and takes any text.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Longer runs without a place to break get one, so that none leaves its cell.
pub const LONGEST_RUN: usize = 24;

/// A run is broken after a separator rather than anywhere, if so many characters stand before it.
const SHORTEST_PIECE: usize = 8;

/// Stands for a character that cannot be shown.
const REPLACEMENT: char = '\u{FFFD}';

/// The text with U+FFFD for whatever cannot be drawn; `replaced` gets each such character.
///
/// Line ends and tabs become spaces, but in `code`.
pub fn drawn(text: &str, code: bool, drawable: impl Fn(char) -> bool, replaced: &mut impl Extend<char>) -> String {
    let clean = |c: char| match c {
        '\n' | '\t' if code => c,
        '\n' | '\t' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
        c if drawable(c) => c,
        c => {
            replaced.extend([c]);
            REPLACEMENT
        }
    };
    text.chars().map(clean).collect()
}

/// Whether the text is of printable ASCII alone, which is drawn as is.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The text with zero-width break opportunities in runs of more than [`LONGEST_RUN`] characters, broad ones
/// counted twice.
pub fn broken(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        if word.trim_end().chars().map(breadth).sum::<usize>() <= LONGEST_RUN {
            out.push_str(word);
        } else {
            break_run(word, &mut out);
        }
    }
    out
}

fn break_run(word: &str, out: &mut String) {
    let mut piece = 0;
    let mut characters = word.chars().peekable();
    while let Some(character) = characters.next() {
        out.push(character);
        piece += breadth(character);
        let Some(&next) = characters.peek() else { break };
        let breaks_itself = character == '\u{200B}' || (character == '-' && next.is_alphabetic());
        if breaks_itself {
            piece = 0;
        } else if (piece >= LONGEST_RUN || (piece >= SHORTEST_PIECE && is_separator(character))) && !joins(next) {
            out.push('\u{200B}');
            piece = 0;
        }
    }
}

/// About how many common letters a character is broad.
fn breadth(character: char) -> usize {
    1 + usize::from(matches!(character, 'M' | 'W' | 'm' | '@' | '%' | '\u{370}'..))
}

fn is_separator(character: char) -> bool {
    matches!(character, '/' | '.' | ',' | '_' | '-' | ':' | ';' | '?' | '&' | '=' | '@' | '%' | '#' | '\\' | '|')
}

/// Whether the character must stay with the one before it: marks, joiners, white space, another separator.
fn joins(character: char) -> bool {
    character.is_whitespace()
        || is_separator(character)
        || matches!(character, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5C7}'
            | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}'
            | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{200B}'..='\u{200D}' | '\u{2060}'
            | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
}

/// The text between bidirectional isolates where it runs from right to left or has controls that do, so
/// that it cannot reverse its neighbors. Other text is unchanged.
pub fn isolated(text: String) -> String {
    if !text.chars().any(|c| is_bidi_control(c) || is_right_to_left(c)) {
        return text;
    }
    let mut out = String::from('\u{2068}');
    let mut open = 0usize;
    for character in text.chars() {
        match character {
            '\u{2066}'..='\u{2068}' => open += 1,
            // It would close what this function opened.
            '\u{2069}' if open == 0 => continue,
            '\u{2069}' => open -= 1,
            _ => {}
        }
        out.push(character);
    }
    // An isolate's end also ends the embeddings and overrides within it.
    out.extend(std::iter::repeat_n('\u{2069}', open + 1));
    out
}

fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_right_to_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// What a URI has in no part (RFC 3986, section 2).
const ENCODED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// A link's target in the ASCII that a PDF asks for.
pub fn target(href: &str) -> String {
    utf8_percent_encode(href, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_drawn_is_replaced_and_told() {
        let mut replaced = std::collections::BTreeSet::new();
        let text = drawn("a\u{1b}🎉\nb🎉", false, |c| c.is_ascii_alphabetic(), &mut replaced);
        assert_eq!(text, "a\u{FFFD}\u{FFFD} b\u{FFFD}");
        assert_eq!(replaced, ['\u{1b}', '🎉'].into());
    }

    #[test]
    fn code_keeps_its_lines() {
        let text = drawn("a\n\tb", true, |_| true, &mut Vec::new());
        assert_eq!(text, "a\n\tb");
    }

    #[test]
    fn only_long_runs_get_breaks() {
        assert_eq!(broken("abc HEAT-10423 request-changed"), "abc HEAT-10423 request-changed");
        assert_eq!(broken(&"x".repeat(24)), "x".repeat(24));
        let long = broken(&"x".repeat(60));
        assert!(long.split('\u{200B}').all(|piece| piece.len() <= LONGEST_RUN));
        assert_eq!(long.replace('\u{200B}', ""), "x".repeat(60));
    }

    #[test]
    fn a_url_breaks_after_its_separators() {
        assert_eq!(
            broken("https://help.example.org/tickets/2026/x"),
            "https://\u{200B}help.example.\u{200B}org/tickets/\u{200B}2026/x"
        );
    }

    #[test]
    fn hyphens_before_letters_break_by_themselves() {
        assert_eq!(broken("request-changed-after-forwarding"), "request-changed-after-forwarding");
        assert!(broken("550e8400-0000-41d4-0716-446655440000").contains('\u{200B}'));
    }

    #[test]
    fn marks_stay_with_their_letters() {
        let text = "e\u{301}".repeat(40);
        assert!(!broken(&text).contains("\u{200B}\u{301}"));
    }

    #[test]
    fn bidirectional_text_is_isolated_and_balanced() {
        assert_eq!(isolated("plain".to_owned()), "plain");
        assert_eq!(isolated("a\u{202E}b".to_owned()), "\u{2068}a\u{202E}b\u{2069}");
        assert_eq!(isolated("\u{2069}\u{2067}x".to_owned()), "\u{2068}\u{2067}x\u{2069}\u{2069}");
    }

    #[test]
    fn targets_are_ascii() {
        assert_eq!(target("https://example.org/a b?q=é#x"), "https://example.org/a%20b?q=%C3%A9#x");
    }
}
