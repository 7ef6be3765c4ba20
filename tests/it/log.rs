//! `heatpack log`: the entry is added and nothing else is touched, what would be an error is refused, two at once
//! lose nothing.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::Stdio;

use crate::support::{Project, Run, command};
use heatpack::load::{append, parse};
use heatpack::model::{ChangeEvent, EventKind, TicketEvent, entry_fields};
use heatpack::record::{Faults, Fields, Node};
use proptest::prelude::*;

const AS_OF: &str = "2026-11-16 14:30";
const PATH: &str = "data/tickets/2026/HEAT-1.yaml";
const STAFF: &str = "- {id: dora, name: Dora Desk, office: help-desk}\n- {id: dan, name: Dan Desk, office: help-desk}\n\
                     - {id: gone, name: Gail Gone, office: help-desk, until: 2026-01-31}\n\
                     - {id: nils, name: Nils Third, office: nitc}\n- {id: ada, name: Ada Sponsor, office: acfo-fs}\n";
const HEAD: &str = "id: HEAT-1\ntitle: Export drops the last quarter\nsubject: scorecard\nkind: issue\narea: technical\n\
                    poc: pat\nreceived: 2026-11-16 09:14\nvia: [phone]\ndescription: Words.\n";
const LOG: &str = "log:\n  - at: 2026-11-16 10:00\n    event: follow-up\n    by: dora\n";

fn project(ticket: &str) -> Project {
    Project::of(&[
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        ("staff.yaml", STAFF),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Point\nphone: 202-555-0100\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2026-01-01}\n",
        ),
        ("tickets/2026/HEAT-1.yaml", ticket),
        (
            "crs/CR-2026-001.yaml",
            "id: CR-2026-001\ntitle: Move the lookup\nsubject: scorecard\ntickets: []\nprepared_by: ada\nlog: []\n",
        ),
    ])
}

fn usual() -> Project {
    project(&format!("{HEAD}{LOG}"))
}

fn log(project: &Project, arguments: &[&str]) -> Run {
    let mut all = vec!["--as-of", AS_OF, "log"];
    all.extend(arguments);
    project.run(&all)
}

/// Refused by a rule: said on standard error, and nothing is written.
#[track_caller]
fn refused(project: &Project, arguments: &[&str], why: &str) {
    let before = crate::support::files(&project.root());
    let run = log(project, arguments).ended(1);
    assert!(run.out.is_empty() && run.stderr.contains(why), "{}", run.stderr);
    assert!(run.stderr.contains("nothing was written"), "{}", run.stderr);
    assert_eq!(crate::support::files(&project.root()), before, "{arguments:?}");
}

