//! NITC's report: CSV → rows, or the reasons why it is malformed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::{
    COLUMNS, DATE_COLUMNS, FileId, NitcReport, NitcRow, NitcStatus, REQUIRED_COLUMNS, Span, is_in_range, parse_date,
};
use crate::record::{Faults, did_you_mean, list};

pub(super) const RULE: &str = "nitc-report-malformed";
const MOST_COLUMNS: usize = 100;

/// Reads a report. `None` if it is malformed; faults then say why, row by row. `columns` are the settings' names of
/// its headings; none if the settings are left out, when a column that is not found is nobody's fault.
pub fn read(
    text: &str,
    file: FileId,
    date: NaiveDate,
    columns: Option<&BTreeMap<String, String>>,
    faults: &mut Faults,
) -> Option<NitcReport> {
    // The reader keeps its first row three times over.
    let count = cells_of_first_row(text);
    if count > MOST_COLUMNS {
        let message = format!("the report has {count} columns; {MOST_COLUMNS} are read at most");
        faults.add(RULE, Span::default(), message).help("delete the columns that nobody needs");
        return None;
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let before = faults.list.len();
    let mut heading = csv::StringRecord::new();
    if !reader.read_record(&mut heading).is_ok_and(|is_there| is_there) {
        let help = "the first row has the headings; ask NITC to send the report again";
        faults.add(RULE, Span::default(), "the report is empty").help(help);
        return None;
    }
    let layout = Layout::new(text, &heading, columns, faults)?;
    let mut rows = Vec::new();
    let mut seen = BTreeMap::new();
    let mut record = csv::StringRecord::new();
    // Rows are counted as a spreadsheet does, the headings being row 1.
    for number in 2.. {
        if faults.are_full() {
            break;
        }
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let span = row_span(text, &record);
                if record.len() != heading.len() {
                    let message = format!("row {number} has {} cells under {} headings", record.len(), heading.len());
                    faults
                        .add(RULE, span, message)
                        .help("put a cell that holds a comma into quotes, or add the cell that is missing");
                    continue;
                }
                rows.extend(layout.row(&record, number, span, &mut seen, faults));
            }
            Err(error) => {
                let message = format!("row {number} cannot be read: {error}");
                faults.add(RULE, Span::default(), message).help("ask NITC to send the report again");
            }
        }
    }
    (faults.list.len() == before).then_some(NitcReport { file, date, further: layout.further_headings(&heading), rows })
}

/// How many cells the first row has, as RFC 4180 has them: a quote opens a cell in quotes at its beginning alone, and two
/// in a row are one within it. Blank lines before it are none.
fn cells_of_first_row(text: &str) -> usize {
    let (mut count, mut is_quoted, mut may_open) = (1, false, true);
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' if is_quoted => (is_quoted, may_open) = (false, true),
            b'"' if may_open => is_quoted = true,
            b',' if !is_quoted => (count, may_open) = (count + 1, true),
            b'\r' | b'\n' if !is_quoted => break,
            _ => may_open = false,
        }
    }
    count
}

/// Which cell of a row is which column.
struct Layout {
    cells: BTreeMap<&'static str, usize>,
    further: Vec<usize>,
}

impl Layout {
    fn new(
        text: &str,
        heading: &csv::StringRecord,
        columns: Option<&BTreeMap<String, String>>,
        faults: &mut Faults,
    ) -> Option<Layout> {
        let before = faults.list.len();
        let first_line = row_span(text, heading);
        let headings: Vec<&str> = heading.iter().map(str::trim).collect();
        for (index, name) in headings.iter().enumerate() {
            if headings[..index].contains(name) {
                let which =
                    if name.is_empty() { "a blank heading".to_owned() } else { format!("the heading `{name}`") };
                faults.add(RULE, first_line, format!("{which} comes twice")).help("rename one of the two");
            }
        }
        let mut cells = BTreeMap::new();
        for column in COLUMNS {
            let wanted = columns.and_then(|columns| columns.get(column)).map_or(column, String::as_str);
            match headings.iter().position(|name| *name == wanted) {
                Some(index) => drop(cells.insert(column, index)),
                None if REQUIRED_COLUMNS.contains(&column) && columns.is_none() => return None,
                None if REQUIRED_COLUMNS.contains(&column) => {
                    let help = did_you_mean(wanted, headings.iter().copied()).unwrap_or_else(|| {
                        format!("if NITC calls it otherwise, say so in heatpack.yaml under `nitc_report: columns: {column}:`")
                    });
                    faults.add(RULE, first_line, format!("there is no column `{wanted}`")).help(help);
                }
                None => {}
            }
        }
        let further = (0..headings.len()).filter(|index| !cells.values().any(|used| used == index)).collect();
        (faults.list.len() == before).then_some(Layout { cells, further })
    }

