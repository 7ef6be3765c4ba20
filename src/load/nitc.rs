//! NITC's report: a table in text → rows, or the reasons why the report, or a row of it, is malformed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use csv::StringRecord;
use encoding_rs::WINDOWS_1252;

use super::file_text::text_of as decoded;
use super::files::LARGEST;
use super::merge_marks::{conflicts, marks};
use super::nitc_layout::{Layout, RULE, columns_of};
use super::nitc_separator::{MOST_TITLES, Separated, first_line, is_blank, separated};
use super::rows::{OpenQuote, Row, rows};
use crate::model::{
    DATE_COLUMNS, FileId, NitcReport, NitcReportSettings, NitcRow, NitcStatus, SAVE_AS_CSV, Span, TicketId, UnreadRow,
    day_number, is_cut_number, is_in_range, other_format, parse_date, status_key,
};
use crate::record::{Faults, did_you_mean, list};

const MOST_COLUMNS: u32 = 100;

/// The columns of an Excel sheet. A row with more cells is not from a spreadsheet, and takes much memory.
const SHEET_COLUMNS: u32 = 16_384;

/// The text of a report's bytes, in UTF-8 or Windows-1252. Returns `None` if it is neither, with the reason in `faults`.
pub(super) fn text_of(bytes: Vec<u8>, faults: &mut Faults) -> Option<String> {
    if let Some(what) = other_format(&bytes) {
        faults.add(RULE, Span::default(), format!("this is {what}, not CSV")).help(SAVE_AS_CSV);
        return None;
    }
    match std::str::from_utf8(&bytes) {
        // A larger file was read in part.
        Err(error) if bytes.len() as u64 <= LARGEST => {
            if is_windows_1252(&bytes) {
                return Some(WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned());
            }
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            let message = format!("line {line} is not UTF-8, and the encoding is unknown");
            faults.add(RULE, Span::default(), message).help(SAVE_AS_CSV);
            None
        }
        _ => decoded(bytes, RULE, faults),
    }
}

/// Reads a report. Returns `None` if nothing of it can be used, with the reasons in `faults`. An error in a row skips that
/// row only. `names` are the settings' names of its headings and statuses; `None` if the settings have errors, and then
/// missing columns and unknown words are not reported.
pub fn read(
    text: &str,
    file: FileId,
    date: NaiveDate,
    names: Option<&NitcReportSettings>,
    faults: &mut Faults,
) -> Option<NitcReport> {
    let columns = names.map(|names| &names.columns);
    let marks = marks(text);
    // A cell may have one of these lines in its text, and hardly all of them.
    if let Some(mark) = marks.first().filter(|_| !conflicts(text, &marks).is_empty()) {
        let help = "import NITC's file again: `heatpack import nitc FILE --replace`";
        faults.add(RULE, mark.span, "git put two versions of the report here and did not merge them").help(help);
        return None;
    }
    let table = separated(text, columns, faults)?;
    let rows = rows(text, table.start, table.separator).map_err(|quote| unended(quote, faults)).ok()?;
    if let Some(row) = rows.iter().find(|row| row.cells > SHEET_COLUMNS) {
        let message = format!("row {} has {} cells; {SHEET_COLUMNS} are read at most", row.number, row.cells);
        faults.add(RULE, first_line(text, row.at), message).help("ask NITC to send the report again");
        return None;
    }
    let (at, heading) = headings(text, table, &rows, columns, faults)?;
    let layout = Layout::new(table.name(), first_line(text, rows[at].at), &heading, columns, faults)?;
    let statuses = names.map(|names| &names.statuses);
    let mut reader =
        Reader { layout: &layout, statuses, seen: BTreeMap::new(), repeated: BTreeSet::new(), unread: Vec::new() };
    let mut read = Vec::new();
    for (row, record) in rows.iter().zip(table.records(text)).skip(at + 1).filter(|(_, record)| !is_blank(record)) {
        if faults.are_full() {
            return None;
        }
        let place = Place { number: row.number, span: first_line(text, row.at) };
        read.extend(reader.row(&record, place, faults));
    }
    // It is unknown which of two rows with one number is right.
    let (repeated, read): (Vec<NitcRow>, Vec<NitcRow>) =
        read.into_iter().partition(|row| reader.repeated.contains(&row.nitc_number));
    let mut unread = reader.unread;
    unread
        .extend(repeated.into_iter().map(|row| UnreadRow { number: row.number, tickets: Vec::from_iter(row.ticket) }));
    unread.sort_by_key(|row| row.number);
    let is_used = !read.is_empty() || unread.is_empty();
    is_used.then_some(NitcReport {
        file,
        date,
        further: layout.further_headings(&heading),
        misnamed: layout.misnamed,
        separator: table.name(),
        rows: read,
        unread,
    })
}

