//! A pack as an Excel workbook: a table on each sheet, with true dates, and the same bytes for the same pack.

mod lists;
mod sheet;

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use crate::model::printable;
use crate::report::pack::Pack;
use sheet::Formats;

/// The pack's lists. Its tickets are those of its CSV.
pub fn xlsx(pack: &Pack) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(pack)?);
    let formats = Formats::new();
    lists::outstanding(pack).write(pack, &mut book, &formats)?;
    lists::closed(pack).write(pack, &mut book, &formats)?;
    lists::deadlines(pack).write(pack, &mut book, &formats)?;
    lists::changes(pack).write(pack, &mut book, &formats)?;
    lists::actions(pack).write(pack, &mut book, &formats)?;
    book.save_to_buffer()
}

/// The title and the author; the time is the pack's, since a clock would change the bytes.
fn properties(pack: &Pack) -> Result<DocProperties, XlsxError> {
    let title = format!("{}, {}", pack.head.title, crate::model::day_in_words(pack.meeting.date()));
    let marked = if pack.preliminary { "preliminary" } else { "final" };
    Ok(DocProperties::new()
        .set_title(printable(&title))
        .set_author(printable(&pack.head.organization))
        .set_comment(format!("As of {}, {marked}. Built by {}.", pack.as_of, pack.head.generator))
        .set_creation_datetime(&rust_xlsxwriter::ExcelDateTime::parse_from_str(
            &pack.as_of.0.format("%Y-%m-%dT%H:%M:%S").to_string(),
        )?))
}
