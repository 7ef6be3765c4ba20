//! Slips of the hand in a record: each is one diagnostic that names the cause at its place, and no other.
//!
//! Where the message shows the right form, the record is checked again with it.

use crate::support::Project;
use heatpack::load::parse_record;
use heatpack::record::{Faults, Value};
use proptest::prelude::*;
use serde_json::Value as Json;

const AS_OF: &str = "2026-11-18 09:00";
const TICKET: &str = "tickets/2026/HEAT-1.yaml";

const TEXT: &str = "\
id: HEAT-1
title: Export fails
subject: scorecard
kind: issue
area: functional
poc: pat
received: 2026-11-16 09:14
via: [phone]
description: |
  It fails.
log:
  - at: 2026-11-16 10:00
    event: follow-up
    by: dora
    note: Told Pat.
  - at: 2026-11-17 10:00
    event: note
    note: More.
";

const STAFF: &str = "- id: dora\n  name: Dora Desk\n  office: help-desk\n";

fn project() -> Project {
    Project::of(&[
        ("subjects.yaml", "- id: scorecard\n  name: Scorecard\n  kind: module\n"),
        ("staff.yaml", STAFF),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Point\nemail: pat@example.org\ndesignations:\n  - subject: scorecard\n    role: primary\n    \
             from: 2025-10-01\n",
        ),
        (TICKET, TEXT),
    ])
}

/// The diagnostics of a project in which one file has another text.
fn found(file: &str, text: &str) -> Vec<Json> {
    let project = project();
    project.write(&format!("data/{file}"), text);
    let json = project.run(&["check", "--as-of", AS_OF, "--format", "json"]).json();
    json["diagnostics"].as_array().cloned().unwrap_or_default()
}

/// Holds that the ticket with `slip` in place of `good` has one diagnostic, at line and column, with these words.
#[track_caller]
fn says(good: &str, slip: &str, place: (u64, u64), message: &str, help: &str) {
    assert_eq!(TEXT.matches(good).count(), 1, "{good}");
    said_of(TICKET, &TEXT.replace(good, slip), place, message, help);
}

#[track_caller]
fn said_of(file: &str, text: &str, place: (u64, u64), message: &str, help: &str) {
    let found = found(file, text);
    let [one] = found.as_slice() else { panic!("{text}\n{found:#?}") };
    let at = (one["line"].as_u64().unwrap_or(0), one["column"].as_u64().unwrap_or(0));
    assert_eq!(at, place, "{one}");
    let words = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
    assert!(words("message").contains(message) && words("help").contains(help), "{one:#}");
    assert_eq!((one["level"].as_str(), one["path"].as_str()), (Some("error"), Some(format!("data/{file}").as_str())));
}

/// The same, and that the ticket with `fixed` in its place has none.
#[track_caller]
fn says_how(good: &str, slip: &str, place: (u64, u64), message: &str, fixed: &str) {
    says(good, slip, place, message, fixed);
    assert_eq!(found(TICKET, &TEXT.replace(good, fixed)), Vec::<Json>::new(), "{fixed}");
}

#[test]
fn the_record_without_a_slip_is_right() {
    assert_eq!(found(TICKET, TEXT), Vec::<Json>::new());
}

#[test]
fn no_text_is_lost_as_a_comment() {
    let (title, note) = ("title: Export fails", "note: Told Pat.");
    says_how(title, "title: see #10423 and call", (2, 12), "`#10423 and call`", "title: \"see #10423 and call\"");
    says_how(note, "note: told #5", (15, 16), "drops the text behind the value", "note: \"told #5\"");
    says_how(title, "title: #404 on page", (2, 8), "begins with `#`", "title: \"#404 on page\"");
    says_how(title, "title: Export\n  #404 on page", (3, 3), "`#404 on page`", "title: \"Export #404 on page\"");
    says("log:", "first_line: #404 too\nlog:", (11, 13), "begins with `#`", "first_line: \"#404 too\"");
    says("poc: pat", "poc: pat   # by phone", (6, 12), "a comment follows the value", "a line of its own");
    // Two are two faults, and the rest of the file is read.
    let text = TEXT.replace(title, "title: see #1").replace(note, "note: see #2").replace("kind: issue", "kind: bug");
    let rules: Vec<Json> = found(TICKET, &text).iter().map(|one| one["rule"].clone()).collect();
    assert_eq!(rules, ["syntax", "invalid-value", "syntax"]);
    for whole in [
        ("log:", "# Oldest first.\nlog:  # oldest first"),
        ("    event: note", "    # Of no office.\n    event: note"),
        (title, "title: \"Export fails\" # in quotes"),
        ("via: [phone]", "via: [phone] # called"),
        ("description: |", "description: | # as told"),
        ("It fails.", "It fails, see #5 and C#."),
        ("log:", "first_line:  # nothing was tried\nlog:"),
        (title, "title: Export#5 fails, C# too"),
    ] {
        assert_eq!(found(TICKET, &TEXT.replace(whole.0, whole.1)), Vec::<Json>::new(), "{}", whole.1);
    }
    // Settings explain themselves.
    assert_eq!(found("heatpack.yaml", "paper: a4  # or us-letter\n"), Vec::<Json>::new());
}

