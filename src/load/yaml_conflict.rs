//! A merge that git left unfinished: what the two versions are, and how to keep both if both are needed.

use super::merge_marks::{Conflict, First, Mark, Marked, conflicts, marks};
use super::yaml_line::is_name;
use crate::model::Span;

/// What the conflicts of a file are about, which decides how to end them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Both sides added entries or items to a list; whether each added one.
    Entries { one_each: bool },
    /// One side added entries, and the other changed the one before.
    EntriesAndFields,
    /// Both sides are records of their own that took the same id.
    TwoRecords,
    /// Both sides are votes of one member on one day.
    TwoVotes,
    /// Two records, or two edits of one: no line shows which.
    RecordsOrEdits,
    /// Both sides changed the same fields of the record.
    Fields,
    /// Both sides changed the same fields of an entry, or added one of the same minute.
    FieldsOfEntry,
    /// Both sides changed the same text.
    Text,
}

impl Kind {
    /// What git did.
    fn message(self) -> &'static str {
        match self {
            Kind::Entries { .. } | Kind::EntriesAndFields => {
                "git put two versions of this list here and did not merge them"
            }
            Kind::TwoRecords => "git put two different records with one id into this file",
            Kind::TwoVotes => "git put two votes into this file",
            Kind::RecordsOrEdits => "git put two versions of this record here and did not merge them",
            Kind::Fields | Kind::FieldsOfEntry => "git put two versions of these lines here and did not merge them",
            Kind::Text => "git put two versions of this text here and did not merge them",
        }
    }

    /// What to do; `lines` are the lines to delete.
    fn help(self, text: &str, lines: &str) -> String {
        let order = if text.lines().any(is_time) { ", the oldest first" } else { "" };
        match self {
            Kind::Entries { one_each: true } if !order.is_empty() => {
                format!("keep both entries, the older first, and delete {lines}")
            }
            Kind::Entries { .. } => format!("keep the entries of both versions{order}, and delete {lines}"),
            Kind::EntriesAndFields => {
                format!("keep every entry{order}, with each of its fields once, and delete {lines}")
            }
            Kind::TwoRecords => format!("{}; then delete {lines}", second_record(text)),
            Kind::TwoVotes => format!(
                "leave one vote here; move the other to a new file of the same name with `-2` before `.yaml`; then delete \
                 {lines}"
            ),
            Kind::RecordsOrEdits => format!(
                "write each field once, with the right value, and delete {lines}; if they are two different records, {}",
                second_record(text)
            ),
            Kind::Fields => format!(
                "write each field once, with the right value, and delete {lines}; keep the entries of both versions of a list"
            ),
            Kind::FieldsOfEntry => format!(
                "write each field once, with the right value, and delete {lines}; if they are two entries, keep both, each \
                 with its own `- at:` line"
            ),
            Kind::Text => format!("keep the right sentences of both versions, and delete {lines}"),
        }
    }
}

/// What becomes of the second of two records with one id.
fn second_record(text: &str) -> &'static str {
    match is_numbered(text) {
        true => {
            "one of the two takes the next free number: move its lines to a new file with that number as name and `id`"
        }
        false => "one of the two takes another id: move its lines to a new file with that id as name and `id`",
    }
}

