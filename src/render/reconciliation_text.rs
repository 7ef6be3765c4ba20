//! NITC's report compared with our records, as text: what agrees, what does not, and commands for what it suggests.

use super::shown;
use crate::model::day_in_words;
use crate::report::reconciliation::{Reconciliation, Row, Suggestion, Value};
use crate::report::words::counted;

/// The comparison, then the suggestions. Where those that leave no doubt were added (`was_entered`), only the others of
/// them are listed, with the reason.
pub fn reconciliation_text(found: &Reconciliation, was_entered: bool) -> String {
    let name = shown(&found.third_line);
    let mut out = format!("{name}'s report of {}, {}\n", day_in_words(found.date), counted(found.rows.len(), "row"));
    let (agreeing, others): (Vec<&Row>, Vec<&Row>) =
        found.rows.iter().filter(|row| !row.ticket.is_empty()).partition(|row| row.disagreements.is_empty());
    let (left_out, agreeing): (Vec<&Row>, Vec<&Row>) = agreeing.into_iter().partition(|row| row.is_left_out());
    let loose: Vec<&Row> = found.rows.iter().filter(|row| row.ticket.is_empty()).collect();
    out.push_str(&format!("\nagree: {}\n", agreeing.len()));
    for row in agreeing {
        let state = row.state.as_deref().unwrap_or_default();
        out.push_str(&format!(
            "  {}  {}: {}; ours: {}\n",
            shown(&row.ticket),
            shown(&row.number),
            row.status,
            shown(state)
        ));
    }
    let count: usize = others.iter().map(|row| row.disagreements.len()).sum::<usize>() + found.unlisted.len();
    out.push_str(&format!("\ndisagree: {count}\n"));
    for message in others.iter().flat_map(|row| &row.disagreements) {
        out.push_str(&format!("  {}\n", shown(message)));
    }
    for id in &found.unlisted {
        out.push_str(&format!("  {id} is with {name}, but not in the report\n"));
    }
    if !left_out.is_empty() {
        out.push_str(&format!(
            "\nnot compared because the ticket has errors (`heatpack check` lists them): {}\n",
            left_out.len()
        ));
    }
    for row in left_out {
        out.push_str(&format!("  {}  {}: {}\n", shown(&row.ticket), shown(&row.number), row.status));
    }
    if !found.unread.is_empty() {
        let numbers: Vec<String> = found.unread.iter().map(usize::to_string).collect();
        let rows = if numbers.len() == 1 { "row" } else { "rows" };
        out.push_str(&format!("\nnot compared because the report has errors there: {rows} {}\n", numbers.join(", ")));
    }
    if !loose.is_empty() {
        let numbers: Vec<String> = loose.iter().map(|row| shown(&row.number)).collect();
        out.push_str(&format!("\nwithout a ticket: {}\n", numbers.join(", ")));
    }
    let (certain, others): (Vec<&Suggestion>, Vec<&Suggestion>) = found.suggestions.iter().partition(|own| own.certain);
    if was_entered {
        let kept_back: Vec<&Suggestion> = certain.into_iter().filter(|own| own.entry().is_none()).collect();
        push_suggestions(&mut out, "safe to add, but not added", &kept_back);
    } else {
        push_suggestions(&mut out, "safe to add (`--apply` adds these entries)", &certain);
    }
    push_suggestions(&mut out, "suggested (check these first)", &others);
    out
}

fn push_suggestions(out: &mut String, title: &str, list: &[&Suggestion]) {
    if !list.is_empty() {
        out.push_str(&format!("\n{title}:\n"));
    }
    for suggestion in list {
        out.push_str(&format!("  # {}\n", shown(&suggestion.why)));
        if let Some(unnamed) = &suggestion.unnamed {
            out.push_str(&format!("  # {}: replace STAFF with the person's id\n", shown(unnamed)));
        }
        out.push_str(&format!("  {}\n", command_line(suggestion)));
    }
}

/// `heatpack log HEAT-10423 acknowledged --at '2026-11-16 17:00' --by rpattern --nitc-ref N-2291`; a fact
/// to find out is in capitals.
pub fn command_line(suggestion: &Suggestion) -> String {
    let by = suggestion.by.as_ref().map_or_else(|| "STAFF".to_owned(), |by| by.to_string());
    let at = quoted(&suggestion.at.to_string());
    let mut line = format!("heatpack log {} {} --at {at} --by {by}", suggestion.record, suggestion.event);
    for (name, value) in &suggestion.fields {
        let value = match value {
            Value::Known(text) => quoted(&shown(text)),
            Value::Asked(what) => quoted(&what.to_uppercase()),
        };
        line.push_str(&format!(" --{} {value}", name.replace('_', "-")));
    }
    line
}

/// A text as a shell takes it: NITC's cells may hold anything.
pub fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:".contains(c);
    match !text.is_empty() && !text.starts_with('-') && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_shell_reads_one_word_and_runs_nothing() {
        assert_eq!(quoted("N-2291"), "N-2291");
        assert_eq!(quoted("$(rm -rf ~)"), "'$(rm -rf ~)'");
        assert_eq!(quoted("it's"), "'it'\\''s'");
        assert_eq!(quoted("--by"), "'--by'");
        assert_eq!(quoted(""), "''");
    }
}
