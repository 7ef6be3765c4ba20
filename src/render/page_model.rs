//! A page of the site before its template is filled in.

use serde::Serialize;

use super::compact::compact;
use super::error::Error;
use super::html::{Html, RenderError};
use crate::report::places::Book;
use crate::report::site::Page;

/// A page before its template is filled in: it needs the records no more.
#[derive(Debug)]
pub struct PageModel {
    /// As in the folder `templates`.
    pub template: &'static str,
    page: Box<dyn Model>,
}

impl PageModel {
    pub(super) fn new<T: Model + 'static>(template: &'static str, page: T) -> PageModel {
        PageModel { template, page: Box::new(page) }
    }

    /// The page.
    pub fn fill_in(&self, html: &Html) -> Result<String, RenderError> {
        self.page.fill_in(html, self.template)
    }

    /// What its template is filled in from in few bytes, for a digest.
    pub fn compact(&self) -> Result<Vec<u8>, Error> {
        self.page.compact()
    }
}

/// A page of any kind.
pub(super) trait Model: std::fmt::Debug + Send + Sync {
    fn fill_in(&self, html: &Html, template: &str) -> Result<String, RenderError>;
    fn compact(&self) -> Result<Vec<u8>, Error>;
}

impl<T: Serialize + std::fmt::Debug + Send + Sync> Model for Page<T> {
    fn fill_in(&self, html: &Html, template: &str) -> Result<String, RenderError> {
        html.render(template, self, &Book::of_page(&self.names))
    }

    fn compact(&self) -> Result<Vec<u8>, Error> {
        compact(self)
    }
}
