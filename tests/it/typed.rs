//! What people type in flags is understood, and written as records write it; what can be read in two ways is never
//! guessed.

use crate::support::Project;

/// A Monday.
const AS_OF: &str = "2026-11-16 14:30";

const TICKET: &str = "id: HEAT-1\ntitle: t\nsubject: scorecard\nkind: issue\narea: technical\npoc: poneil\n\
                      received: 2026-11-16 09:14\nvia: [phone]\ndescription: Words.\nlog: []\n";

fn project() -> Project {
    Project::of(&[
        (
            "subjects.yaml",
            "- {id: scorecard, name: Scorecard, kind: module}\n- {id: vouchers, name: Travel Vouchers, kind: module}\n",
        ),
        (
            "staff.yaml",
            "- {id: mclark, name: Maria Clark, office: help-desk}\n- {id: lena, name: Lena Head, office: acfo-fs}\n\
             - {id: lee, name: Kim Lee, office: help-desk}\n- {id: klee2, name: Kim Lee, office: nitc}\n",
        ),
        (
            "pocs/poneil.yaml",
            "id: poneil\nname: Pat O'Neil\nphone: 202-555-0100\ndesignations:\n  \
             - {subject: vouchers, role: primary, from: 2025-01-01}\n  \
             - {subject: scorecard, role: primary, from: 2025-01-01}\n",
        ),
        ("heatpack.yaml", "starts: 2026-10-01\n"),
        ("tickets/2026/HEAT-1.yaml", TICKET),
        ("meetings/2026-11-11-weekly.yaml", "kind: weekly\ndate: 2026-11-11\nheld: true\nminutes: Words.\n"),
    ])
}

/// The records' side of an entry that is logged with a time.
#[track_caller]
fn logged(at: &str) -> String {
    let project = project();
    let log = ["--as-of", AS_OF, "log", "1", "note", "--by", "mclark", "--note", "x", "--at", at];
    project.run(&log).ended(0);
    let text = project.read("data/tickets/2026/HEAT-1.yaml");
    text.lines().find_map(|line| line.strip_prefix("  - at: ")).unwrap_or_else(|| panic!("{text}")).to_owned()
}

#[test]
fn times_are_taken_as_people_type_them() {
    for (typed, recorded) in [
        ("9:20 am", "2026-11-16 09:20"),
        ("9:20", "2026-11-16 09:20"),
        ("1420", "2026-11-16 14:20"),
        ("2 pm", "2026-11-16 14:00"),
        ("11/16/2026 2:20 PM", "2026-11-16 14:20"),
        ("11/16 2:20 pm", "2026-11-16 14:20"),
        ("today 10:00", "2026-11-16 10:00"),
        (" Nov 16, 2026 at 2:20 p.m. ", "2026-11-16 14:20"),
    ] {
        assert_eq!(logged(typed), recorded, "{typed}");
    }
}

#[test]
fn what_can_be_read_in_two_ways_is_refused_with_both() {
    let project = project();
    let refused = |arguments: &[&str], both: &str| {
        let run = project.run(&[&["--as-of", AS_OF], arguments].concat()).ended(2);
        assert!(run.stderr.contains(both), "{}", run.stderr);
    };
    let log = ["log", "1", "note", "--note", "x"];
    refused(
        &[&log[..], &["--by", "mclark", "--at", "2:10"]].concat(),
        "`2:10` can be 2026-11-16 02:10 or 2026-11-16 14:10",
    );
    refused(&[&log[..], &["--by", "mclark", "--at", "Mon 10:00"]].concat(), "2026-11-09 10:00 or 2026-11-16 10:00");
    refused(&[&log[..], &["--by", "Kim Lee"]].concat(), "`Kim Lee` can be Kim Lee (klee2) or Kim Lee (lee)");
    refused(&["pack", "weekly", "--on", "wed", "--format", "json"], "`wed` can be 2026-11-11 or 2026-11-18");
    // An id is that id, also where it is a part of a name.
    project.run(&[&["--as-of", AS_OF], &log[..], &["--by", "lee"]].concat()).ended(0);
    assert!(project.read("data/tickets/2026/HEAT-1.yaml").contains("by: lee\n"));
}

