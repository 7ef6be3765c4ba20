//! The minutes of the last meeting in the pack of the next one of its kind, from just after the meeting on.

use crate::support::{Project, Run};
use serde_json::Value as Json;

/// Two weekly meetings and a monthly one that were held, and a weekly one between of which nothing is on record.
fn project() -> Project {
    Project::of(&[
        ("heatpack.yaml", "starts: 2026-10-01\n"),
        (
            "staff.yaml",
            "- {id: dora, name: Dora Desk, office: help-desk}\n- {id: nils, name: Nils Third, office: nitc}\n",
        ),
        (
            "meetings/2026-11-04-weekly.yaml",
            "kind: weekly\ndate: 2026-11-04\nchair: dora\nattendees: [dora, nils]\nguests: [Sam Visitor]\nheld: true\n\
             reviewed: all\nminutes: |\n  NITC asked for **more** time.\n\n  - Agreed: a week.\n",
        ),
        (
            "meetings/2026-11-18-weekly.yaml",
            "kind: weekly\ndate: 2026-11-18\nheld: true\nreviewed: all\nminutes: The freeze dates stand.\n",
        ),
        (
            "meetings/2026-11-12-monthly.yaml",
            "kind: monthly\ndate: 2026-11-12\nheld: true\nreviewed: all\nminutes: The POCs were told.\n",
        ),
    ])
}

fn made(project: &Project, kind: &str, on: &str, as_of: &str, format: &str) -> Run {
    project.run(&["pack", kind, "--on", on, "--as-of", as_of, "--format", format]).ended(0)
}

/// The meeting whose minutes a pack shows.
#[track_caller]
fn shown(project: &Project, kind: &str, on: &str, as_of: &str) -> Json {
    let pack = made(project, kind, on, as_of, "json").json();
    if kind == "monthly" {
        assert_eq!(pack["monthly"]["last_minutes"], pack["last_minutes"]);
    }
    pack["last_minutes"]["meeting"].clone()
}

#[test]
fn the_next_weekly_pack_shows_them() {
    let project = project();
    let pack = made(&project, "weekly", "2026-11-18", "2026-11-18 10:00", "json").json();
    let minutes = &pack["last_minutes"];
    assert_eq!(minutes["meeting"], "2026-11-04-weekly");
    assert_eq!((&minutes["held"], &minutes["chair"]), (&"2026-11-04T10:00".into(), &"dora".into()));
    assert_eq!(minutes["attendees"], serde_json::json!(["dora", "nils"]));
    assert_eq!(minutes["guests"], serde_json::json!(["Sam Visitor"]));
    assert_eq!(minutes["text"], "NITC asked for **more** time.\n\n- Agreed: a week.\n");
    assert_eq!(pack["people"]["nils"], "Nils Third");
    let html = made(&project, "weekly", "2026-11-18", "2026-11-18 10:00", "html");
    let (_, section) = html.stdout().split_once("<section id=\"actions\"").expect("the action items");
    let section = section.split("</section>").next().unwrap_or_default();
    for part in [
        "Minutes of the previous meeting",
        "Wed, Nov 4, 2026",
        "Dora Desk",
        "Sam Visitor",
        "<strong>more</strong> time",
        "Agreed: a week.",
    ] {
        assert!(section.contains(part), "{part}: {section}");
    }
    assert!(!html.stdout().contains("The freeze dates stand"));
}

#[test]
fn the_action_items_of_that_meeting_are_there_with_their_status() {
    let project = project();
    let path = "data/meetings/2026-11-18-weekly.yaml";
    let item = |id: u32, due: &str| format!("  - {{id: A-2026-00{id}, what: Item {id}, owner: dora, due: {due}}}\n");
    let items = [item(1, "2026-11-20"), item(2, "2026-11-24"), item(3, "2026-12-01")].concat();
    project.write(path, format!("{}actions:\n{items}", project.read(path)));
    // One is done on the day of the next meeting, before it.
    project.run(&["done", "A-2026-001", "--as-of", "2026-11-25 09:00"]).ended(0);
    let pack = made(&project, "weekly", "2026-11-25", "2026-11-25 10:00", "json").json();
    let rows = pack["last_minutes"]["actions"].as_array().expect("a list");
    let status = |row: &Json| (row["id"].clone(), row["done"].clone(), row["days_late"].clone());
    let expected = [
        ("A-2026-001".into(), "2026-11-25".into(), 0.into()),
        ("A-2026-002".into(), Json::Null, 1.into()),
        ("A-2026-003".into(), Json::Null, 0.into()),
    ];
    assert_eq!(rows.iter().map(status).collect::<Vec<_>>(), expected);
    let words: Vec<&str> = rows.iter().filter_map(|row| row["status"].as_str()).collect();
    assert_eq!(words, ["done Nov 25, 2026", "overdue by 1 day", "open"]);
    let html = made(&project, "weekly", "2026-11-25", "2026-11-25 10:00", "html");
    let (_, section) = html.stdout().split_once("Minutes of the previous meeting</h3>").expect("the minutes");
    for part in ["<strong>3</strong> action items of this meeting", "Item 1", "1 day late", "Item 3"] {
        assert!(section.contains(part), "{part}: {section}");
    }
    assert!(made(&project, "weekly", "2026-11-25", "2026-11-25 10:00", "pdf").out.starts_with(b"%PDF-"));
}

#[test]
fn they_are_there_from_just_after_the_meeting() {
    let project = project();
    // Nothing is on record of the meeting of the 11th, held on the 12th: the last one that was held is shown.
    assert_eq!(shown(&project, "weekly", "2026-11-18", "2026-11-18 09:59"), "2026-11-04-weekly");
    assert_eq!(shown(&project, "weekly", "2026-11-18", "2026-11-18 10:00"), "2026-11-04-weekly");
    assert_eq!(shown(&project, "weekly", "2026-11-25", "2026-11-18 10:01"), "2026-11-18-weekly");
    // A past pack shows what it did.
    assert_eq!(shown(&project, "weekly", "2026-11-18", "2026-11-30"), "2026-11-04-weekly");
    assert_eq!(shown(&project, "weekly", "2026-11-04", "2026-11-30"), Json::Null);
    // Each kind has its own.
    assert_eq!(shown(&project, "monthly", "2026-11-12", "2026-11-30"), Json::Null);
    assert_eq!(shown(&project, "monthly", "2026-12-10", "2026-11-30"), "2026-11-12-monthly");
    // Minutes that are not final are not shown yet.
    let path = "data/meetings/2026-11-18-weekly.yaml";
    project.write(path, project.read(path).replace("held: true\n", ""));
    assert_eq!(shown(&project, "weekly", "2026-11-25", "2026-11-20"), "2026-11-04-weekly");
}

#[test]
fn the_pdf_shows_them_too() {
    let project = project();
    let pdf = |project: &Project| made(project, "weekly", "2026-11-25", "2026-11-20", "pdf").out;
    let before = pdf(&project);
    assert!(before.starts_with(b"%PDF-") && pdf(&project) == before);
    let path = "data/meetings/2026-11-18-weekly.yaml";
    project.write(path, project.read(path).replace("freeze dates", "freezing dates"));
    assert!(pdf(&project) != before, "the text of the minutes is in it");
    // What is in no pack changes none.
    let path = "data/meetings/2026-11-04-weekly.yaml";
    let changed = pdf(&project);
    project.write(path, project.read(path).replace("a week", "two weeks"));
    assert!(pdf(&project) == changed);
}
