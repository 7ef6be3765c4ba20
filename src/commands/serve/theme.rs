//! The templates in use: the project's own, or the built-in ones if those have errors.

use std::collections::BTreeMap;
use std::path::Path;

use crate::commands::common::evidence::Evidence;
use crate::commands::common::templates;
use crate::render::{self, LivePage, Notice, PageModel, Renderer};
use crate::report::pack::Pack;
use crate::report::places::PackFormat;
use crate::report::site::{NameBook, PackAround};

/// Templates, ready to be filled in.
pub struct Theme {
    /// The project's own templates.
    own: BTreeMap<String, String>,
    renderer: Renderer,
    built_in: Renderer,
    /// Why the project's own are not used, if they are not.
    notice: Option<Notice>,
}

impl Theme {
    /// Reads the project's templates.
    pub fn new(root: &Path) -> Result<Theme, render::Error> {
        let none = BTreeMap::new();
        let (own, unreadable) = match templates::own(root) {
            Ok(own) => (own, None),
            Err(error) => (none.clone(), Some(format!("{error:#}"))),
        };
        let (renderer, notice) = match Renderer::new(&own) {
            Ok(renderer) => (renderer, None),
            Err(error) => (Renderer::new(&none)?, Some(render::template_notice(&error, &own))),
        };
        let unreadable = unreadable.map(|error| Notice { title: format!("{error}."), frames: Vec::new(), more: false });
        Ok(Theme { own, renderer, built_in: Renderer::new(&none)?, notice: unreadable.or(notice) })
    }

    /// A page. If the project's template fails, the built-in one is used, and a notice reports it.
    pub fn page(&self, model: &PageModel, notices: &[Notice]) -> Result<LivePage, render::Error> {
        self.filled_in(notices, |renderer| renderer.page(model))
    }

    /// A pack's page.
    pub fn pack(
        &self,
        pack: &Pack,
        names: &NameBook,
        around: &PackAround,
        notices: &[Notice],
    ) -> Result<LivePage, render::Error> {
        self.filled_in(notices, |renderer| renderer.pack_html(pack, Some(around), names))
    }

    /// Another file of a pack, or a page with the reason if it cannot be made.
    pub fn file(
        &self,
        pack: &Pack,
        names: &NameBook,
        around: &PackAround,
        format: PackFormat,
    ) -> Result<Vec<u8>, LivePage> {
        render::pack_file(&self.renderer, pack, names, around, format).map_err(|error| self.no_file(&error))
    }

    /// The document of a CR; if it cannot be made, a page with the reason.
    pub fn document(&self, evidence: &Evidence) -> Result<Vec<u8>, LivePage> {
        evidence.pdf(&self.renderer).map_err(|error| self.no_file(&error))
    }

    fn no_file(&self, error: &render::Error) -> LivePage {
        let notice = render::template_notice(error, &self.own);
        self.plain("This file cannot be built", "See the error above.", &[notice])
    }

    /// A page with one message.
    pub fn plain(&self, title: &str, text: &str, notices: &[Notice]) -> LivePage {
        render::plain_page(title, text, self.built_in.policy(), &self.with_own(notices))
    }

    fn filled_in(
        &self,
        notices: &[Notice],
        fill: impl Fn(&Renderer) -> Result<String, render::Error>,
    ) -> Result<LivePage, render::Error> {
        let mut notices = self.with_own(notices);
        match fill(&self.renderer) {
            Ok(html) => Ok(render::live(&html, self.renderer.policy(), &notices)),
            Err(error) => {
                notices.insert(0, render::template_notice(&error, &self.own));
                Ok(render::live(&fill(&self.built_in)?, self.built_in.policy(), &notices))
            }
        }
    }

    fn with_own(&self, notices: &[Notice]) -> Vec<Notice> {
        self.notice.iter().chain(notices).cloned().collect()
    }
}
