//! Lays out the tables of a weekly pack with Typst and nothing else: no charts, contents, links, tags or PDF. What the
//! making of a pack's PDF is measured against (BENCHMARKS.md).
//!
//! `heatpack pack weekly --format json -o pack.json`, then `cargo run --release --example bare_layout -- pack.json`.

use std::error::Error;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

/// The tables, with the columns of `templates/shared/*.typ`.
const TABLES: &str = include_str!("tables.typ");

struct BareWorld {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
    pack: (FileId, Bytes),
}

impl World for BareWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.pack.0 { Ok(self.pack.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn file_id(path: &str) -> Result<FileId, Box<dyn Error>> {
    let path = VirtualPath::new(path).map_err(|_| "no path")?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: bare_layout PACK.json")?;
    let pack = std::fs::read_to_string(path)?;
    let files: [&'static [u8]; 2] = [notosans::REGULAR_TTF, notosans::BOLD_TTF];
    let fonts: Vec<Font> = files.into_iter().filter_map(|bytes| Font::new(Bytes::new(bytes), 0)).collect();
    let world = BareWorld {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        main: Source::new(file_id("main.typ")?, TABLES.to_owned()),
        pack: (file_id("pack.json")?, Bytes::from_string(pack)),
    };
    let document = typst::compile::<PagedDocument>(&world).output;
    let document =
        document.map_err(|errors| errors.iter().map(|error| error.message.to_string()).collect::<String>())?;
    println!("{} pages", document.pages().len());
    Ok(())
}
