//! Every template of a run, read once: the built-in ones, a project's own before them, file by file.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chart;
use super::error::Error;
use super::html::Html;
use super::page_model::PageModel;
use super::pdf::{self, AttachedFile, PdfOutput};
use super::templates::TEMPLATES;
use crate::report::document::CrDocument;
use crate::report::pack::Pack;
use crate::report::places::Book;
use crate::report::site::{NameBook, PackAround};

/// Renders packs and pages.
pub struct Renderer {
    html: Html,
    typst: BTreeMap<String, String>,
}

/// What the templates of a pack see.
#[derive(Serialize)]
struct PackContext<'c> {
    site_root: Option<&'c str>,
    around: Option<&'c PackAround>,
    pack: &'c Pack,
    names: &'c NameBook,
}

/// What the templates of a CR's document see.
#[derive(Serialize)]
struct DocumentContext<'c> {
    site_root: Option<&'c str>,
    document: &'c CrDocument,
}

/// What the templates of a mail see.
#[derive(Serialize)]
struct MailContext<'c, T> {
    mail: &'c T,
    pack: Option<&'c Pack>,
}

impl Renderer {
    /// Reads the templates, each replaced by the one of the same name in `own`.
    pub fn new(own: &BTreeMap<String, String>) -> Result<Renderer, Error> {
        let built_in = TEMPLATES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let typst = built_in.chain(own.clone()).filter(|(name, _)| name.ends_with(".typ")).collect();
        Ok(Renderer { html: Html::new(own)?, typst })
    }

    /// A pack as one self-contained HTML file. `around` is the site around it; none for a pack that stands alone. `names` are the records that it may name beside its own.
    pub fn pack_html(&self, pack: &Pack, around: Option<&PackAround>, names: &NameBook) -> Result<String, Error> {
        let site_root = around.map(|around| around.site_root.as_str());
        let context = PackContext { site_root, around, pack, names };
        Ok(self.html.render(&format!("{}/pack.html", pack.kind), &context, &Book::of_pack(pack, names))?)
    }

    /// A pack as a tagged PDF (PDF/UA-1).
    pub fn pack_pdf(&self, pack: &Pack) -> Result<PdfOutput, Error> {
        let charts = pack.charts.all().map(|(name, chart)| (name.to_owned(), chart::paper_svg(chart)));
        let trends =
            pack.page_one.tiles.iter().map(|tile| (format!("tile-{}", tile.key), chart::sparkline(&tile.trend)));
        let charts = charts.into_iter().chain(trends).collect();
        Ok(pdf::pdf(pack, &charts, &self.typst)?)
    }

    /// The POC pages of a monthly pack as one self-contained HTML file, without the rest of the pack.
    pub fn poc_html(&self, pack: &Pack) -> Result<String, Error> {
        let names = NameBook::default();
        let mut book = Book::of_pack(pack, &names);
        // The places to which links within a pack lead are not in this file.
        book.places.clear();
        Ok(self.html.render(
            "monthly/poc.html",
            &PackContext { around: None, site_root: None, pack, names: &names },
            &book,
        )?)
    }

    /// The same as a tagged PDF (PDF/UA-1).
    pub fn poc_pdf(&self, pack: &Pack) -> Result<PdfOutput, Error> {
        Ok(pdf::poc_pdf(pack, &self.typst)?)
    }

    /// The document of a CR as one self-contained HTML file.
    pub fn document_html(&self, document: &CrDocument) -> Result<String, Error> {
        let context = DocumentContext { site_root: None, document };
        Ok(self.html.render("cr/document.html", &context, &Book::default())?)
    }

    /// The document of a CR as a tagged PDF (PDF/UA-1 and PDF/A-3a) that holds files.
    pub fn document_pdf(&self, document: &CrDocument, attachments: &[AttachedFile]) -> Result<PdfOutput, Error> {
        Ok(pdf::document_pdf(document, attachments, &self.typst)?)
    }

    /// A template of `mail/`: what the mail says, and the pack that goes with it.
    pub fn mail<T: Serialize>(&self, template: &str, mail: &T, pack: Option<&Pack>) -> Result<String, Error> {
        let book = pack.map(|pack| Book::of_pack(pack, &NameBook::default())).unwrap_or_default();
        Ok(self.html.render(template, &MailContext { mail, pack }, &book)?)
    }

    /// The content security policy that every page states.
    pub fn policy(&self) -> &str {
        &self.html.policy
    }

    /// A page of the site.
    pub fn page(&self, page: &PageModel) -> Result<String, Error> {
        Ok(page.fill_in(&self.html)?)
    }
}
