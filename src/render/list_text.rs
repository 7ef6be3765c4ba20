//! Lists of records for a terminal, for programs and for spreadsheets.

use serde_json::{Map, Value as Json, json};

use super::csv::csv_rows;
use super::show_text::Paint;
use super::wrap::cut;
use super::{shown, to_json};
use crate::report::list::{FORMAT, Table};
use crate::report::words::counted;

/// The widest a column is, but for the last.
const WIDEST: usize = 32;
/// The least that is shown of the last column.
const LEAST: usize = 12;

/// A line a record, none wider than the terminal unless its first columns are.
pub fn list_text(table: &Table, width: usize, colors: bool) -> String {
    let paint = Paint { colors };
    if table.rows.is_empty() {
        return format!("No {} fit.\n", label(table.name));
    }
    let cell = |row: &[String], at: usize| cut(&shown(row.get(at).map_or("", String::as_str)), WIDEST);
    let (last, first) = table.shown.split_last().unwrap_or((&0, &[]));
    let wide = |at: &usize| table.rows.iter().map(|row| cell(row, *at).chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = first.iter().map(wide).collect();
    let before: usize = widths.iter().filter(|wide| **wide > 0).map(|wide| wide + 2).sum();
    let mut out = String::new();
    for row in &table.rows {
        let mut line = String::new();
        for (at, wide) in first.iter().zip(&widths).filter(|(_, wide)| **wide > 0) {
            line.push_str(&format!("{:wide$}  ", cell(row, *at)));
        }
        let rest = shown(row.get(*last).map_or("", String::as_str));
        let room = width.saturating_sub(before + 1).max(LEAST);
        out.push_str(&format!("{}\n", format!("{line}{}", cut(&rest, room)).trim_end()));
    }
    let count = match (table.rows.len(), table.name) {
        (1, "staff") => "1 member of staff".to_owned(),
        (count, "staff") => format!("{count} {}", label("staff")),
        (count, name) => counted(count, label(name).trim_end_matches('s')),
    };
    out.push_str(&format!("{}\n", paint.faint(&count)));
    out
}

/// The records as objects; a blank value is null.
pub fn list_json(table: &Table) -> String {
    let object = |row: &Vec<String>| {
        let value = |text: &String| if text.is_empty() { Json::Null } else { Json::from(text.clone()) };
        let fields = table.headings.iter().zip(row).map(|(name, text)| ((*name).to_owned(), value(text)));
        Json::Object(fields.collect::<Map<String, Json>>())
    };
    let rows: Vec<Json> = table.rows.iter().map(object).collect();
    let mut list = json!({"format": FORMAT, "as_of": table.as_of});
    list[table.name] = rows.into();
    to_json(&list)
}

/// The records for a spreadsheet.
pub fn list_csv(table: &Table) -> Result<String, csv::Error> {
    csv_rows(table.headings, table.rows.iter().cloned())
}

/// What the records of a list are called.
fn label(name: &str) -> &str {
    match name {
        "crs" => "CRs",
        "pocs" => "POCs",
        "staff" => "members of staff",
        "actions" => "action items",
        other => other,
    }
}
