//! A pack says what was known at its time: entries that come later change nothing of it, nor does making it again.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::random::{drawn_with_strikes, project};
use crate::support::{Project, case, run, sample};
use chrono::Days;
use heatpack::load::load;
use heatpack::model::{MeetingKind, Minute, parse_date};
use heatpack::workflow::{Context, Prepared};
use heatpack::{render, report};
use proptest::prelude::*;

fn minute(text: &str) -> Minute {
    Minute::parse(text).expect("a time")
}

/// The last packs that can be made at a time, of both kinds, as JSON.
fn packs(prepared: &Prepared, as_of: Minute, last: usize) -> Vec<String> {
    let ctx = Context::new(prepared, as_of, true);
    let of_kind = |kind| {
        let next = report::next_meeting(&ctx, kind).expect("a next meeting");
        let made = (0..=next).rev().filter_map(|index| report::pack(&ctx, kind, index)).take(last);
        made.map(|pack| render::pack_json(&pack)).collect::<Vec<_>>()
    };
    [MeetingKind::Weekly, MeetingKind::Monthly].into_iter().flat_map(of_kind).collect()
}

/// The same of a project on disk.
fn packs_of(project: &Project, as_of: Minute, last: usize) -> Vec<String> {
    let records = load(&project.root()).expect("the records");
    packs(&Prepared::new(&records), as_of, last)
}

/// When each meeting is held, by its name.
fn meetings(prepared: &Prepared) -> BTreeMap<String, Minute> {
    let ctx = Context::new(prepared, minute("2027-06-01 09:00"), true);
    let both = [MeetingKind::Weekly, MeetingKind::Monthly];
    let meetings = both.into_iter().flat_map(|kind| ctx.meetings(kind).to_vec());
    meetings.map(|meeting| (meeting.id(), meeting.held)).collect()
}

/// Holds that two lists of packs are the same, and says where they are not.
fn same(all: &[String], known: &[String], what: &str) -> Result<(), String> {
    if all.len() != known.len() {
        return Err(format!("{what}: {} packs and {}", all.len(), known.len()));
    }
    for (all, known) in all.iter().zip(known) {
        let other = all.lines().zip(known.lines()).enumerate().find(|(_, (all, known))| all != known);
        if let Some((at, (with, without))) = other {
            let meeting = all.lines().find(|line| line.starts_with("  \"meeting\"")).unwrap_or("");
            return Err(format!("{what}, {meeting} line {at}: with later entries {with}, without {without}"));
        }
    }
    Ok(())
}

/// Takes away whatever was entered after `as_of`: what is left is what the files were at that time.
fn forget_what_is_later(project: &Project, held: &BTreeMap<String, Minute>, as_of: Minute) {
    let root = project.root();
    for (path, bytes) in crate::support::files(&root.join("data")) {
        let (path, text) = (format!("data/{path}"), String::from_utf8(bytes).expect("UTF-8"));
        let name = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(stem, _)| stem);
        let field = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).map(str::trim).map(minute);
        if path.starts_with("data/tickets/") && field("received:").is_some_and(|at| at > as_of) {
            project.remove(&path);
        } else if path.starts_with("data/tickets/") || path.starts_with("data/crs/") {
            let text = without_later_entries(&text, as_of);
            // Before its first entry a CR is unknown, and may name tickets that are still to come.
            match path.starts_with("data/crs/") && text.contains("\nlog: []") {
                true => project.remove(&path),
                false => project.write(&path, text),
            }
        } else if (path.starts_with("data/decisions/") && field("at:").is_some_and(|at| at > as_of))
            || (path.starts_with("data/nitc/") && parse_date(name).is_some_and(|date| date > as_of.date()))
        {
            project.remove(&path);
        } else if path.starts_with("data/answers/") {
            let written =
                text.lines().find_map(|line| line.strip_prefix("written:")).map(str::trim).and_then(parse_date);
            if written.is_some_and(|date| date > as_of.date()) {
                project.remove(&path);
            }
        } else if path.starts_with("data/meetings/") {
            let known = held.get(name).is_some_and(|held| *held < as_of);
            project.write(&path, without_later_minutes(&text, known, as_of));
        }
    }
}

/// A record without the entries of its log that are later.
fn without_later_entries(text: &str, as_of: Minute) -> String {
    let (head, log) = text.split_once("\nlog:").expect("a log");
    let mut kept = String::new();
    for entry in log.split("\n  - ").skip(1) {
        let at = entry.trim_start_matches('{').trim_start_matches("at: ").get(..16).map(minute).expect("a time");
        if at > as_of {
            break;
        }
        kept.push_str("\n  - ");
        kept.push_str(entry.trim_end());
    }
    let log = if kept.is_empty() { " []" } else { &kept };
    format!("{head}\nlog:{log}\n")
}

/// A meeting without its minutes, or without what was done later.
fn without_later_minutes(text: &str, known: bool, as_of: Minute) -> String {
    let (mut kept, mut is_kept) = (String::new(), true);
    for line in text.lines() {
        if !line.starts_with(' ') && !line.is_empty() {
            is_kept = known || !["held:", "reviewed:", "minutes:", "actions:"].iter().any(|key| line.starts_with(key));
        }
        let done = line.split_once("done: ").and_then(|(_, date)| parse_date(date.trim_end_matches('}').trim()));
        let is_later = done.is_some_and(|done| done > as_of.date());
        match line.split_once(", done: ") {
            Some((before, _)) if is_kept && is_later => kept.push_str(&format!("{before}}}\n")),
            _ if is_kept && !is_later => kept.push_str(&format!("{line}\n")),
            _ => {}
        }
    }
    kept
}

