//! What is typed at a question so far: a line, or a text of many lines, and where the cursor is in it.

use dialoguer::console::measure_text_width;

use super::keys::Key;

/// A text while it is typed.
pub struct Buffer {
    text: Vec<char>,
    /// The cursor, before this character. A text of many lines is written at its end only.
    at: usize,
    takes_lines: bool,
}

/// How many lines of a text are shown while it is typed.
const SHOWN: usize = 12;

impl Buffer {
    /// A line, which is blank.
    pub fn line() -> Buffer {
        Buffer { text: Vec::new(), at: 0, takes_lines: false }
    }

    /// A text of many lines, as far as it was written before.
    pub fn text(before: &str) -> Buffer {
        let text: Vec<char> = before.chars().collect();
        Buffer { at: text.len(), text, takes_lines: true }
    }

    /// Whether it may have several lines.
    pub fn takes_lines(&self) -> bool {
        self.takes_lines
    }

    /// Whether the cursor is at the end.
    pub fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    /// What was typed.
    pub fn value(&self) -> String {
        self.text.iter().collect()
    }

    /// What is shown before the cursor, and after it.
    pub fn shown(&self) -> (String, String) {
        let shown = |part: &[char]| part.iter().map(|own| if *own == '\t' { ' ' } else { *own }).collect::<String>();
        let (before, after) = (shown(&self.text[..self.at]), shown(&self.text[self.at..]));
        let lines: Vec<&str> = before.split('\n').collect();
        match lines.len() {
            all if all > SHOWN => {
                let (above, last) = lines.split_at(all - SHOWN + 1);
                (format!("({} lines above)\n{}", above.len(), last.join("\n")), after)
            }
            _ => (before, after),
        }
    }

    /// Puts a text in at the cursor. The lines of what goes into a line are joined by blanks.
    pub fn insert(&mut self, text: &str) {
        let text: Vec<char> = match self.takes_lines {
            true => text.chars().collect(),
            false => text
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
                .chars()
                .collect(),
        };
        let length = text.len();
        self.text.splice(self.at..self.at, text);
        self.at += length;
    }

    /// Does what a key asks for.
    pub fn take(&mut self, key: Key) {
        match key {
            // A blank is one that is typed, and no end of a line.
            Key::Char(own) => {
                self.text.insert(self.at, own);
                self.at += 1;
            }
            Key::Paste(text) => self.insert(&text),
            Key::NewLine if self.takes_lines => self.insert("\n"),
            Key::Backspace if self.at > 0 => {
                self.at -= 1;
                self.text.remove(self.at);
            }
            Key::Delete if !self.is_at_end() => drop(self.text.remove(self.at)),
            Key::Left if !self.takes_lines => self.at = self.at.saturating_sub(1),
            Key::Right if !self.is_at_end() => self.at += 1,
            Key::Home if !self.takes_lines => self.at = 0,
            Key::End => self.at = self.text.len(),
            _ => {}
        }
    }
}

/// A place on the screen, from the first row of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub row: usize,
    pub column: usize,
}

/// Where the cursor is after a prompt of a width and a text, in a terminal of so many columns.
pub fn place(width: usize, text: &str, columns: usize) -> Place {
    let mut at = Place { row: width / columns, column: width % columns };
    for own in text.chars() {
        if own == '\n' {
            at = Place { row: at.row + 1, column: 0 };
            continue;
        }
        let wide = measure_text_width(own.encode_utf8(&mut [0; 4]));
        // A wide character does not stand half in one row.
        if at.column + wide > columns {
            at = Place { row: at.row + 1, column: 0 };
        }
        at.column += wide;
        if at.column == columns {
            at = Place { row: at.row + 1, column: 0 };
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(mut buffer: Buffer, keys: Vec<Key>) -> String {
        keys.into_iter().for_each(|key| buffer.take(key));
        let (before, after) = buffer.shown();
        format!("{before}|{after}")
    }

    fn paste(text: &str) -> Key {
        Key::Paste(text.to_owned())
    }

    #[test]
    fn a_line_stays_one() {
        use Key::*;
        let typed = |keys| typed(Buffer::line(), keys);
        assert_eq!(typed(vec![Char('a'), Char(' '), Char('b'), Left, Left, Char('x'), End, Backspace]), "ax |");
        assert_eq!(
            typed(vec![paste("Dear desk,\n\n the export\nis broken.\n"), Home, Delete]),
            "|ear desk, the export is broken."
        );
        assert_eq!(typed(vec![Char('a'), NewLine, Delete, Right, Escape, Up]), "a|");
        assert_eq!(typed(vec![Backspace, Left, Home, Delete]), "|");
    }

    #[test]
    fn a_text_has_many_lines() {
        use Key::*;
        let text = |keys| typed(Buffer::text("Dear"), keys);
        assert_eq!(
            text(vec![paste(" desk,\nit\tbroke.\n"), Char('x'), NewLine, Char('y'), Left, Home, Char('z')]),
            "Dear desk,\nit broke.\nx\nyz|"
        );
        let many = "line\n".repeat(20);
        let (shown, lines) = (text(vec![paste(&many)]), 21);
        assert_eq!(shown, format!("({} lines above)\n{}|", lines - SHOWN + 1, "line\n".repeat(SHOWN - 2)));
    }

    #[test]
    fn rows_are_counted_as_a_terminal_does() {
        let at = |row, column| Place { row, column };
        assert_eq!(place(3, "", 10), at(0, 3));
        assert_eq!(place(3, "1234567", 10), at(1, 0));
        assert_eq!(place(3, "12345678", 10), at(1, 1));
        assert_eq!(place(3, "1\n2", 10), at(1, 1));
        assert_eq!(place(12, "1", 10), at(1, 3));
        // Two columns each.
        assert_eq!(place(9, "漢字", 10), at(1, 4));
    }
}
