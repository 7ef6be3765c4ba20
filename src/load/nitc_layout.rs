//! The columns of NITC's report: which cell of a row is which, and what is wrong with the headings.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::yaml_words::shortened;
use crate::model::{COLUMNS, Misnamed, REQUIRED_COLUMNS, RuleId, Span, folded};
use crate::record::{Faults, list, nearest};

pub(super) const RULE: RuleId = RuleId::NitcReportMalformed;

/// The most headings listed if a column is missing.
const MOST_LISTED: usize = 30;

/// A heading or word as it is compared: without regard to case, to blanks around it, and to `_` for a blank.
fn key(text: &str) -> String {
    folded(&text.replace('_', " "))
}

/// The columns of ours among some headings.
pub(super) struct Found<'c> {
    /// The place of each column that is present.
    cells: BTreeMap<&'static str, usize>,
    /// The missing columns, by our name and by their heading.
    missing: Vec<(&'static str, &'c str)>,
}

impl Found<'_> {
    /// Whether every required column is present.
    pub(super) fn is_whole(&self) -> bool {
        self.missing.iter().all(|(column, _)| !REQUIRED_COLUMNS.contains(column))
    }
}

/// Finds the columns of ours among headings; `columns` are the settings' names of them.
pub(super) fn columns_of<'c>(heading: &StringRecord, columns: Option<&'c BTreeMap<String, String>>) -> Found<'c> {
    let keys: Vec<String> = heading.iter().map(key).collect();
    let (mut cells, mut missing) = (BTreeMap::new(), Vec::new());
    for column in COLUMNS {
        let wanted = columns.and_then(|columns| columns.get(column)).map_or(column, String::as_str);
        match keys.iter().position(|own| *own == key(wanted)) {
            Some(at) => drop(cells.insert(column, at)),
            None => missing.push((column, wanted)),
        }
    }
    Found { cells, missing }
}

/// Which cell of a row is which column.
pub(super) struct Layout {
    cells: BTreeMap<&'static str, usize>,
    /// The columns that we do not know.
    further: Vec<usize>,
    /// The columns without a heading.
    nameless: Vec<usize>,
    /// How many columns there are.
    width: usize,
    /// What is between the cells, "comma".
    separator: &'static str,
    pub(super) misnamed: Vec<Misnamed>,
}

impl Layout {
    /// The layout that headings make, which are in the line at `span`, with a `separator` between the cells.
    pub(super) fn new(
        separator: &'static str,
        span: Span,
        heading: &StringRecord,
        columns: Option<&BTreeMap<String, String>>,
        faults: &mut Faults,
    ) -> Option<Layout> {
        let found = columns_of(heading, columns);
        let before = faults.list.len();
        let headings: Vec<&str> = heading.iter().map(str::trim).collect();
        for name in repeated(&headings, &found) {
            faults
                .add(RULE, span, format!("the heading `{}` appears twice", shortened(name)))
                .help("rename one of the two");
        }
        let unused = |at: &usize| !found.cells.values().any(|used| used == at);
        let (further, nameless): (Vec<usize>, Vec<usize>) =
            (0..headings.len()).filter(unused).partition(|at| !headings[*at].is_empty());
        let unknown: Vec<&str> = further.iter().map(|at| headings[*at]).collect();
        if !found.is_whole() {
            // If the settings have errors, the names of the columns are unknown.
            columns?;
            missing(&found, &headings, &unknown, span, faults);
        }
        let near = |(column, wanted): &(&'static str, &str)| {
            columns?;
            let heading = nearest_heading(wanted, &unknown)?.to_owned();
            Some(Misnamed { span, heading, column, wanted: (*wanted).to_owned() })
        };
        let misnamed = found.missing.iter().filter_map(near).collect();
        let Found { cells, .. } = found;
        let layout = Layout { cells, further, nameless, width: headings.len(), separator, misnamed };
        (faults.list.len() == before).then_some(layout)
    }

