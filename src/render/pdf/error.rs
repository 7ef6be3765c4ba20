//! Why a PDF could not be made.

/// Why a PDF could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// A template has an error; `file` is its path as templates name each other, such as `shared/table.typ`.
    #[error("templates/{file}:{line}:{column}: {message}")]
    Template { file: String, line: usize, column: usize, message: String },
    /// Typst failed at no place in particular, mostly while it wrote the PDF.
    #[error("templates/{file}: {message}")]
    Export { file: String, message: String },
    /// These characters, which the text face has, came out blank.
    #[error("no font has the character {0:?}")]
    Blank(String),
    /// A template's or chart's name cannot be a path.
    #[error("`{0}` is not a name for a file of a pack")]
    Name(String),
}
