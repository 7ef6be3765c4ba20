//! `heatpack meeting`, `action` and `done`: a meeting is recorded without an editor, every other byte of its file stays,
//! and what would be an error is rejected.

use crate::support::git::commit;
use crate::support::{Project, Run, files};
use heatpack::load::{Target, add_item, parse, set_field};
use heatpack::model::{Action, Meeting};
use heatpack::record::{Faults, Node, Value, fields_of};
use proptest::prelude::*;

const AS_OF: &str = "2026-11-18 11:00";
const WEEKLY: &str = "data/meetings/2026-11-18-weekly.yaml";
const NEXT: &str = "data/meetings/2026-11-25-weekly.yaml";
const MONTHLY: &str = "data/meetings/2026-11-12-monthly.yaml";
const SCHEMA: &str = "# yaml-language-server: $schema=../../.heatpack/schemas/meeting.schema.json\n";
const HEAD: &str = "kind: weekly\ndate: 2026-11-18\n";

fn ticket(number: u32) -> String {
    format!(
        "id: HEAT-{number}\ntitle: t\nsubject: scorecard\nkind: issue\narea: technical\npoc: pat\n\
         received: 2026-11-16 09:14\nvia: [phone]\ndescription: Words.\nlog: []\n"
    )
}

fn project(meetings: &[(&str, &str)]) -> Project {
    let project = Project::of(&[
        ("heatpack.yaml", "starts: 2026-11-09\n"),
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        (
            "staff.yaml",
            "- {id: dora, name: Dora Desk, office: help-desk}\n- {id: dan, name: Dan Desk, office: help-desk}\n\
             - {id: nils, name: Nils Third, office: nitc}\n",
        ),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Point\nphone: 202-555-0100\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2026-01-01}\n",
        ),
        ("tickets/2026/HEAT-1.yaml", &ticket(1)),
        ("tickets/2026/HEAT-2.yaml", &ticket(2)),
    ]);
    for (path, text) in meetings {
        project.write(path, text);
    }
    project
}

fn run(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["--as-of", AS_OF], arguments].concat())
}

/// Ends with a status, prints why, and writes nothing.
#[track_caller]
fn refused(project: &Project, status: i32, arguments: &[&str], why: &str) {
    let before = files(&project.root());
    let run = run(project, arguments).ended(status);
    assert!(run.out.is_empty() && run.stderr.contains(why), "{}", run.stderr);
    assert_eq!(files(&project.root()), before, "{arguments:?}");
}

