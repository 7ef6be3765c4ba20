//! An import as text: a table of what would be written, and every row that cannot be, with why.

use std::collections::BTreeMap;

use super::shown;
use crate::import::{Cause, Plan, PlanOutcome, Problems, Row};
use crate::model::{Diagnostic, TicketId, TicketState};
use crate::report::words::counted;

/// How long a title may be in a line.
const TITLE: usize = 48;

/// The table: one line for each ticket that is new or gets entries, then what is left as it is. `states` are the states
/// that the tickets would have.
pub fn import_table(plan: &Plan, states: &BTreeMap<TicketId, TicketState>) -> String {
    let mut rows: Vec<[String; 8]> = Vec::new();
    for own in plan.tickets.iter().filter(|own| own.what != PlanOutcome::Nothing) {
        let what = match own.what {
            PlanOutcome::New => "new".to_owned(),
            PlanOutcome::Adds(1) => "1 entry".to_owned(),
            PlanOutcome::Adds(count) => format!("{count} entries"),
            PlanOutcome::Nothing => String::new(),
        };
        let state = states.get(&own.id).map_or("", |state| state.as_str());
        rows.push([
            own.row.to_string(),
            shown(&own.number),
            own.id.to_string(),
            what,
            own.received.to_string(),
            own.subject.to_string(),
            own.poc.to_string(),
            format!("{state}: {}", cut(&shown(&own.title))).trim_start_matches(": ").to_owned(),
        ]);
    }
    let mut out = String::new();
    if !rows.is_empty() {
        let head = ["row", "number", "ticket", "what", "received", "subject", "poc", "state and title"];
        rows.insert(0, head.map(str::to_owned));
    }
    let width =
        |at: usize| rows.iter().map(|row| row.get(at).map_or(0, |cell| cell.chars().count())).max().unwrap_or(0);
    let widths: Vec<usize> = (0..8).map(width).collect();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        out.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        out.push('\n');
    }
    for own in &plan.tickets {
        for left in &own.left {
            out.push_str(&format!("{} ({}): {}\n", own.id, shown(&own.number), shown(left)));
        }
    }
    out
}

/// How many causes are printed: no one reads more before fixing some.
const CAUSES: usize = 200;

/// How many rows of one cause are printed, where they are more than fit.
const ROWS: usize = 3;

/// Every row that cannot be imported, and why: once for each cause.
pub fn import_problems(problems: &Problems) -> String {
    let mut out = String::new();
    let causes = problems.causes();
    for Cause { column, message, help, rows } in causes.iter().take(CAUSES) {
        let help = if help.is_empty() { String::new() } else { format!("; {help}") };
        let line = match (rows.as_slice(), column) {
            ([row], column) => {
                let column = column.as_ref().map(|column| format!(", column `{column}`")).unwrap_or_default();
                format!("row {}{column}: {message}{help}", named(row))
            }
            (rows, Some(column)) => format!("column `{column}`: {message}, {}{help}", listed(rows)),
            (rows, None) => format!("{message}, {}{help}", listed(rows)),
        };
        out.push_str(&shown(&line));
        out.push('\n');
    }
    if causes.len() > CAUSES {
        out.push_str(&format!("… and {} more\n", causes.len() - CAUSES));
    }
    out
}

/// A row and what it is of.
fn named(row: &Row) -> String {
    let id = row.id.map(|id| format!(", {id}")).unwrap_or_default();
    if row.ticket.is_empty() { row.number.to_string() } else { format!("{} ({}{id})", row.number, row.ticket) }
}

/// `79 rows (3, 4, 6 …)`.
fn listed(rows: &[Row]) -> String {
    let fits = rows.len() <= 2 * ROWS;
    let first: Vec<String> =
        rows.iter().take(if fits { rows.len() } else { ROWS }).map(|row| row.number.to_string()).collect();
    format!("{} ({}{})", counted(rows.len(), "row"), first.join(", "), if fits { "" } else { " …" })
}

/// Errors in records that no row of the export is to blame for.
pub fn import_errors(found: &[Diagnostic]) -> String {
    let mut out = String::new();
    for own in found {
        let help = own.help_in_file().map(|help| format!("; {help}")).unwrap_or_default();
        out.push_str(&shown(&format!("{}: error[{}]: {}{help}", own.record, own.rule, own.message)));
        out.push('\n');
    }
    out
}

/// The counts, in one sentence each.
/// `tracker` is what the help desk's own tracker is called.
pub fn import_counts(plan: &Plan, lapses: usize, tracker: &str) -> String {
    let count = |fits: fn(&PlanOutcome) -> bool| plan.tickets.iter().filter(|own| fits(&own.what)).count();
    let new = count(|what| *what == PlanOutcome::New);
    let added: Vec<usize> = plan
        .tickets
        .iter()
        .filter_map(|own| match own.what {
            PlanOutcome::Adds(count) => Some(count),
            PlanOutcome::New | PlanOutcome::Nothing => None,
        })
        .collect();
    let entries: usize = added.iter().sum();
    let entries = if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") };
    let skipped = if plan.skipped > 0 { format!(", {} skipped by the map", plan.skipped) } else { String::new() };
    let mut out = format!(
        "{}{skipped}: {}, {entries} added to {}, {} unchanged\n",
        counted(plan.rows, "row"),
        counted(new, "new ticket"),
        counted(added.len(), "ticket"),
        counted(count(|what| *what == PlanOutcome::Nothing), "ticket"),
    );
    let names = |ids: Vec<String>| ids.join(", ");
    if !plan.pocs.is_empty() {
        out.push_str(&format!("new POCs: {}\n", names(plan.pocs.iter().map(ToString::to_string).collect())));
    }
    if !plan.subjects.is_empty() {
        let ids = names(plan.subjects.iter().map(ToString::to_string).collect());
        out.push_str(&format!("new modules and initiatives: {ids}\n"));
    }
    if let Some((first, last)) = plan.numbers {
        out.push_str(&if first == last {
            format!("new number: {first}\n")
        } else {
            format!("new numbers: {first} to {last}\n")
        });
        if plan.is_unreserved {
            out.push_str(&format!(
                "warning: {tracker} may also assign these numbers; set `numbers_from` in the map, or `numbers: \
                 {{heat_from: …}}` in data/heatpack.yaml\n"
            ));
        }
    }
    let (rows, tickets) = plan.moved;
    if rows > 0 {
        let was = if rows == 1 { "was" } else { "were" };
        let (rows, tickets) = (counted(rows, "row"), counted(tickets, "ticket"));
        out.push_str(&format!("{rows} of {tickets} {was} out of order and {was} sorted by time\n"));
    }
    if let Some(encoding) = plan.marked {
        out.push_str(&format!("the export was read as {encoding}, because of its byte-order mark\n"));
    }
    if lapses > 0 {
        out.push_str(&format!("{} in them\n", counted(lapses, "lapse")));
    }
    out
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(TITLE) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}
