//! The rows of a CSV text, with their numbers in a spreadsheet, and quotes that do not end.

/// A row that is not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The offset of its first byte.
    pub at: usize,
    /// Its number in a spreadsheet: empty lines count, line ends within quotes do not.
    pub number: usize,
    /// How many columns it has up to the last cell that is not blank.
    pub columns: u32,
    /// How many cells it has, the blank ones behind those among them.
    pub cells: u32,
}

/// A quote that opens a cell and does not end it, so that the following rows are unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenQuote {
    /// The offset of the quote.
    pub at: usize,
    /// The row that it is in.
    pub row: usize,
    /// Whether another quote closes it, with text after that one.
    pub is_closed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    RowStart,
    CellStart,
    Plain,
    Quoted,
    /// After a quote within quotes: the end of the cell, or the first of two that mean one.
    Closed,
    /// After blanks behind the closing quote.
    AfterQuotes,
}

/// The rows of a text from an offset on, as RFC 4180 has them, with that byte between their cells. As in a spreadsheet, a quote within a cell that does not begin with one is a
/// character like any other.
pub fn rows(text: &str, start: usize, separator: u8) -> Result<Vec<Row>, OpenQuote> {
    let bytes = text.as_bytes();
    let mut rows: Vec<Row> = Vec::new();
    let (mut state, mut number, mut open) = (State::RowStart, 1, usize::MAX);
    for (at, byte) in bytes.iter().copied().enumerate().skip(start) {
        let is_line_end = matches!(byte, b'\r' | b'\n');
        if state == State::RowStart {
            if byte == b'\n' && at > 0 && bytes[at - 1] == b'\r' {
                continue;
            }
            if !is_line_end {
                rows.push(Row { at, number, columns: 0, cells: 1 });
                state = State::CellStart;
            }
        }
        state = match (state, byte) {
            (State::Quoted, b'"') => State::Closed,
            (State::Quoted, _) => State::Quoted,
            (_, byte) if byte == separator => {
                if let Some(row) = rows.last_mut() {
                    row.cells = row.cells.saturating_add(1);
                }
                State::CellStart
            }
            _ if is_line_end => {
                number += 1;
                State::RowStart
            }
            (State::CellStart, b'"') => {
                open = at;
                State::Quoted
            }
            (State::Closed, b'"') => State::Quoted,
            (State::Closed | State::AfterQuotes, b' ' | b'\t') => State::AfterQuotes,
            (State::Closed | State::AfterQuotes, _) => {
                return Err(OpenQuote { at: open, row: number, is_closed: true });
            }
            _ => State::Plain,
        };
        let is_filled = match state {
            State::Plain | State::Quoted => !byte.is_ascii_whitespace() && at != open,
            _ => false,
        };
        if let Some(row) = rows.last_mut().filter(|_| is_filled) {
            row.columns = row.cells;
        }
    }
    if state == State::Quoted { Err(OpenQuote { at: open, row: number, is_closed: false }) } else { Ok(rows) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<(usize, u32)> {
        rows(text, 0, b',').expect("whole quotes").into_iter().map(|row| (row.number, row.columns)).collect()
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does() {
        assert_eq!(numbers(""), []);
        assert_eq!(numbers("a,b\nc\n"), [(1, 2), (2, 1)]);
        assert_eq!(numbers("\r\na\r\n\r\n\r\nb"), [(2, 1), (5, 1)]);
        assert_eq!(numbers("\ra\r\rb\n"), [(2, 1), (4, 1)]);
        assert_eq!(numbers("\"a\r\n\r\nb\",c\r\nd"), [(1, 2), (2, 1)]);
        assert_eq!(numbers(",,\n\"\",\" \"\n\n\"\"\"\",\n"), [(1, 0), (2, 0), (4, 1)]);
    }

    /// Every text of up to six of the characters that matter.
    #[test]
    fn rows_are_those_of_the_reader_of_cells() {
        let mut texts = vec![String::new()];
        let mut compared = 0;
        for _ in 0..6 {
            let longer = |text: &String| ["a", ",", "\"", "\r", "\n", " "].map(|next| format!("{text}{next}"));
            texts = texts.iter().flat_map(longer).collect();
            for text in &texts {
                let Ok(found) = rows(text, 0, b',') else { continue };
                let mut reader = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .flexible(true)
                    .buffer_capacity(16)
                    .from_reader(text.as_bytes());
                let read: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a row")).collect();
                assert_eq!(found.len(), read.len(), "{text:?}");
                for (row, record) in found.iter().zip(&read) {
                    let cells = record.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
                    let filled = cells.last().map_or(0, |(at, _)| at + 1);
                    assert_eq!(row.columns as usize, filled, "{text:?}");
                    assert_eq!(row.cells as usize, record.len(), "{text:?}");
                }
                compared += 1;
            }
        }
        assert!(compared > 20_000, "{compared} texts");
    }

    #[test]
    fn a_quote_that_does_not_end_its_cell_is_found_in_its_row() {
        let open = |text| rows(text, 0, b',').expect_err("an open quote");
        assert_eq!(open("a,b\n\n1,\"24 inch\n2,b\n"), OpenQuote { at: 7, row: 3, is_closed: false });
        assert_eq!(open("a\n\"24 inch\nb\n\"30 inch\"\n"), OpenQuote { at: 2, row: 2, is_closed: true });
        assert_eq!(open("a,\"say \\\"hi\\\"\""), OpenQuote { at: 2, row: 1, is_closed: true });
        assert_eq!(open("\"a\" \"b\""), OpenQuote { at: 0, row: 1, is_closed: true });
        assert_eq!(open("\""), OpenQuote { at: 0, row: 1, is_closed: false });
    }
}
