//! Why a workbook cannot be read, and what to do.

/// The most columns that are read.
pub const MOST_COLUMNS: usize = 1_000;

/// The most rows that are read.
pub const MOST_ROWS: usize = 100_000;

/// How many sheets a message lists.
const MOST_LISTED: usize = 30;

/// Why a workbook cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkbookError {
    #[error("the workbook is encrypted with a password")]
    Encrypted,
    #[error("this is {0}")]
    Other(&'static str),
    #[error("the workbook is damaged: {0}")]
    Damaged(String),
    #[error("the workbook is far larger than its file: more than {} MiB unzipped", .0 >> 20)]
    Unzipped(u64),
    #[error("the sheet has more text than is read of a file of this size")]
    Text,
    #[error("the workbook has more cells than are read of a file of this size")]
    Tags,
    #[error("the sheet is larger than {} MiB as CSV", .0 >> 20)]
    Large(usize),
    #[error("the sheet has a cell in row {0}; {MOST_ROWS} rows are read at most")]
    Rows(usize),
    #[error("row {row} has a cell in column {column}; {MOST_COLUMNS} columns are read at most")]
    Columns { row: usize, column: String },
    #[error("the workbook has several sheets: {}", listed(.0))]
    Several(Vec<String>),
    #[error("the workbook has no sheet `{name}`; it has {}", listed(.sheets))]
    Missing { name: String, sheets: Vec<String> },
    #[error("the workbook is larger than {} MiB", .0 >> 20)]
    File(u64),
    #[error("the workbook is empty")]
    Empty,
}

impl WorkbookError {
    /// What to do.
    pub fn help(&self) -> &'static str {
        match self {
            WorkbookError::Encrypted => {
                "in Excel, choose File > Info > Protect Workbook > Encrypt with Password, delete the password, and save it"
            }
            WorkbookError::Other(_) | WorkbookError::Damaged(_) => {
                "open it in a spreadsheet program, and save it as Excel Workbook (.xlsx) or as CSV UTF-8"
            }
            WorkbookError::File(_)
            | WorkbookError::Unzipped(_)
            | WorkbookError::Text
            | WorkbookError::Tags
            | WorkbookError::Large(_)
            | WorkbookError::Rows(_)
            | WorkbookError::Columns { .. } => {
                "copy the rows and columns that you need to a new workbook, or save the sheet as CSV UTF-8"
            }
            WorkbookError::Several(_) | WorkbookError::Missing { .. } => "name one with `--sheet NAME`",
            WorkbookError::Empty => "check that it is the right file",
        }
    }
}

/// Names in backticks, with commas.
fn listed(names: &[String]) -> String {
    let shown = |name: &String| format!("`{}`", name.chars().filter(|c| !c.is_control()).take(60).collect::<String>());
    let more = if names.len() > MOST_LISTED { ", …" } else { "" };
    names.iter().take(MOST_LISTED).map(shown).collect::<Vec<_>>().join(", ") + more
}
