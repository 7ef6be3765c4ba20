//! The calendars that programs subscribe to, read back by another library than the one that writes them.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Project, case, run};
use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarComponentType};
use calcard::{Entry, Parser};

const AS_OF: &str = "2026-11-18 12:00";

/// Reads a calendar, of which every line is short enough.
fn read(text: &str) -> ICalendar {
    let mut parser = Parser::new(text);
    let calendar = match parser.entry() {
        Entry::ICalendar(calendar) => calendar,
        other => panic!("no calendar but {other:?}: {text}"),
    };
    assert!(matches!(parser.entry(), Entry::Eof), "one calendar, and nothing after it");
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
    calendar
}

/// A property of a component as its line has it, the parameters included.
fn properties(text: &str) -> Vec<BTreeMap<String, String>> {
    let lines = text.replace("\r\n ", "");
    let mut events = Vec::new();
    for line in lines.lines() {
        match (line, events.last_mut()) {
            ("BEGIN:VEVENT", _) => events.push(BTreeMap::new()),
            (_, Some(event)) if line != "END:VEVENT" && line != "END:VCALENDAR" => {
                let (name, value) = line.split_once(':').expect("a property");
                assert!(event.insert(name.to_owned(), value.to_owned()).is_none(), "{name} comes twice");
            }
            _ => {}
        }
    }
    events
}

fn events(calendar: &ICalendar) -> Vec<&ICalendarComponent> {
    calendar.components.iter().filter(|own| own.component_type == ICalendarComponentType::VEvent).collect()
}

fn ics(project: &Project, as_of: &str, more: &[&str]) -> String {
    let arguments = [&["calendar", "--format", "ics", "--as-of", as_of][..], more].concat();
    project.run(&arguments).ended(0).stdout().to_owned()
}

/// The event whose UID begins so.
#[track_caller]
fn event(text: &str, uid: &str) -> BTreeMap<String, String> {
    let found = properties(text).into_iter().find(|event| event["UID"].starts_with(uid));
    found.unwrap_or_else(|| panic!("no event {uid}: {text}"))
}

#[test]
fn meetings_are_at_their_instants_and_keep_their_uids() {
    let project = Project::copy_of(&case("meetings"));
    let text = ics(&project, AS_OF, &["--from", "2026-10-25", "--to", "2026-11-30"]);
    let calendar = read(&text);
    assert_eq!(events(&calendar).len(), properties(&text).len());
    // Before the clocks went back ten o'clock was 14:00 UTC, after it is 15:00.
    let weekly = |date: &str| event(&text, &format!("{date}-weekly."));
    let first = weekly("2026-11-04");
    assert_eq!((first["DTSTART"].as_str(), first["DTEND"].as_str()), ("20261104T150000Z", "20261104T160000Z"));
    assert_eq!((first["STATUS"].as_str(), first["SEQUENCE"].as_str()), ("CONFIRMED", "0"));
    assert_eq!(first["DTSTAMP"], "20261118T170000Z");
    let moved = weekly("2026-11-11");
    assert_eq!((moved["DTSTART"].as_str(), moved["SEQUENCE"].as_str()), ("20261112T150000Z", "1"));
    assert!(moved["DESCRIPTION"].contains("Veterans Day"), "{moved:?}");
    let canceled = weekly("2026-11-18");
    assert_eq!((canceled["STATUS"].as_str(), canceled["SEQUENCE"].as_str()), ("CANCELLED", "1"));
    assert!(canceled["SUMMARY"].starts_with("Canceled: "), "{canceled:?}");
    assert_eq!(weekly("2026-11-25")["DTSTART"], "20261124T150000Z");
    let summer = ics(&project, AS_OF, &["--from", "2027-07-01", "--to", "2027-07-10"]);
    assert_eq!(event(&summer, "2027-07-07-weekly.")["DTSTART"], "20270707T140000Z");
    // Moving a meeting leaves its UID as it is.
    let path = "data/meetings/2026-11-25-weekly.yaml";
    project.write(path, project.read(path).replace("moved_to: 2026-11-24 10:00", "moved_to: 2026-11-24 09:00"));
    let later = ics(&project, AS_OF, &["--from", "2026-10-25", "--to", "2026-11-30"]);
    let uids = |text: &str| properties(text).into_iter().map(|event| event["UID"].clone()).collect::<Vec<_>>();
    assert_eq!(uids(&text), uids(&later));
    assert_ne!(text, later);
}

