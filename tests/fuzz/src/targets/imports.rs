//! CSV: NITC's reports and the exports of other trackers, by the maps of ours and by any map.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use heatpack::import::{PlanOutcome, plan};
use heatpack::load::{Drafts, Project, parse, read_report};
use heatpack::model::{ImportMap, Settings, parse_date};
use heatpack::record::Faults;
use heatpack::render::{import_counts, import_problems, import_table};

use super::{harmless, places, project};

/// What parts a map from the export that it is used on.
pub const MARK: &[u8] = b"\n=== export\n";

/// How much of an export is read.
const LONGEST: usize = 8 << 10;

/// Two maps that ask for little, of tickets and of updates.
const MAPS: [&str; 2] = [
    "tracker: Old\ntimes: [\"%Y-%m-%d %H:%M\", \"%m/%d/%Y\"]\ntime_of_day: \"09:00\"\nnumber: {column: number, keep: true}\n\
     ticket: {title: title, subject: {column: subject, default: scorecard}, kind: {default: issue}, area: {default: technical},\n  \
     poc: {column: poc, otherwise: jrivera}, received: received, via: {default: [phone]}, description: description}\n\
     unknown_subjects: create\n",
    "tracker: Old\ndelimiter: semicolon\nencoding: windows-1252\nrows: updates\ntimes: [\"%Y-%m-%d %H:%M\"]\nupdated: at\n\
     number: {column: number}\nticket: {title: title, subject: {default: scorecard}, kind: {default: issue},\n  \
     area: {default: technical}, poc: {default: jrivera}, received: at, via: {default: [phone]}, description: title}\n\
     events: [{event: follow-up, when: [{column: status, becomes: [told]}], by: {default: tnominal}}]\n",
];

/// Where the tickets go.
static BEFORE: LazyLock<Project> = LazyLock::new(|| {
    let files = [
        ("data/heatpack.yaml", "starts: 2026-01-01\n"),
        ("data/subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        ("data/staff.yaml", "- {id: tnominal, name: Taylor Nominal, office: help-desk}\n"),
        (
            "data/pocs/jrivera.yaml",
            "id: jrivera\nname: Jordan Rivera\nphone: 202-555-0104\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2020-01-01}\n",
        ),
    ];
    project(&files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into())
});

static SETTINGS: LazyLock<Settings> = LazyLock::new(Settings::default);

/// Any bytes as a report of NITC's and as an export.
pub fn csv(input: &[u8]) {
    let mut faults = Faults::default();
    let date = parse_date("2026-11-16").expect("a date");
    let (text, report) = read_report(input.to_vec(), date, &SETTINGS, &mut faults);
    match &report {
        None => assert!(!faults.list.is_empty(), "nothing is read, and no reason"),
        // Each row with an error says so; the first of two with one number is named by the second.
        Some(report) => assert!(report.unread.is_empty() == faults.list.is_empty(), "{:?}", faults.list),
    }
    places(&text, &faults);
    for row in report.iter().flat_map(|report| &report.rows) {
        super::within(&text, row.span, "a row");
    }
    for map in MAPS {
        let mut faults = Faults::default();
        let node = parse(map, &mut faults).expect("a map");
        let read = ImportMap::read(&node, &mut faults).unwrap_or_else(|| panic!("a map: {:?}", faults.list));
        export(map, &read, input);
    }
}

/// Any bytes as a map, and as the export that it is used on.
pub fn import_map(input: &[u8]) {
    let at = input.windows(MARK.len()).position(|window| window == MARK);
    let (map, rows) = at.map_or((input, &b"number,title\n1,x\n"[..]), |at| (&input[..at], &input[at + MARK.len()..]));
    let text = String::from_utf8_lossy(map);
    let mut faults = Faults::default();
    let read = parse(&text, &mut faults).and_then(|node| ImportMap::read(&node, &mut faults));
    places(&text, &faults);
    match read {
        Some(read) if faults.list.is_empty() => export(&text, &read, rows),
        Some(_) => {}
        None => assert!(!faults.list.is_empty(), "no map, and no reason"),
    }
}

fn export(text: &str, map: &ImportMap, rows: &[u8]) {
    // Of a row of four bytes a map makes a ticket of three hundred.
    let rows = &rows[..rows.len().min(LONGEST)];
    let mut faults = Faults::default();
    let nothing = |_: &str| Err(std::io::ErrorKind::NotFound.into());
    let Ok(planned) = plan(rows, map, &BEFORE, &nothing, &mut faults) else { return };
    places(text, &faults);
    let Some(planned) = planned else {
        assert!(!faults.list.is_empty(), "it does not fit, and no reason");
        return;
    };
    for said in [
        import_table(&planned, &BTreeMap::new()),
        import_problems(&planned.problems),
        import_counts(&planned, 0, "HEAT"),
    ] {
        harmless(&said);
    }
    // What would be written is what a project can hold: each new ticket is read as it was meant.
    if planned.problems.count == 0 && planned.drafts.len() < 200 {
        let mut files: Drafts = planned.drafts.clone();
        files.insert("data/heatpack.yaml".to_owned(), Vec::new());
        let after = project(&files);
        for ticket in planned.tickets.iter().filter(|ticket| ticket.what == PlanOutcome::New) {
            assert!(after.tickets.contains_key(&ticket.id), "{} cannot be read again: {:?}", ticket.id, after.faults);
        }
    }
}