#[test]
fn a_meeting_is_recorded_in_five_commands() {
    let project = project(&[]);
    let said = run(
        &project,
        &["meeting", "held", "--attended", "dora,Nils Third,dora", "--reviewed", "all", "--chair", "dora"],
    );
    assert_eq!(
        said.ended(0).stdout(),
        "MITS Status Meeting, Wed, Nov 18, 2026, 10:00: held\nattended: Dora Desk (chair), Nils Third\n\
         reviewed: all outstanding tickets (2)\nnext: `heatpack meeting minutes`\nfile: data/meetings/2026-11-18-weekly.yaml\n"
    );
    let held = format!("{SCHEMA}{HEAD}chair: dora\nattendees: [dora, nils]\nheld: true\nreviewed: all\n");
    assert_eq!(project.read(WEEKLY), held);
    let said =
        run(&project, &["meeting", "minutes", "--text", "NITC asked for more time.\r\n\r\n- Agreed: a week."]).ended(0);
    assert!(said.stdout().starts_with("MITS Status Meeting, Wed, Nov 18, 2026, 10:00: minutes of 3 lines\nfile: "));
    let minutes = format!("{held}minutes: |\n  NITC asked for more time.\n\n  - Agreed: a week.\n");
    assert_eq!(project.read(WEEKLY), minutes);
    let said =
        run(&project, &["action", "Send the calendar: all of it", "--owner", "dan", "--due", "2026-11-24"]).ended(0);
    assert_eq!(
        said.stdout(),
        "A-2026-001: Send the calendar: all of it\nowner: Dan Desk; due Tue, Nov 24, 2026\n\
         meeting: MITS Status Meeting, Wed, Nov 18, 2026, 10:00\nfile: data/meetings/2026-11-18-weekly.yaml\n"
    );
    run(&project, &["action", "Answer", "--owner", "NITC", "--due", "2026-11-25", "--meeting", "weekly last"]).ended(0);
    let item = |id: &str, what: &str, owner: &str, due: &str| {
        format!("  - id: {id}\n    what: {what}\n    owner: {owner}\n    due: {due}\n")
    };
    let first = item("A-2026-001", "\"Send the calendar: all of it\"", "dan", "2026-11-24");
    let second = item("A-2026-002", "Answer", "nitc", "2026-11-25");
    assert_eq!(project.read(WEEKLY), format!("{minutes}actions:\n{first}{second}"));
    let said = run(&project, &["done", "a-2026-1", "--on", "2026-11-18"]).ended(0);
    assert!(said.stdout().starts_with("A-2026-001: done Wed, Nov 18, 2026: Send the calendar"), "{}", said.stdout());
    assert_eq!(project.read(WEEKLY), format!("{minutes}actions:\n{first}    done: 2026-11-18\n{second}"));
    run(&project, &["check"]).ended(0);
}

#[test]
fn the_meeting_that_fits_is_meant_and_named() {
    let project = project(&[(MONTHLY, "kind: monthly\ndate: 2026-11-12\nheld: true\nreviewed: all\n")]);
    let named = |arguments: &[&str], name: &str| {
        let said = run(&project, arguments).ended(0);
        assert!(said.stdout().starts_with(name), "{arguments:?}: {}", said.stdout());
    };
    named(&["meeting", "minutes", "--text", "x"], "Customer Support Group Meeting, Thu, Nov 12");
    named(
        &["meeting", "agenda", "Freeze dates"],
        "MITS Status Meeting, Wed, Nov 25, 2026, 10:00: 1 item on its own agenda",
    );
    named(&["meeting", "monthly", "agenda", "Training"], "Customer Support Group Meeting, Thu, Dec 10");
    named(&["meeting", "held", "--attended", "dora", "--reviewed", "none"], "MITS Status Meeting, Wed, Nov 18");
    named(&["meeting", "last", "minutes", "--text", "y"], "MITS Status Meeting, Wed, Nov 18");
    named(&["meeting", "2026-11-12", "minutes", "--text", "y"], "Customer Support Group Meeting, Thu, Nov 12");
    named(&["meeting", "2026-11-12-monthly", "minutes", "--text", "z"], "Customer Support Group Meeting, Thu, Nov 12");
    named(
        &["meeting", "next", "weekly", "agenda", "More", "And more"],
        "MITS Status Meeting, Wed, Nov 25, 2026, 10:00: 3 items",
    );
    named(
        &["action", "x", "--owner", "pat", "--due", "2026-11-24", "--meeting", "2026-11-12"],
        "A-2026-001: x\nowner: Pat Point",
    );
    let fails = |arguments: &[&str], why: &str| refused(&project, 2, arguments, why);
    fails(
        &["meeting", "held", "--attended", "dora", "--reviewed", "all"],
        "is on record as held, and no meeting took place since",
    );
    fails(
        &["meeting", "2026-11-17", "minutes", "--text", "x"],
        "there is no meeting on Tue, Nov 17, 2026; the nearest is 2026-11-18-weekly",
    );
    fails(&["meeting", "wekly", "minutes", "--text", "x"], "`wekly` is not a meeting: use weekly or monthly");
    fails(&["meeting", "weekly", "monthly", "agenda", "x"], "names more than one meeting");
    // On the day of its own minutes nothing else was changed.
    assert!(project.read(MONTHLY).ends_with(
        "reviewed: all\nminutes: z\nactions:\n  - id: A-2026-001\n    what: x\n    owner: pat\n    due: 2026-11-24\n"
    ));
}

