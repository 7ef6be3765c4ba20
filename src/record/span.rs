//! Places in the text of a file.

/// A run of bytes of one file's text, `start` up to and not including `end`; both lie between characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The run from `start` up to `end`. Files are at most 1 MiB, so that 32 bits are more than enough.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end.max(start) as u32 }
    }
}

/// A value and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A line and a column, both from 1 on; columns count characters (`docs/reference/json.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// Where `offset` lies in `text`.
pub fn position(text: &str, offset: u32) -> Position {
    LineStarts::new(text).position(text, offset)
}

/// The line starts of a text, so that finding thousands of places does not read the text thousands of times.
#[derive(Debug, Clone, Default)]
pub struct LineStarts {
    /// The offset of each line's first character.
    starts: Vec<u32>,
    /// How many characters begin before each block of [`BLOCK`] bytes: a line may be as long as its file.
    characters: Vec<u32>,
}

const BLOCK: usize = 4096;

impl LineStarts {
    /// The lines of a text.
    pub fn new(text: &str) -> LineStarts {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at as u32 + 1)).collect();
        let mut before = 0;
        let blocks = text.as_bytes().chunks(BLOCK).map(|block| {
            let own = before;
            before += characters(block);
            own
        });
        LineStarts { starts, characters: blocks.collect() }
    }

    /// Where `offset` lies in `text`, whose lines these are.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start as usize <= offset);
        let start = line.checked_sub(1).and_then(|line| self.starts.get(line)).map_or(0, |start| *start as usize);
        let column = self.before(text, offset) - self.before(text, start);
        Position { line, column: column as usize + 1 }
    }

    /// How many characters begin before `offset`.
    fn before(&self, text: &str, offset: usize) -> u32 {
        let block = offset / BLOCK;
        match self.characters.get(block) {
            Some(before) => before + characters(&text.as_bytes()[block * BLOCK..offset]),
            // The end of a text that ends with a block.
            None => self
                .characters
                .last()
                .map_or(0, |before| before + characters(&text.as_bytes()[(self.characters.len() - 1) * BLOCK..offset])),
        }
    }
}

/// How many characters begin among these bytes of a text.
fn characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters() {
        let text = format!("ab\n\né漢x\n{}\n{}y", "é".repeat(5000), "z".repeat(9000));
        for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let before = &text[..at];
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let counted =
                Position { line: before.matches('\n').count() + 1, column: before[start..].chars().count() + 1 };
            // Every character near the beginning and at the seams, and some of the others.
            if at < 100 || at % BLOCK < 3 || at % 97 == 0 || at + 3 > text.len() {
                assert_eq!(position(&text, at as u32), counted, "{at}");
            }
        }
        assert_eq!(position("", 7), Position { line: 1, column: 1 });
        assert_eq!(position("é", 1), Position { line: 1, column: 1 });
        assert_eq!(position(&"a".repeat(BLOCK), BLOCK as u32).column, BLOCK + 1);
    }
}
