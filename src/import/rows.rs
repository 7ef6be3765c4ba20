//! An export's rows, one at a time: decoded, split into cells, bounded in length.

use std::cell::Cell;
use std::io::{ErrorKind, Read};
use std::rc::Rc;

use csv::StringRecord;
use encoding_rs::{Decoder, DecoderResult, Encoding};

use super::ImportError;
use crate::model::{Delimiter, ImportMap};

/// The longest row, in bytes of UTF-8.
const LONGEST: u64 = 4 << 20;

/// The rows of an export.
pub struct Rows<R> {
    reader: csv::Reader<Decoded<R>>,
    progress: Rc<Progress>,
    record: StringRecord,
    /// The headings, without blanks around them.
    pub headings: Vec<String>,
    /// The number of the row that was read last, as a spreadsheet counts.
    pub number: usize,
}

impl<R: Read> Rows<R> {
    /// Reads the headings.
    pub fn open(input: R, map: &ImportMap) -> Result<Rows<R>, ImportError> {
        let progress = Rc::new(Progress::default());
        let decoded = Decoded::new(input, map.encoding.0, Rc::clone(&progress));
        let delimiter = match map.delimiter {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
        };
        let reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(decoded);
        let mut rows = Rows { reader, progress, record: StringRecord::new(), headings: Vec::new(), number: 0 };
        rows.headings = match rows.advance()? {
            Some(record) => record.iter().map(|heading| heading.trim().to_owned()).collect(),
            None => return Err(ImportError::Empty),
        };
        Ok(rows)
    }

    /// The next row; none at the end.
    pub fn advance(&mut self) -> Result<Option<&StringRecord>, ImportError> {
        self.number += 1;
        self.progress.of_row.set(0);
        match self.reader.read_record(&mut self.record) {
            Ok(true) => Ok(Some(&self.record)),
            Ok(false) => Ok(None),
            Err(error) => Err(self.why(error)),
        }
    }

    fn why(&self, error: csv::Error) -> ImportError {
        let row = self.number;
        match error.kind() {
            csv::ErrorKind::Io(io) if io.kind() == ErrorKind::InvalidData => {
                let encoding = self.reader.get_ref().decoder.encoding().name();
                ImportError::Encoding { line: self.progress.lines.get() + 1, encoding }
            }
            csv::ErrorKind::Io(io) if io.kind() == ErrorKind::FileTooLarge => ImportError::TooLong(row),
            _ => ImportError::Unreadable { row, reason: error.to_string() },
        }
    }
}

/// How far the export was decoded.
#[derive(Debug, Default)]
struct Progress {
    lines: Cell<usize>,
    of_row: Cell<u64>,
}

/// A file as UTF-8, piece by piece.
struct Decoded<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// What of `raw` is still to be decoded.
    rest: std::ops::Range<usize>,
    ended: bool,
    progress: Rc<Progress>,
}

impl<R> Decoded<R> {
    fn new(input: R, encoding: &'static Encoding, progress: Rc<Progress>) -> Decoded<R> {
        let decoder = encoding.new_decoder_with_bom_removal();
        Decoded { input, decoder, raw: vec![0; 16 << 10], rest: 0..0, ended: false, progress }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        // A decoder asks for room for one character at least.
        if out.len() < 8 {
            return Err(std::io::Error::other("too little room to decode into"));
        }
        while !self.ended {
            if self.rest.is_empty() {
                self.rest = 0..self.input.read(&mut self.raw)?;
            }
            let last = self.rest.is_empty();
            let piece = self.raw.get(self.rest.clone()).unwrap_or_default();
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(piece, out, last);
            self.rest.start += read;
            let progress = &self.progress;
            let decoded = out.get(..written).unwrap_or_default();
            progress.lines.set(progress.lines.get() + decoded.iter().filter(|byte| **byte == b'\n').count());
            if matches!(result, DecoderResult::Malformed(..)) {
                return Err(ErrorKind::InvalidData.into());
            }
            self.ended = last && result == DecoderResult::InputEmpty;
            progress.of_row.set(progress.of_row.get() + written as u64);
            if progress.of_row.get() > LONGEST {
                return Err(ErrorKind::FileTooLarge.into());
            }
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}