/// Whether a record's id is a number, as a ticket's or a CR's.
fn is_numbered(text: &str) -> bool {
    let id = text.lines().find_map(|line| line.strip_prefix("id:")).unwrap_or_default();
    id.trim().starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether a line begins an entry of a log.
fn is_time(line: &str) -> bool {
    line.trim_start_matches([' ', '-']).starts_with("at:")
}

/// Whether a text has conflict markers of git.
pub fn has_conflict_markers(text: &str) -> bool {
    !marks(text).is_empty()
}

/// The first conflict marker of a text, with a message and what to do. `None` if there is none.
pub(super) fn unfinished_merge(text: &str) -> Option<(Span, String, String)> {
    let marks = marks(text);
    let first = marks.first()?;
    let conflicts = conflicts(text, &marks);
    if conflicts.is_empty() {
        let (message, help) = left_over(&marks);
        return Some((first.span, message, help));
    }
    let lines = match marks.iter().any(|own| own.mark == Mark::Common) {
        true => "the lines from `|||||||` to `=======`, and the lines `<<<<<<<` and `>>>>>>>`",
        false => "the three marker lines (`<<<<<<<`, `=======`, `>>>>>>>`)",
    };
    let kind = kind_of(text, &conflicts);
    let help = kind.help(text, lines);
    // Votes are never joined.
    let help = if kind == Kind::TwoVotes { help } else { format!("run `heatpack resolve`, or {help}") };
    Some((first.span, kind.message().to_owned(), help))
}

/// What to do about markers that do not make a whole conflict: some of them were deleted.
fn left_over(marks: &[Marked]) -> (String, String) {
    let has = |mark: Mark| marks.iter().any(|own| own.mark == mark);
    let signs: Vec<String> =
        Mark::ALL.into_iter().filter(|mark| has(*mark)).map(|mark| format!("`{}`", mark.sign())).collect();
    let what = match signs.as_slice() {
        [one] => format!("the line {one}"),
        several => format!("the lines {}", several.join(", ")),
    };
    // Between these lies the version before both edits.
    let help = match (has(Mark::Common), has(Mark::Middle)) {
        (true, true) => "delete the lines from `|||||||` to `=======`, and every other marker line".to_owned(),
        (true, false) => format!("delete {what}, and the lines below `|||||||` that are an older version"),
        (false, _) => format!("delete {what}"),
    };
    (format!("git left {what} of a merge here"), format!("{help}; check that each entry and field is there once"))
}

/// What the conflicts of a text are about. Two edits of one record seldom meet in when it was received, or in three
/// fields.
fn kind_of(text: &str, conflicts: &[Conflict]) -> Kind {
    let firsts: Vec<First> = conflicts.iter().flat_map(Conflict::firsts).collect();
    let is_all = |first: First| firsts.iter().all(|own| *own == first);
    if firsts.contains(&First::FieldOfRecord) {
        return kind_of_fields(text, conflicts);
    }
    if is_all(First::Entry) {
        let one_each = conflicts.iter().all(|own| [&own.ours, &own.theirs].iter().all(|side| entries_of(side) == 1));
        return Kind::Entries { one_each: one_each && conflicts.len() == 1 };
    }
    if is_all(First::Text) {
        return Kind::Text;
    }
    if firsts.contains(&First::Entry) { Kind::EntriesAndFields } else { Kind::FieldsOfEntry }
}

/// The same where fields of the record itself begin in one.
fn kind_of_fields(text: &str, conflicts: &[Conflict]) -> Kind {
    let (mut ours, mut theirs): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for own in conflicts {
        ours.extend(own.ours.iter().filter_map(|line| field_of_record(line)));
        theirs.extend(own.theirs.iter().filter_map(|line| field_of_record(line)));
    }
    let shared: Vec<&str> = ours.into_iter().filter(|field| theirs.contains(field)).collect();
    let has = |field: &str| text.lines().any(|line| field_of_record(line) == Some(field));
    // With a version before both edits, it is one record.
    let is_new = conflicts.iter().all(|own| own.common.as_ref().is_none_or(|common| common.is_empty()));
    if !is_new {
        return Kind::Fields;
    }
    if has("decision") && shared.iter().any(|field| matches!(*field, "at" | "decision" | "signature")) {
        return Kind::TwoVotes;
    }
    if !has("id") {
        return Kind::Fields;
    }
    if shared.iter().any(|field| matches!(*field, "id" | "received")) {
        // Two people can have created a record for one person.
        return if is_numbered(text) { Kind::TwoRecords } else { Kind::RecordsOrEdits };
    }
    let others = shared.iter().filter(|field| **field != "log").count();
    if others >= 3 { Kind::RecordsOrEdits } else { Kind::Fields }
}

/// How many entries of a list begin in some lines: those with a dash in the column of the first.
fn entries_of(lines: &[&str]) -> usize {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let Some(first) = lines.iter().find(|line| !line.trim().is_empty()).map(|line| indent(line)) else { return 0 };
    lines.iter().filter(|line| line.trim_start().starts_with("- ") && indent(line) == first).count()
}

/// The name of the field that begins in a line's first column.
fn field_of_record(line: &str) -> Option<&str> {
    line.split_once(':').map(|(name, _)| name).filter(|name| is_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(text: &str) -> String {
        unfinished_merge(text).map_or(String::new(), |(_, _, help)| help)
    }

    #[track_caller]
    fn begins(text: &str, words: &str) {
        let found = help(text);
        let own = found.strip_prefix("run `heatpack resolve`, or ").unwrap_or(&found);
        assert!(own.starts_with(words), "{text}\n{found}");
        // As Windows writes it.
        assert_eq!(help(&text.replace('\n', "\r\n")), help(text), "{text}");
    }

    #[test]
    fn two_entries_are_both_kept() {
        begins(
            "id: HEAT-1\nlog:\n<<<<<<< HEAD\n  - at: a\n=======\n  - at: b\n>>>>>>> x\n",
            "keep both entries, the older first",
        );
        begins("log:\n<<<<<<< HEAD\n- at: a\n=======\n- at: b\n>>>>>>> x\n", "keep both entries, the older first");
        begins(
            "log:\n<<<<<<< HEAD\n  - at: a\n  - at: b\n=======\n  - at: c\n>>>>>>> x\n",
            "keep the entries of both versions, the oldest first",
        );
        begins("<<<<<<< HEAD\n- id: a\n=======\n- id: b\n>>>>>>> x\n", "keep the entries of both versions, and delete");
        // A block text right above, and one in a side.
        begins(
            "log:\n  - at: a\n    note: |\n      A.\n<<<<<<< HEAD\n  - at: b\n=======\n  - at: c\n    note: |\n      - x\n>>>>>>> x\n",
            "keep both entries, the older first",
        );
        begins(
            "log:\n  - at: a\n<<<<<<< HEAD\n    note: A\n=======\n    note: B\n  - at: b\n    note: C\n>>>>>>> x\n",
            "write each field once, with the right value",
        );
        begins(
            "log:\n  - at: a\n<<<<<<< HEAD\n    note: A\n=======\n  - at: b\n    note: C\n>>>>>>> x\n",
            "keep every entry, the oldest first, with each of its fields once",
        );
    }

    #[test]
    fn the_version_before_both_edits_is_deleted() {
        let common = "id: HEAT-1\nlog:\n<<<<<<< HEAD\n  - at: a\n||||||| base\n=======\n  - at: b\n>>>>>>> x\n";
        begins(common, "keep both entries, the older first, and delete the lines from `|||||||` to `=======`");
        let edits = "id: HEAT-1\n<<<<<<< a\ntitle: a\nreceived: a\n||||||| b\ntitle: c\n=======\ntitle: b\nreceived: b\n>>>>>>> x\n";
        begins(edits, "write each field once");
    }

    #[test]
    fn two_records_get_two_ids() {
        let both = |head: &str, ours: &str, theirs: &str| {
            format!("{head}<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> x\nlog: []\n")
        };
        let (a, b) = ("title: a\nreceived: a\n", "title: b\nreceived: b\n");
        begins(&both("id: HEAT-1\n", a, b), "one of the two takes the next free number");
        begins(&both("", &format!("id: HEAT-1\n{a}"), &format!("id: HEAT-1\n{b}")), "one of the two takes the next");
        let people = both("", "id: pat\nname: a\n", "id: pat\nname: b\n");
        begins(&people, "write each field once");
        assert!(help(&people).contains("if they are two different records, one of the two takes another id"));
        let (a, b) = ("title: a\nscope: a\nrisk: a\n", "title: b\nscope: b\nrisk: b\n");
        begins(&both("id: CR-2026-001\n", a, b), "write each field once");
        assert!(help(&both("id: CR-2026-001\n", a, b)).ends_with("that number as name and `id`"));
        let vote = both("cr: CR-2026-001\nby: pat\n", "at: a\ndecision: reject\n", "at: b\ndecision: approve\n");
        begins(&vote, "leave one vote here; move the other to a new file");
        begins("<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> x\n", "write each field once");
        begins(
            "kind: weekly\n<<<<<<< a\nchair: a\nheld: true\nminutes: a\n=======\nchair: b\nheld: true\nminutes: b\n>>>>>>> x\n",
            "write each field once",
        );
    }

    #[test]
    fn a_conflict_within_a_text_is_one_of_sentences() {
        let text = |markers: [&str; 3]| {
            let [ours, middle, theirs] = markers;
            format!("description: |\n  A.\n{ours}\n  B: b\n{middle}\n  - C\n{theirs}\nlog: []\n")
        };
        begins(&text(["<<<<<<< HEAD", "=======", ">>>>>>> x"]), "keep the right sentences of both versions");
        begins(&text(["  <<<<<<< HEAD", "  =======", "  >>>>>>> x"]), "keep the right sentences of both versions");
    }

    #[test]
    fn markers_that_are_left_are_deleted() {
        begins("title: a\n=======\nlog: []\n", "delete the line `=======`");
        begins("log:\n  - at: a\n>>>>>>> x\n", "delete the line `>>>>>>>`");
        begins("log:\n  <<<<<<< HEAD\n  - at: a\n", "delete the line `<<<<<<<`");
        begins("log:\n  - at: a\n    note: b\n      =======\n", "delete the line `=======`");
        begins("<<<<<<< HEAD\ntitle: a\n>>>>>>> x\n", "delete the lines `<<<<<<<`, `>>>>>>>`");
        begins("title: a\n||||||| b\ntitle: c\n=======\n", "delete the lines from `|||||||` to `=======`");
        begins("title: a\n||||||| b\ntitle: c\n", "delete the line `|||||||`, and the lines below");
    }

    #[test]
    fn what_only_looks_like_a_marker_is_text() {
        for text in [
            "title: <<<<<<< HEAD\n",
            "description: |\n  Results\n  =======\n  None.\n",
            "description: |\n  >>>>>>> quoted seven times\n",
            "# ======= fields\ntitle: a\n",
            "description: |\n  ========\n",
        ] {
            assert_eq!(unfinished_merge(text), None, "{text}");
        }
    }
}
