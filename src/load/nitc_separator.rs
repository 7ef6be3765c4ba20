//! What separates the cells of NITC's report: commas, or what Excel writes in other regions.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::nitc_layout::{RULE, columns_of};
use crate::model::Span;
use crate::record::Faults;

/// The separators, each with its name. Commas are tried first.
const SEPARATORS: [(u8, &str); 4] = [(b',', "comma"), (b';', "semicolon"), (b'\t', "tab"), (b'|', "vertical bar")];

/// The most rows before the headings: a title, a date, an author.
pub(super) const MOST_TITLES: usize = 10;

/// How many bytes are searched for the headings.
const HEAD: usize = 64 << 10;

/// Where the table of a text begins, and what separates its cells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Separated {
    pub(super) start: usize,
    pub(super) separator: u8,
}

impl Separated {
    /// The rows' cells, in step with [`rows`](super::rows::rows): both skip empty lines. A text that is UTF-8 has no other
    /// rows than these.
    pub(super) fn records(self, text: &str) -> impl Iterator<Item = StringRecord> {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .from_reader(text.get(self.start..).unwrap_or_default().as_bytes());
        reader.into_records().map_while(Result::ok)
    }

    /// What the separator is called, "semicolon".
    pub(super) fn name(self) -> &'static str {
        SEPARATORS.iter().find(|(own, _)| *own == self.separator).map_or("separator", |(_, name)| name)
    }
}

pub(super) fn is_blank(record: &StringRecord) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}

/// The line that begins at an offset.
pub(super) fn first_line(text: &str, start: usize) -> Span {
    let line = text.get(start..).and_then(|rest| rest.split(['\r', '\n']).next()).unwrap_or_default();
    Span::new(start, start + line.len())
}

/// The table of a text: as its `sep=` line says, else with the separator that gives it all required columns. Without any,
/// the one that the first line has most often, so that the headings can be listed. `None` if two fit, with the reason in
/// `faults`.
pub(super) fn separated(
    text: &str,
    columns: Option<&BTreeMap<String, String>>,
    faults: &mut Faults,
) -> Option<Separated> {
    let blank = text.len() - text.trim_start_matches(['\r', '\n']).len();
    let span = first_line(text, blank);
    let line = &text[span.start as usize..span.end as usize];
    if let Some(instruction) = instruction(line) {
        let given = SEPARATORS.iter().find(|(own, _)| instruction.as_bytes().get(4..) == Some(&[*own]));
        let Some((separator, _)) = given else {
            let help = "delete that line, and save the rest with commas between the cells";
            let message = format!("the first line, `{instruction}`, is an instruction to Excel");
            faults.add(RULE, span, message).help(help);
            return None;
        };
        let rest = text[span.end as usize..].strip_prefix('\r').unwrap_or(&text[span.end as usize..]);
        let start = text.len() - rest.strip_prefix('\n').unwrap_or(rest).len();
        return Some(Separated { start, separator: *separator });
    }
    let all = SEPARATORS.map(|(separator, _)| Separated { start: 0, separator });
    let [comma, others @ ..] = all;
    let head = &text[..text.floor_char_boundary(HEAD)];
    let is_whole = |table: &Separated| {
        let mut rows = table.records(head).filter(|record| !is_blank(record)).take(MOST_TITLES);
        rows.any(|record| columns_of(&record, columns).is_whole())
    };
    if is_whole(&comma) {
        return Some(comma);
    }
    let fitting: Vec<Separated> = others.into_iter().filter(is_whole).collect();
    match fitting.as_slice() {
        [only] => Some(*only),
        [] => {
            let count = |table: &Separated| line.bytes().filter(|byte| *byte == table.separator).count();
            let most = others.into_iter().max_by_key(|table| count(table)).filter(|table| count(table) > count(&comma));
            Some(most.unwrap_or(comma))
        }
        [one, other, ..] => {
            let (one, other) = (one.name(), other.name());
            let message = format!("the cells can be separated by a {one} or by a {other}");
            faults.add(RULE, span, message).help("save the report with commas between the cells");
            None
        }
    }
}

/// The line that sets Excel's separator, `sep=;`.
fn instruction(line: &str) -> Option<&str> {
    let plain = line.trim_matches(['"', ' ', '\r', '\n']);
    let is_one = plain.chars().count() <= 5 && plain.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("sep="));
    is_one.then_some(plain)
}
