//! Every template of a run, read once: the built-in ones, a project's own before them, file by file.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::chart::{self, ChartInput};
use super::html::{self, Html};
use super::pack_json::model;
use super::pdf::{self, PdfOutput};
use super::site::PageModel;
use super::templates::TEMPLATES;
use crate::report::pack::Pack;
use crate::report::site::NameBook;

/// Renders packs and pages.
pub struct Renderer {
    html: Html,
    typst: BTreeMap<String, String>,
}

/// A pack or page that could not be rendered: mostly a project's own template is at fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Html(#[from] html::RenderError),
    #[error(transparent)]
    Pdf(#[from] pdf::RenderError),
    #[error("a chart or page is no JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("cannot make the digest of a model: {0}")]
    Compact(String),
    #[error("cannot write the table: {0}")]
    Csv(#[from] csv::Error),
}

impl Renderer {
    /// Reads the templates, each replaced by the one of the same name in `own`.
    pub fn new(own: &BTreeMap<String, String>) -> Result<Renderer, Error> {
        let built_in = TEMPLATES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let typst = built_in.chain(own.clone()).filter(|(name, _)| name.ends_with(".typ")).collect();
        Ok(Renderer { html: Html::new(own)?, typst })
    }

    /// A pack as one self-contained HTML file. `site_root` is the way up to the site around it; none for a pack
    /// that stands alone. `names` are the records that it may name beside its own.
    pub fn pack_html(&self, pack: &Pack, site_root: Option<&str>, names: &NameBook) -> Result<String, Error> {
        let context = json!({"site_root": site_root, "pack": model(pack), "names": names});
        Ok(self.html.render(&format!("{}/pack.html", pack.kind), &context)?)
    }

    /// A pack as a tagged PDF (PDF/UA-1).
    pub fn pack_pdf(&self, pack: &Pack) -> Result<PdfOutput, Error> {
        let json = model(pack);
        let mut charts = BTreeMap::new();
        for (name, chart) in json["charts"].as_object().into_iter().flatten() {
            charts.insert(name.clone(), svg(chart)?);
        }
        Ok(pdf::pdf(&json, &charts, &self.typst)?)
    }

    /// A template of `mail/`: what the mail says, and the pack that goes with it.
    pub fn mail<T: serde::Serialize>(&self, template: &str, mail: &T, pack: Option<&Pack>) -> Result<String, Error> {
        Ok(self.html.render(template, &json!({"mail": mail, "pack": pack.map(model)}))?)
    }

    /// The content security policy that every page states.
    pub fn policy(&self) -> &str {
        &self.html.policy
    }

    /// A page of the site.
    pub fn page(&self, page: &PageModel) -> Result<String, Error> {
        Ok(self.html.render(page.template, &page.json()?)?)
    }
}

fn svg(chart: &Json) -> Result<String, serde_json::Error> {
    let input: ChartInput = serde_json::from_value(chart.clone())?;
    Ok(chart::paper_svg(&input))
}
