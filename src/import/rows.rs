//! An export's rows, one at a time: decoded, split into cells, bounded in length.
//!
//! Cells are split as RFC 4180 has it, and strictly: a lenient reader turns one stray quote into rows that belong to
//! other tickets.

use std::io::Read;

use csv::{ByteRecord, StringRecord};
use encoding_rs::{Decoder, DecoderResult, Encoding};

use super::ImportError;
use crate::model::{ImportMap, is_workbook};

/// The longest row, in bytes of UTF-8.
const LONGEST: usize = 4 << 20;

/// The rows of an export.
pub struct Rows<R> {
    input: Decoded<R>,
    delimiter: u8,
    /// The text that was decoded last, and how far it was split.
    text: Vec<u8>,
    at: usize,
    /// The last row ended with a carriage return, to which a line feed may belong.
    behind_return: bool,
    /// The row that is being read, cell by cell.
    cells: ByteRecord,
    cell: Vec<u8>,
    length: usize,
    record: StringRecord,
    /// The headings, without blanks around them.
    pub headings: Vec<String>,
    /// The number of the row that was read last, as a spreadsheet shows it: empty rows count.
    pub number: usize,
}

/// Where in a cell the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Start,
    Plain,
    Quotes,
    /// Behind a quote, which ends the cell or is the first of two.
    Quote,
    /// Behind blanks that follow the quote at a cell's end.
    Blanks,
}

impl<R: Read> Rows<R> {
    /// Reads the headings.
    pub fn open(input: R, map: &ImportMap) -> Result<Rows<R>, ImportError> {
        let mut rows = Rows {
            input: Decoded::new(input, map.encoding.0),
            delimiter: map.delimiter.byte(),
            text: Vec::new(),
            at: 0,
            behind_return: false,
            cells: ByteRecord::new(),
            cell: Vec::new(),
            length: 0,
            record: StringRecord::new(),
            headings: Vec::new(),
            number: 0,
        };
        rows.headings = match rows.advance()? {
            Some(record) => record.iter().map(|heading| heading.trim().to_owned()).collect(),
            None => return Err(ImportError::Empty),
        };
        Ok(rows)
    }

