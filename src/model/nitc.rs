//! NITC's weekly status report (`nitc/`).

use chrono::NaiveDate;

use super::FileId;
use crate::words;

/// The columns of the report by our names; the second, third and fifth must be there.
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

/// The columns that must be there.
pub const REQUIRED_COLUMNS: [&str; 3] = ["nitc_number", "heat_number", "status"];

/// The columns that hold dates.
pub const DATE_COLUMNS: [&str; 4] = ["report_date", "received", "last_update", "expected_date"];

words! {
    /// What NITC says of a ticket.
    pub enum NitcStatus: "status of NITC's" {
        /// In NITC's tracker.
        Received = "received",
        /// Being looked into.
        Researching = "researching",
        /// Waiting for the board.
        AwaitingApproval = "awaiting approval",
        /// The change is being made.
        InWork = "in work",
        /// The change is in.
        Delivered = "delivered",
        /// NITC gave its answer.
        Answered = "answered",
        /// Done, for NITC.
        Closed = "closed",
    }
}

/// A report.
#[derive(Debug, Clone)]
pub struct NitcReport {
    pub file: FileId,
    /// The date in the file's name.
    pub date: NaiveDate,
    /// Headings of columns that we do not know, in their order.
    pub further: Vec<String>,
    pub rows: Vec<NitcRow>,
}

/// A row of a report.
#[derive(Debug, Clone)]
pub struct NitcRow {
    /// Where the row stands in the file.
    pub span: super::Span,
    /// The report's date, as the row has it.
    pub report_date: Option<NaiveDate>,
    pub nitc_number: String,
    /// As it stands in the cell; blank where NITC tied it to no ticket.
    pub heat_number: String,
    pub status: NitcStatus,
    pub assigned_to: String,
    pub last_update: Option<NaiveDate>,
    pub summary: String,
    pub expected_date: Option<NaiveDate>,
    pub cr_number: String,
    /// The cells of the columns that we do not know.
    pub further: Vec<String>,
}
