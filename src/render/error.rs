//! Why a pack or page could not be rendered.

use super::html;
use super::pdf;

/// A pack or page that could not be rendered: mostly because of an error in a project's own template.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Html(#[from] html::RenderError),
    #[error(transparent)]
    Pdf(#[from] pdf::RenderError),
    #[error("cannot make the digest of a model: {0}")]
    Compact(String),
    #[error("cannot write the table: {0}")]
    Csv(#[from] csv::Error),
    #[error("cannot write the workbook: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}
