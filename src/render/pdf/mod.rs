//! A pack or the document of a CR as a tagged PDF (PDF/UA-1), laid out by Typst from the templates ending in `.typ`.
//!
//! The model goes in as data and never as markup, so nothing in a record can act on a page. The same model, charts,
//! attachments and templates give the same bytes.

mod error;
mod fonts;
mod prepare;
mod rich;
mod text;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use serde_json::{Value, json};
use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::{Datetime, Smart};
use typst::layout::{Frame, FrameItem};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use error::RenderError;

use fonts::Drawable;
use prepare::Prepared;
use world::PackWorld;

use super::pack_json::model;
use crate::model::Minute;
use crate::report::document::CrDocument;
use crate::report::pack::{Chart, Pack};
use crate::report::places::places;

/// A PDF, and what it could not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfOutput {
    pub bytes: Vec<u8>,
    /// Characters shown as U+FFFD since no bundled font has them, in order.
    pub replaced: Vec<char>,
}

/// A file inside a PDF, which a reader can save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// The file's name, without a folder.
    pub name: String,
    pub bytes: Vec<u8>,
    /// `text/plain`.
    pub media_type: &'static str,
    /// What the file is, in words.
    pub description: String,
}

/// How often a document is laid out again without the characters that cannot be drawn.
const ATTEMPTS: usize = 4;

/// After how many further packs Typst forgets what it remembers of this one.
const REMEMBERED_PACKS: usize = 4;

/// Makes the PDF of a pack.
///
/// `charts` holds SVG by the names of `Pack::charts`, `templates` Typst by path (`weekly/pack.typ`); the
/// template that leads is `<kind>/pack.typ`.
pub fn pdf(
    pack: &Pack,
    charts: &BTreeMap<String, String>,
    templates: &BTreeMap<String, String>,
) -> Result<PdfOutput, RenderError> {
    Job { sheet: Sheet::of_pack(pack), charts, templates, readable: false }.run()
}

/// Makes the PDF of the POC pages of a monthly pack, without the rest of it. The template that leads is `monthly/poc.typ`.
pub fn poc_pdf(pack: &Pack, templates: &BTreeMap<String, String>) -> Result<PdfOutput, RenderError> {
    let pages = pack.monthly.iter().flat_map(|monthly| &monthly.poc_pages);
    let pocs: String = pages.map(|page| format!(" {}", page.poc)).collect();
    let mut sheet = Sheet::of_pack(pack);
    sheet.main = "monthly/poc.typ".to_owned();
    // The records that it names are described in the pack.
    sheet.anchors.clear();
    sheet.ident.push_str(&pocs);
    Job { sheet, charts: &BTreeMap::new(), templates, readable: false }.run()
}

/// Makes the PDF of a CR's document, which also is a PDF/A-3a: the archival format that may hold other files. The
/// template that leads is `cr/document.typ`.
pub fn document_pdf(
    document: &CrDocument,
    attachments: &[AttachedFile],
    templates: &BTreeMap<String, String>,
) -> Result<PdfOutput, RenderError> {
    let sheet = Sheet::of_document(document, attachments);
    Job { sheet, charts: &BTreeMap::new(), templates, readable: false }.run()
}

/// What the pages of one PDF are made from.
struct Sheet<'a> {
    /// The template that leads.
    main: String,
    /// The file in which templates find the model.
    file: &'static str,
    model: Value,
    charts: Vec<(&'static str, &'a Chart)>,
    /// For each record that the model describes: its list, and its place in it.
    anchors: BTreeMap<String, (String, usize)>,
    as_of: Minute,
    /// What tells the document from all others.
    ident: String,
    generator: &'a str,
    standards: &'static [PdfStandard],
    attachments: &'a [AttachedFile],
}

impl<'a> Sheet<'a> {
    fn of_pack(pack: &'a Pack) -> Sheet<'a> {
        let places = places(pack).into_iter();
        Sheet {
            main: format!("{}/pack.typ", pack.kind),
            file: "pack.json",
            model: model(pack),
            charts: pack.charts.all().into_iter().collect(),
            anchors: places.map(|(id, place)| (id, (place.list(), place.index()))).collect(),
            as_of: pack.as_of,
            ident: format!("heatpack {} {}", pack.kind, pack.head.scheduled),
            generator: &pack.head.generator,
            standards: &[PdfStandard::Ua_1],
            attachments: &[],
        }
    }

    fn of_document(document: &'a CrDocument, attachments: &'a [AttachedFile]) -> Sheet<'a> {
        Sheet {
            main: "cr/document.typ".to_owned(),
            file: "document.json",
            model: model(document),
            charts: Vec::new(),
            anchors: BTreeMap::new(),
            as_of: document.as_of,
            ident: format!("heatpack {} {}", document.id, document.as_of),
            generator: document.generator,
            standards: &[PdfStandard::Ua_1, PdfStandard::A_3a],
            attachments,
        }
    }
}

/// What goes into one PDF.
struct Job<'a> {
    sheet: Sheet<'a>,
    charts: &'a BTreeMap<String, String>,
    templates: &'a BTreeMap<String, String>,
    /// Leaves the streams of the PDF uncompressed, so that a test can look into them.
    readable: bool,
}

/// Why one attempt failed.
enum Failure {
    /// These characters are in a font and yet came out blank, such as a letter with a mark that its font lacks.
    Blank(BTreeSet<char>),
    /// The pages are there, but not as a PDF/UA-1.
    Export(RenderError),
    /// Another attempt would fail too.
    Final(RenderError),
}