#[test]
fn an_entry_is_added_and_what_is_due_next_is_said() {
    let project = usual();
    let run = log(&project, &["HEAT-1", "forwarded", "--by", "dora", "--at", "13:05"]).ended(0);
    assert_eq!(
        run.stdout(),
        "HEAT-1: forwarded to NITC, Mon, Nov 16, 2026, 13:05, by Dora Desk\nnow: with NITC; next action: NITC\n\
         next: NITC's initial response due Wed, Nov 18, 2026\nfile: data/tickets/2026/HEAT-1.yaml\n"
    );
    let entry = "  - at: 2026-11-16 13:05\n    event: forwarded\n    by: dora\n";
    assert_eq!(project.read(PATH), format!("{HEAD}{LOG}{entry}"));
    // The number alone is enough, and small letters are.
    log(&project, &["1", "acknowledged", "--by", "nils", "--nitc-ref", "N-7"]).ended(0);
    let found = ["--outcome", "answer", "--note", "It is: a setting."];
    let run = log(&project, &[&["heat-1", "researched", "--by", "nils"][..], &found].concat()).ended(0);
    assert!(run.stdout().contains("\nnext: answer to POC due Tue, Nov 17, 2026\n"), "{}", run.stdout());
    let entries = "  - at: 2026-11-16 14:30\n    event: acknowledged\n    by: nils\n    nitc_ref: N-7\n  \
                   - at: 2026-11-16 14:30\n    event: researched\n    by: nils\n    outcome: answer\n    \
                   note: \"It is: a setting.\"\n";
    assert_eq!(project.read(PATH), format!("{HEAD}{LOG}{entry}{entries}"));
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[test]
fn a_change_request_has_its_own_events() {
    let project = usual();
    refused(&project, &["CR-2026-001", "resolved", "--by", "dora"], "`resolved` is not an event of a change request");
    refused(&project, &["HEAT-1", "submitted", "--by", "ada"], "`submitted` is not an event of a ticket");
    let run = log(&project, &["cr-2026-001", "note", "--note", "To be written."]).ended(0);
    assert!(run.stdout().starts_with("CR-2026-001: note, Mon, Nov 16, 2026, 14:30\n"), "{}", run.stdout());
    assert!(run.stdout().contains("now: draft; next action: ACFO-FS\nnext: nothing due\n"), "{}", run.stdout());
    let text = project.read("data/crs/CR-2026-001.yaml");
    assert!(text.ends_with("log:\n  - at: 2026-11-16 14:30\n    event: note\n    note: To be written.\n"), "{text}");
}

#[test]
fn awkward_files_keep_every_other_byte() {
    let entry = |indent: &str, end: &str| {
        ["- at: 2026-11-16 14:30", "  event: note", "  by: dan", "  note: |", "    One", "    two"]
            .map(|line| format!("{indent}{line}{end}"))
            .concat()
    };
    let windows = |text: &str| text.replace('\n', "\r\n");
    let last = "- at: 2026-11-16 10:00\n  event: follow-up\n  by: dora";
    // Before the log's last line, what follows the entry, its indentation and line ends.
    let cases: Vec<(String, String, String)> = vec![
        (format!("{HEAD}log:\n{last}\n"), String::new(), entry("", "\n")),
        (format!("{HEAD}{LOG}"), "# The end\n".into(), entry("  ", "\n")),
        (format!("{LOG}    # as he said\n\n    # by phone\n"), format!("\n# What\n{HEAD}"), entry("  ", "\n")),
        (LOG.to_owned(), HEAD.trim_end().to_owned(), entry("  ", "\n")),
        (windows(&format!("{HEAD}{LOG}")), String::new(), entry("  ", "\r\n")),
        (windows(&format!("\u{feff}{LOG}")), windows(HEAD), entry("  ", "\r\n")),
        (
            format!(
                "{HEAD}log:\n      -   at: 2026-11-16 10:00\n          event: follow-up\n          by: dora\n          # her\n"
            ),
            "\n\n".into(),
            entry("      ", "\n"),
        ),
        (
            format!(
                "{HEAD}log:\n  -\n    at: 2026-11-16 10:00\n    event: closed\n    by: dora\n    exception: {{rule: transition-forbidden, reason: a, allowed_by: dora}}\n"
            ),
            "...\n".into(),
            entry("  ", "\n"),
        ),
        (
            format!("{HEAD}log:\n  - {{at: 2026-11-16 10:00, event: follow-up,\n     by: dora}}\n"),
            "...\n# end".into(),
            entry("  ", "\n"),
        ),
        (
            format!("{HEAD}log:\n  - at: 2026-11-16 10:00\n    event: note\n    note: |+\n      Kept\n\n\n"),
            "# end\n".into(),
            entry("  ", "\n"),
        ),
        (
            format!(
                "{HEAD}log:\n  - at: 2026-11-16 10:00\n    event: note\n    note: >-\n      Folded\n      # no comment\n"
            ),
            "\n\n# end\n".into(),
            entry("  ", "\n"),
        ),
        (
            format!("{HEAD}log:\n  - at: 2026-11-16 10:00\n    event: note\n    note: \"One\n\n      two\"\n"),
            String::new(),
            entry("  ", "\n"),
        ),
        (format!("{HEAD}\"log\":   # none yet\n"), String::new(), entry("  ", "\n")),
        (format!("---\n{HEAD}log:\n"), "...\n".into(), entry("  ", "\n")),
    ];
    for (before, after, entry) in cases {
        let project = project(&format!("{before}{after}"));
        project.run(&["check", "--as-of", AS_OF]).ended(0);
        log(&project, &["1", "note", "--by", "dan", "--note", "One\r\ntwo\n"]).ended(0);
        assert_eq!(project.read(PATH), format!("{before}{entry}{after}"));
        project.run(&["check", "--as-of", AS_OF]).ended(0);
    }
    // Without a last line end the one before the entry is new.
    for end in ["\n", "\r\n"] {
        let text = format!("{HEAD}{LOG}").trim_end().replace('\n', end);
        let project = project(&text);
        log(&project, &["1", "note", "--by", "dan", "--note", "One\ntwo"]).ended(0);
        assert_eq!(project.read(PATH), format!("{text}{end}{}", entry("  ", end)));
    }
}

#[test]
fn a_log_in_brackets_stays_so_and_an_empty_one_becomes_lines() {
    let after = |log: &str| {
        let project = project(&format!("{HEAD}{log}"));
        log_note(&project);
        project.read(PATH).strip_prefix(HEAD).expect("the head as it was").to_owned()
    };
    let lines = "  - at: 2026-11-16 14:30\n    event: note\n    by: dan\n    note: \"a, b: [c]\"\n";
    let braces = "{at: 2026-11-16 14:30, event: note, by: dan, note: \"a, b: [c]\"}";
    assert_eq!(after("log: []\n"), format!("log:\n{lines}"));
    assert_eq!(after("log: [] # none yet"), format!("log: # none yet\n{lines}"));
    assert_eq!(after("log: [ # none\n  ]\n"), format!("log: [{braces} # none\n  ]\n"));
    let one = "{at: 2026-11-16 10:00, event: follow-up, by: dora}";
    assert_eq!(after(&format!("log: [{one}]\n")), format!("log: [{one}, {braces}]\n"));
    assert_eq!(after(&format!("log: [\n  {one}, # c\n  ]")), format!("log: [\n  {one},\n  {braces}, # c\n  ]"));
}

fn log_note(project: &Project) {
    log(project, &["1", "note", "--by", "dan", "--note", "a, b: [c]"]).ended(0);
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[test]
fn what_would_be_an_error_is_refused_with_the_rules_words() {
    let project = usual();
    let refused = |arguments: &[&str], why: &str| refused(&project, arguments, why);
    refused(
        &["1", "closed", "--by", "dora"],
        "error[transition-forbidden]: `closed` is not allowed while HEAT-1 is `open`",
    );
    refused(&["1", "follow-up", "--by", "nils"], "error[wrong-office]");
    refused(&["1", "follow-up", "--by", "gone"], "error[wrong-office]");
    refused(&["1", "follow-up", "--by", "noone"], "error[unknown-reference]");
    refused(&["1", "follow-up", "--by", "dora", "--at", "2026-11-16 09:13"], "error[event-order]");
    refused(&["1", "follow-up", "--by", "dora", "--at", "2026-11-16 14:31"], "error[future-event]");
    refused(&["1", "follow-up", "--by", "dora", "--at", "this morning"], "`this morning` is not a date and time");
    refused(&["1", "follow-up", "--by", "dora", "--note", "SSN 219-09-9999"], "error[possible-personal-data]");
    refused(&["1", "follow-up", "--by", "dora", "--outcome", "answer"], "has no field `outcome`");
    refused(&["1", "acknowledged", "--by", "nils"], "to add what is missing, use --nitc-ref");
    refused(&["1", "resolved", "--by", "dora"], "error[missing-detail]: `resolved` needs a note");
    refused(&["1", "resolved", "--by", "dora"], "to add what is missing, use --note");
    refused(&["1", "resolved", "--by", "dora", "--note", " "], "error[missing-detail]");
    refused(&["1", "voided", "--by", "dora"], "--note");
    refused(&["1", "voided", "--by", "dora", "--duplicate-of", "HEAT-99"], "error[unknown-reference]");
    refused(&["1", "waived", "--by", "dora", "--clock", "follow-up", "--note", "Leave"], "--until");
    refused(&["1", "waived", "--by", "dora", "--clock", "relay", "--note", "Leave"], "cannot waive `relay`");
    // An error that was there before is no reason to refuse what is right.
    project.write(
        "data/tickets/2026/HEAT-2.yaml",
        HEAD.replace("HEAT-1", "HEAT-2").replace("poc: pat", "poc: patt") + "log: []\n",
    );
    log(&project, &["1", "waived", "--by", "dora", "--clock", "follow-up", "--until", "2026-12-01", "--note", "Leave"])
        .ended(0);
    log(&project, &["#1", "voided", "--by", "dora", "--duplicate_of", "heat2"]).ended(0);
}

/// Nothing is entered before what the record holds already, whatever time it is said to be.
#[test]
fn an_as_of_time_before_the_last_entry_lets_nothing_in() {
    let late = format!("{LOG}  - at: 2026-11-17 12:00\n    event: resolved\n    by: dora\n    note: Told.\n");
    let project = project(&format!("{HEAD}{late}"));
    let before = crate::support::files(&project.root());
    for (as_of, at) in
        [("2026-11-16 14:30", None), ("2026-11-16 08:00", None), ("2026-11-16 14:30", Some("2026-11-16 11:00"))]
    {
        let mut arguments = vec!["--as-of", as_of, "log", "HEAT-1", "follow-up", "--by", "dora"];
        arguments.extend(at.iter().flat_map(|at| ["--at", *at]));
        let run = project.run(&arguments).ended(1);
        assert!(
            run.stderr.contains("is older than") && run.stderr.contains("[event-order]"),
            "{as_of}: {}",
            run.stderr
        );
    }
    assert_eq!(crate::support::files(&project.root()), before);
    // What is there already is no reason against what comes after it.
    project.run(&["--as-of", "2026-11-17 12:00", "log", "HEAT-1", "closed", "--by", "dora"]).ended(0);
}

#[test]
fn a_refusal_shows_the_flag_that_fixes_it() {
    let project = usual();
    let refused = |arguments: &[&str], line: &str| {
        refused(&project, arguments, &format!("{line}\n"));
        // A file that was not written cannot be edited.
        let said = log(&project, arguments).stderr;
        for word in [
            "delete this entry",
            "correct the entry",
            "add `note:`",
            "add a line",
            "an `exception`",
            "delete this line",
        ] {
            assert!(!said.contains(word), "{word}: {said}");
        }
    };
    refused(&["1", "follow-up", "--by", "nils"], "; use --by with the id of the person who did it (dan, dora)");
    refused(
        &["1", "follow-up", "--by", "dor"],
        "error[unknown-reference]: no member of staff `dor`; did you mean `--by dora`?",
    );
    refused(&["1", "follow-up", "--by", "zzz"], "; correct --by, or add them to data/staff.yaml");
    refused(&["1", "follow-up", "--by", "Nora Desk"], "; did you mean `--by dora`?");
    refused(
        &["1", "follow-up", "--by", "dora", "--at", "this morning"],
        "; write date and time as `2026-11-02 09:14`, between the years 2000 and 2099, without seconds; use --at",
    );
    refused(
        &["1", "follow-up", "--by", "dora", "--at", "09:13"],
        "the entry of 2026-11-16 09:13 is older than the ticket, received 2026-11-16 09:14; use --at with a time after that",
    );
    refused(
        &["1", "follow-up", "--by", "dora", "--at", "14:31"],
        "; use --at with the time it happened, or enter the event after it has happened",
    );
    refused(&["1", "follow-up", "--by", "dora", "--note", "SSN 219-09-9999"], "; omit the number from --note");
    refused(&["1", "follow-up", "--by", "dora", "--outcome", "answer"], "has no field `outcome`; omit --outcome");
    refused(&["1", "acknowledged", "--by", "nils"], "error[missing-field]: `nitc_ref` is missing; add --nitc-ref");
    refused(
        &["1", "acknowledged", "--by", "nils", "--nitc-ref", ""],
        "error[missing-field]: `nitc_ref` is blank; add --nitc-ref",
    );
    refused(&["1", "resolved", "--by", "dora"], "; add --note with a sentence about what happened");
    refused(&["1", "voided", "--by", "dora"], "; add --note with the reason, or --duplicate-of with the other ticket");
    refused(
        &["1", "voided", "--by", "dora", "--duplicate-of", "HEAT-98765"],
        "; correct --duplicate-of, or add the ticket's file",
    );
    refused(
        &["1", "waived", "--by", "dora", "--clock", "relay", "--note", "x"],
        "; use --clock with the deadline that is open",
    );
    refused(
        &["1", "waived", "--by", "dora", "--clock", "reply", "--note", "x", "--until", "2026-12-01"],
        "; omit --until, or use --clock follow-up",
    );
    refused(
        &["1", "closed", "--by", "dora"],
        "; `closed` is allowed in the state `resolved`; log the missing step first; if it was deliberate, add \
         `--force --reason TEXT --allowed-by ID`",
    );
    refused(
        &["CR-2026-001", "forwarded", "--by", "ada"],
        "; submit it to the board first; if it was deliberate, add `--force --reason TEXT --allowed-by ID`",
    );
}

#[test]
fn what_cannot_run_ends_with_2() {
    let project = usual();
    let fails = |arguments: &[&str], why: &str| {
        let run = log(&project, arguments).ended(2);
        assert!(run.out.is_empty() && run.stderr.contains(why) && !run.stderr.contains("panicked"), "{}", run.stderr);
    };
    fails(&["HEAT-2", "note", "--note", "x"], "did you mean `HEAT-1`?");
    fails(&["pat", "note", "--note", "x"], "no ticket or CR `pat`");
    fails(&["1", "follow-upp"], "follow-up");
    fails(&["1", "follow-up"], "`follow-up` needs --by STAFF (dan, dora), or HEATPACK_STAFF");
    fails(&["1", "closed", "--by", "dora", "--force"], "--reason");
    fails(&["1", "closed", "--by", "dora", "--force", "--reason", "x"], "--allowed-by");
    fails(&["1", "closed", "--by", "dora", "--reason", "x"], "--force");
    // If no one on the staff can have done it, the message asks to add the person.
    project.write("data/staff.yaml", STAFF.replace("office: nitc", "office: help-desk"));
    fails(&["1", "acknowledged", "--nitc-ref", "N-1"], "no one from `nitc` is on the staff");
    project.write("data/staff.yaml", STAFF);
    // A record that has errors itself must be fixed first.
    project.write(PATH, format!("{HEAD}titel: x\nvia: fax\n{LOG}"));
    let run = log(&project, &["1", "follow-up", "--by", "dora"]).ended(1);
    assert!(
        run.stderr.contains("duplicate-key") && run.stderr.contains("fix them, then run this command again"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_takes_an_exception_is_forced_with_one() {
    let project = usual();
    refused(&project, &["1", "closed", "--by", "dora"], "--force --reason TEXT --allowed-by ID");
    let force = ["--force", "--reason", "The POC left: no one answers", "--allowed-by", "dora"];
    let run = log(&project, &[&["1", "closed", "--by", "dora"][..], &force].concat()).ended(0);
    assert!(
        run.stderr.contains("lapse[transition-forbidden]") && run.stdout().contains("by exception"),
        "{}",
        run.stderr
    );
    let entry = "  - at: 2026-11-16 14:30\n    event: closed\n    by: dora\n    exception:\n      \
                 rule: transition-forbidden\n      reason: \"The POC left: no one answers\"\n      allowed_by: dora\n";
    assert_eq!(project.read(PATH), format!("{HEAD}{LOG}{entry}"));
    // Where no rule is broken there is nothing to except.
    let run = log(&project, &[&["1", "reopened", "--by", "dora", "--note", "Again"][..], &force].concat()).ended(0);
    assert!(run.stderr.contains("--force was not needed"), "{}", run.stderr);
    assert_eq!(project.read(PATH).matches("exception").count(), 1);
    // A rule without exceptions still rejects it, and so does an exception by an unknown person.
    refused(&project, &[&["1", "closed", "--by", "nils"][..], &force].concat(), "error[wrong-office]");
    let unknown = ["--force", "--reason", "x", "--allowed-by", "noone"];
    refused(&project, &[&["1", "closed", "--by", "dora"][..], &unknown].concat(), "error[unknown-reference]");
}

#[test]
fn the_note_may_come_on_standard_input() {
    let project = usual();
    let root = project.root();
    let arguments = ["--as-of", AS_OF, "log", "1", "follow-up", "--by", "dora", "--note", "-"];
    let mut child =
        command(&root, &arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the binary");
    child.stdin.take().expect("a pipe").write_all(b"\xef\xbb\xbf\r\nFirst  \r\n\r\n  second\r\n\r\n").expect("written");
    assert!(child.wait().expect("an end").success());
    let entry =
        "  - at: 2026-11-16 14:30\n    event: follow-up\n    by: dora\n    note: |\n      First\n\n        second\n";
    assert_eq!(project.read(PATH), format!("{HEAD}{LOG}{entry}"));
}

#[test]
fn a_date_as_the_as_of_time_gives_no_time_of_day() {
    let project = usual();
    let log = |as_of: &str, more: &[&str]| {
        project.run(&[&["--as-of", as_of, "log", "1", "note", "--by", "dora", "--note", "x"], more].concat())
    };
    let before = crate::support::files(&project.root());
    let run = log("2026-11-18", &[]).ended(2);
    let why = "--as-of has a date without a time: use --at 14:30, or --as-of \"2026-11-18 14:30\"";
    assert!(run.out.is_empty() && run.stderr.contains(why), "{}", run.stderr);
    assert_eq!(crate::support::files(&project.root()), before);
    let last = || project.read(PATH).lines().rev().nth(3).map(str::to_owned);
    log("2026-11-18", &["--at", "14:30"]).ended(0);
    assert_eq!(last().as_deref(), Some("  - at: 2026-11-18 14:30"));
    log("2026-11-19", &["--at", "2026-11-18 15:00"]).ended(0);
    assert_eq!(last().as_deref(), Some("  - at: 2026-11-18 15:00"));
    log("2026-11-19 08:05", &[]).ended(0);
    assert_eq!(last().as_deref(), Some("  - at: 2026-11-19 08:05"));
    // So is the instant that a build takes for its clock.
    let mut command = command(&project.root(), &["log", "1", "note", "--by", "dora", "--note", "x"]);
    Run::from(command.env("SOURCE_DATE_EPOCH", "1795700000").output().expect("the binary")).ended(0);
    assert!(last().is_some_and(|at| at.starts_with("  - at: 2026-11-26 ")), "{:?}", last());
}

#[test]
fn who_did_it_may_come_from_the_environment() {
    let project = usual();
    let root = project.root();
    let run = |staff: &str, arguments: &[&str]| -> Run {
        let mut command = command(&root, &["--as-of", AS_OF, "log"]);
        command.args(arguments).env("HEATPACK_STAFF", staff).output().expect("the binary").into()
    };
    run("dora", &["1", "forwarded"]).ended(0);
    assert!(project.read(PATH).ends_with("event: forwarded\n    by: dora\n"));
    // NITC's part is not the desk's: who did it has to be said.
    assert!(run("dora", &["1", "acknowledged", "--nitc-ref", "N-1"]).ended(2).stderr.contains("--by STAFF (nils)"));
    run("dora", &["1", "acknowledged", "--nitc-ref", "N-1", "--by", "nils"]).ended(0);
    run("dora", &["1", "note", "--note", "x"]).ended(0);
    assert!(project.read(PATH).ends_with("event: note\n    by: dora\n    note: x\n"));
}

#[test]
fn many_at_once_lose_nothing() {
    let project = usual();
    let root = project.root();
    let notes: Vec<String> = (0..12).map(|number| format!("Note number {number}.")).collect();
    let spawn = |note: &String| {
        let arguments = ["--as-of", AS_OF, "log", "1", "note", "--note", note];
        command(&root, &arguments).stdout(Stdio::null()).spawn().expect("the binary")
    };
    let children: Vec<_> = notes.iter().map(spawn).collect();
    for mut child in children {
        assert!(child.wait().expect("an end").success());
    }
    let text = project.read(PATH);
    assert!(text.starts_with(&format!("{HEAD}{LOG}")));
    for note in &notes {
        assert_eq!(text.matches(&format!("note: {note}\n")).count(), 1, "{text}");
    }
    assert_eq!(text.matches("event: note").count(), notes.len());
    let left: Vec<String> = crate::support::files(&root).into_keys().filter(|path| path.contains("/.")).collect();
    assert!(left.is_empty(), "{left:?}");
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[cfg(unix)]
#[test]
fn the_files_permissions_stay() {
    use std::os::unix::fs::PermissionsExt;
    let project = usual();
    let path = project.root().join(PATH);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("permissions");
    log(&project, &["1", "follow-up", "--by", "dora"]).ended(0);
    assert_eq!(std::fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o640);
}

#[test]
fn every_field_of_every_event_is_a_flag() {
    let help = usual().run(&["log", "--help"]).ended(0);
    let tickets = TicketEvent::ALL.iter().flat_map(|event| entry_fields(*event));
    let changes = ChangeEvent::ALL.iter().flat_map(|event| entry_fields(*event));
    let names: BTreeSet<String> = tickets.chain(changes).map(|field| field.name).collect();
    assert!(names.len() >= 7, "{names:?}");
    for name in &names {
        assert!(help.stdout().contains(&format!("--{} <", name.replace('_', "-"))), "{name}");
    }
    for event in TicketEvent::table().iter().map(|spec| spec.event.as_str()) {
        assert!(help.stdout().contains(&format!("- {event}:")), "{event}");
    }
}

/// Files of logs as people and programs write them.
fn files() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        Just("follow-up".to_owned()),
        Just("\"quoted # not a comment\"".to_owned()),
        Just("'single ''quoted'' '".to_owned()),
        Just("".to_owned()),
        "[a-z]{1,8}( [a-z]{1,8}){0,3}",
    ];
    let block = ("[|>][-+]?", prop::collection::vec("([a-zé#:-]{1,6} ?){1,4}|", 1..4), 0usize..3);
    let entry = (prop::collection::vec(value, 1..4), prop::option::of(block), prop::option::of("  # [a-z]{0,9}"));
    let shape =
        (prop::sample::select(vec![0usize, 2, 3, 4, 7]), prop::sample::select(vec![1usize, 2, 4]), any::<bool>());
    let rest =
        prop::sample::select(vec!["", "\n", "# end\n", "\n\n# end", "last: x\n", "  # deep\nlast: |\n  x", "...\n"]);
    let ends = prop::sample::select(vec!["\n", "\r\n"]);
    (prop::collection::vec(entry, 1..4), shape, rest, ends, any::<bool>(), any::<bool>()).prop_map(
        |(entries, (indent, gap, own_line), rest, end, mark, cut)| {
            let mut text = String::from("id: HEAT-1 # its number\nlog:\n");
            let pad = " ".repeat(indent + 1 + gap);
            for (values, block, comment) in &entries {
                for (index, value) in values.iter().enumerate() {
                    match (index, own_line) {
                        (0, true) => text.push_str(&format!("{}-\n{pad}", " ".repeat(indent))),
                        (0, false) => text.push_str(&format!("{}-{}", " ".repeat(indent), " ".repeat(gap))),
                        _ => text.push_str(&pad),
                    }
                    text.push_str(&format!("k{index}: {value}{}\n", comment.as_deref().unwrap_or("")));
                }
                if let Some((head, lines, blank)) = block {
                    text.push_str(&format!("{pad}note: {head}\n"));
                    text.push_str(&format!("{pad}  x\n"));
                    for line in lines {
                        text.push_str(format!("{pad}  {line}").trim_end());
                        text.push('\n');
                    }
                    text.push_str(&"\n".repeat(*blank));
                }
            }
            text.push_str(rest);
            if cut {
                text.truncate(text.trim_end().len());
            }
            format!("{}{}", if mark { "\u{feff}" } else { "" }, text.replace('\n', end))
        },
    )
}

fn entries<'n, 'a>(record: &'n Node<'a>) -> &'n [Node<'a>] {
    record.get("log").map(|log| log.items()).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn nothing_but_the_entry_is_new(text in files(), note in "\\PC{0,20}(\n\\PC{0,20}){0,3}\n?") {
        let body = text.trim_start_matches('\u{feff}');
        let old = parse(body, &mut Faults::default());
        prop_assume!(old.is_some());
        let Some(old) = old else { return Ok(()) };
        let entry: Node = Fields::new().with("at", "2026-11-16 14:30").with("note", note.as_str()).into();
        let new = append(&text, &entry);
        prop_assert!(new.is_ok(), "{text:?}: {new:?}");
        let new = new.unwrap_or_default();
        // The old text is the new one without a run in the middle.
        let first = text.bytes().zip(new.bytes()).take_while(|(old, new)| old == new).count();
        let last = text.bytes().rev().zip(new.bytes().rev()).take_while(|(old, new)| old == new).count();
        prop_assert!(first + last >= text.len(), "{text:?}\n{new:?}");
        // And it says what the old one says, and the entry.
        let read = parse(new.trim_start_matches('\u{feff}'), &mut Faults::default());
        let (before, after) = (entries(&old), read.as_ref().map(entries).unwrap_or_default());
        prop_assert_eq!(after.len(), before.len() + 1, "{:?}\n{:?}", text, new);
        for (old, new) in before.iter().zip(after) {
            prop_assert!(old.says_the_same_as(new), "{text:?}\n{new:?}");
        }
        prop_assert!(after.last().is_some_and(|last| last.says_the_same_as(&entry)), "{new:?}");
    }
}

/// A ticket that waits for a code change, and its CR with a log.
fn with_change(change: &str, more: &str) -> Project {
    let log = "log:\n  - {at: 2026-11-16 09:20, event: forwarded, by: dora}\n  \
               - {at: 2026-11-16 09:30, event: researched, by: nils, outcome: code-change, note: It moves.}\n";
    let project = project(&format!("{HEAD}{log}"));
    let other = HEAD.replace("HEAT-1", "HEAT-2");
    project.write("data/tickets/2026/HEAT-2.yaml", format!("{other}{log}"));
    project.write(
        "data/crs/CR-2026-001.yaml",
        format!(
            "id: CR-2026-001\ntitle: Move the lookup\nsubject: scorecard\ntickets: [HEAT-1{more}]\nprepared_by: ada\n\
             priority: routine\nrisk: low\neffort: 3 days\ndescription: Move it.\njustification: Q4.\nimpact: None.\n\
             security_impact: None.\ntest_plan: Export.\nrollback_plan: Back.\n{change}"
        ),
    );
    project
}

#[test]
fn what_remains_to_do_with_the_cr_of_a_voided_ticket_is_told() {
    let void = |project: &Project| {
        let run = log(project, &["1", "voided", "--by", "dora", "--note", "Twice."]).ended(0);
        run.stdout().lines().filter(|line| line.starts_with("note: ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let submitted = "log:\n  - {at: 2026-11-16 10:00, event: submitted, by: ada}\n";
    let withdrawn = "  - {at: 2026-11-16 11:00, event: withdrawn, by: ada, note: Dropped.}\n";
    let open = "note: CR-2026-001 for this ticket is not finished";
    let rest = "if no one needs it, run `heatpack log CR-2026-001 withdrawn --note TEXT`";
    assert_eq!(void(&with_change(submitted, "")), [format!("{open} (under CFMSCCB review); {rest}")]);
    assert_eq!(void(&with_change("log: []\n", "")), [format!("{open} (draft); {rest}")]);
    assert_eq!(
        void(&with_change(submitted, ", HEAT-2")),
        [format!("{open} (under CFMSCCB review); HEAT-2 still needs it")]
    );
    // Finished, or of another ticket.
    assert_eq!(void(&with_change(&format!("{submitted}{withdrawn}"), "")), [""; 0]);
    assert_eq!(void(&usual()), [""; 0]);
}

#[test]
fn word_that_ends_a_waiver_early_is_told() {
    let waived = format!(
        "{LOG}  - {{at: 2026-11-16 11:00, event: waived, by: dora, clock: follow-up, until: 2026-11-30, note: On leave.}}\n"
    );
    let project = project(&format!("{HEAD}{waived}"));
    let run = log(&project, &["1", "follow-up", "--by", "dora"]).ended(0);
    let note = "next: follow-up due Mon, Nov 23, 2026\nnote: the waiver until Mon, Nov 30, 2026 no longer applies, since the next \
                follow-up is due earlier; to keep it, run `heatpack log HEAT-1 waived --clock follow-up --until 2026-11-30 --note TEXT`\n";
    assert!(run.stdout().contains(note), "{}", run.stdout());
    // The waiver is over by then, or nothing was waived since the POC last heard.
    assert!(!log(&project, &["1", "follow-up", "--by", "dora"]).ended(0).stdout().contains("note: "));
    let short = crate::log::project(&format!("{HEAD}{}", waived.replace("2026-11-30", "2026-11-20")));
    assert!(!log(&short, &["1", "follow-up", "--by", "dora"]).ended(0).stdout().contains("note: "));
}

#[test]
fn what_is_so_already_is_told_so() {
    let resolved = "  - {at: 2026-11-16 11:00, event: resolved, by: dora, note: Set it.}\n";
    let project = project(&format!("{HEAD}{LOG}{resolved}"));
    let again = ["1", "resolved", "--by", "dora", "--note", "Again."];
    refused(
        &project,
        &again,
        "HEAT-1 has been `resolved` since Mon, Nov 16, 2026, 11:00; do not enter it again; if it was deliberate, add `--force",
    );
    refused(
        &project,
        &["1", "redirected", "--by", "dora", "--note", "x"],
        "`redirected` is allowed in the state `open`; log the missing step",
    );
    let run = log(&usual(), &["1", "reopened", "--by", "dora", "--note", "x"]).ended(1);
    assert!(run.stderr.contains("HEAT-1 has been `open` since Mon, Nov 16, 2026, 09:14"), "{}", run.stderr);
    assert!(!run.stderr.contains(".yaml:"), "{}", run.stderr);
}

#[test]
fn who_sits_here_and_is_of_another_office_is_told_so() {
    let project = usual();
    log(&project, &["1", "forwarded", "--by", "dora"]).ended(0);
    let mut own = command(&project.root(), &["--as-of", AS_OF, "log", "1", "acknowledged", "--nitc-ref", "N-1"]);
    let run: Run = own.env("HEATPACK_STAFF", "dora").output().expect("the binary").into();
    let why = "HEATPACK_STAFF is dora, who does not work for `nitc`: use --by STAFF (nils)";
    assert!(run.stderr.contains(why), "{}", run.stderr);
}

/// A forgotten call goes to its place, and nothing else is touched.
#[test]
fn an_earlier_entry_goes_where_it_belongs() {
    let entries = "  # of the call\n  - at: 2026-11-16 10:00\n    event: follow-up\n    by: dora\n    # as she said\n\n  \
                   # next\n  - at: 2026-11-16 13:05\n    event: forwarded\n    by: dora\n";
    let project = project(&format!("{HEAD}log:\n{entries}# end\n"));
    let run = log(&project, &["1", "note", "--by", "dan", "--note", "Forgotten.", "--at", "11:00"]).ended(0);
    assert!(run.stdout().contains("\nnote: inserted before the entry of 13:05 (`forwarded`)\n"), "{}", run.stdout());
    assert!(run.stdout().starts_with("HEAT-1: note, Mon, Nov 16, 2026, 11:00, by Dan Desk\n"), "{}", run.stdout());
    let new = "  - at: 2026-11-16 11:00\n    event: note\n    by: dan\n    note: Forgotten.\n";
    let expected = entries.replace("    # as she said\n", &format!("    # as she said\n{new}"));
    assert_eq!(project.read(PATH), format!("{HEAD}log:\n{expected}# end\n"));
    // Of one minute, it is the last one; and the states of its time decide.
    log(&project, &["1", "note", "--note", "Too.", "--at", "13:05"]).ended(0);
    assert!(project.read(PATH).ends_with("    note: Too.\n# end\n"), "{}", project.read(PATH));
    let why = "`acknowledged` is not allowed while HEAT-1 is `open`";
    refused(&project, &["1", "acknowledged", "--by", "nils", "--nitc-ref", "N-1", "--at", "12:00"], why);
    // What comes after it must remain possible.
    refused(
        &project,
        &["1", "voided", "--by", "dora", "--note", "Slip", "--at", "12:00"],
        "`forwarded` is not allowed",
    );
}

#[test]
fn several_records_get_an_entry_or_none_does() {
    let project = usual();
    for id in [2, 3] {
        let text = format!("{HEAD}{LOG}").replace("HEAT-1", &format!("HEAT-{id}"));
        project.write(&format!("data/tickets/2026/HEAT-{id}.yaml"), text);
    }
    let text = |id: usize| project.read(&format!("data/tickets/2026/HEAT-{id}.yaml"));
    let run = log(&project, &["1", "2,3", "follow-up", "--by", "dora", "--note", "Told.", "--at", "13:00"]).ended(0);
    assert_eq!(run.stdout().lines().count(), 3, "{}", run.stdout());
    for (id, line) in (1..=3).zip(run.stdout().lines()) {
        let start = format!("HEAT-{id}: follow-up, Mon, Nov 16, 2026, 13:00, by Dora Desk; now: open;");
        assert!(line.starts_with(&start) && line.contains("next: follow-up due Mon, Nov 23, 2026"), "{line}");
        let entry = "  - at: 2026-11-16 13:00\n    event: follow-up\n    by: dora\n    note: Told.\n";
        assert!(text(id).ends_with(entry), "{}", text(id));
    }
    // One that is not allowed keeps all back, and it is clear which one.
    log(&project, &["2", "resolved", "--by", "dora", "--note", "Told."]).ended(0);
    refused(&project, &["1", "2", "3", "forwarded", "--by", "dora"], "`forwarded` is not allowed while HEAT-2 is");
    refused(&project, &["1", "3", "follow-up", "--by", "nils"], "HEAT-3: --by: error[wrong-office]");
    let fails = |arguments: &[&str], why: &str| {
        let run = log(&project, arguments).ended(2);
        assert!(run.stderr.contains(why), "{}", run.stderr);
    };
    fails(&["1", "1", "note", "--note", "x"], "HEAT-1 is named twice");
    fails(&["1", "9", "note", "--note", "x"], "no ticket or CR `9`");
    fails(&["1", "CR-2026-001", "note", "--note", "x"], "enter them in two commands");
    let force = ["--force", "--reason", "x", "--allowed-by", "dan"];
    fails(&[&["1", "3", "closed", "--by", "dora"][..], &force].concat(), "use --force with one at a time");
}

#[test]
fn without_an_event_the_possible_ones_are_listed() {
    let project = usual();
    let lists = |arguments: &[&str], first: &str, has: &[&str], has_not: &[&str]| {
        let run = log(&project, arguments).ended(2);
        assert!(run.stderr.contains(first), "{}", run.stderr);
        let listed: Vec<&str> = run.stderr.lines().filter_map(|line| line.strip_prefix("  ")).collect();
        let listed: BTreeSet<&str> = listed.iter().filter_map(|line| line.split_whitespace().next()).collect();
        assert!(has.iter().all(|event| listed.contains(event)), "{}", run.stderr);
        assert!(!has_not.iter().any(|event| listed.contains(event)), "{}", run.stderr);
    };
    let open = ["follow-up", "forwarded", "resolved", "voided", "note", "waived", "struck"];
    let not_open = ["acknowledged", "closed", "reopened", "submitted", "started"];
    lists(&["1"], "the event is missing\npossible now for HEAT-1:", &open, &not_open);
    lists(&["1", "forwardd"], "`forwardd` is not an event; did you mean `forwarded`?", &open, &not_open);
    lists(
        &["CR-2026-001"],
        "possible now for CR-2026-001:",
        &["submitted", "withdrawn", "note"],
        &["started", "closed"],
    );
    project.write("data/tickets/2026/HEAT-2.yaml", format!("{HEAD}log: []\n").replace("HEAT-1", "HEAT-2"));
    lists(&["1", "2"], "possible now for HEAT-1, HEAT-2:", &["follow-up"], &["struck"]);
}

#[test]
fn who_allows_an_exception_is_another_person() {
    let project = usual();
    let closed = |id: &str| {
        let all = ["1", "closed", "--by", "dora", "--force", "--reason", "Gone", "--allowed-by", id];
        log(&project, &all).ended(0).stderr
    };
    let before = project.read(PATH);
    assert!(closed("dora").contains("note: dora allowed an exception for their own entry"), "of her own");
    project.write(PATH, before);
    assert!(!closed("dan").contains("their own entry"), "of another");
}
