//! An import as text: a table of what would be written, and every row that cannot be, with why.

use std::collections::BTreeMap;

use super::shown;
use crate::import::{Plan, Planned, Problem, What};
use crate::model::{Diagnostic, Level, TicketId, TicketState};
use crate::report::words::counted;

/// How long a title may be in a line.
const TITLE: usize = 48;

/// The table: one line for each ticket that is new or gets entries, then what is left as it is. `states` are the states
/// that the tickets would have.
pub fn import_table(plan: &Plan, states: &BTreeMap<TicketId, TicketState>) -> String {
    let mut rows: Vec<[String; 8]> = Vec::new();
    for own in plan.tickets.iter().filter(|own| own.what != What::Nothing) {
        let what = match own.what {
            What::New => "new".to_owned(),
            What::Adds(1) => "1 entry".to_owned(),
            What::Adds(count) => format!("{count} entries"),
            What::Nothing => String::new(),
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

/// Every row that cannot be taken in, and why.
pub fn import_problems(plan: &Plan) -> String {
    let mut out = String::new();
    for problem in &plan.problems.list {
        let number = if problem.number.is_empty() { String::new() } else { format!(" ({})", problem.number) };
        let column = problem.column.as_ref().map(|column| format!(", column `{column}`")).unwrap_or_default();
        let Problem { row, message, help, .. } = problem;
        out.push_str(&shown(&format!("row {row}{number}{column}: {message}; {help}")));
        out.push('\n');
    }
    let more = plan.problems.count - plan.problems.list.len();
    if more > 0 {
        out.push_str(&format!("… and {more} more\n"));
    }
    out
}

/// What the rules say of the records as they would be, with the rows that it comes from.
pub fn import_errors(plan: &Plan, found: &[Diagnostic]) -> String {
    let of: BTreeMap<String, &Planned> = plan.tickets.iter().map(|own| (own.id.to_string(), own)).collect();
    let mut out = String::new();
    for own in found.iter().filter(|own| own.level == Level::Error) {
        let at = match of.get(&own.record) {
            Some(ticket) => format!("row {} ({}, {})", ticket.row, ticket.number, ticket.id),
            None => own.record.clone(),
        };
        let help = own.help.as_deref().map(|help| format!("; {help}")).unwrap_or_default();
        out.push_str(&shown(&format!("{at}: error[{}]: {}{help}", own.rule, own.message)));
        out.push('\n');
    }
    out
}

/// The counts, in one sentence each.
pub fn import_counts(plan: &Plan, lapses: usize) -> String {
    let count = |fits: fn(&What) -> bool| plan.tickets.iter().filter(|own| fits(&own.what)).count();
    let new = count(|what| *what == What::New);
    let added: Vec<usize> = plan
        .tickets
        .iter()
        .filter_map(|own| match own.what {
            What::Adds(count) => Some(count),
            What::New | What::Nothing => None,
        })
        .collect();
    let entries: usize = added.iter().sum();
    let entries = if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") };
    let skipped = if plan.skipped > 0 { format!(", {} left out by the map", plan.skipped) } else { String::new() };
    let mut out = format!(
        "{}{skipped}: {}, {entries} added to {}, {} as before\n",
        counted(plan.rows, "row"),
        counted(new, "new ticket"),
        counted(added.len(), "ticket"),
        counted(count(|what| *what == What::Nothing), "ticket"),
    );
    let names = |ids: Vec<String>| ids.join(", ");
    if !plan.pocs.is_empty() {
        out.push_str(&format!("new POCs: {}\n", names(plan.pocs.iter().map(ToString::to_string).collect())));
    }
    if !plan.subjects.is_empty() {
        let ids = names(plan.subjects.iter().map(ToString::to_string).collect());
        out.push_str(&format!("new modules and initiatives: {ids}\n"));
    }
    if lapses > 0 {
        out.push_str(&format!("{} come to light with them\n", counted(lapses, "lapse")));
    }
    out
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(TITLE) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}
