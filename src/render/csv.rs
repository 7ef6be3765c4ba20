//! Tables as CSV for spreadsheets, and the ticket table of a pack.

use crate::report::pack::{OutstandingRow, Pack, TicketCard};

const HEADINGS: [&str; 18] = [
    "number",
    "title",
    "subject",
    "kind",
    "area",
    "poc",
    "received",
    "in_period",
    "state",
    "holder",
    "age_days",
    "last_contact",
    "next_due",
    "next_due_clock",
    "attention",
    "nitc_number",
    "changes",
    "last_note",
];

/// The pack's tickets: every outstanding one, oldest first, then those new or closed in the period that are not
/// outstanding.
pub fn csv(pack: &Pack) -> Result<String, csv::Error> {
    let mut rows = Vec::new();
    let mut written = std::collections::BTreeSet::new();
    for row in &pack.outstanding {
        written.insert(row.id);
        if let Some(card) = pack.tickets.get(&row.id) {
            rows.push(cells(pack, row.id, card, Some(row)));
        }
    }
    for id in pack.new.iter().chain(&pack.closed) {
        if let Some(card) = pack.tickets.get(id).filter(|_| written.insert(*id)) {
            rows.push(cells(pack, *id, card, None));
        }
    }
    csv_table(HEADINGS, rows)
}

/// A table as spreadsheets open it safely. The byte-order mark has Excel on Windows read UTF-8; lines end as RFC 4180 has
/// it; no cell is a formula.
pub fn csv_table<const N: usize>(
    headings: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<String, csv::Error> {
    csv_rows(&headings, rows)
}

/// The same for rows of any number of cells.
pub(super) fn csv_rows<R: IntoIterator<Item = String>>(
    headings: &[&str],
    rows: impl IntoIterator<Item = R>,
) -> Result<String, csv::Error> {
    let start = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start);
    writer.write_record(headings)?;
    for row in rows {
        writer.write_record(row.into_iter().map(harmless))?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn cells(
    pack: &Pack,
    id: crate::model::TicketId,
    card: &TicketCard,
    outstanding: Option<&OutstandingRow>,
) -> [String; 18] {
    let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let due = outstanding.and_then(|row| row.next_due.as_ref());
    let events = [("new", &pack.new), ("closed", &pack.closed), ("reopened", &pack.reopened)];
    let in_period = events.into_iter().filter(|(_, list)| list.contains(&id)).map(|(name, _)| name);
    let name = |id: &crate::model::PersonId| pack.people.get(id).cloned().unwrap_or_else(|| id.to_string());
    [
        id.to_string(),
        card.title.clone(),
        pack.subjects.get(&card.subject).cloned().unwrap_or_else(|| card.subject.to_string()),
        card.kind.to_owned(),
        card.area.to_owned(),
        name(&card.poc),
        card.received.to_string(),
        in_period.collect::<Vec<_>>().join(" "),
        card.state.to_string(),
        outstanding.map(|row| row.holder.to_string()).unwrap_or_default(),
        outstanding.map(|row| row.age_days.to_string()).unwrap_or_default(),
        date(outstanding.and_then(|row| row.last_contact)),
        date(due.map(|due| due.due)),
        due.map(|due| due.clock.to_string()).unwrap_or_default(),
        outstanding.map(|row| row.attention.to_string()).unwrap_or_default(),
        card.nitc_ref.clone().unwrap_or_default(),
        card.changes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        card.last_note.as_ref().map(|note| note.text.plain(300)).unwrap_or_default(),
    ]
}

/// A cell in which no part that some spreadsheet takes for a cell is a formula (OWASP, "CSV Injection"). Where
/// semicolons separate cells, as in much of Europe, or tabs do, each part between them is one.
fn harmless(cell: String) -> String {
    let text = crate::model::printable(&cell).replace(['\n', '\t'], " ");
    let parts = text.split_inclusive([',', ';']);
    parts.map(|part| if is_formula(part) { format!("'{part}") } else { part.to_owned() }).collect()
}

/// Whether a spreadsheet would take a cell for a formula. It takes quotes around a cell off.
pub(super) fn is_formula(cell: &str) -> bool {
    let cell = cell.trim_start_matches(|c: char| c == '"' || c.is_whitespace());
    // The wide forms are what some spreadsheets of the Far East take for the others.
    cell.starts_with(['=', '+', '-', '@', '\u{fffd}', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_harmless_and_texts_are_left_alone() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠SUM(A1)"] {
            assert!(harmless(formula.to_owned()).starts_with('\''), "{formula:?}");
        }
        for (text, written) in [
            ("Export: 5 = 3 + 2", "Export: 5 = 3 + 2"),
            ("Totals;=1+1", "Totals;'=1+1"),
            ("Totals, -1; \"=2\"", "Totals,' -1;' \"=2\""),
            (";;=1;", ";;'=1;"),
            ("", ""),
        ] {
            assert_eq!(harmless(text.to_owned()), written);
        }
    }

    /// Each cell as the readers of three separators have it, and each as one that minds no quotes has it.
    fn every_cell(table: &str) -> Vec<String> {
        let mut cells: Vec<String> = Vec::new();
        for separator in [b',', b';', b'\t'] {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(separator)
                .from_reader(table.as_bytes());
            cells.extend(
                reader.records().flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>()),
            );
            cells.extend(table.split([char::from(separator), '\r', '\n']).map(str::to_owned));
        }
        cells
    }

    #[test]
    fn no_cell_is_a_formula_whatever_separates_them() {
        // Every text of up to four of these characters.
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            texts = texts
                .iter()
                .flat_map(|text| ["", "=", ";", ",", "\t", "\"", "a"].map(|next| format!("{text}{next}")))
                .collect::<std::collections::BTreeSet<_>>()
                .into_iter()
                .collect();
        }
        assert!(texts.len() > 1_500, "{} texts", texts.len());
        for text in texts {
            let table = csv_table(["a", "b"], [[text.clone(), text.clone()]]).expect("a table");
            for cell in every_cell(&table) {
                let bare = cell.trim_start_matches(['\u{feff}', ' ', '"']);
                assert!(!bare.starts_with('='), "{text:?} is {cell:?} in {table:?}");
            }
        }
    }
}
