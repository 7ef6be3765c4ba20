//! FLOOR 3: another tracker's export → the files that its tickets, their POCs and subjects would be.
//!
//! A row is read, turned into what it says of its ticket, and forgotten: memory is bounded by the tickets, whatever
//! the length of the export. What a later export adds is told from what an earlier one brought by a note at the
//! beginning of what each import added to a log.

mod cells;
mod earlier;
mod events;
mod gather;
mod lookup;
mod plan;
mod records;
mod rows;

pub use plan::{Plan, Planned, What, plan};

/// What keeps a row from being taken in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// As a spreadsheet counts: the headings are row 1.
    pub row: usize,
    /// The tracker's number of the ticket, where the row has one.
    pub number: String,
    /// The heading of the column, where one is to blame.
    pub column: Option<String>,
    /// Lower case, without a full stop.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The problems found: the first ones in full, all of them as a count.
#[derive(Debug, Default)]
pub struct Problems {
    pub list: Vec<Problem>,
    pub count: usize,
}

impl Problems {
    /// How many are kept: nobody reads more before mending the map.
    const KEPT: usize = 200;

    fn add(&mut self, problem: Problem) {
        self.count += 1;
        if self.list.len() < Self::KEPT {
            self.list.push(problem);
        }
    }
}

/// The export cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("the export is empty: its first row has to hold the headings")]
    Empty,
    #[error("line {line} of the export holds bytes that are not {encoding}: say the right `encoding` in the map")]
    Encoding { line: usize, encoding: &'static str },
    #[error("row {0} is longer than 4 MiB: a quote in it, or in the row before, is probably not closed")]
    TooLong(usize),
    #[error("row {row} cannot be read: {reason}")]
    Unreadable { row: usize, reason: String },
    #[error("cannot read {path}: {source}")]
    Record { path: String, source: std::io::Error },
}
