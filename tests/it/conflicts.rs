//! A merge that git left unfinished: each kind of conflict is one diagnostic that says what to keep and what to delete.
//!
//! Where what to do is followed to the letter, the record is checked again.

use crate::slips::{STAFF, TEXT, TICKET, found, said_of};
use serde_json::Value as Json;

/// What is deleted of a conflict.
const LINES: &str = "delete the three marker lines (`<<<<<<<`, `=======`, `>>>>>>>`)";

fn entry(time: &str, note: &str) -> String {
    format!("  - at: 2026-11-17 {time}\n    event: note\n    note: {note}\n")
}

fn conflict(ours: &str, theirs: &str) -> String {
    format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n")
}

fn with_common(ours: &str, common: &str, theirs: &str) -> String {
    format!("<<<<<<< HEAD\n{ours}||||||| base\n{common}=======\n{theirs}>>>>>>> other\n")
}

/// The ticket up to its last entry.
fn head() -> &'static str {
    &TEXT[..TEXT.find("  - at: 2026-11-17").unwrap_or_default()]
}

/// Holds that the ticket with that text has one diagnostic, at a line, and so has the one that Windows writes.
#[track_caller]
fn says(text: &str, line: u64, message: &str, help: &str) {
    says_at(text, (line, 1), message, help);
}

#[track_caller]
fn says_at(text: &str, place: (u64, u64), message: &str, help: &str) {
    said_of(TICKET, text, place, message, help);
    said_of(TICKET, &text.replace('\n', "\r\n"), place, message, help);
}

#[test]
fn both_entries_of_a_log_are_kept() {
    let (first, second) = (entry("10:00", "A."), entry("11:00", "B."));
    let list = "git put two versions of this list here";
    let keep = format!("keep both entries, the older first, and {LINES}");
    says(&format!("{}{}", head(), conflict(&first, &second)), 16, list, &keep);
    assert_eq!(found(TICKET, &format!("{}{first}{second}", head())), Vec::<Json>::new());
    let three = conflict(&format!("{first}{second}"), &entry("12:00", "C."));
    let keep = "keep the entries of both versions, the oldest first, and delete";
    says(&format!("{}{three}", head()), 16, list, keep);
    // The version before both edits is not kept.
    let keep =
        "keep both entries, the older first, and delete the lines from `|||||||` to `=======`, and the lines `<<<<<<<`";
    says(&format!("{}{}", head(), with_common(&first, "", &second)), 16, list, keep);
    // As an editor indents them.
    let lines = conflict(&first, &second);
    let marks = |line: &str| line.starts_with(['<', '=', '>']);
    let indented: String =
        lines.lines().map(|line| format!("{}{line}\n", if marks(line) { "    " } else { "" })).collect();
    says_at(&format!("{}{indented}", head()), (16, 5), list, "keep both entries, the older first, and delete");
    let (lena, omar) = ("- id: lena\n  name: Lena\n  office: nitc\n", "- id: omar\n  name: Omar\n  office: nitc\n");
    let staff = format!("{STAFF}{}", conflict(lena, omar));
    said_of("staff.yaml", &staff, (4, 1), list, "keep the entries of both versions, and delete");
}

#[test]
fn an_entry_that_was_edited_stays_one() {
    let edits = conflict("    note: A.\n", "    note: B.\n");
    let text = TEXT.replace("    note: More.\n", &edits);
    says(&text, 18, "git put two versions of these lines here", "write each field once, with the right value");
    let edit_and_entry = conflict("    note: A.\n", &entry("11:00", "B."));
    let text = TEXT.replace("    note: More.\n", &edit_and_entry);
    says(
        &text,
        18,
        "git put two versions of this list",
        "keep every entry, the oldest first, with each of its fields once",
    );
}

