//! Text of a mail without what no one sees in it: control characters, directions, blanks of no width.

/// Whether a character is not seen, or changes how others are seen.
fn is_invisible(c: char) -> bool {
    let is_break = matches!(c, '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let is_format = matches!(
        c,
        '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    !is_break && (c.is_control() || is_format)
}

/// Whether a text holds something that is not seen. A soft hyphen and a byte-order mark are common, and harmless.
pub fn has_invisible(text: &str) -> bool {
    text.chars().any(is_invisible)
}

fn is_kept(c: &char) -> bool {
    !is_invisible(*c) && !matches!(c, '\u{ad}' | '\u{feff}')
}

/// The text with `\n` as its line ends.
pub fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let line_end =
        |c| if matches!(c, '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}') { '\n' } else { c };
    text.chars().map(line_end).filter(is_kept).collect()
}

/// The text as one line with single spaces.
pub fn one_line(text: &str) -> String {
    lines(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_nothing_that_is_not_seen() {
        assert_eq!(
            one_line("a\u{202e}b\r\nc\u{0}\u{1b}[31m\u{2028}d\u{200b}\te\u{a0}f"),
            "ab c[31m de f".replace("de", "d e")
        );
        assert!(has_invisible("a\u{202e}") && has_invisible("\u{7}") && !has_invisible("a\r\n\tb\u{ad}"));
    }
}
