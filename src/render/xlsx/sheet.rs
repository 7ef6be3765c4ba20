//! A list as a sheet of a workbook: a table with its columns, formats and widths.

use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{Format, FormatAlign, Table, TableColumn, TableStyle, Workbook, Worksheet, XlsxError};

use crate::model::printable;
use crate::record::capital;
use crate::render::csv::is_formula;
use crate::report::pack::Pack;

/// Excel rejects a cell with more characters.
pub const LONGEST: usize = 32_767;

/// How many rows fit on a sheet below the headings.
const MOST_ROWS: usize = 1_048_575;

/// A cell's value.
pub enum Cell {
    Text(String),
    Number(i64),
    Day(Option<NaiveDate>),
    Time(Option<NaiveDateTime>),
}

/// A column: its heading, its width in characters, and what a row has in it.
pub struct Column<T>(pub &'static str, pub u16, pub fn(&Pack, &T) -> Cell);

/// A sheet: its name, its columns, what an empty one says, and its rows.
pub struct Sheet<T> {
    pub name: &'static str,
    pub columns: Vec<Column<T>>,
    pub empty: &'static str,
    pub rows: Vec<T>,
}

/// The formats of cells.
pub struct Formats {
    heading: Format,
    text: Format,
    formula: Format,
    number: Format,
    day: Format,
    time: Format,
}

impl Formats {
    pub fn new() -> Formats {
        let top = || Format::new().set_align(FormatAlign::Top);
        let left = || top().set_align(FormatAlign::Left);
        Formats {
            heading: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            text: top().set_text_wrap(),
            // Otherwise Excel reads the text as a formula once someone edits the cell.
            formula: top().set_text_wrap().set_quote_prefix(),
            number: top(),
            day: left().set_num_format("mmm d, yyyy"),
            time: left().set_num_format("mmm d, yyyy h:mm AM/PM"),
        }
    }
}

impl<T> Sheet<T> {
    /// Adds the sheet to a workbook.
    pub fn write(&self, pack: &Pack, book: &mut Workbook, formats: &Formats) -> Result<(), XlsxError> {
        let sheet = book.add_worksheet().set_name(self.name)?;
        let headings: Vec<_> = self.columns.iter().map(|own| TableColumn::new().set_header(own.0)).collect();
        let rows = self.rows.len().min(MOST_ROWS);
        let table = Table::new()
            .set_name(self.name.split(' ').map(capital).collect::<String>())
            .set_columns(&headings)
            .set_style(TableStyle::Light1);
        // A table has at least one row.
        sheet.add_table(0, 0, rows.max(1) as u32, headings.len() as u16 - 1, &table)?;
        for (at, Column(heading, width, cell)) in (0u16..).zip(&self.columns) {
            sheet.set_column_width(at, *width)?;
            sheet.write_string_with_format(0, at, *heading, &formats.heading)?;
            for (row, record) in (1u32..).zip(&self.rows[..rows]) {
                write(sheet, row, at, cell(pack, record), formats)?;
            }
        }
        if rows == 0 {
            sheet.write_string(1, 0, self.empty)?;
        }
        sheet.set_freeze_panes(1, 1)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        Ok(())
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: Cell, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) if text.is_empty() => {}
        Cell::Text(text) => {
            let text = shortened(&printable(&text));
            let format = if is_formula(&text) { &formats.formula } else { &formats.text };
            sheet.write_string_with_format(row, column, text, format)?;
        }
        // Counts and days are far below 2^53.
        Cell::Number(number) => drop(sheet.write_number_with_format(row, column, number as f64, &formats.number)?),
        Cell::Day(day) => {
            if let Some(day) = day {
                sheet.write_date_with_format(row, column, day, &formats.day)?;
            }
        }
        Cell::Time(time) => {
            if let Some(time) = time {
                sheet.write_datetime_with_format(row, column, time, &formats.time)?;
            }
        }
    }
    Ok(())
}

/// The beginning of a text that a cell can hold: Excel counts the units of UTF-16.
fn shortened(text: &str) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= LONGEST
    };
    text.chars().take_while(fits).collect()
}
