//! The only door between Typst and the world: virtual files, bundled fonts and a fixed date.

use std::collections::HashMap;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};

use super::error::RenderError;
use super::fonts::FONTS;

/// Typst's library; the extras let a table's first cell head its row.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let features: Features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

/// The files of one document. Nothing is read from a disk or fetched.
pub struct PackWorld {
    main: FileId,
    today: Option<Datetime>,
    /// Looked up only: its order never shows.
    files: HashMap<FileId, Bytes>,
    sources: HashMap<FileId, Source>,
}

impl PackWorld {
    /// A world without files, in which it is always `today`.
    pub fn new(main: &str, today: Option<Datetime>) -> Result<Self, RenderError> {
        Ok(PackWorld { main: file_id(main)?, today, files: HashMap::new(), sources: HashMap::new() })
    }

    /// Adds a template, which others can import.
    pub fn add_template(&mut self, path: &str, text: String) -> Result<(), RenderError> {
        let id = file_id(path)?;
        self.sources.insert(id, Source::new(id, text));
        Ok(())
    }

    /// Adds a file that templates can read.
    pub fn add(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), RenderError> {
        self.files.insert(file_id(path)?, Bytes::new(bytes));
        Ok(())
    }
}

impl World for PackWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match self.files.get(&id) {
            Some(bytes) => Ok(bytes.clone()),
            None => self.source(id).map(|source| Bytes::from_string(source.text().to_owned())),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

fn file_id(path: &str) -> Result<FileId, RenderError> {
    let path = VirtualPath::new(path).map_err(|_| RenderError::Name(path.to_owned()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