#[test]
fn a_plan_is_changed_by_command() {
    let project = project(&[]);
    let said = run(&project, &["meeting", "move", "--to", "2026-11-24 10:00"]).ended(0);
    assert_eq!(
        said.stdout(),
        "MITS Status Meeting, Tue, Nov 24, 2026, 10:00 (scheduled for Wed, Nov 25, 2026)\nfile: data/meetings/2026-11-25-weekly.yaml\n"
    );
    run(&project, &["meeting", "move", "--to", "11:30"]).ended(0);
    assert_eq!(project.read(NEXT), format!("{SCHEMA}kind: weekly\ndate: 2026-11-25\nmoved_to: 2026-11-24 11:30\n"));
    refused(
        &project,
        1,
        &["meeting", "weekly", "next", "cancel", "--reason", "Closed"],
        "a canceled meeting cannot have `moved_to`",
    );
    let said = run(&project, &["meeting", "weekly", "2026-12-02", "cancel", "--reason", "Offices: closed"]).ended(0);
    assert!(said.stdout().starts_with("MITS Status Meeting, Wed, Dec 2, 2026, 10:00: canceled (Offices: closed)\n"));
    // A meeting at another time than planned is a moved one.
    run(&project, &["meeting", "held", "--attended", "dora", "--reviewed", "all", "--at", "10:15"]).ended(0);
    assert!(project.read(WEEKLY).contains("moved_to: 2026-11-18 10:15\n"));
}

#[test]
fn what_would_be_an_error_is_rejected_and_nothing_is_written() {
    let project = project(&[(
        WEEKLY,
        &format!("{HEAD}actions:\n  - {{id: A-2026-004, what: x, owner: dora, due: 2026-11-20}}\n"),
    )]);
    let held = ["meeting", "held", "--attended", "dora", "--reviewed", "all"];
    let bad = |more: &[&str], why: &str| refused(&project, 1, &[&held[..], more].concat(), why);
    bad(&["--attended", "noone"], "--attended: error[unknown-reference]");
    bad(&["--chair", "Ann Unknown"], "--chair: error[invalid-value]");
    bad(&["--at", "noon"], "--at: error[invalid-value]: `noon` is not a date and time");
    let reviewed = ["meeting", "held", "--attended", "dora", "--reviewed", "HEAT-9"];
    refused(&project, 1, &reviewed, "--reviewed: error[unknown-reference]");
    refused(
        &project,
        1,
        &["meeting", "next", "held", "--attended", "dora", "--reviewed", "all"],
        "error[future-event]",
    );
    refused(
        &project,
        1,
        &["meeting", "minutes", "--text", &["SSN 219", "09", "9999"].join("-")],
        "error[possible-personal-data]",
    );
    refused(&project, 1, &["meeting", "move", "--to", "2026-12-03 10:00"], "error");
    let action = |owner: &str, due: &str, status: i32, why: &str| {
        refused(&project, status, &["action", "x", "--owner", owner, "--due", due, "--meeting", "last"], why);
    };
    action("zed", "2026-11-24", 1, "--owner: error[unknown-reference]");
    action("Desk", "2026-11-24", 2, "`Desk` can be Dan Desk (dan) or Dora Desk (dora)");
    action("dora", "24/11/2026", 1, "--due: error[invalid-value]: `24/11/2026` is not a date");
    refused(&project, 2, &["action", "x", "--owner", "dora", "--due", "2026-11-24"], "no meeting is on record as held");
    refused(&project, 1, &["done", "A-2026-004", "--on", "2026-11-19"], "--on: error[future-event]");
    refused(&project, 1, &["done", "A-2026-004", "--on", "soon"], "--on: error[invalid-value]");
    refused(&project, 2, &["done", "A-2026-005"], "no action item A-2026-005; did you mean `A-2026-004`?");
    refused(&project, 2, &["done", "31"], "`31` is not an action item's id: write it like A-2026-031");
    // Two at once, of which one is not there: neither is done.
    refused(&project, 2, &["done", "A-2026-004", "A-2026-005"], "no action item A-2026-005");
    // Without a terminal, what is missing is named with its flag.
    for (arguments, flag) in [
        (&["meeting", "held", "--reviewed", "all"][..], "--attended"),
        (&["meeting", "held", "--attended", "dora"], "--reviewed"),
        (&["meeting", "minutes"], "--text TEXT or --file FILE"),
        (&["meeting", "minutes", "--text", " "], "the minutes are blank"),
        (&["meeting", "agenda"], "the item is missing"),
        (&["meeting", "move"], "--to"),
        (&["meeting", "cancel"], "--reason TEXT"),
        (&["action", "--meeting", "last"], "the action is missing"),
        (&["action", "x", "--meeting", "last"], "--owner"),
        (&["action", "x", "--meeting", "last", "--owner", "dora"], "--due DATE"),
        (&["done"], "the action item is missing"),
        (&["meeting", "held", "--attended", "dora", "--except", "HEAT-9"], "--except: `HEAT-9` was not outstanding"),
        (
            &["meeting", "held", "--attended", "dora", "--reviewed", "none", "--except", "1"],
            "--except needs --reviewed all",
        ),
        (
            &["meeting", "held", "--attended", "dora", "--reviewed", "all", "--carry", "x"],
            "no agenda item of this meeting has `x`",
        ),
    ] {
        refused(&project, 2, arguments, flag);
    }
}