/// Whether bytes that are not UTF-8 can only be Windows-1252: each is a character of it, and none is written in UTF-8 as in
/// a file of two encodings.
pub(super) fn is_windows_1252(bytes: &[u8]) -> bool {
    let is_character = |byte: &u8| match byte {
        b'\t' | b'\n' | b'\r' => true,
        0x81 | 0x8d | 0x8f | 0x90 | 0x9d => false,
        byte => !byte.is_ascii_control(),
    };
    bytes.iter().all(is_character) && bytes.utf8_chunks().all(|chunk| chunk.valid().is_ascii())
}

/// The row of the headings and its place: the first with all required columns, otherwise the first that is not blank.
/// Titles can come before it.
fn headings(
    text: &str,
    table: Separated,
    rows: &[Row],
    columns: Option<&BTreeMap<String, String>>,
    faults: &mut Faults,
) -> Option<(usize, StringRecord)> {
    let mut first =
        table.records(text).enumerate().filter(|(_, record)| !is_blank(record)).take(MOST_TITLES).peekable();
    let Some(fallback) = first.peek().cloned() else {
        let help = "ask NITC to send the report again";
        faults.add(RULE, Span::default(), "the report is empty").help(help);
        return None;
    };
    let found = first.find(|(_, record)| columns_of(record, columns).is_whole()).unwrap_or(fallback);
    let row = rows.get(found.0)?;
    if row.columns > MOST_COLUMNS {
        let message = format!("the report has {} columns; {MOST_COLUMNS} are read at most", row.columns);
        faults.add(RULE, first_line(text, row.at), message).help("delete the columns that no one needs");
        return None;
    }
    Some(found)
}

/// Reports the row of a quote that does not end its cell. The rows after it are unknown.
fn unended(quote: OpenQuote, faults: &mut Faults) {
    let OpenQuote { at, row, is_closed } = quote;
    let (message, help) = if is_closed {
        (
            format!("row {row}: text follows the quote that closes a cell"),
            "write a quote within a quoted cell twice, and close the cell before its comma",
        )
    } else {
        (format!("row {row}: a quote opens a cell and is never closed"), "close the quote, or delete it")
    };
    faults.add(RULE, Span::new(at, at + 1), message).help(help);
}

/// The place of a row in a spreadsheet and in the file.
#[derive(Debug, Clone, Copy)]
struct Place {
    number: usize,
    span: Span,
}

/// Reads the rows below the headings.
struct Reader<'l> {
    layout: &'l Layout,
    /// NITC's own words for a status; `None` if the settings have errors.
    statuses: Option<&'l BTreeMap<String, NitcStatus>>,
    /// NITC's numbers, with their rows.
    seen: BTreeMap<String, usize>,
    /// The numbers that appear more than once.
    repeated: BTreeSet<String>,
    unread: Vec<UnreadRow>,
}