#[test]
fn the_second_of_two_records_takes_another_id() {
    let other = TEXT.replace("Export", "Import").replace("09:14", "09:20");
    let two = "git put two different records with one id";
    let renumber = "one of the two takes the next free number: move its lines to a new file";
    says(&conflict(TEXT, &other), 1, two, renumber);
    let fields = conflict(
        "title: Export fails\nreceived: 2026-11-16 09:14\n",
        "title: Import fails\nreceived: 2026-11-16 09:20\n",
    );
    says(&format!("id: HEAT-1\n{fields}log: []\n"), 2, two, renumber);
    let once = format!("write each field once, with the right value, and {LINES}");
    let text = TEXT.replace("title: Export fails\n", &conflict("title: A\n", "title: B\n"));
    says(&text, 2, "git put two versions of these lines", &once);
    let poc = "id: pat2\nname: Pat Point\nemail: pat@example.org\ndesignations: []\n";
    let both = conflict(poc, &poc.replace("Pat Point", "Patricia Point"));
    let either = "if they are two different records, one of the two takes another id";
    said_of("pocs/pat2.yaml", &both, (1, 1), "git put two versions of this record", either);
    said_of(
        "heatpack.yaml",
        &conflict("paper: a4\n", "paper: us-letter\n"),
        (1, 1),
        "two versions of these lines",
        &once,
    );
    let vote = "cr: CR-2026-001\nby: mlee\n";
    let votes = format!("{vote}{}", conflict("at: a\ndecision: approve\n", "at: b\ndecision: reject\n"));
    said_of(
        "decisions/CR-2026-001/2026-11-17-mlee.yaml",
        &votes,
        (3, 1),
        "git put two votes",
        "with `-2` before `.yaml`",
    );
}

#[test]
fn the_sentences_of_a_text_are_put_together() {
    let keep = format!("keep the right sentences of both versions, and {LINES}");
    let two = "git put two versions of this text here";
    let text = TEXT.replace("  It fails.\n", &conflict("  It fails: at once.\n", "  - It fails.\n"));
    says(&text, 10, two, &keep);
    // All of it can be read as a text, and must not be.
    let indented = TEXT.replace("  It fails.\n", "  <<<<<<< HEAD\n  A.\n  =======\n  B.\n  >>>>>>> other\n");
    says_at(&indented, (10, 3), two, &keep);
    for text in ["Results\n  =======\n  None.", ">>>>>>> quoted", "<<<<<<< and >>>>>>>"] {
        let text = TEXT.replace("It fails.", text);
        assert_eq!(found(TICKET, &text), Vec::<Json>::new(), "{text}");
    }
}

#[test]
fn a_marker_that_is_left_is_deleted() {
    let (first, second) = (entry("10:00", "A."), entry("11:00", "B."));
    for (marker, place) in [
        ("<<<<<<< HEAD", (19, 1)),
        ("=======", (19, 1)),
        (">>>>>>> other", (19, 1)),
        ("  =======", (19, 3)),
        ("      >>>>>>> other", (19, 7)),
    ] {
        let sign = &marker.trim()[..7];
        let text = format!("{}{first}{marker}\n{second}", head());
        says_at(&text, place, &format!("git left the line `{sign}`"), &format!("delete the line `{sign}`"));
    }
    let left = format!("{}{first}||||||| base\n{first}=======\n{second}", head());
    says(&left, 19, "git left the lines `|||||||`, `=======`", "delete the lines from `|||||||` to `=======`");
    let ends = format!("{}<<<<<<< HEAD\n{first}{second}>>>>>>> other\n", head());
    says(&ends, 16, "git left the lines `<<<<<<<`, `>>>>>>>`", "delete the lines `<<<<<<<`, `>>>>>>>`");
}

#[test]
fn a_report_of_nitc_is_not_merged() {
    let rows = conflict("2026-11-16,N-1,HEAT-1,received\n", "2026-11-16,N-1,HEAT-1,closed\n");
    let text = format!("report_date,nitc_number,heat_number,status\n{rows}");
    let help = "import NITC's file again: `heatpack import nitc FILE --replace`";
    said_of("nitc/2026-11-16.csv", &text, (2, 1), "git put two versions of the report here", help);
}
