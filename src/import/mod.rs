//! FLOOR 3: converts another tracker's export to the files of its tickets, their POCs and subjects; `mail` reads mails.
//!
//! A row is read, turned into values of its ticket, and dropped: one copy of a long description is kept even if every
//! update repeats it. Entries of an earlier import are recognized by a note at the start of what each import added to a
//! log, and by their kind and minute.

mod additions;
mod blame;
mod cells;
mod earlier;
mod events;
mod gather;
mod left_out;
mod lookup;
pub mod mail;
mod numbers;
mod plan;
mod records;
mod rows;
mod times;

pub use earlier::numbered_by_imports;
pub use left_out::{is_left_out, left_out};
pub use plan::{Export, Plan, PlanOutcome, plan, read};

use std::collections::BTreeMap;

use crate::model::TicketId;

/// What keeps a row from being imported.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// As a spreadsheet shows it.
    pub row: Row,
    /// The heading of the column, where one is to blame.
    pub column: Option<String>,
    /// Lower case, without a full stop.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// A row that cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// As a spreadsheet shows it: the headings are row 1, and empty rows count.
    pub number: usize,
    /// The tracker's number of the ticket, if the row has one.
    pub ticket: String,
    /// Our number, if the record was checked.
    pub id: Option<TicketId>,
}

/// The same problem of one or more rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    pub column: Option<String>,
    pub message: String,
    pub help: String,
    /// Never empty; in their order in the export once all are known.
    pub rows: Vec<Row>,
}

/// The problems found, by their causes.
#[derive(Debug, Default, Clone)]
pub struct Problems {
    causes: BTreeMap<(Option<String>, String, String), Vec<Row>>,
    /// How many there are.
    pub count: usize,
}

impl Problems {
    /// Adds one; a row has each cause once.
    pub fn add(&mut self, problem: Problem) {
        let Problem { row, column, message, help } = problem;
        let rows = self.causes.entry((column, message, help)).or_default();
        if rows.last() != Some(&row) {
            rows.push(row);
            self.count += 1;
        }
    }

    /// Adds all of another list.
    pub fn extend(&mut self, other: Problems) {
        for cause in other.causes() {
            for row in cause.rows {
                let (column, message, help) = (cause.column.clone(), cause.message.clone(), cause.help.clone());
                self.add(Problem { row, column, message, help });
            }
        }
    }

    /// What causes them, in the order of the first rows.
    pub fn causes(&self) -> Vec<Cause> {
        let mut causes: Vec<Cause> = self
            .causes
            .iter()
            .map(|((column, message, help), rows)| {
                let (column, message, help) = (column.clone(), message.clone(), help.clone());
                let mut rows = rows.clone();
                rows.sort();
                rows.dedup();
                Cause { column, message, help, rows }
            })
            .collect();
        causes.sort_by(|one, other| one.rows.cmp(&other.rows));
        causes
    }
}

/// The export cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("the export is empty: its first row must contain the headings")]
    Empty,
    #[error("the export is a workbook from a pipe: save it to a file, and import that file")]
    Workbook,
    #[error("row {row} of the export holds bytes that are not {encoding}: write its `encoding` in the map")]
    Encoding { row: usize, encoding: &'static str },
    #[error("row {row} is longer than 4 MiB: {}", quoted.as_ref().map_or_else(
        || "the `delimiter` in the map is probably wrong".to_owned(),
        |cell| format!("the quote that opens {cell} is probably never closed")
    ))]
    TooLong { row: usize, quoted: Option<String> },
    #[error("row {row}, {cell}: the quote that opens this cell {why}")]
    Quote { row: usize, cell: String, why: &'static str },
    #[error("row {row} cannot be read: {reason}")]
    Unreadable { row: usize, reason: std::io::Error },
    #[error("cannot read {path}: {source}")]
    Record { path: String, source: std::io::Error },
    #[error("the skipped rows cannot be written as CSV: {0}")]
    LeftOut(String),
}
