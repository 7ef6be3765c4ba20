//! The ticket table of a pack as CSV, for spreadsheets.

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
/// outstanding. Lines end as RFC 4180 has it.
pub fn csv(pack: &Pack) -> Result<String, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(HEADINGS)?;
    let mut written = std::collections::BTreeSet::new();
    for row in &pack.outstanding {
        written.insert(row.id);
        if let Some(card) = pack.tickets.get(&row.id) {
            writer.write_record(cells(pack, row.id, card, Some(row)).map(harmless))?;
        }
    }
    for id in pack.new.iter().chain(&pack.closed) {
        if let Some(card) = pack.tickets.get(id).filter(|_| written.insert(*id)) {
            writer.write_record(cells(pack, *id, card, None).map(harmless))?;
        }
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

/// A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV Injection").
fn harmless(cell: String) -> String {
    let text = crate::model::printable(&cell).replace(['\n', '\t'], " ");
    // The wide forms are what some spreadsheets of the Far East take for the others.
    if text.trim_start().starts_with(['=', '+', '-', '@', '\u{fffd}', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn formulas_are_made_harmless_and_texts_are_left_alone() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠SUM(A1)"] {
            assert!(harmless(formula.to_owned()).starts_with('\''), "{formula:?}");
        }
        assert_eq!(harmless("Export: 5 = 3 + 2".to_owned()), "Export: 5 = 3 + 2");
    }
}
