//! `heatpack show`: timelines and clocks in the terminal.

use crate::formats::project::{Project, run, sample};

#[test]
fn a_ticket_has_its_timeline_and_the_story_of_each_due_date() {
    let project = Project::hostile();
    let said = project.run(&["show", "HEAT-4", "--explain"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    for part in [
        "HEAT-4  Clean\n",
        "state      with NITC; next action: NITC\n",
        "2026-11-10 16:55  received from Jordan \"J\" <Rivera> & 'Co'\n                    → open\n",
        "2026-11-10 17:30  forwarded to NITC – Taylor Nominal (tnguyen)\n                    open → with NITC\n",
        "still with NITC\n",
        // Received before the end of the working day, forwarded after it; the next day was Veterans Day.
        "counted from  Tue, Nov 10, 2026, the same day\n",
        "nonworking    Wed, Nov 11, 2026 (Veterans Day)\n",
        "counted from  Thu, Nov 12, 2026, the next working day: the working day ends at 17:00\n",
        "due           Mon, Nov 16, 2026, the whole day (moved from Sat, Nov 14, 2026)\n",
        "nonworking    Sat, Nov 14, 2026 (a Saturday); Sun, Nov 15, 2026 (a Sunday)\n",
        "ended         Thu, Nov 12, 2026, 10:00: completed\n",
        "outcome       met\n",
        "outcome       open\n",
    ] {
        assert!(said.out.contains(part), "{part}\n{}", said.out);
    }
    assert_eq!(project.run(&["show", "4"]).status, 0, "the number alone");
    assert_eq!(project.run(&["show", "heat-4"]).out, project.run(&["show", "HEAT-4"]).out);
}

#[test]
fn a_slip_has_no_effect_and_says_why() {
    let said = Project::hostile().run(&["show", "HEAT-2"]);
    assert!(said.out.contains("no effect: not allowed at that time (transition-forbidden)"), "{}", said.out);
    assert!(said.out.contains("error[transition-forbidden]: `closed` is not allowed"), "{}", said.out);
    assert!(!said.out.contains('\u{1b}'), "no colors into a pipe");
}

#[test]
fn a_change_request_has_its_votes() {
    let said = run(sample(), &["show", "CR-2026-007"]);
    assert_eq!(said.status, 0, "{}", said.err);
    for part in [
        "submitted to the board",
        "vote by Noor Placewright: approved",
        "under CFMSCCB review → approved",
        "forward-cr",
        "3 approvals (2 needed)",
    ] {
        assert!(said.out.contains(part), "{part}\n{}", said.out);
    }
}

/// Words of a text, filled into lines that begin with two blanks.
fn filled(text: &str) -> Vec<&str> {
    text.lines().take_while(|line| line.starts_with("  ") || line.is_empty()).collect()
}

#[test]
fn a_change_request_is_shown_whole() {
    let project = Project::hostile();
    let path = project.root().join("data/crs/CR-2026-001.yaml");
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    let mut text = String::from(
        "id: CR-2026-001\ntitle: A change\nsubject: scorecard\ntickets: [HEAT-4]\nprepared_by: kfoster\n\
         priority: urgent\nrisk: high\neffort: 3 days of two people\nrequested_for: 2026-12-15\n",
    );
    let fields = ["description", "justification", "impact", "security_impact", "test_plan", "rollback_plan"];
    for field in fields {
        text.push_str(&format!("{field}: |\n  Begin of {field}. {}\n\n  - end of {field}\n", "Word ".repeat(90)));
    }
    std::fs::write(path, text + "log: []\n").expect("written");
    let said = project.run(&["show", "CR-2026-001"]);
    assert_eq!(said.status, 0, "{}", said.err);
    for part in ["urgent", "high", "3 days of two people", "Tue, Dec 15, 2026", "HEAT-4", "(kfoster)"] {
        assert!(said.out.contains(part), "{part}\n{}", said.out);
    }
    let mut at = 0;
    for field in fields {
        let title = format!("\n{}\n", field.replace('_', " "));
        let found = said.out[at..].find(&title).unwrap_or_else(|| panic!("no {field} in its place\n{}", said.out));
        at += found + title.len();
        let lines = filled(&said.out[at..]);
        assert!(lines.iter().all(|line| line.chars().count() <= 80), "{lines:?}");
        let words = lines.join(" ");
        assert_eq!(words.matches("Word").count(), 90, "{field}: none is cut");
        assert!(
            words.contains(&format!("Begin of {field}.")) && words.contains(&format!("- end of {field}")),
            "{words}"
        );
    }
}

#[test]
fn a_ticket_shows_what_was_asked_and_tried() {
    let project = Project::hostile();
    let path = project.root().join("data/tickets/2026/HEAT-4.yaml");
    let text = std::fs::read_to_string(&path).expect("the ticket");
    assert!(!text.contains("first_line"), "{text}");
    let text = text.replace("log:\n", "first_line: |\n  Cleared the \u{1b}[2Jfilter.\nlog:\n");
    std::fs::write(&path, text).expect("written");
    let said = project.run(&["show", "HEAT-4", "--explain"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.out.contains("\ndescription\n  "), "{}", said.out);
    assert!(said.out.contains("\nwhat the POC tried first\n  Cleared the \u{fffd}[2Jfilter.\n"), "{}", said.out);
}

#[test]
fn a_poc_has_designations_and_tickets() {
    let said = Project::hostile().run(&["show", "jrivera"]);
    assert!(said.out.contains("primary for Score ]]> card, from Wed, Oct 1, 2025"), "{}", said.out);
    assert!(said.out.contains("HEAT-4  with NITC, 3 days: Clean"), "{}", said.out);
}

#[test]
fn what_cannot_be_shown_says_why() {
    let project = Project::hostile();
    for (id, part) in [
        ("jriver", "did you mean `jrivera`?"),
        ("HEAT-5", "did you mean `HEAT-"),
        ("HEAT-99999", "use an id like"),
        ("HEAT-1", "has errors"),
    ] {
        let said = project.run(&["show", id]);
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{id}");
        assert!(said.err.contains(part), "{id}: {}", said.err);
    }
}