#[test]
fn numbers_and_names_are_taken_wherever_a_record_is_named() {
    let project = project();
    let run = |arguments: &[&str]| project.run(&[&["--as-of", AS_OF], arguments].concat()).ended(0);
    let new = [
        "new",
        "ticket",
        "--poc",
        "Pat O’Neil",
        "--subject",
        "Travel Vouchers",
        "--received",
        "9:14",
        "--via",
        "phone",
    ];
    let more =
        ["--kind", "issue", "--area", "technical", "--title", "t", "--description", "Words.", "--id", "#00010423"];
    run(&[&new[..], &more].concat());
    let text = project.read("data/tickets/2026/HEAT-10423.yaml");
    for line in ["subject: vouchers\n", "poc: poneil\n", "received: 2026-11-16 09:14\n"] {
        assert!(text.contains(line), "{text}");
    }
    run(&["log", "HEAT10423", "voided", "--by", "Maria Clark", "--duplicate-of", "#1"]);
    let text = project.read("data/tickets/2026/HEAT-10423.yaml");
    assert!(text.contains("by: mclark\n    duplicate_of: HEAT-1\n"), "{text}");
    run(&[
        "new",
        "cr",
        "--tickets",
        "heat-1",
        "--subject",
        "scorecard",
        "--title",
        "t",
        "--prepared-by",
        "Lena Head",
        "--id",
        "cr-2026-7",
    ]);
    let text = project.read("data/crs/CR-2026-007.yaml");
    assert!(text.contains("tickets: [HEAT-1]\n") && text.contains("prepared_by: lena\n"), "{text}");
    assert!(run(&["show", "CR 2026-7"]).stdout().starts_with("CR-2026-007"));
    assert!(run(&["show", "pat o'neil"]).stdout().contains("Pat O'Neil"));
    // Who allowed an exception, too.
    let late = ["log", "1", "closed", "--by", "mclark", "--force", "--reason", "asked", "--allowed-by", "Lena Head"];
    run(&late);
    assert!(project.read("data/tickets/2026/HEAT-1.yaml").contains("allowed_by: lena\n"));
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[test]
fn days_are_taken_as_people_type_them() {
    let project = project();
    let run = |arguments: &[&str]| project.run(&[&["--as-of", AS_OF], arguments].concat()).ended(0);
    run(&["action", "Send it", "--owner", "mits help desk", "--due", "11/24"]);
    run(&["action", "Call them", "--owner", "Maria Clark", "--due", "Fri", "--meeting", "11/11/2026"]);
    run(&["done", "a-2026-1", "--on", "today"]);
    let text = project.read("data/meetings/2026-11-11-weekly.yaml");
    let items = "  - id: A-2026-001\n    what: Send it\n    owner: help-desk\n    due: 2026-11-24\n    done: 2026-11-16\n  \
                 - id: A-2026-002\n    what: Call them\n    owner: mclark\n    due: 2026-11-20\n";
    assert!(text.ends_with(items), "{text}");
    let pack = |on: &str| run(&["pack", "weekly", "--on", on, "--format", "json"]).stdout().to_owned();
    assert_eq!(pack("11/11/2026"), pack("2026-11-11"));
    let calendar = |from: &str| run(&["calendar", "--from", from, "--to", "2026-11-20"]).stdout().to_owned();
    assert_eq!(calendar("tomorrow"), calendar("2026-11-17"));
    // The as-of time is one as well.
    let check = |as_of: &str| project.run(&["check", "--as-of", as_of]).ended(0).stdout().to_owned();
    assert_eq!(check("11/16/2026 2:30 pm"), check(AS_OF));
    assert_eq!(check("11/16/2026"), check("2026-11-16"));
    assert!(project.run(&["check", "--as-of", "soon"]).ended(2).stderr.contains("`soon` is not an as-of time"));
}