    fn further_headings(&self, heading: &csv::StringRecord) -> Vec<String> {
        self.further.iter().map(|index| heading.get(*index).unwrap_or("").trim().to_owned()).collect()
    }

    fn row(
        &self,
        record: &csv::StringRecord,
        number: usize,
        span: Span,
        seen: &mut BTreeMap<String, usize>,
        faults: &mut Faults,
    ) -> Option<NitcRow> {
        let before = faults.list.len();
        let cell = |column: &str| self.cells.get(column).and_then(|index| record.get(*index)).unwrap_or("").trim();
        let nitc_number = cell("nitc_number").to_owned();
        if nitc_number.is_empty() {
            faults.add(RULE, span, format!("row {number} has no nitc_number")).help("ask NITC for the number");
        } else if let Some(first) = seen.insert(nitc_number.clone(), number) {
            faults
                .add(RULE, span, format!("row {number}: the number {nitc_number} is in row {first} already"))
                .help("keep one of the two rows");
        }
        let status = NitcStatus::from_word(&cell("status").to_lowercase());
        if status.is_none() {
            let word = cell("status");
            let help = did_you_mean(word, NitcStatus::WORDS.iter().copied())
                .unwrap_or_else(|| format!("it is one of {}", list(NitcStatus::WORDS)));
            faults.add(RULE, span, format!("row {number}: `{word}` is no status")).help(help);
        }
        let mut dates = BTreeMap::new();
        for column in DATE_COLUMNS {
            let text = cell(column);
            if !text.is_empty() {
                match date_of(text).filter(|date| is_in_range(*date)) {
                    Some(date) => drop(dates.insert(column, date)),
                    None => {
                        faults
                            .add(RULE, span, format!("row {number}: `{text}` in {column} is no date"))
                            .help("write it as 2026-11-16 or 11/16/2026, between the years 2000 and 2099");
                    }
                }
            }
        }
        let row = NitcRow {
            span,
            report_date: dates.get("report_date").copied(),
            nitc_number,
            heat_number: cell("heat_number").to_owned(),
            status: status?,
            assigned_to: cell("assigned_to").to_owned(),
            last_update: dates.get("last_update").copied(),
            summary: cell("summary").to_owned(),
            expected_date: dates.get("expected_date").copied(),
            cr_number: cell("cr_number").to_owned(),
            further: self.further.iter().map(|index| record.get(*index).unwrap_or("").trim().to_owned()).collect(),
        };
        (faults.list.len() == before).then_some(row)
    }
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

/// The first line of a row.
fn row_span(text: &str, record: &csv::StringRecord) -> Span {
    let start = record.position().map_or(0, |position| position.byte() as usize).min(text.len());
    let rest = &text[start..];
    let skipped = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
    let line = rest[skipped..].lines().next().unwrap_or("");
    Span::new(start + skipped, start + skipped + line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted_as_they_are_read() {
        for text in [
            "",
            "a",
            ",",
            "a,b\nc",
            "\"a,b\",c\r\n",
            "\n\r\na,\"b\"\"\n,\",c\nd",
            "a\"b,c\"",
            "\"\",\"\"\"\"",
            "é,\"é\"x,y",
        ] {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let first = reader.records().next().map_or(1, |record| record.expect("a row").len());
            assert_eq!(cells_of_first_row(text), first, "{text:?}");
        }
    }

    #[test]
    fn a_report_of_very_many_columns_is_refused_before_it_is_read() {
        let mut faults = Faults::default();
        assert!(read(&",".repeat(1_000_000), FileId(0), NaiveDate::MIN, None, &mut faults).is_none());
        assert_eq!(faults.list[0].message, "the report has 1000001 columns; 100 are read at most");
    }
}