    /// The cell of a column, without blanks around it; blank if the row ends before it.
    pub(super) fn cell<'r>(&self, record: &'r StringRecord, column: &str) -> &'r str {
        self.cells.get(column).and_then(|at| record.get(*at)).unwrap_or("").trim()
    }

    /// The cells of a row that do not fit the headings, with the help.
    pub(super) fn misfit(&self, record: &StringRecord) -> Option<(String, String)> {
        let quotes = format!("put a cell that holds a {} into quotes", self.separator);
        if record.len() > self.width {
            let message = format!("{} cells under {} headings", record.len(), self.width);
            return Some((message, quotes));
        }
        let is_filled = |at: &&usize| record.get(**at).is_some_and(|cell| !cell.trim().is_empty());
        let at = self.nameless.iter().find(is_filled)?;
        let message = format!("a cell in column {}, which has no heading", letters(*at));
        Some((message, format!("{quotes}, or write a heading above it")))
    }

    /// The headings of the columns that we do not know.
    pub(super) fn further_headings(&self, heading: &StringRecord) -> Vec<String> {
        self.further_cells(heading)
    }

    /// The cells of the columns that we do not know.
    pub(super) fn further_cells(&self, record: &StringRecord) -> Vec<String> {
        self.further.iter().map(|at| record.get(*at).unwrap_or("").trim().to_owned()).collect()
    }
}

/// The heading that is nearly the wanted one.
fn nearest_heading<'h>(wanted: &str, headings: &[&'h str]) -> Option<&'h str> {
    let keys: Vec<String> = headings.iter().map(|heading| key(heading)).collect();
    let found = nearest(&key(wanted), keys.iter().map(String::as_str))?;
    headings.iter().zip(&keys).find(|(_, key)| *key == found).map(|(heading, _)| *heading)
}

/// The headings that appear twice, those of our columns in any spelling.
fn repeated<'h>(headings: &[&'h str], found: &Found) -> Vec<&'h str> {
    let ours: Vec<String> = found.cells.values().filter_map(|at| headings.get(*at)).map(|name| key(name)).collect();
    let is_same = |a: &str, b: &str| a == b || (key(a) == key(b) && ours.contains(&key(a)));
    let again = |(at, name): &(usize, &&str)| headings[..*at].iter().any(|other| is_same(other, name));
    headings.iter().enumerate().filter(|(_, name)| !name.is_empty()).filter(again).map(|(_, name)| *name).collect()
}

/// Reports once which columns are missing, and which headings the report has.
fn missing(found: &Found, headings: &[&str], unknown: &[&str], span: Span, faults: &mut Faults) {
    let missing: Vec<(&str, &str)> =
        found.missing.iter().copied().filter(|(column, _)| REQUIRED_COLUMNS.contains(column)).collect();
    let wanted: Vec<&str> = missing.iter().map(|(_, wanted)| *wanted).collect();
    let message = match wanted.as_slice() {
        [one] => format!("the column `{one}` is missing"),
        several => format!("the columns {} are missing", list(several)),
    };
    let near = missing.iter().find_map(|(column, wanted)| Some((*column, nearest_heading(wanted, unknown)?)));
    let did_you_mean = near.map(|(_, heading)| format!("did you mean `{heading}`? ")).unwrap_or_default();
    let (column, heading) = near.or_else(|| Some((missing.first()?.0, "their heading"))).unwrap_or_default();
    let filled: Vec<&str> = headings.iter().copied().filter(|name| !name.is_empty()).collect();
    let shown: Vec<String> = filled.iter().take(MOST_LISTED).map(|name| shortened(name)).collect();
    let listed = list(&shown.iter().map(String::as_str).collect::<Vec<_>>());
    let help = format!(
        "{did_you_mean}add the column to data/heatpack.yaml, as `nitc_report: {{columns: {{{column}: \"{heading}\"}}}}`; \
         the report's headings are {listed}"
    );
    faults.add(RULE, span, message).help(help);
}

/// What a spreadsheet calls a column, the first one being 0: A, B, …, Z, AA.
pub(super) fn letters(column: usize) -> String {
    let (rest, own) = (column / 26, char::from(b'A' + (column % 26) as u8));
    if rest == 0 { own.to_string() } else { format!("{}{own}", letters(rest - 1)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_spreadsheets_call_them() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn headings_are_compared_by_their_words() {
        for heading in ["heat_number", "HEAT_Number", " Heat number ", "heat__number", "Heat\u{a0}Number"] {
            assert_eq!(key(heading), "heat number", "{heading:?}");
        }
    }
}
