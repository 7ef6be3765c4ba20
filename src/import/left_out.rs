//! The rows that an import skips, as an export with the reasons. Once they are corrected, the same map imports them.

use std::collections::BTreeMap;
use std::io::Read;

use super::plan::Export;
use super::rows::Rows;
use super::{ImportError, Problems};
use crate::model::ImportMap;

/// The headings behind those of the export.
const HEADINGS: [&str; 2] = ["heatpack: row", "heatpack: reason"];

/// UTF-8's byte-order mark, by which spreadsheets and this import recognize the encoding, regardless of the map.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The skipped rows as CSV, and their number. `input` is the export, read again.
pub fn left_out(
    input: impl Read,
    map: &ImportMap,
    export: &Export,
    left: &Problems,
) -> Result<(Vec<u8>, usize), ImportError> {
    let wanted = export.rows_left_out(map, left);
    let mut reasons: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for cause in left.causes() {
        let column = cause.column.as_ref().map(|column| format!("column `{column}`: ")).unwrap_or_default();
        let help = if cause.help.is_empty() { String::new() } else { format!("; {}", cause.help) };
        let reason = format!("{column}{}{help}", cause.message);
        for row in &cause.rows {
            reasons.entry(row.number).or_default().push(reason.clone());
        }
    }
    let failed = |error: csv::Error| ImportError::LeftOut(error.to_string());
    let mut rows = Rows::open(input, map)?;
    let mut writer = csv::WriterBuilder::new()
        .delimiter(map.delimiter.byte())
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(MARK.to_vec());
    let width = rows.headings.len();
    writer.write_record(rows.headings.iter().map(String::as_str).chain(HEADINGS)).map_err(failed)?;
    let mut count = 0;
    while rows.advance()?.is_some() {
        if !wanted.contains(&rows.number) {
            continue;
        }
        count += 1;
        let reason = match reasons.get(&rows.number) {
            Some(reasons) => reasons.join(" | "),
            None => "another row of the ticket has an error, and a ticket is imported whole".to_owned(),
        };
        let number = rows.number.to_string();
        let cells = (0..width).map(|at| rows.record().get(at).unwrap_or_default());
        // Cells beyond the last heading come last, so that none is lost.
        let beyond = rows.record().iter().skip(width);
        let more = [number.as_str(), reason.as_str()].into_iter();
        writer.write_record(cells.chain(more).chain(beyond)).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| ImportError::LeftOut(error.to_string()))?;
    Ok((bytes, count))
}

/// Whether a file is one of these: its first line ends with our headings.
pub fn is_left_out(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let text = String::from_utf8_lossy(line);
    bytes.starts_with(MARK) && HEADINGS.iter().all(|heading| text.contains(heading))
}