#[test]
fn a_file_with_errors_is_left_alone() {
    let broken =
        format!("{HEAD}held: maybe\nactions:\n  - {{id: A-2026-001, what: x, owner: dora, due: 2026-11-20}}\n");
    let project = project(&[(WEEKLY, &broken)]);
    for arguments in [
        &["meeting", "held", "--attended", "dora", "--reviewed", "all"][..],
        &["meeting", "weekly", "last", "minutes", "--text", "x"],
        &["meeting", "weekly", "last", "agenda", "x"],
        &["action", "x", "--owner", "dora", "--due", "2026-11-24", "--meeting", "2026-11-18"],
        &["done", "A-2026-001"],
    ] {
        refused(&project, 1, arguments, "2026-11-18-weekly.yaml has errors: fix them, then run this command again");
        refused(&project, 1, arguments, "error[invalid-value]");
    }
    // An id in a file with errors is not free.
    let held = [&["meeting", "monthly", "held", "--attended", "dora", "--reviewed", "none"][..]];
    run(&project, held[0]).ended(0);
    run(&project, &["action", "y", "--owner", "dora", "--due", "2026-11-24"]).ended(0);
    assert!(project.read(MONTHLY).contains("- id: A-2026-002\n"));
    assert_eq!(project.read(WEEKLY), broken);
}

#[test]
fn tickets_that_were_not_reviewed_are_named() {
    let project = project(&[]);
    let said =
        run(&project, &["meeting", "held", "--attended", "Nils", "--reviewed", "all", "--except", "#2"]).ended(0);
    assert!(said.stdout().contains("reviewed: 1 of 2 outstanding tickets\n"), "{}", said.stdout());
    assert!(said.stderr.contains("lapse[ticket-not-reviewed]"), "{}", said.stderr);
    assert!(project.read(WEEKLY).ends_with("attendees: [nils]\nheld: true\nreviewed: [HEAT-1]\n"));
    // What was entered is corrected in its place, and what is not named stays.
    run(&project, &["meeting", "last", "held", "--reviewed", "1,heat-2"]).ended(0);
    assert!(project.read(WEEKLY).ends_with("attendees: [nils]\nheld: true\nreviewed: [HEAT-1, HEAT-2]\n"));
}