    /// The next row that is not blank; none at the end.
    pub fn advance(&mut self) -> Result<Option<&StringRecord>, ImportError> {
        loop {
            self.number += 1;
            if !self.split()? {
                return Ok(None);
            }
            let cells = std::mem::take(&mut self.cells);
            self.record = StringRecord::from_byte_record(cells)
                .map_err(|_| ImportError::Encoding { row: self.number, encoding: "UTF-8" })?;
            if self.record.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some(&self.record));
            }
        }
    }

    /// The row that was read last.
    pub fn record(&self) -> &StringRecord {
        &self.record
    }

    /// The encoding in which the export is read, where its byte-order mark overrules the map.
    pub fn marked(&self, map: &ImportMap) -> Option<&'static str> {
        let encoding = self.input.decoder.encoding();
        (encoding != map.encoding.0).then(|| encoding.name())
    }

    /// Splits the next row into its cells; false at the end.
    fn split(&mut self) -> Result<bool, ImportError> {
        self.length = 0;
        self.cell.clear();
        if std::mem::take(&mut self.behind_return) && self.peek()? == Some(b'\n') {
            self.at += 1;
        }
        let mut within = Within::Start;
        loop {
            let Some(byte) = self.peek()? else {
                return match within {
                    Within::Quotes => Err(self.quote("is never closed: close it, or export the file again")),
                    Within::Start if self.cells.is_empty() => Ok(false),
                    _ => {
                        self.end_cell();
                        Ok(true)
                    }
                };
            };
            match (within, byte) {
                (Within::Quotes, b'"') => within = Within::Quote,
                (Within::Quotes, _) => {
                    self.take_until(|byte| byte == b'"', within)?;
                    continue;
                }
                (Within::Start, b'"') => within = Within::Quotes,
                (Within::Quote, b'"') => {
                    self.cell.push(byte);
                    within = Within::Quotes;
                }
                (_, byte) if byte == self.delimiter => {
                    self.end_cell();
                    within = Within::Start;
                }
                (_, b'\n' | b'\r') => {
                    self.behind_return = byte == b'\r';
                    self.at += 1;
                    self.end_cell();
                    return Ok(true);
                }
                (Within::Quote | Within::Blanks, b' ') => within = Within::Blanks,
                (Within::Quote | Within::Blanks, _) => return Err(self.stray()),
                (Within::Start | Within::Plain, _) => {
                    within = Within::Plain;
                    let delimiter = self.delimiter;
                    self.take_until(|byte| byte == delimiter || byte == b'\n' || byte == b'\r', within)?;
                    continue;
                }
            }
            self.at += 1;
        }
    }

    /// The next byte; none at the end.
    fn peek(&mut self) -> Result<Option<u8>, ImportError> {
        while self.at == self.text.len() {
            self.at = 0;
            if !self.input.decode(&mut self.text, self.number)? {
                return Ok(None);
            }
        }
        Ok(self.text.get(self.at).copied())
    }

    /// Adds the text before such a byte to the cell, as far as it is decoded.
    fn take_until(&mut self, ends: impl Fn(u8) -> bool, within: Within) -> Result<(), ImportError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| ends(*byte)).unwrap_or(rest.len());
        self.cell.extend_from_slice(rest.get(..length).unwrap_or_default());
        self.at += length;
        self.length += length;
        match (self.length > LONGEST, within) {
            (false, _) => Ok(()),
            (true, Within::Quotes) => Err(ImportError::TooLong { row: self.number, quoted: Some(self.column()) }),
            (true, _) => Err(ImportError::TooLong { row: self.number, quoted: None }),
        }
    }

    fn end_cell(&mut self) {
        self.cells.push_field(&self.cell);
        // An empty cell takes room as well.
        self.length += 1;
        self.cell.clear();
    }

    /// The cell that is being read, by its heading.
    fn column(&self) -> String {
        let at = self.cells.len();
        match self.headings.get(at).filter(|heading| !heading.is_empty()) {
            Some(heading) => format!("column `{heading}`"),
            None => format!("cell {}", at + 1),
        }
    }

    fn quote(&self, why: &'static str) -> ImportError {
        ImportError::Quote { row: self.number, cell: self.column(), why }
    }

    /// Text follows a quote that ought to end the cell.
    fn stray(&self) -> ImportError {
        self.quote(match (self.cell.last(), self.delimiter) {
            (Some(b'\\'), _) => {
                "is closed in the middle of the text: the export writes `\\\"` for a quote; export it with doubled quotes"
            }
            (_, b'\t') => {
                "is closed in the middle of the text: the export does not double its quotes; export it with commas, or \
                 delete the quote"
            }
            _ => {
                "is closed in the middle of the text: close it at the end of its cell, and double each quote that is part \
                 of the text"
            }
        })
    }
}

/// A file as UTF-8, piece by piece.
struct Decoded<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// What of `raw` is still to be decoded.
    rest: std::ops::Range<usize>,
    has_begun: bool,
    is_malformed: bool,
    has_ended: bool,
}

impl<R: Read> Decoded<R> {
    fn new(input: R, encoding: &'static Encoding) -> Decoded<R> {
        // A byte-order mark overrides the map, because programs write it with the data.
        let decoder = encoding.new_decoder();
        let raw = vec![0; 16 << 10];
        Decoded { input, decoder, raw, rest: 0..0, has_begun: false, is_malformed: false, has_ended: false }
    }

    /// Decodes the next piece into `out`; false at the end. `row` is the one that is being read.
    fn decode(&mut self, out: &mut Vec<u8>, row: usize) -> Result<bool, ImportError> {
        out.clear();
        while !self.has_ended && out.is_empty() {
            if self.is_malformed {
                return Err(ImportError::Encoding { row, encoding: self.decoder.encoding().name() });
            }
            if self.rest.is_empty() {
                let failed = |reason: std::io::Error| ImportError::Unreadable { row, reason };
                self.rest = 0..self.input.read(&mut self.raw).map_err(failed)?;
            }
            let last = self.rest.is_empty();
            let piece = self.raw.get(self.rest.clone()).unwrap_or_default();
            if !std::mem::replace(&mut self.has_begun, true) && is_workbook(piece) {
                return Err(ImportError::Workbook);
            }
            out.resize(3 * self.raw.len(), 0);
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(piece, out, last);
            out.truncate(written);
            self.rest.start += read;
            // The text before it is read first, so that its row is known.
            self.is_malformed = matches!(result, DecoderResult::Malformed(..));
            self.has_ended = last && result == DecoderResult::InputEmpty;
        }
        Ok(!out.is_empty())
    }
}
