//! A merge that git left unfinished → what the two versions are, and how to keep both where both are needed.

use crate::model::Span;

/// The start of the line before the first version; git writes it in the first column.
const OURS: &str = "<<<<<<< ";

/// What a conflict is about, which decides how to end it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Conflict {
    /// Both sides added entries or items to a list.
    Entries,
    /// Both sides are records of their own that took the same id.
    TwoRecords,
    /// Both sides changed the same field.
    Field,
}

/// The first conflict marker of a text, with a message and what to do. `None` if there is none.
pub(super) fn unfinished_merge(text: &str) -> Option<(Span, &'static str, &'static str)> {
    let at = if text.starts_with(OURS) { 0 } else { text.find(&format!("\n{OURS}"))? + 1 };
    let (message, help) = match kind_of(text) {
        Conflict::Entries => (
            "git put two versions of this list here and did not merge them",
            "keep both entries, the older first, and delete the three marker lines (`<<<<<<<`, `=======`, `>>>>>>>`)",
        ),
        Conflict::TwoRecords => (
            "git put two different records with one id into this file",
            "one of the two takes the next free number: move its lines to a new file with that number as name and \
             `id`; then delete the marker lines (`<<<<<<<`, `=======`, `>>>>>>>`)",
        ),
        Conflict::Field => (
            "git put two versions of these lines here and did not merge them",
            "write each field once, with the right value, and delete the three marker lines (`<<<<<<<`, `=======`, \
             `>>>>>>>`); both versions of a list stay",
        ),
    };
    Some((Span::new(at, at + OURS.trim_end().len()), message, help))
}

/// What the conflicts of a text are about. Entries of a list are indented or begin with a dash; fields of the record
/// itself begin in the first column. Two edits of one record seldom meet in when it was received, or in three fields.
fn kind_of(text: &str) -> Conflict {
    let (ours, theirs) = sides(text);
    let shared: Vec<&str> = ours.iter().copied().filter(|field| theirs.contains(field)).collect();
    let others = shared.iter().filter(|field| **field != "log").count();
    if shared.iter().any(|field| matches!(*field, "id" | "received")) || others >= 3 {
        Conflict::TwoRecords
    } else if ours.is_empty() && theirs.is_empty() {
        Conflict::Entries
    } else {
        Conflict::Field
    }
}

/// The names of the fields that begin in the first column, on either side of all conflicts.
fn sides(text: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut side = None;
    for line in text.lines() {
        match line.get(..7) {
            Some("<<<<<<<") => side = Some(true),
            // With `merge.conflictStyle = diff3` the common version stands between the two.
            Some("|||||||") => side = None,
            Some("=======") => side = Some(false),
            Some(">>>>>>>") => side = None,
            _ => {
                let name = line.split_once(':').map(|(name, _)| name).filter(|name| is_name(name));
                match (side, name) {
                    (Some(true), Some(name)) => ours.push(name),
                    (Some(false), Some(name)) => theirs.push(name),
                    _ => {}
                }
            }
        }
    }
    (ours, theirs)
}

/// Whether a text has the form of a field's name.
pub(super) fn is_name(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(text: &str) -> &'static str {
        unfinished_merge(text).map_or("", |(_, _, help)| help)
    }

    #[test]
    fn two_entries_are_both_kept_and_two_records_get_two_numbers() {
        let entries = "id: HEAT-1\nlog:\n<<<<<<< HEAD\n  - at: a\n=======\n  - at: b\n>>>>>>> x\n";
        assert!(help(entries).starts_with("keep both entries, the older first"));
        let whole =
            "id: HEAT-1\n<<<<<<< HEAD\ntitle: a\nreceived: a\n=======\ntitle: b\nreceived: b\n>>>>>>> x\nlog: []\n";
        assert!(help(whole).starts_with("one of the two takes the next free number"));
        let common = "id: HEAT-1\nlog:\n<<<<<<< HEAD\n  - at: a\n||||||| base\n=======\n  - at: b\n>>>>>>> x\n";
        assert!(help(common).starts_with("keep both entries"));
        let field = "<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> x\n";
        assert!(help(field).starts_with("write each field once"));
        assert_eq!(unfinished_merge("title: <<<<<<< HEAD\n"), None);
    }
}
