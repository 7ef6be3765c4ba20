//! The parts of a workbook, files of XML in a ZIP archive: read in pieces and bounded, whatever they unzip to.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{BufReader, Cursor, Error, Read};

use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;

use super::error::WorkbookError;
use super::scan::{LONGEST, Scan};

/// So many bytes a workbook may unzip to, and so many for each byte of its file. Sheets of ordinary tables take 5 to 20.
const UNZIPPED: u64 = 8 << 20;
const UNZIPPED_TIMES: u64 = 24;

/// So many tags it may have, and so many for each byte of its file. Those of ordinary tables have less than one.
const TAGS: usize = 1 << 20;
const TAGS_TIMES: usize = 1;

/// So much text is kept of it, and so much for each byte of its file.
const TEXT: usize = 2 << 20;
const TEXT_TIMES: usize = 8;

/// So deep elements may be nested. Excel needs less than ten.
const DEEPEST: usize = 64;

/// What may still be read of a workbook.
pub struct Budget {
    unzipped: Cell<u64>,
    all: u64,
    tags: Cell<usize>,
    text: Cell<usize>,
}

impl Budget {
    /// The budget of a workbook of that many bytes.
    fn new(length: usize) -> Budget {
        let all = UNZIPPED + UNZIPPED_TIMES * length as u64;
        let tags = Cell::new(TAGS + TAGS_TIMES * length);
        Budget { unzipped: Cell::new(all), all, tags, text: Cell::new(TEXT + TEXT_TIMES * length) }
    }

    /// Counts bytes that are kept.
    pub fn keep(&self, bytes: usize) -> Result<(), WorkbookError> {
        self.text.set(self.text.get().checked_sub(bytes).ok_or(WorkbookError::Text)?);
        Ok(())
    }
}

/// The archive, and what may still be read of it.
pub struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    pub budget: Budget,
}

impl<'b> Parts<'b> {
    /// Opens the archive.
    pub fn open(bytes: &'b [u8]) -> Result<Parts<'b>, WorkbookError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| WorkbookError::Damaged(error.to_string()))?;
        Ok(Parts { archive, budget: Budget::new(bytes.len()) })
    }

    /// Whether there is a part of that name.
    pub fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// Opens a part. Returns `None` if there is none of that name.
    pub fn part(&mut self, name: &str) -> Result<Option<Part<'_>>, WorkbookError> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| WorkbookError::Damaged(error.to_string()))?;
        let bounded = Bounded { file: Box::new(file), budget: &self.budget, scan: Scan::new() };
        let mut reader = Reader::from_reader(BufReader::with_capacity(16 << 10, bounded));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        Ok(Some(Part { reader, piece: Vec::new(), depth: 0, budget: &self.budget }))
    }

    /// Names are compared without regard to case, as Excel does.
    fn index(&self, name: &str) -> Option<usize> {
        let exact = self.archive.index_for_name(name);
        exact.or_else(|| {
            (0..self.archive.len()).find(|at| {
                self.archive.name_for_index(*at).is_some_and(|own| own.is_ok_and(|own| own.eq_ignore_ascii_case(name)))
            })
        })
    }
}

/// A part that is being read.
pub struct Part<'p> {
    reader: Reader<BufReader<Bounded<'p>>>,
    piece: Vec<u8>,
    depth: usize,
    pub budget: &'p Budget,
}

impl Part<'_> {
    /// The next tag or text; `Event::Eof` at the end.
    pub fn advance(&mut self) -> Result<Event<'_>, WorkbookError> {
        self.piece.clear();
        let event = self.reader.read_event_into(&mut self.piece).map_err(damaged)?;
        match &event {
            Event::Start(_) => {
                self.depth += 1;
                let tags = self.budget.tags.get().checked_sub(1).ok_or(WorkbookError::Tags)?;
                self.budget.tags.set(tags);
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > DEEPEST {
            return Err(WorkbookError::Damaged("its XML is nested too deeply".to_owned()));
        }
        Ok(event)
    }

    /// The text up to the end of the element that was opened last, without phonetic hints.
    pub fn text(&mut self) -> Result<String, WorkbookError> {
        let (outer, mut text, mut hint) = (self.depth, String::new(), None);
        while self.depth >= outer {
            let depth = self.depth;
            match self.advance()? {
                Event::Start(tag) if tag.local_name().as_ref() == "rPh" && hint.is_none() => hint = Some(depth),
                Event::End(_) if hint == Some(depth.saturating_sub(1)) => hint = None,
                Event::Text(piece) if hint.is_none() => text.push_str(&piece.xml10_content()),
                Event::GeneralRef(entity) if hint.is_none() => push_entity(&entity, &mut text),
                Event::Eof => return Err(WorkbookError::Damaged("a part ends too early".to_owned())),
                _ => {}
            }
            if text.len() > LONGEST {
                return Err(WorkbookError::Text);
            }
        }
        Ok(text)
    }
}

/// An attribute's value, by its name without a prefix.
pub fn attribute<'t>(tag: &'t BytesStart, name: &str) -> Option<Cow<'t, str>> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|own| own.key.local_name().as_ref() == name)?;
    Some(match unescape(&found.value) {
        Ok(value) => Cow::Owned(value.into_owned()),
        Err(_) => found.value,
    })
}

fn push_entity(entity: &BytesRef, text: &mut String) {
    match (resolve_xml_entity(entity.as_ref()), entity.resolve_char_ref()) {
        (Some(known), _) => text.push_str(known),
        (None, Ok(Some(c))) => text.push(c),
        _ => text.push('\u{fffd}'),
    }
}

/// An error of the XML reader, or the one of the bounds below it.
fn damaged(error: quick_xml::Error) -> WorkbookError {
    let own = match &error {
        quick_xml::Error::Io(inner) => inner.get_ref().and_then(|inner| inner.downcast_ref::<WorkbookError>()),
        _ => None,
    };
    own.cloned().unwrap_or_else(|| WorkbookError::Damaged(error.to_string()))
}

/// The unzipped bytes of a part, as long as they are within bounds.
struct Bounded<'p> {
    file: Box<dyn Read + 'p>,
    budget: &'p Budget,
    scan: Scan,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.file.read(buffer)?;
        match self.budget.unzipped.get().checked_sub(length as u64) {
            Some(left) => self.budget.unzipped.set(left),
            None => return Err(Error::other(WorkbookError::Unzipped(self.budget.all))),
        }
        self.scan.feed(&buffer[..length]).map_err(Error::other)?;
        Ok(length)
    }
}