impl Job<'_> {
    /// Whether a font has a character is known before the layout, whether it comes out with its marks and
    /// joins only after it. So it tries again without them: first in the charts, which are the most
    /// delicate, and last with nothing but the text face's own characters.
    fn run(&self) -> Result<PdfOutput, RenderError> {
        let mut drawable = Drawable::default();
        for _ in 1..ATTEMPTS {
            match self.attempt(&drawable) {
                Ok(output) => return Ok(output),
                Err(Failure::Final(error)) => return Err(error),
                Err(Failure::Blank(blank)) => drawable.refuse(blank),
                Err(Failure::Export(_)) if !drawable.plain_charts => drawable.plain_charts = true,
                Err(Failure::Export(_)) => break,
            }
        }
        drawable.text_face_only();
        self.attempt(&drawable).map_err(|failure| match failure {
            Failure::Final(error) | Failure::Export(error) => error,
            Failure::Blank(blank) => RenderError::Blank(blank.into_iter().collect()),
        })
    }

    fn attempt(&self, drawable: &Drawable) -> Result<PdfOutput, Failure> {
        let prepared = prepare::prepare(&self.sheet.model, &self.sheet.charts, self.charts, drawable);
        let world = self.world(&prepared).map_err(Failure::Final)?;
        let fault = |errors: EcoVec<SourceDiagnostic>| fault(&world, &self.sheet.main, &errors);
        let compiled = typst::compile::<PagedDocument>(&world).output;
        let document = compiled.map_err(|errors| Failure::Final(fault(errors)))?;
        let blank = blank_characters(&document);
        if !blank.is_empty() {
            return Err(Failure::Blank(blank));
        }
        let options = self.options().map_err(Failure::Final)?;
        let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| Failure::Export(fault(errors)))?;
        comemo::evict(REMEMBERED_PACKS);
        Ok(PdfOutput { bytes, replaced: prepared.replaced.into_iter().collect() })
    }

    /// The files that the templates can see: themselves, the model, `/render.json`, `/charts/*.svg`, and the attachments.
    fn world(&self, prepared: &Prepared) -> Result<PackWorld, RenderError> {
        let replaced: Vec<String> = prepared.replaced.iter().map(|&c| format!("U+{:04X}", u32::from(c))).collect();
        let attachment = |own: &AttachedFile| json!({"name": own.name, "media_type": own.media_type, "description": own.description});
        let render = json!({
            "replaced": replaced,
            "charts": prepared.charts.keys().collect::<Vec<_>>(),
            "anchors": self.sheet.anchors,
            "attachments": self.sheet.attachments.iter().map(attachment).collect::<Vec<_>>(),
        });
        let mut world = PackWorld::new(&self.sheet.main, date(self.sheet.as_of.date()))?;
        for (path, text) in self.templates {
            world.add_template(path, text.clone())?;
        }
        world.add(self.sheet.file, prepared.model.to_string().into_bytes())?;
        world.add("render.json", render.to_string().into_bytes())?;
        for (name, svg) in &prepared.charts {
            world.add(&format!("charts/{name}.svg"), svg.clone().into_bytes())?;
        }
        for own in self.sheet.attachments {
            world.add(&own.name, own.bytes.clone())?;
        }
        Ok(world)
    }

    fn options(&self) -> Result<PdfOptions, RenderError> {
        let standards = PdfStandards::new(self.sheet.standards).map_err(|error| RenderError::Export {
            file: self.sheet.main.clone(),
            message: error.message().to_string(),
        })?;
        Ok(PdfOptions {
            ident: Smart::Custom(self.sheet.ident.clone()),
            creator: Smart::Custom(Some(self.sheet.generator.to_owned())),
            standards,
            pretty: self.readable,
            ..PdfOptions::default()
        })
    }
}

/// A date as Typst has it; none outside of the years that it knows.
fn date(date: chrono::NaiveDate) -> Option<Datetime> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    Datetime::from_ymd(date.year(), month, day)
}

/// The first of Typst's errors, at the file and line that it names; the others mostly follow from it.
fn fault(world: &PackWorld, main: &str, errors: &[SourceDiagnostic]) -> RenderError {
    let Some(error) = errors.first() else {
        return RenderError::Export { file: main.to_owned(), message: "Typst failed without a message".to_owned() };
    };
    let hints = error.hints.iter().map(|hint| format!(" ({})", hint.v));
    let message = std::iter::once(error.message.to_string()).chain(hints).collect();
    match place(world, error) {
        Some((file, line, column)) => RenderError::Template { file, line, column, message },
        None => RenderError::Export { file: main.to_owned(), message },
    }
}

/// File, line and column of an error, both counted from 1.
fn place(world: &PackWorld, error: &SourceDiagnostic) -> Option<(String, usize, usize)> {
    let id = error.span.id()?;
    let range = world.range(error.span)?;
    let file = id.vpath().get_without_slash().to_owned();
    let bytes = world.file(id).ok()?;
    let before = String::from_utf8_lossy(bytes.get(..range.start)?).into_owned();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |tail| tail.chars().count()) + 1;
    Some((file, line, column))
}

/// Characters on the pages that no font drew, although one has them.
fn blank_characters(document: &PagedDocument) -> BTreeSet<char> {
    let mut blank = BTreeSet::new();
    for page in document.pages() {
        collect_blank(&page.frame, &mut blank);
    }
    blank
}

fn collect_blank(frame: &Frame, blank: &mut BTreeSet<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect_blank(&group.frame, blank),
            FrameItem::Text(text) => {
                for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    let cluster = text.text.get(glyph.range()).unwrap_or_default();
                    blank.extend(cluster.chars().filter(|c| !c.is_ascii()));
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
