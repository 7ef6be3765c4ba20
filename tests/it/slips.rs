//! Slips of the hand in a record: each is one diagnostic that names the cause at its place, and no other.
//!
//! Where the message shows the right form, the record is checked again with it.

use crate::support::Project;
use heatpack::load::parse_record;
use heatpack::record::{Faults, Value};
use proptest::prelude::*;
use serde_json::Value as Json;

const AS_OF: &str = "2026-11-18 09:00";
pub const TICKET: &str = "tickets/2026/HEAT-1.yaml";

pub const TEXT: &str = "\
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

pub const STAFF: &str = "- id: dora\n  name: Dora Desk\n  office: help-desk\n";

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
pub fn found(file: &str, text: &str) -> Vec<Json> {
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

/// Holds that the project in which one file has another text has one diagnostic, at line and column, with these words.
#[track_caller]
pub fn said_of(file: &str, text: &str, place: (u64, u64), message: &str, help: &str) {
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
    // Behind the mark of a block text, and in a text of several lines.
    let block = "description: |\n  It fails.";
    says(
        block,
        "description: |  #404 again\n  It fails.",
        (9, 17),
        "behind `|` as a comment: `#404",
        "to the next line",
    );
    says(block, "description: >-  #404", (9, 18), "behind `>` as a comment: `#404`", "move it to the next line");
    says(
        block,
        "description: see #10423 and\n  call Pat",
        (9, 18),
        "drops the text behind ` #` as a comment: `#10423 and`",
        "write `description: |`, and put the whole text below it",
    );
    says(note, "note: see\n      it, #5 and\n      more", (16, 11), "`#5 and`", "write `note: |`");
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
    // In the column of the dash, further in, and in the first column.
    let fields = "at: 2026-11-17 10:00\n    event: note\n    note: More.\n";
    let entry = format!("  - {fields}");
    let none = "the entry that begins with `at` has no `- `";
    says(&entry, &format!("  {}", fields.replace("    ", "  ")), (16, 3), none, dash);
    says(&entry, &format!("      {}", fields.replace("    ", "      ")), (16, 7), none, dash);
    says(&entry, &fields.replace("    ", ""), (16, 1), "`at` is outside of the list `log`", dash);
    says(
        "    by: dora\n    note: Told Pat.\n",
        "    note: Told Pat.\nby: dora\n",
        (15, 1),
        "`by` begins in column 1",
        "4 spaces",
    );
    let last = format!("{TEXT}by: dora\n");
    said_of(TICKET, &last, (19, 1), "`by` is outside of the list `log`", "in the column of that entry's other fields");
    let blank = format!("{}{}", &TEXT[..TEXT.find("  - at").unwrap_or_default()], fields.replace("    ", ""));
    let blank = blank.replace("2026-11-16 09:14", "2026-11-17 09:14");
    said_of(TICKET, &blank, (12, 1), "a ticket has no field `at`", "if it belongs to `log`, put spaces before it");
    let two = "- id: lena\n  name: Lena Lead\n  office: help-desk\n";
    let staff = format!("{STAFF}{two}");
    said_of(
        "staff.yaml",
        &staff.replace("- id: lena", "  id: lena"),
        (4, 3),
        "begins with `id`",
        "put `- ` before `id`",
    );
    said_of(
        "staff.yaml",
        &staff.replace("- id: dora", "  id: dora"),
        (1, 3),
        "first entry of this list",
        "before `id`",
    );
    let flat = two.replace("- ", "").replace("  ", "");
    said_of("staff.yaml", &format!("{STAFF}{flat}"), (4, 1), "begins with `id` has no `- `", "before `id`");
    said_of("staff.yaml", &flat, (1, 1), "this file must contain a list", "put `- ` before `id`");
    // The other faults of either entry are found too.
    let text = TEXT.replace("  - at: 2026-11-17", "    at: 2026-11-17").replace("event: note", "event: nod");
    assert_eq!(found(TICKET, &text).len(), 2);
}

#[test]
fn characters_that_look_like_others_are_named() {
    let space = "type an ordinary space";
    says("    event: note", "\u{a0}\u{a0}\u{a0}\u{a0}event: note", (17, 1), "a non-breaking space", "type spaces");
    says("kind: issue", "kind:\u{a0}issue", (4, 6), "a non-breaking space", space);
    says("kind: issue", "kind: issue\u{a0}", (4, 12), "`issue\u{a0}` contains a non-breaking space", space);
    says("kind: issue", "\u{a0}kind: issue", (4, 1), "contains a non-breaking space", space);
    says("2026-11-16 10:00", "2026-11-16\u{a0}10:00", (12, 19), "contains a non-breaking space", space);
    says("poc: pat", "poc: pat\u{200b}", (6, 9), "contains a zero-width space", "delete this invisible character");
    says(
        "  - at: 2026-11-16",
        "  \u{2013} at: 2026-11-16",
        (12, 3),
        "an en dash is used where a list has `-`",
        "write `- `",
    );
    says(
        "  - at: 2026-11-17",
        "  \u{2014} at: 2026-11-17",
        (16, 3),
        "an em dash is used where a list has `-`",
        "write `- `",
    );
    says("received: 2026-11-16", "received: 2026\u{2013}11-16", (7, 15), "contains an en dash", "type `-`");
    says("kind: issue", "kind\u{ff1a} issue", (4, 5), "a full-width colon", "type `:`");
    says_how(
        "title: Export fails",
        "title: \u{201c}Export: weekly\u{201d}",
        (2, 8),
        "the curly quotation mark",
        "title: \"Export: weekly\"",
    );
    for (good, slip, column) in
        [("issue", "kind: issue", 7), ("pat", "poc: pat", 6), ("2026-11-16 09:14", "received: 2026-11-16 09:14", 11)]
    {
        let line = TEXT.lines().position(|line| line == slip).map_or(0, |at| at as u64 + 1);
        for quotes in ["\u{201c}\u{201d}", "\u{2018}\u{2019}", "\u{201d}\u{201d}", "\u{201c}\""] {
            let (open, close) = (quotes.chars().next().unwrap_or(' '), quotes.chars().last().unwrap_or(' '));
            let quoted = slip.replace(good, &format!("{open}{good}{close}"));
            says(slip, &quoted, (line, column), "contains a curly quotation mark", &format!("write `{good}`, without"));
        }
    }
    says("via: [phone]", "via: [\u{201c}phone\u{201d}]", (8, 7), "contains a curly quotation mark", "write `phone`");
    says("via: [phone]", "via: \u{201c}[phone]\u{201d}", (8, 6), "is not a list", "write `[phone]`, without the curly");
    let straight = "type straight quotation marks instead: `[\"phone\", \"email\"]`";
    says("via: [phone]", "via: [\"phone\u{201d}, \"email\"]", (8, 13), "the curly quotation mark `\u{201d}`", straight);
    says(
        "kind: issue",
        "\u{201c}kind\u{201d}: issue",
        (4, 1),
        "contains a curly quotation mark",
        "write `kind`, without",
    );
    let title = "title: Export fails";
    says_how(
        title,
        "title: \"Export: weekly\u{201d}",
        (2, 23),
        "the curly quotation mark",
        "title: \"Export: weekly\"",
    );
    says_how(title, "title: \u{201c}Export: weekly\"", (2, 8), "the curly quotation mark", "title: \"Export: weekly\"");
    says_how(title, "title: 'Export weekly\u{2019}", (2, 22), "the curly quotation mark", "title: Export weekly");
    // Where nothing shows.
    let text = "description: |\n  It fails.";
    says(text, "description:\u{a0}|\n  It fails.", (9, 13), "a non-breaking space", space);
    says(text, "description: |\u{a0}\n  It fails.", (9, 15), "a non-breaking space", space);
    says(text, "description: |\n\u{a0}\u{a0}It fails.", (10, 1), "a non-breaking space", "type spaces");
    says("log:", "log: \u{a0}", (11, 6), "a non-breaking space", space);
    says("log:", "\u{a0}\nlog:", (11, 1), "a non-breaking space", "delete the invisible characters of this line");
    says("via: [phone]", "via:\n  -\u{a0}phone", (9, 3), "a non-breaking space follows a list's `-`", space);
    says("poc: pat", "poc: pat\u{200e}", (6, 9), "an invisible mark of writing direction", "delete this invisible");
    says("poc: pat", "poc: pat\u{2028}", (6, 9), "an invisible line separator", "delete this invisible");
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
    says(" id: HEAT-1".trim(), " id: HEAT-1", (1, 2), "`id` begins in column 2", "begin `id` in the first column");
    says("  - at: 2026-11-17", "- at: 2026-11-17", (16, 1), "the entry `- at` begins in column 1", "put 2 spaces");
    for dash in ["", " ", "   "] {
        let (slip, column) = (format!("{dash}- at: 2026-11-16 10"), dash.len() as u64 + 1);
        says(
            "  - at: 2026-11-16 10",
            &slip,
            (12, column),
            "its further lines in column 5",
            "put 2 spaces before `- at`",
        );
    }
    says("    by: dora", "by: dora", (14, 1), "`by` begins in column 1", "put 4 spaces before `by`");
    let text = "description: |\n  It fails.";
    says(text, &format!("{text}\n Again."), (11, 2), "the text of `description` in column 3", "put 2 spaces before");
    says(
        text,
        &format!("{text}\nAgain, yes."),
        (11, 1),
        "the text of `description` in column 3",
        "put 2 spaces before",
    );
    says(text, "description: |\n    It fails.\n  Again.", (11, 3), "in column 5", "put 4 spaces before this line");
    says("note: More.", "note: |\n    More.", (19, 5), "the text of `note` is not indented", "put 6 spaces before");
    says(
        "note: More.",
        "note: More.\n    Again.",
        (19, 5),
        "neither a field nor",
        "write `note: |` and put the whole text",
    );
    let tab = "a tab is used where only spaces are allowed";
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
        "the text of `description` is not indented",
        "put 2 spaces before this line",
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
        ("@pat asks", "begins with `@`"),
        ("`heat` fails", "begins with a backtick"),
        ("%5 fail", "begins with `%`"),
        ("*urgent* call", "begins with `*`"),
        ("&c fails", "begins with `&`"),
        ("!important", "begins with `!`"),
        ("! now", "begins with `!`"),
        (", then it fails", "begins with `,`"),
        ("] fails", "begins with `]`"),
        ("} fails", "begins with `}`"),
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
    let path = "title: \"C:\\queue fails\"";
    says_how("title: Export fails", path, (2, 8), "a `\\` within double quotes", "title: 'C:\\queue fails'");
    says_how("title: Export fails", "title: 'It's late'", (2, 8), "text follows the `'`", "title: It's late");
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
    // Names in place of ids: the id is on record.
    let (poc, by, subject) = ("poc: pat", "by: dora", "subject: scorecard");
    says(poc, "poc: Pat Point", (6, 6), "is not a person's id", "write `pat`, the id of Pat Point");
    says(by, "by: Dora", (14, 9), "`Dora` is not a person's id", "did you mean `dora`?");
    says(by, "by: Desk", (14, 9), "`Desk` is not a person's id", "write `dora`, the id of Dora Desk");
    says(by, "by: Dora Dsek", (14, 9), "`Dora Dsek` is not a person's id", "did you mean `dora`?");
    says(by, "by: Zed At All", (14, 9), "`Zed At All` is not a person's id", "write the person's id: up to 100");
    says(subject, "subject: Scorecards", (3, 10), "is not a subject's id", "did you mean `scorecard`?");
    let closed = "working_time:\n  closed: [2026-12-24]\n";
    said_of("heatpack.yaml", closed, (2, 12), "is not a day of this list", "write `{date: 2026-12-24, name: …}`");
    said_of("heatpack.yaml", "timezone: EST\n", (1, 11), "without daylight saving time", "`America/New_York`");
    said_of("heatpack.yaml", "timezone: Eastern\n", (1, 11), "is not a time zone", "`America/New_York`");
}

#[test]
fn names_and_numbers_in_a_meeting_are_met_with_the_right_form() {
    const MEETING: &str = "meetings/2026-11-18-weekly.yaml";
    let text = "kind: weekly\ndate: 2026-11-18\nactions:\n  - id: A-2026-004\n    what: Send it\n    owner: dora\n    \
                due: 2026-11-24\n";
    let says = |good: &str, slip: &str, place, message, help: &str| {
        said_of(MEETING, &text.replace(good, slip), place, message, help);
    };
    says("owner: dora", "owner: Dora Desk", (6, 12), "is not a person's id", "write `dora`, the id of Dora Desk");
    says("owner: dora", "owner: MITS Help Desk", (6, 12), "is not a person's id", "write `help-desk`");
    says("id: A-2026-004", "id: A-1", (4, 9), "is not an action item's id", "write `A-2026-001`, the next free id");
    says("id: A-2026-004", "id: a-2026-4", (4, 9), "is not an action item's id", "did you mean `A-2026-004`?");
    says("due: 2026-11-24", "due: 24/11/2026", (7, 10), "is not a date", "or `2026-11-24`");
    let reviewed = text.replace("actions:", "reviewed: heat-1, 2\nactions:");
    said_of(MEETING, &reviewed, (3, 11), "is not valid for `reviewed`", "write `[HEAT-1, HEAT-2]`");
    // Of two people with one name the one who is meant is not known.
    let project = project();
    project.write("data/staff.yaml", format!("{STAFF}- id: dora2\n  name: Dora Desk\n  office: nitc\n"));
    project.write(&format!("data/{MEETING}"), text.replace("owner: dora", "owner: Dora Desk"));
    let run = project.run(&["check", "--as-of", AS_OF]).ended(1);
    let help = "write the id of the one you mean: `dora` (Dora Desk) or `dora2` (Dora Desk)";
    assert!(run.stdout().contains(help), "{}", run.stdout());
}

#[test]
fn a_file_that_says_nothing_is_one_fault() {
    said_of(TICKET, "", (1, 1), "this file is empty", "write the record's fields");
    said_of(TICKET, " \n\n", (1, 1), "this file is empty", "or delete the file");
    said_of("pocs/pat2.yaml", "# no one yet\n", (1, 1), "comments and no fields", "or delete the file");
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
    assert!(shown("24:00").contains("Mon, Nov 16, 2026, the same day"), "{}", shown("24:00"));
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