#[test]
fn agenda_items_that_were_not_dealt_with_go_to_the_next_meeting() {
    let agenda = "agenda:\n  - Year-end freeze dates\n  - Training plan\n  - \"Exports: who reads them?\"\n";
    let held = ["meeting", "held", "--attended", "dora", "--reviewed", "all"];
    let project = |next: &[(&str, &str)]| project(&[&[(WEEKLY, &*format!("{HEAD}{agenda}"))], next].concat());
    let all = project(&[]);
    let said = run(&all, &[&held[..], &["--carry", "all"]].concat()).ended(0);
    assert!(
        said.stdout().contains("carried: 3 agenda items, to the meeting of Wed, Nov 25, 2026\n"),
        "{}",
        said.stdout()
    );
    assert!(said.stdout().ends_with(&format!("file: {WEEKLY}\nfile: {NEXT}\n")), "{}", said.stdout());
    assert_eq!(all.read(NEXT), format!("{SCHEMA}kind: weekly\ndate: 2026-11-25\n{agenda}"));
    // Those of a next meeting that has an agenda follow its own; one that is there is not there twice.
    let some = project(&[(NEXT, "kind: weekly\r\ndate: 2026-11-25\r\nagenda:\r\n- Training plan\r\n")]);
    run(&some, &[&held[..], &["--carry", "freeze", "--carry", "training plan"]].concat()).ended(0);
    assert_eq!(
        some.read(NEXT),
        "kind: weekly\r\ndate: 2026-11-25\r\nagenda:\r\n- Training plan\r\n- Year-end freeze dates\r\n"
    );
    // A canceled meeting takes none.
    let canceled = project(&[(NEXT, "kind: weekly\ndate: 2026-11-25\ncanceled: Closed\n")]);
    run(&canceled, &[&held[..], &["--carry", "Exports"]].concat()).ended(0);
    assert!(
        canceled.read("data/meetings/2026-12-02-weekly.yaml").ends_with("agenda:\n  - \"Exports: who reads them?\"\n")
    );
    // Both files or neither: an error in the held one keeps the other as it was.
    let neither = project(&[]);
    refused(
        &neither,
        1,
        &[&held[..], &["--carry", "all", "--chair", "noone"]].concat(),
        "--chair: error[unknown-reference]",
    );
    let broken = project(&[(NEXT, "kind: weekly\ndate: 2026-11-25\nheld: maybe\n")]);
    refused(&broken, 1, &[&held[..], &["--carry", "all"]].concat(), "2026-11-25-weekly.yaml has errors");
}

#[test]
fn a_file_that_new_made_is_filled_in() {
    let project = project(&[]);
    run(&project, &["new", "meeting", "--kind", "weekly", "--date", "2026-11-18", "--agenda", "Freeze dates"]).ended(0);
    let before = project.read(WEEKLY);
    run(&project, &["meeting", "held", "--attended", "dora", "--reviewed", "all"]).ended(0);
    run(&project, &["meeting", "minutes", "--text", "Done."]).ended(0);
    run(&project, &["action", "x", "--owner", "dora", "--due", "2026-11-24"]).ended(0);
    let after = project.read(WEEKLY);
    // The comment that is there for a field makes room for it, and all other lines stay.
    let filled = ["# attendees: []", "# held: true | false", "# reviewed: …", "# minutes: |"];
    let kept: Vec<&str> = before.lines().filter(|line| !filled.contains(line)).collect();
    let new = ["attendees: [dora]", "held: true", "reviewed: all", "minutes: Done.", "actions:"];
    let lines: Vec<&str> = after
        .lines()
        .filter(|line| !new.contains(line) && !line.starts_with("    ") && !line.starts_with("  - id"))
        .collect();
    assert_eq!(lines, kept, "{after}");
    for filled in filled {
        assert!(before.contains(filled) && !after.lines().any(|line| line == filled), "{filled}: {after}");
    }
    run(&project, &["check"]).ended(0);
}