impl Reader<'_> {
    /// A row's values; `None` if there is an error in it.
    fn row(&mut self, record: &StringRecord, place: Place, faults: &mut Faults) -> Option<NitcRow> {
        let before = faults.list.len();
        let row = self.values(record, place, faults);
        if faults.list.len() == before {
            return row;
        }
        let cell = self.layout.cell(record, "heat_number");
        let is_named = |cell: &&str| cell.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("heat"));
        // An extra comma may have moved it.
        let cells = std::iter::once(cell).chain(record.iter().map(str::trim).filter(is_named));
        self.unread.push(UnreadRow { number: place.number, tickets: cells.filter_map(TicketId::typed).collect() });
        None
    }

    fn values(&mut self, record: &StringRecord, place: Place, faults: &mut Faults) -> Option<NitcRow> {
        let Place { number, span } = place;
        let layout = self.layout;
        let cell = |column: &str| layout.cell(record, column);
        if let Some((message, help)) = layout.misfit(record) {
            faults.add(RULE, span, format!("row {number} has {message}")).help(help);
            return None;
        }
        let nitc_number = cell("nitc_number").to_owned();
        if nitc_number.is_empty() {
            faults.add(RULE, span, format!("row {number} has no nitc_number")).help("ask NITC for the number");
        } else if let Some(first) = self.seen.get(&nitc_number) {
            faults
                .add(RULE, span, format!("row {number}: the number {nitc_number} is in row {first} already"))
                .help("keep one of the two rows");
            self.repeated.insert(nitc_number.clone());
        } else {
            self.seen.insert(nitc_number.clone(), number);
        }
        for column in ["nitc_number", "heat_number"].into_iter().filter(|column| is_cut_number(cell(column))) {
            let message = format!("row {number}: `{}` in {column} is a number that Excel shortened", cell(column));
            faults.add(RULE, span, message).help("format the column as text in Excel, and enter the numbers again");
        }
        let word = status_key(cell("status"));
        let named = self.statuses.and_then(|statuses| statuses.get(&word).copied());
        let status = named.or_else(|| NitcStatus::from_word(&word));
        if let (None, Some(statuses)) = (status, self.statuses) {
            no_status(cell("status"), statuses, place, faults);
        }
        let mut dates = BTreeMap::new();
        for column in DATE_COLUMNS.into_iter().filter(|column| !cell(column).is_empty()) {
            match date_of(cell(column)).filter(|date| is_in_range(*date)) {
                Some(date) => drop(dates.insert(column, date)),
                None => no_date(cell(column), column, place, faults),
            }
        }
        Some(NitcRow {
            span,
            number,
            report_date: dates.get("report_date").copied(),
            nitc_number,
            heat_number: cell("heat_number").to_owned(),
            ticket: TicketId::typed(cell("heat_number")),
            status: status?,
            assigned_to: cell("assigned_to").to_owned(),
            last_update: dates.get("last_update").copied(),
            summary: cell("summary").to_owned(),
            expected_date: dates.get("expected_date").copied(),
            cr_number: cell("cr_number").to_owned(),
            further: layout.further_cells(record),
        })
    }
}

fn no_status(word: &str, statuses: &BTreeMap<String, NitcStatus>, place: Place, faults: &mut Faults) {
    let number = place.number;
    if word.is_empty() {
        faults.add(RULE, place.span, format!("row {number} has no status")).help("ask NITC for the status");
        return;
    }
    let own = statuses.keys().map(String::as_str);
    let meant = did_you_mean(word, NitcStatus::WORDS.iter().copied().chain(own));
    let help = format!(
        "{}add its meaning to data/heatpack.yaml, as `nitc_report: {{statuses: {{\"{}\": researching}}}}`, or ask NITC to \
         correct it; the statuses are {}",
        meant.map(|meant| format!("{meant} or ")).unwrap_or_default(),
        word.replace('"', "\\\""),
        list(NitcStatus::WORDS)
    );
    faults.add(RULE, place.span, format!("row {number}: `{word}` is not a status")).help(help);
}

fn no_date(text: &str, column: &str, place: Place, faults: &mut Faults) {
    let number = place.number;
    let help = match day_number(text) {
        Some(_) => "format the column as a date in Excel, and save the report as CSV again",
        None => "write it as 2026-11-16 or 11/16/2026, between the years 2000 and 2099",
    };
    let what = match day_number(text) {
        Some(time) if is_cut_number(text) => format!("Excel's shortened day number for about {}", time.date()),
        Some(time) => format!("Excel's day number for {}", time.date()),
        None => "not a date".to_owned(),
    };
    faults.add(RULE, place.span, format!("row {number}: `{text}` in {column} is {what}")).help(help);
}

/// `2026-11-16` or `11/16/2026`.
fn date_of(text: &str) -> Option<NaiveDate> {
    if let Some(date) = parse_date(text) {
        return Some(date);
    }
    let parts: Vec<&str> = text.split('/').collect();
    match parts.as_slice() {
        [month, day, year] if year.len() == 4 && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())) => {
            NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_of_very_many_columns_is_refused() {
        let refused = |columns: usize| {
            let mut faults = Faults::default();
            assert!(read(&"a,".repeat(columns), FileId(0), NaiveDate::MIN, None, &mut faults).is_none());
            faults.list.remove(0).message
        };
        assert_eq!(refused(500), "the report has 500 columns; 100 are read at most");
        assert_eq!(refused(500_000), "row 1 has 500001 cells; 16384 are read at most");
    }
}
