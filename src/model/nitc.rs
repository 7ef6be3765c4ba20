//! NITC's weekly status report (`nitc/`).

use chrono::NaiveDate;

use super::{FileId, Span, TicketId, folded};
use crate::words;

/// The columns of the report by our names; the second, third and fifth are required.
pub const COLUMNS: [&str; 10] = [
    "report_date",
    "nitc_number",
    "heat_number",
    "received",
    "status",
    "assigned_to",
    "last_update",
    "summary",
    "expected_date",
    "cr_number",
];

/// The required columns.
pub const REQUIRED_COLUMNS: [&str; 3] = ["nitc_number", "heat_number", "status"];

/// The columns that hold dates.
pub const DATE_COLUMNS: [&str; 4] = ["report_date", "received", "last_update", "expected_date"];

words! {
    /// NITC's status of a ticket.
    pub enum NitcStatus: "status of NITC's" {
        /// In NITC's tracker.
        Received = "received",
        /// Being researched.
        Researching = "researching",
        /// Waiting for the board.
        AwaitingApproval = "awaiting approval",
        /// The code change is in progress.
        InWork = "in work",
        /// The code change is released.
        Delivered = "delivered",
        /// NITC has answered.
        Answered = "answered",
        /// Done at NITC.
        Closed = "closed",
    }
}

/// A word of NITC's as it is compared: without regard to case, to blanks around it, and to `_` for a blank.
pub fn status_key(word: &str) -> String {
    folded(&word.replace('_', " "))
}

/// A report.
#[derive(Debug, Clone)]
pub struct NitcReport {
    pub file: FileId,
    /// The date in the file's name.
    pub date: NaiveDate,
    /// Headings of columns that we do not know, in their order.
    pub further: Vec<String>,
    /// Those of them that are nearly a heading of ours.
    pub misnamed: Vec<Misnamed>,
    /// What is between the cells, "comma".
    pub separator: &'static str,
    pub rows: Vec<NitcRow>,
    /// Rows with errors, which are not compared with our records.
    pub unread: Vec<UnreadRow>,
}

impl NitcReport {
    /// The tickets that it lists, in the rows with errors as well.
    pub fn listed(&self) -> impl Iterator<Item = TicketId> {
        let unread = self.unread.iter().flat_map(|row| row.tickets.iter().copied());
        self.rows.iter().filter_map(|row| row.ticket).chain(unread)
    }
}

/// A row of a report.
#[derive(Debug, Clone)]
pub struct NitcRow {
    /// The place of the row in the file.
    pub span: Span,
    /// Its number in a spreadsheet.
    pub number: usize,
    /// The report's date, as the row has it.
    pub report_date: Option<NaiveDate>,
    pub nitc_number: String,
    /// The cell's text; blank if NITC did not tie it to a ticket.
    pub heat_number: String,
    /// The ticket of that number, even if we do not have it. `None` if the cell is blank or not a ticket's number.
    pub ticket: Option<TicketId>,
    pub status: NitcStatus,
    pub assigned_to: String,
    pub last_update: Option<NaiveDate>,
    pub summary: String,
    pub expected_date: Option<NaiveDate>,
    pub cr_number: String,
    /// The cells of the columns that we do not know.
    pub further: Vec<String>,
}

impl NitcRow {
    /// The ticket as our records write its number, else the cell's text.
    pub fn ticket_text(&self) -> String {
        self.ticket.map_or_else(|| self.heat_number.clone(), |id| id.to_string())
    }
}

/// A row with errors.
#[derive(Debug, Clone)]
pub struct UnreadRow {
    /// Its number in a spreadsheet.
    pub number: usize,
    /// The tickets that it names.
    pub tickets: Vec<TicketId>,
}

/// A heading that is nearly one of ours: its column is not used as that one.
#[derive(Debug, Clone)]
pub struct Misnamed {
    /// The place of the heading row in the file.
    pub span: Span,
    pub heading: String,
    /// Our name of the column that was probably meant.
    pub column: &'static str,
    /// Its heading as the settings have it.
    pub wanted: String,
}