#[test]
fn files_keep_their_style() {
    let windows = |text: &str| text.replace('\n', "\r\n");
    let note = "# The desk keeps this\n";
    let actions = "actions:\n- {id: A-2026-001, what: \"a, b\", owner: dora, due: 2026-11-20} # soon\n";
    // Before, and after: an edit puts its line between the two.
    let cases = [
        (
            format!("{note}{HEAD}held: true\n{actions}"),
            "x",
            "- id: A-2026-002\n  what: x\n  owner: dora\n  due: 2026-11-24\n",
        ),
        (
            windows(&format!("{HEAD}held: true\n{actions}")),
            "x",
            "- id: A-2026-002\r\n  what: x\r\n  owner: dora\r\n  due: 2026-11-24\r\n",
        ),
        (
            format!("\u{feff}{HEAD}held: true\nactions: []\n{note}"),
            "y",
            "  - id: A-2026-001\n    what: y\n    owner: dora\n    due: 2026-11-24\n",
        ),
    ];
    for (text, what, new) in cases {
        let project = project(&[(WEEKLY, &text)]);
        run(&project, &["action", what, "--owner", "dora", "--due", "2026-11-24"]).ended(0);
        let after = project.read(WEEKLY);
        let expected = match text.contains("actions: []") {
            true => text.replace("actions: []\n", &format!("actions:\n{new}")),
            false => format!("{text}{new}"),
        };
        assert_eq!(after, expected);
    }
}

/// The lines that a text has and another has not, in the order of the text: as few as possible.
fn lost(old: &str, new: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    // How many lines are in both from a place on.
    let mut both = vec![vec![0; new.len() + 1]; old.len() + 1];
    for at in (0..old.len()).rev() {
        for other in (0..new.len()).rev() {
            both[at][other] = match old[at] == new[other] {
                true => both[at + 1][other + 1] + 1,
                false => both[at + 1][other].max(both[at][other + 1]),
            };
        }
    }
    let (mut at, mut other, mut lost) = (0, 0, Vec::new());
    while at < old.len() {
        if other < new.len() && old[at] == new[other] {
            (at, other) = (at + 1, other + 1);
        } else if other < new.len() && both[at][other + 1] >= both[at + 1][other] {
            other += 1;
        } else {
            lost.push(old[at].to_owned());
            at += 1;
        }
    }
    lost
}

#[test]
fn an_action_that_is_done_is_one_line() {
    for actions in [
        "actions:\n  - id: A-2026-001\n    what: |\n      Long\n    owner: nitc\n    # until then\n    due: 2026-11-20\n\n  # the other\n  - id: A-2026-002\n    what: y\n    owner: dora\n    due: 2026-11-20\n# end\n",
        "actions:\r\n- what: x\r\n  due: 2026-11-20\r\n  id: A-2026-001\r\n  owner: nitc\r\n\r\n# end\r\n",
        "actions:\n  - due: 2026-11-20\n    owner: nitc\n    what: x\n    id: A-2026-001",
    ] {
        let text = format!("{HEAD}{actions}");
        let project = project(&[(WEEKLY, &text)]);
        run(&project, &["done", "A-2026-001"]).ended(0);
        let after = project.read(WEEKLY);
        assert_eq!(after.lines().count(), text.lines().count() + 1, "{after}");
        assert_eq!(lost(&text, &after), Vec::<String>::new());
        assert_eq!(after.lines().filter(|line| line.trim() == "done: 2026-11-18").count(), 1, "{after}");
        run(&project, &["check"]).ended(0);
        // It is done, and its date can be corrected.
        refused(
            &project,
            1,
            &["done", "A-2026-001"],
            "A-2026-001 was done on Wed, Nov 18, 2026, and nothing was written",
        );
        run(&project, &["done", "A-2026-001", "--on", "2026-11-17"]).ended(0);
        assert_eq!(project.read(WEEKLY), after.replace("done: 2026-11-18", "done: 2026-11-17"));
    }
}

