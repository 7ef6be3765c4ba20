//! `heatpack meeting`, `action` and `done` on a terminal: they ask for what is missing, and open the editor for minutes.
#![cfg(target_os = "linux")] // Where `script` is the one of util-linux.

use crate::support::terminal::Terminal;
use crate::support::{Project, files, git};

const AS_OF: &str = "2026-11-18 11:00";
const WEEKLY: &str = "data/meetings/2026-11-18-weekly.yaml";
const NEXT: &str = "data/meetings/2026-11-25-weekly.yaml";
/// The key that chooses the next of some choices.
const DOWN: &str = "\u{1b}[B";
const PLANNED: &str = "kind: weekly\ndate: 2026-11-18\nagenda:\n  - Freeze dates\n  - Training plan\n";

fn project(meeting: &str) -> Project {
    Project::of(&[
        ("heatpack.yaml", "starts: 2026-11-16\n"),
        (
            "staff.yaml",
            "- {id: dora, name: Dora Desk, office: help-desk}\n- {id: nils, name: Nils Third, office: nitc}\n",
        ),
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Point\nphone: 202-555-0100\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2026-01-01}\n",
        ),
        (
            "tickets/2026/HEAT-1.yaml",
            "id: HEAT-1\ntitle: Export\nsubject: scorecard\nkind: issue\narea: technical\npoc: pat\n\
             received: 2026-11-16 09:14\nvia: [phone]\ndescription: Words.\nlog: []\n",
        ),
        ("meetings/2026-11-18-weekly.yaml", meeting),
    ])
}

fn asks(project: &Project, editor: &str, arguments: &[&str]) -> Terminal {
    Terminal::run_with(&project.root(), 120, &[("EDITOR", editor)], &[&["--as-of", AS_OF], arguments].concat())
}

#[track_caller]
fn ends_well(terminal: Terminal) -> String {
    let (status, said) = terminal.ends();
    assert_eq!(status, 0, "{said}");
    said
}

#[test]
fn a_meeting_is_asked_for_part_by_part() {
    let project = project(PLANNED);
    let before = files(&project.root());
    let mut terminal = asks(&project, "", &["meeting", "held"]);
    terminal.waits_for("MITS Status Meeting, Wed, Nov 18, 2026, 10:00");
    terminal.waits_for("Who attended?");
    terminal.waits_for("Pat Point (pat, POC)");
    terminal.types(&format!(" {DOWN} \r"));
    terminal.waits_for("Who led it?");
    terminal.waits_for("someone else, or no one");
    terminal.types("\r");
    terminal.waits_for("Which tickets were reviewed?");
    terminal.waits_for("all outstanding tickets (1)");
    terminal.types("\r");
    terminal.waits_for("Which agenda items were dealt with? The others go to the next meeting");
    terminal.waits_for("Training plan");
    assert_eq!(files(&project.root()), before, "nothing is written while it asks");
    terminal.types(" \r");
    let said = ends_well(terminal);
    assert!(said.contains("carried: 1 agenda item, to the meeting of Wed, Nov 25, 2026"), "{said}");
    let held = "chair: dora\nattendees: [dora, nils]\nagenda:\n  - Freeze dates\n  - Training plan\nheld: true\nreviewed: all\n";
    assert_eq!(project.read(WEEKLY), format!("kind: weekly\ndate: 2026-11-18\n{held}"));
    assert!(project.read(NEXT).ends_with("agenda:\n  - Training plan\n"));
}

#[test]
fn minutes_are_asked_for_again_while_they_are_an_error() {
    let minutes = "minutes: |\n  Old words.\n\n  <!-- a comment of theirs -->\n";
    let project = project(&format!("{PLANNED}held: true\n{minutes}# end\n"));
    // The first time it adds a number that looks personal; the second time it finds it, and puts another word there.
    let ssn = ["219", "09", "9999"].join("-");
    let script = format!(
        "#!/bin/sh\ncp \"$1\" \"{root}/seen\"\nif grep -q {ssn} \"$1\"; then sed 's/{ssn}/the number/' \"$1\" > \"{root}/t\"; \
         else sed 's/Old words/Wrote down {ssn}/' \"$1\" > \"{root}/t\"; fi\ncat \"{root}/t\" > \"$1\"\n",
        root = project.root().display()
    );
    project.write("editor.sh", script);
    let editor = format!("sh {}/editor.sh", project.root().display());
    let mut terminal = asks(&project, &editor, &["meeting", "minutes"]);
    terminal.waits_for("error[possible-personal-data]");
    let said = ends_well(terminal);
    assert!(said.contains("minutes of 3 lines"), "{said}");
    let new = "minutes: |\n  Wrote down the number.\n\n  <!-- a comment of theirs -->\n";
    assert_eq!(project.read(WEEKLY), format!("{PLANNED}held: true\n{new}# end\n"));
    // The editor opened with what was refused, and why.
    let seen = project.read("seen");
    assert!(
        seen.starts_with(&format!("Wrote down {ssn}.\n")) && seen.contains("error[possible-personal-data]"),
        "{seen}"
    );
}

#[test]
fn an_action_is_asked_for_and_done() {
    let project = project(&format!("{PLANNED}held: true\n"));
    let mut terminal = asks(&project, "", &["action"]);
    terminal.answers("Action, in one line", "Send the calendar");
    terminal.waits_for("Owner");
    terminal.waits_for("NITC (nitc)");
    terminal.types("dora\r");
    terminal.answers("Due date", "soon");
    terminal.waits_for("error[invalid-value]: `soon` is not a date");
    terminal.answers("Due date", "2026-11-24");
    ends_well(terminal);
    let action = "actions:\n  - id: A-2026-001\n    what: Send the calendar\n    owner: dora\n    due: 2026-11-24\n";
    assert_eq!(project.read(WEEKLY), format!("{PLANNED}held: true\n{action}"));
    git::commit(&project.root());
    let mut terminal = asks(&project, "", &["done"]);
    terminal.waits_for("A-2026-001: Send the calendar");
    terminal.types(" \r");
    ends_well(terminal);
    // That is a line in git, and undone it is nothing.
    let diff = git::git(&project.root(), &["diff", "--numstat"]);
    assert_eq!(diff, format!("1\t0\t{WEEKLY}"));
    git::git(&project.root(), &["checkout", "--quiet", WEEKLY]);
    assert_eq!(project.read(WEEKLY), format!("{PLANNED}held: true\n{action}"));
}

#[test]
fn a_plan_is_asked_for() {
    let project = project(PLANNED);
    let mut terminal = asks(&project, "", &["meeting", "agenda"]);
    terminal.waits_for("MITS Status Meeting, Wed, Nov 25, 2026, 10:00");
    terminal.answers("Agenda item", "Exports");
    ends_well(terminal);
    let mut terminal = asks(&project, "", &["meeting", "move"]);
    terminal.answers("New time", "2026-12-03 10:00");
    terminal.waits_for("error[");
    terminal.answers("New time", "2026-11-24 10:00");
    ends_well(terminal);
    assert!(
        project.read(NEXT).ends_with("moved_to: 2026-11-24 10:00\nagenda:\n  - Exports\n"),
        "{}",
        project.read(NEXT)
    );
    let mut terminal = asks(&project, "", &["meeting", "weekly", "2026-12-02", "cancel"]);
    terminal.answers("Reason for the cancellation", "Closed");
    ends_well(terminal);
}
