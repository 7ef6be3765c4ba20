//! Text made safe for HTML and SVG: the one place where the five special characters are dealt with.

use std::io::{self, Write};

/// `text` with `& < > " '` as entities and what is no printable character as U+FFFD.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push(&mut out, text);
    out
}

/// Appends [`escape`] of `text` to `out`.
pub fn push(out: &mut String, text: &str) {
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' if characters.peek() == Some(&'\n') => {}
            other => out.push(printable(other)),
        }
    }
}

/// [`escape`] in the form that Tera asks for: every `{{ … }}` of a page is escaped here.
pub fn write(text: &str, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(escape(text).as_bytes())
}

/// Control characters, and the two that XML forbids, shown as U+FFFD.
fn printable(character: char) -> char {
    match character {
        '\t' | '\n' => character,
        '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
        other if other.is_control() => '\u{FFFD}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_quotes_become_entities() {
        assert_eq!(escape("</script><b a='\"'>&"), "&lt;/script&gt;&lt;b a=&#39;&quot;&#39;&gt;&amp;");
    }

    #[test]
    fn control_characters_are_replaced_and_line_ends_kept() {
        assert_eq!(
            escape("a\u{1b}[31m\0\u{85}\u{ffff}\tb\r\nc\rd"),
            "a\u{fffd}[31m\u{fffd}\u{fffd}\u{fffd}\tb\nc\u{fffd}d"
        );
    }
}