#[test]
fn items_of_several_meetings_are_done_at_once() {
    let action = |id: &str| format!("actions:\n  - {{id: {id}, what: x, owner: dora, due: 2026-11-20}}\n");
    let project = project(&[
        (WEEKLY, &format!("{HEAD}{}", action("A-2026-002"))),
        (MONTHLY, &format!("kind: monthly\ndate: 2026-11-12\n{}", action("A-2026-001"))),
    ]);
    let said = run(&project, &["done", "A-2026-001", "A-2026-002"]).ended(0);
    assert_eq!(said.stdout().matches(": done Wed, Nov 18, 2026: x\n").count(), 2);
    for path in [WEEKLY, MONTHLY] {
        assert!(project.read(path).ends_with("due: 2026-11-20, done: 2026-11-18}\n"), "{}", project.read(path));
    }
}

/// A meeting's file, line by line: fields in some order, with comments, blank lines, and values of many styles.
fn meeting_file() -> impl Strategy<Value = String> {
    let comment = prop_oneof![
        4 => Just(String::new()),
        1 => Just("# a comment\n".to_owned()),
        1 => Just("\n".to_owned()),
        1 => Just("\n  # one further in\n\n".to_owned()),
        1 => Just("# held: true | false\n".to_owned()),
    ];
    let value = |values: &[&str]| prop::sample::select(values.iter().map(|own| (*own).to_owned()).collect::<Vec<_>>());
    let fields = (
        value(&["", "chair: dora\n", "chair: 'dora' # ours\n"]),
        value(&[
            "",
            "attendees: [dora, nils]\n",
            "attendees:\n- dora\n# late\n- 'nils' # early\n",
            "attendees: [dora,\n  nils] # both\n",
        ]),
        value(&[
            "",
            "agenda:\n  - One\n  # own\n  - >\n    Two\n    lines\n",
            "agenda: []\n",
            "agenda: ['One: it', Two]\n",
        ]),
        value(&["", "held: false\n", "held: true\n", "\"held\": true\n"]),
        value(&[
            "",
            "minutes: |\n  One\n\n  # no comment\n",
            "minutes: >-\n  folded\n",
            "minutes: |+\n  kept\n\n",
            "minutes: \"quoted: #1\"\n",
        ]),
        value(&[
            "",
            "actions:\n  - id: A-2026-001\n    what: x\n    owner: dora\n    due: 2026-11-20\n",
            "actions:\n- {id: A-2026-001, what: x,\n   owner: dora, due: 2026-11-20} # c\n",
        ]),
    );
    let comments = prop::collection::vec(comment, 8);
    (fields, comments, any::<bool>(), any::<bool>(), any::<u64>()).prop_map(
        |(fields, comments, windows, mark, seed)| {
            let (chair, attendees, agenda, held, minutes, actions) = fields;
            let mut parts = vec![HEAD.to_owned(), chair, attendees, agenda, held, minutes, actions];
            // Records can be in any order.
            let at = usize::try_from(seed % 7).unwrap_or(0);
            parts.rotate_left(at);
            let mut text = String::new();
            for (comment, part) in comments.iter().zip(parts) {
                // Below a block it would be a line of its text.
                let is_in_block = comment.contains("  #") && text.contains("minutes: ");
                text.push_str(if is_in_block { "" } else { comment });
                text.push_str(&part);
            }
            let text = format!("{}{text}", if mark { "\u{feff}" } else { "" });
            if windows { text.replace('\n', "\r\n") } else { text }
        },
    )
}

fn tree(text: &str) -> Node<'_> {
    parse(text.trim_start_matches('\u{feff}'), &mut Faults::default()).expect("YAML")
}