#[test]
fn due_dates_are_whole_days_that_take_no_time() {
    let project = Project::copy_of(&case("figures"));
    let as_of = "2026-10-15 12:00";
    let text = ics(&project, as_of, &[]);
    read(&text);
    let json =
        project.run(&["calendar", "--format", "json", "--from", "2026-01-01", "--to", "2027-12-31", "--as-of", as_of]);
    let due = json.ended(0).json()["due"].as_array().expect("due dates").clone();
    assert!(due.len() >= 3, "{due:?}");
    let all = properties(&text);
    assert_eq!(all.iter().filter(|event| event.contains_key("DTSTART;VALUE=DATE")).count(), due.len());
    for due in &due {
        let of = |name: &str| due[name].as_str().expect("a text");
        let uid = format!("{}-{}-", of("record").to_lowercase(), of("clock"));
        let event = event(&text, &uid);
        assert_eq!(event["DTSTART;VALUE=DATE"], of("date").replace('-', ""));
        assert!(event["DTEND;VALUE=DATE"] > event["DTSTART;VALUE=DATE"]);
        assert_eq!(event["TRANSP"], "TRANSPARENT");
        assert_eq!(event["SUMMARY"], format!("{}: {} due", of("record"), of("what")));
    }
    let uids: BTreeSet<&str> = all.iter().map(|event| event["UID"].as_str()).collect();
    assert_eq!(uids.len(), all.len(), "every UID comes once");
    // The same again, whatever the clock says; at another time the UIDs are the same.
    assert_eq!(text, ics(&project, as_of, &[]));
    let later = ics(&project, "2026-10-15 12:01", &[]);
    let later: BTreeSet<String> = properties(&later).into_iter().map(|event| event["UID"].clone()).collect();
    assert!(uids.iter().all(|uid| later.contains(*uid)));
}

#[test]
fn what_is_written_is_what_is_read() {
    let project = Project::copy_of(&case("figures"));
    let title =
        "Comma, semicolon; back\\slash, \"quotes\", umlauts äöü – 李明, and so long that its line is folded somewhere";
    let path = "data/tickets/2026/HEAT-9.yaml";
    let old = project.read(path);
    let line = old.lines().find(|line| line.starts_with("title: ")).expect("a title").to_owned();
    let text = serde_json::to_string(&format!("{title}\u{7}BEGIN:VEVENT")).expect("a text");
    project.write(path, old.replace(&line, &format!("title: {text}")));
    project.write("data/heatpack.yaml", "organization: \"Office, of; X\\tY\"\nstarts: 2026-10-01\n");
    let ics = ics(&project, "2026-10-15 12:00", &[]);
    let calendar = read(&ics);
    let texts: Vec<String> = events(&calendar)
        .iter()
        .flat_map(|event| event.entries.iter().flat_map(|entry| entry.values.iter()))
        .filter_map(|value| value.as_text().map(str::to_owned))
        .collect();
    let read = format!("{title}\u{fffd}BEGIN:VEVENT. Owner: ");
    assert!(texts.iter().any(|text| text.starts_with(&read)), "{texts:?}");
    assert!(ics.contains("X-WR-CALNAME:Office\\, of\\; X Y\r\n"), "{ics}");
    assert!(properties(&ics).iter().all(|event| event["UID"].ends_with(".office-of-x-y@heatpack")));
}

#[test]
fn the_site_has_one_for_all_and_one_for_each_poc() {
    let project = Project::copy_of(&case("figures"));
    let as_of = "2026-10-15 12:00";
    project.run(&["build", "--as-of", as_of]).ended(0);
    let all = project.read("output/calendar.ics");
    assert_eq!(all, ics(&project, as_of, &[]));
    assert!(project.read("output/index.html").contains("href=\"calendar.ics\""));
    let pocs = crate::support::files(&project.root().join("data/pocs"));
    assert!(pocs.len() >= 2);
    for id in pocs.keys().map(|file| file.trim_end_matches(".yaml")) {
        let own = project.read(&format!("output/pocs/{id}.ics"));
        read(&own);
        assert!(project.read(&format!("output/pocs/{id}.html")).contains(&format!("pocs/{id}.ics\"")));
        let events = properties(&own);
        for event in &events {
            let uid = &event["UID"];
            assert!(!uid.contains("-weekly."), "{uid}");
            if let Some(record) = uid.strip_prefix("heat-") {
                let number = record.split('-').next().expect("a number");
                let ticket = project.read(&format!("data/tickets/2026/HEAT-{number}.yaml"));
                assert!(ticket.contains(&format!("poc: {id}\n")), "{uid}");
            }
        }
        assert!(events.iter().any(|event| event["UID"].contains("-monthly.")), "{own}");
    }
    assert!(properties(&project.read("output/pocs/pat.ics")).iter().any(|event| event["UID"].starts_with("heat-")));
    // A second build at the same time writes nothing.
    let again = project.run(&["build", "--as-of", as_of]).ended(0);
    assert!(again.stderr.contains(" 0 files written"), "{}", again.stderr);
}

#[test]
fn a_calendar_needs_a_format_that_there_is() {
    let run = run(&case("meetings"), &["calendar", "--format", "ical"]).ended(2);
    assert!(run.stderr.contains("ics"), "{}", run.stderr);
}