#[test]
fn our_own_commands_write_texts_that_are_read_back() {
    let project = project();
    for (at, text) in
        ["told Lee about #10501", "#404 on page", "- Told Lee", "'tis # so", "[URGENT] a: b"].iter().enumerate()
    {
        let time = format!("2026-11-17 1{at}:30");
        let (note, title, description) =
            (format!("--note={text}"), format!("--title={text}"), format!("--description={text}"));
        project.run(&["log", "HEAT-1", "note", "--at", &time, "--by", "dora", &note, "--as-of", AS_OF]).ended(0);
        let new = ["new", "ticket", &title, &description, "--subject", "scorecard", "--kind", "issue"];
        let more = ["--area", "functional", "--poc", "pat", "--via", "phone", "--received", &time, "--as-of", AS_OF];
        project.run(&[&new[..], &more[..]].concat()).ended(0);
        let written = project.read(&format!("data/tickets/2026/HEAT-{}.yaml", at + 2));
        let mut faults = Faults::default();
        let read = parse_record(&written, &mut faults);
        let title = read.as_ref().and_then(|node| node.get("title")).and_then(|node| node.text());
        assert_eq!((title, faults.list.len()), (Some(*text), 0), "{written}");
    }
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[test]
fn both_sides_of_a_merge_are_kept() {
    let entry = |time: &str, note: &str| format!("  - at: 2026-11-17 {time}\n    event: note\n    note: {note}\n");
    let (first, second) = (entry("10:00", "A."), entry("11:00", "B."));
    let merge = |ours: &str, theirs: &str| format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n");
    let head = &TEXT[..TEXT.find("  - at: 2026-11-17").unwrap_or_default()];
    let text = format!("{head}{}", merge(&first, &second));
    said_of(TICKET, &text, (16, 1), "two versions of this list", "keep both entries, the older first, and delete");
    assert_eq!(found(TICKET, &format!("{head}{first}{second}")), Vec::<Json>::new());
    let ours = "title: Export fails\nreceived: 2026-11-16 09:14\n";
    let theirs = "title: Import fails\nreceived: 2026-11-16 09:20\n";
    let text = format!("id: HEAT-1\n{}log: []\n", merge(ours, theirs));
    said_of(TICKET, &text, (2, 1), "two different records with one id", "one of the two takes the next free number");
    let text = TEXT.replace("title: Export fails\n", &merge("title: A\n", "title: B\n"));
    said_of(TICKET, &text, (2, 1), "two versions of these lines", "write each field once, with the right value");
}

#[test]
fn an_entry_without_its_dash_is_never_deleted() {
    let dash = "put `- ` before `at`";
    says("  - at: 2026-11-17", "    at: 2026-11-17", (16, 5), "a new item begins with `at`", dash);
    let first = "  - at: 2026-11-16 10:00\n    event: follow-up\n    by: dora\n    note: Told Pat.\n";
    let without = "  at: 2026-11-16 10:00\n  event: follow-up\n  by: dora\n  note: Told Pat.\n";
    says(first, without, (12, 3), "first entry of this list has no `- `", dash);
    let only = format!("{}{without}", &TEXT[..TEXT.find("  - at").unwrap_or_default()]);
    said_of(TICKET, &only, (12, 3), "first item of this list has no `- `", dash);
    says("  - at: 2026-11-17", "  -at: 2026-11-17", (16, 3), "`-` has no space after it", "write `- at:`");
    let twice = "  - at: 2026-11-17 10:00\n    at: 2026-11-17 10:01";
    says("  - at: 2026-11-17 10:00", twice, (17, 5), "`at` is written twice", "with the right value");
    // The other faults of either entry are found too.
    let text = TEXT.replace("  - at: 2026-11-17", "    at: 2026-11-17").replace("event: note", "event: nod");
    assert_eq!(found(TICKET, &text).len(), 2);
}

#[test]
fn characters_that_look_like_others_are_named() {
    let space = "type an ordinary space";
    says("    event: note", "\u{a0}\u{a0}\u{a0}\u{a0}event: note", (17, 1), "a non-breaking space", "type spaces");
    says("kind: issue", "kind:\u{a0}issue", (4, 6), "a non-breaking space", space);
    says("kind: issue", "kind: issue\u{a0}", (4, 12), "`issue\u{a0}` holds a non-breaking space", space);
    says("kind: issue", "\u{a0}kind: issue", (4, 1), "holds a non-breaking space", space);
    says("2026-11-16 10:00", "2026-11-16\u{a0}10:00", (12, 19), "holds a non-breaking space", space);
    says("poc: pat", "poc: pat\u{200b}", (6, 9), "holds a zero-width space", "delete this invisible character");
    says(
        "  - at: 2026-11-16",
        "  \u{2013} at: 2026-11-16",
        (12, 3),
        "an en dash stands where a list has `-`",
        "write `- `",
    );
    says(
        "  - at: 2026-11-17",
        "  \u{2014} at: 2026-11-17",
        (16, 3),
        "an em dash stands where a list has `-`",
        "write `- `",
    );
    says("received: 2026-11-16", "received: 2026\u{2013}11-16", (7, 15), "holds an en dash", "type `-`");
    says("kind: issue", "kind\u{ff1a} issue", (4, 5), "a full-width colon", "type `:`");
    says_how(
        "title: Export fails",
        "title: \u{201c}Export: weekly\u{201d}",
        (2, 8),
        "curly quotation marks",
        "title: \"Export: weekly\"",
    );
    // In a text they are its own.
    let text = TEXT.replace("Export fails", "\u{201c}Export\u{201d}\u{a0}\u{2013} it\u{2019}s failing");
    assert_eq!(found(TICKET, &text), Vec::<Json>::new());
}

#[test]
fn a_column_is_compared_with_the_lines_before() {
    says("    by: dora", "      by: dora", (14, 7), "`by` begins in column 7", "put 4 spaces before `by`");
    says("kind: issue", " kind: issue", (4, 2), "`kind` begins in column 2", "begin `kind` in the first column");
    says("log:", " log:", (11, 2), "`log` begins in column 2", "begin `log` in the first column");
    says("    event: note", "   event: note", (17, 4), "`event` begins in column 4", "put 4 spaces before `event`");
    says("  - at: 2026-11-17", "   - at: 2026-11-17", (16, 4), "the entry `- at` begins in column 4", "put 2 spaces");
    says("  - at: 2026-11-17", " - at: 2026-11-17", (16, 2), "the entry `- at` begins in column 2", "put 2 spaces");
    let tab = "a tab stands where only spaces may";
    says("    by: dora", "\tby: dora", (14, 1), tab, "replace the tab");
    says("kind: issue", "\tkind: issue", (4, 1), tab, "replace the tab");
    says("kind: issue", "kind:\tissue", (4, 6), tab, "replace the tab");
    says("kind: issue", "kind:issue", (4, 1), "`kind:` has no space after its colon", "put a space after `kind:`");
    says("    event: note", "    event:note", (17, 5), "`event:` has no space", "put a space after `event:`");
    says("kind: issue", "kind issue", (4, 1), "`kind` has no colon after it", "write `kind: issue`");
    said_of("staff.yaml", &STAFF.replace("id: dora", "id dora"), (1, 3), "`id` has no colon", "write `id: dora`");
    let prose = format!(" The people of the desk. Remove the signs.\n\n{STAFF}");
    said_of("staff.yaml", &prose, (1, 2), "neither a field nor a comment", "put `# ` before a comment");
    says(
        "description: |\n  It fails.",
        "description: |\nIt fails.",
        (10, 1),
        "neither a field nor",
        "below `field: |`",
    );
}

#[test]
fn a_value_that_means_something_to_yaml_goes_into_quotes() {
    for (value, what) in [
        ("[URGENT] save fails", "begins with `[`"),
        ("{Export} fails", "begins with `{`"),
        ("- Told Lee", "begins with `- `"),
        ("'tis broken", "no `'` ends it"),
        ("? what", "begins with `?`"),
        ("Export fails:", "a colon"),
        ("Export: the last", "a colon"),
        ("> 5 rows fail", "text follows `>`"),
    ] {
        let column = 8 + if what == "a colon" { value.find(':').unwrap_or(0) as u64 } else { 0 };
        let fixed = format!("title: \"{value}\"");
        says_how("title: Export fails", &format!("title: {value}"), (2, column), what, &fixed);
    }
    says(
        "title: Export fails",
        "title: \"Q4\" is missing",
        (2, 8),
        "text follows the `\"`",
        "\"\\\"Q4\\\" is missing\"",
    );
    says("title: Export fails", "title: [URGENT save", (2, 8), "begins with `[`", "write the `]` that ends it, or put");
    let tag = "title: !!python/object/apply:os.system ['true']";
    says(
        "title: Export fails",
        tag,
        (2, 8),
        "records do not accept YAML tags",
        "delete `!!python/object/apply:os.system`",
    );
    says("via: [phone]", "via: both", (8, 6), "`both` is not a list", "write `[phone, email]`");
    says("via: [phone]", "via: phone", (8, 6), "`phone` is not a list", "write `[phone]`");
}

#[test]
fn the_right_form_of_a_value_is_shown() {
    for (value, right) in [
        ("11/16/2026 09:11", "2026-11-16 09:11"),
        ("2026-11-16 9:11", "2026-11-16 09:11"),
        ("2026-11-16 09:11:30", "2026-11-16 09:11"),
        ("11/16/2026 9:11 AM", "2026-11-16 09:11"),
    ] {
        says("2026-11-16 09:14", value, (7, 11), "is not a date and time", &format!("write `{right}`"));
    }
    says("2026-11-16 09:14", "9:14 AM", (7, 11), "`9:14 AM` is not a date and time", "as `2026-11-02 09:14`");
    says("2026-11-16 09:14", "2026-11-31 09:14", (7, 11), "`2026-11-31 09:14`", "November 2026 has 30 days");
    for id in ["HEAT10430", "HEAT-010430", "10430", "heat-10430"] {
        says("id: HEAT-1", &format!("id: {id}"), (1, 5), "is not a ticket's id", "did you mean `HEAT-10430`?");
    }
    let closed = "working_time:\n  closed: [2026-12-24]\n";
    said_of("heatpack.yaml", closed, (2, 12), "is not a day of this list", "write `{date: 2026-12-24, name: …}`");
    said_of("heatpack.yaml", "timezone: EST\n", (1, 11), "without daylight saving time", "`America/New_York`");
    said_of("heatpack.yaml", "timezone: Eastern\n", (1, 11), "is not a time zone", "`America/New_York`");
}

#[test]
fn a_file_that_says_nothing_is_one_fault() {
    said_of(TICKET, "", (1, 1), "this file is empty", "write the record's fields");
    said_of(TICKET, " \n\n", (1, 1), "this file is empty", "or delete the file");
    said_of("pocs/pat2.yaml", "# nobody yet\n", (1, 1), "comments and no fields", "or delete the file");
    let project = project();
    let wide: Vec<u8> = "\u{feff}".encode_utf16().chain(TEXT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    project.write("data/tickets/2026/HEAT-1.yaml", wide);
    let run = project.run(&["check", "--as-of", AS_OF]).ended(1);
    assert!(
        run.stdout().contains("the file is in UTF-16") && run.stdout().contains("encoding UTF-8"),
        "{}",
        run.stdout()
    );
}

#[test]
fn errors_come_before_lapses_and_a_hook_sees_them_alone() {
    let project = project();
    project.write("data/tickets/2026/HEAT-2.yaml", TEXT.replace("HEAT-1", "HEAT-2").replace("poc: pat", "poc: nil"));
    let later = "2026-12-18 09:00";
    let run = project.run(&["check", "--as-of", later]).ended(1);
    let lines: Vec<&str> = run.stdout().lines().collect();
    assert!(lines.len() >= 3 && lines[0].contains("HEAT-2.yaml:6:6: error[unknown-reference]"), "{}", run.stdout());
    assert!(lines[1..lines.len() - 1].iter().all(|line| line.contains(": lapse[")), "{}", run.stdout());
    let counts = lines[lines.len() - 1];
    // Machines get them in the order of their places.
    let json = project.run(&["check", "--as-of", later, "--format", "json"]).json();
    let levels: Vec<&str> =
        json["diagnostics"].as_array().into_iter().flatten().filter_map(|one| one["level"].as_str()).collect();
    assert_eq!((levels.first(), levels.contains(&"error")), (Some(&"lapse"), true), "{json:#}");
    let run = project.run(&["check", "--errors-only", "--as-of", later]).ended(1);
    assert_eq!(run.stdout().lines().collect::<Vec<_>>(), [lines[0], counts]);
    project.remove("data/tickets/2026/HEAT-2.yaml");
    let run = project.run(&["check", "--errors-only", "--as-of", later]).ended(0);
    assert_eq!(run.stdout().lines().count(), 1, "{}", run.stdout());
    project.run(&["check", "--errors-only", "--deny", "lapses"]).ended(2);
}

#[test]
fn a_copy_is_reported_at_the_copy() {
    let project = project();
    project.write("data/tickets/2026/HEAT-1 - Copy.yaml", TEXT);
    let json = project.run(&["check", "--as-of", AS_OF, "--format", "json"]).json();
    assert_eq!(json["errors"], 1, "{json:#}");
    assert_eq!(json["diagnostics"][0]["path"], "data/tickets/2026/HEAT-1 - Copy.yaml");
}

#[test]
fn an_office_that_never_closes_counts_from_the_day_of_the_call() {
    let project = project();
    project.write(
        "data/tickets/2026/HEAT-1.yaml",
        TEXT.replace("09:14", "23:59").replace("2026-11-16 10:00", "2026-11-17 09:00"),
    );
    let shown = |close: &str| {
        project.write("data/heatpack.yaml", format!("working_time:\n  close: \"{close}\"\n"));
        project.run(&["show", "HEAT-1", "--explain", "--as-of", AS_OF]).ended(0).stdout().to_owned()
    };
    assert!(shown("24:00").contains("Mon 16 Nov 2026, the same day"), "{}", shown("24:00"));
    assert!(shown("23:59").contains("the working day ends at 23:59"), "{}", shown("23:59"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is put into a record, reading it ends, and each fault lies within it and says what to do.
    #[test]
    fn no_slip_is_too_much(at in 0..TEXT.len(), cut in 0usize..12, pieces in prop::collection::vec(piece(), 0..4)) {
        let end = (at + cut).min(TEXT.len());
        let text = format!("{}{}{}", &TEXT[..at], pieces.concat(), &TEXT[end..]);
        let mut faults = Faults::default();
        let read = parse_record(&text, &mut faults);
        prop_assert!(read.is_some() || !faults.list.is_empty());
        if let Some(node) = &read {
            heatpack::model::Ticket::decode(node, &mut faults);
        }
        for fault in &faults.list {
            let (start, end) = (fault.span.start as usize, fault.span.end as usize);
            prop_assert!(start <= end && text.get(start..end).is_some(), "{text:?}: {fault:?}");
            prop_assert!(fault.help.as_ref().is_some_and(|help| !help.in_file().is_empty()), "{fault:?}");
        }
    }
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "#",
        " #",
        " # x",
        "#5",
        ":",
        ": ",
        "-",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        "\"",
        "|",
        ">",
        "&a",
        "*a",
        "!t",
        "!!python/x ",
        "<<<<<<< a\n",
        "=======\n",
        ">>>>>>> b\n",
        "\u{a0}",
        "\u{200b}",
        "\u{2013} ",
        "\u{201c}",
        "\u{ff1a}",
        "at: x",
        "event",
        "id ",
        "kind:x",
        "---",
        "...",
        "\u{0}",
        "\u{85}",
        "\u{1f600}",
    ])
}