/// The lines of a field: those from its name to the next field, without comments and blank lines after it.
fn own_lines(text: &str, name: &str) -> usize {
    let is_own = |line: &&str| line.starts_with([' ', '-']) || line.trim().is_empty() || line.starts_with('#');
    let mut lines =
        text.trim_start_matches('\u{feff}').lines().skip_while(|line| !line.trim_start_matches('"').starts_with(name));
    usize::from(lines.next().is_some()) + lines.take_while(is_own).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_files_keep_every_other_line(
        text in meeting_file(),
        field in prop::sample::select(vec!["chair", "attendees", "held", "minutes", "agenda"]),
        adds in any::<bool>(),
    ) {
        let fields = fields_of(&Meeting::schema(), Meeting::FIELDS);
        let had = tree(&text).get(field).is_some();
        let value: Node = match field {
            "attendees" | "agenda" => vec!["pat", "ann"].into(),
            "minutes" => "New\nminutes: two\n".into(),
            _ => "true".into(),
        };
        let new = match adds && field == "agenda" {
            true => add_item(&text, &fields, "agenda", &"Another: one".into()),
            false => set_field(&text, Target::Record, &fields, field, &value),
        };
        let new = new.expect("an edit");
        // A mark at the start and the line ends stay.
        prop_assert_eq!(new.starts_with('\u{feff}'), text.starts_with('\u{feff}'));
        prop_assert_eq!(new.contains('\r'), text.contains('\r'));
        prop_assert_eq!(new.matches('\n').count(), if text.contains('\r') { new.matches("\r\n").count() } else { new.matches('\n').count() });
        let is_comment = |line: &&String| line.trim_start().starts_with('#') && line.trim() != "# no comment";
        let lost = lost(&text, &new);
        let placeholder = "# held: true | false";
        for line in lost.iter().filter(is_comment) {
            prop_assert!(field == "held" && line.trim() == placeholder || had, "{} lost {line:?}: {new}", field);
        }
        // The comment for a field makes room for it.
        let most = if had { own_lines(&text, field) } else { usize::from(field == "held") };
        prop_assert!(lost.len() <= most, "{field}: {lost:?}\n{text}\n{new}");
        let is_kept = |line: &&str| line.contains("# ") && !["# no comment", placeholder].contains(&line.trim());
        let comments = |text: &str| text.trim_start_matches('\u{feff}').lines().filter(is_kept).count();
        prop_assert_eq!(comments(&new), comments(&text), "{}", new);
    }

    #[test]
    fn random_files_get_one_line_for_an_action_done(text in meeting_file()) {
        let fields = fields_of(&Action::schema(), Action::FIELDS);
        let target = Target::Item { list: "actions", id: "A-2026-001" };
        let new = set_field(&text, target, &fields, "done", &"2026-11-18".into());
        prop_assert_eq!(new.is_ok(), tree(&text).get("actions").is_some());
        if let Ok(new) = new {
            let (lost, more) = (lost(&text, &new).len(), new.lines().count() - text.lines().count());
            prop_assert!((lost, more) == (0, 1) || (lost, more) == (1, 0), "{lost} {more}\n{text}\n{new}");
        }
    }
}

#[test]
fn final_minutes_in_the_base_branch_take_no_more_action_items() {
    let held = format!("{HEAD}held: true\nreviewed: all\n");
    let project = project(&[(WEEKLY, &held)]);
    commit(&project.root());
    let action = ["action", "x", "--owner", "dora", "--due", "2026-11-24"];
    refused(&project, 1, &action, "--meeting \"weekly 2026-11-25\"");
    assert_eq!(project.read(WEEKLY), held);
    run(&project, &[action.as_slice(), &["--meeting", "weekly 2026-11-25"]].concat()).ended(0);
    run(&project, &["check", "--base", "HEAD"]).ended(0);
}