#[track_caller]
fn later_entries_change_nothing(root: &Path, times: &[&str]) {
    let records = load(root).expect("the records");
    let prepared = Prepared::new(&records);
    let held = meetings(&prepared);
    let compare = |text: &str| {
        let as_of = minute(text);
        let project = Project::copy_of(root);
        forget_what_is_later(&project, &held, as_of);
        same(&packs(&prepared, as_of, 2), &packs_of(&project, as_of, 2), text).err()
    };
    let faults: Vec<String> = times.iter().filter_map(|text| compare(text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_sample_years_packs_stay_what_they_were() {
    let times = [
        "2025-10-01 10:00",
        "2025-10-08 09:59",
        "2025-10-31 16:00",
        "2025-11-12 10:00",
        "2025-12-11 14:00",
        "2025-12-12 08:00",
        "2026-01-02 12:00",
        "2026-02-04 10:01",
        "2026-02-11 10:00",
        "2026-03-06 17:00",
        "2026-03-12 14:00",
        "2026-04-01 10:00",
        "2026-06-17 00:00",
        "2026-07-09 14:00",
        "2026-08-13 14:00",
        "2026-09-30 10:00",
        "2026-10-14 10:00",
        "2026-10-26 23:59",
        "2026-11-12 14:00",
        "2026-11-18 10:00",
    ];
    later_entries_change_nothing(&sample(), &times);
}

#[test]
fn small_projects_packs_stay_what_they_were() {
    later_entries_change_nothing(
        &case("figures"),
        &["2026-10-07 10:00", "2026-10-14 10:00", "2026-10-16 09:30", "2026-10-20 12:00", "2026-10-21 10:00"],
    );
    later_entries_change_nothing(&case("changes"), &["2026-11-05 09:00", "2026-11-10 10:00", "2026-11-18 10:00"]);
    later_entries_change_nothing(&case("nitc"), &["2026-11-11 12:00", "2026-11-16 23:59", "2026-11-18 10:00"]);
    later_entries_change_nothing(&case("actions"), &["2026-11-04 10:00", "2026-11-04 10:01", "2026-11-12 10:00"]);
    later_entries_change_nothing(&case("meetings"), &["2026-11-12 10:00", "2026-11-18 10:00", "2026-11-20 10:00"]);
}

/// Without `starts` the first ticket begins the schedule: the first that is known.
#[test]
fn a_first_ticket_that_is_still_to_come_begins_nothing() {
    let project = Project::copy_of(&case("figures"));
    project.write("data/heatpack.yaml", "");
    let meeting = |as_of: &str| {
        let run = project.run(&["pack", "weekly", "--format", "json", "--as-of", as_of]).ended(0);
        run.json()["meeting"].as_str().expect("a time").to_owned()
    };
    // The first ticket came on Oct 5.
    assert_eq!(meeting("2026-09-28 09:00"), "2026-09-30T10:00");
    assert_eq!(meeting("2026-10-05 10:00"), "2026-10-07T10:00");
    later_entries_change_nothing(&project.root(), &["2026-09-28 09:00", "2026-10-05 08:59", "2026-10-05 09:00"]);
}

/// Before the first meeting's period has begun its start is later than the as-of time.
#[test]
fn an_exception_that_is_still_to_come_is_not_listed_before_the_first_period() {
    let project = Project::copy_of(&case("figures"));
    project.write("data/heatpack.yaml", "starts: 2026-10-19\n");
    let path = "data/tickets/2026/HEAT-900.yaml";
    let ticket = "id: HEAT-900\ntitle: Export\nsubject: scorecard\nkind: issue\narea: technical\npoc: pat\n\
                  received: 2026-10-06 09:00\nvia: [email]\ndescription: Words.\nlog:\n  \
                  - at: 2026-10-06 10:00\n    event: redirected\n    by: dora\n    note: To their own POC.\n    \
                  exception: {rule: contact-not-designated, reason: Agreed, allowed_by: dora}\n";
    let later = "  - at: 2026-10-16 10:00\n    event: forwarded\n    by: dora\n    \
                 exception: {rule: transition-forbidden, reason: Agreed, allowed_by: dora}\n";
    let as_of = minute("2026-10-14 09:00");
    project.write(path, ticket);
    let known = packs_of(&project, as_of, 2);
    project.write(path, format!("{ticket}{later}"));
    same(&packs_of(&project, as_of, 2), &known, "before the first period").expect("the same packs");
}

/// How many cases are drawn: as many as PROPTEST_CASES says.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_entered_later_changes_no_earlier_pack(drawn in drawn_with_strikes(), days in 0u64..90, hour in 0u32..24) {
        let date = parse_date("2026-10-01").expect("a date") + Days::new(days);
        let as_of = Minute(date.and_hms_opt(hour, 0, 0).expect("a time"));
        let (all, known) = (project(&drawn, None), project(&drawn, Some(as_of)));
        let (all, known) = (packs_of(&all, as_of, 3), packs_of(&known, as_of, 3));
        prop_assert_eq!(same(&all, &known, &as_of.to_string()), Ok(()));
    }
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let twice = |root: &Path, kind: &str, on: &str, as_of: &str, format: &str| {
        let arguments = ["pack", kind, "--on", on, "--as-of", as_of, "--format", format];
        let first = run(root, &arguments).ended(0);
        assert!(first.out == run(root, &arguments).ended(0).out, "{kind} {on} {format}");
    };
    for format in ["html", "pdf", "json", "csv"] {
        twice(&case("changes"), "weekly", "2026-11-18", "2026-11-20", format);
        twice(&sample(), "weekly", "2026-11-18", "2026-11-20", format);
    }
    twice(&sample(), "monthly", "2026-11-12", "2026-11-20", "html");
    twice(&sample(), "monthly", "2026-11-12", "2026-11-20", "pdf");
}
