//! A version's text with one kind of line end and no byte-order mark, and how it is written back.

/// How our version of a file is written, which the joined text keeps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    has_mark: bool,
    is_windows: bool,
}

const MARK: char = '\u{feff}';

impl Style {
    /// The style of a text; `None` if it has several kinds of line ends, some of which would change.
    pub(super) fn of(text: &str) -> Option<Style> {
        let ends = text.matches('\n').count();
        let windows = text.matches("\r\n").count();
        let is_one = windows == 0 || windows == ends;
        is_one.then_some(Style { has_mark: text.starts_with(MARK), is_windows: windows > 0 })
    }

    /// A joined text in this style.
    pub(super) fn write(self, text: &str) -> String {
        let body = if self.is_windows { text.replace('\n', "\r\n") } else { text.to_owned() };
        if self.has_mark { format!("{MARK}{body}") } else { body }
    }
}

/// A text with line feeds as line ends; `None` if it has carriage returns elsewhere.
pub(super) fn plain(text: &str) -> Option<String> {
    let body = text.strip_prefix(MARK).unwrap_or(text).replace("\r\n", "\n");
    (!body.contains('\r')).then_some(body)
}

/// Adds the line end that the last line of a file may lack, so that another line can follow.
pub(super) fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// A text whose lines are each behind so many spaces.
pub(super) fn indented(text: &str, column: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', column));
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Both versions of some lines, as git marks a conflict.
pub(super) fn marked(ours: &str, theirs: &str) -> String {
    let mut out = "<<<<<<< ours\n".to_owned();
    out.push_str(ours);
    end_line(&mut out);
    out.push_str("=======\n");
    out.push_str(theirs);
    end_line(&mut out);
    out.push_str(">>>>>>> theirs\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_line_ends_and_its_mark() {
        for text in ["a\nb\n", "\u{feff}a\r\nb\r\n", "a", ""] {
            let style = Style::of(text).expect("one kind of line end");
            assert_eq!(style.write(&plain(text).expect("plain")), text);
        }
        assert!(Style::of("a\r\nb\n").is_none());
        assert_eq!(plain("a\rb"), None);
    }
}
