//! Exports of other trackers: the examples as they are shipped, what keeps rows from being imported, faults of maps,
//! and imports that come again.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Project, Run, files, sample};
use heatpack::import::plan;
use heatpack::load::{Drafts, load, load_with, parse};
use heatpack::model::ImportMap;
use heatpack::record::Faults;
use proptest::prelude::*;

const AS_OF: &str = "2026-11-20 10:00";

/// A file of `examples/import/`.
pub fn example(name: &str) -> PathBuf {
    sample().join("examples/import").join(name)
}

/// A desk with two POCs, and an export with its map beside its records.
pub fn with(export: &[u8], map: &str) -> Project {
    let poc = |id: &str, subject: &str| {
        format!(
            "id: {id}\nname: {id}\nphone: 202-555-0104\ndesignations:\n  \
             - {{subject: {subject}, role: primary, from: 2025-10-01}}\n"
        )
    };
    let project = Project::of(&[
        (
            "staff.yaml",
            "- {id: tnominal, name: Taylor Nominal, office: help-desk}\n\
             - {id: rpattern, name: Robin Pattern, office: nitc}\n",
        ),
        (
            "subjects.yaml",
            "# What the desk supports.\n- id: scorecard\n  name: Scorecard\n  kind: module\n\
             - {id: grants-ledger, name: Grants Ledger, kind: module}\n",
        ),
        ("pocs/jrivera.yaml", &poc("jrivera", "scorecard")),
        ("pocs/qtester.yaml", &poc("qtester", "grants-ledger")),
    ]);
    project.write("export.csv", export);
    project.write("map.yaml", map);
    project
}

/// The sample's records, and an example beside them.
pub fn example_project(name: &str) -> Project {
    let project = Project::copy_of(&sample());
    project.write("export.csv", fs::read(example(&format!("{name}.csv"))).expect("the export"));
    project.write("map.yaml", fs::read(example(&format!("{name}.yaml"))).expect("the map"));
    project
}

pub fn import(project: &Project, more: &[&str]) -> Run {
    let arguments = ["import", "tickets", "export.csv", "--map", "map.yaml", "--as-of", AS_OF];
    project.run(&[&arguments[..], more].concat())
}

pub fn snapshot(root: &Path) -> Vec<(String, Vec<u8>)> {
    files(&root.join("data")).into_iter().collect()
}

/// The paths that are new or hold something else than before.
pub fn changed(project: &Project, before: &[(String, Vec<u8>)]) -> Vec<String> {
    let after = snapshot(&project.root());
    assert!(before.iter().all(|(path, _)| after.iter().any(|(other, _)| other == path)), "a file is gone");
    after.into_iter().filter(|file| !before.contains(file)).map(|(path, _)| path).collect()
}

pub fn errors(project: &Project) -> u64 {
    let json = project.run(&["check", "--format", "json", "--as-of", AS_OF]).json();
    json["errors"].as_u64().expect("a count")
}

#[test]
fn a_servicenow_export_is_shown_then_written_whole() {
    let project = example_project("servicenow");
    let before = snapshot(&project.root());
    let dry = import(&project, &[]).ended(0);
    assert!(dry.stdout().contains("5 rows, 1 skipped by the map: 4 new tickets"), "{}", dry.stdout());
    assert!(dry.stdout().contains("INC0010404  HEAT-900003  new"), "{}", dry.stdout());
    assert!(dry.stdout().ends_with("nothing was written: use --write to write it\n"), "{}", dry.stdout());
    assert!(changed(&project, &before).is_empty());
    let said = import(&project, &["--write"]).ended(0);
    assert!(said.stdout().ends_with("5 files written\n"), "{}", said.stdout());
    let paths = changed(&project, &before);
    let tickets = (900_001..=900_004).map(|number| format!("tickets/2026/HEAT-{number}.yaml"));
    assert_eq!(paths, ["pocs/jamie-standin.yaml".to_owned()].into_iter().chain(tickets).collect::<Vec<_>>());
    // UTC became Eastern time; the caller of whom there was no record, and the exception, are there.
    let ticket = project.read("data/tickets/2026/HEAT-900003.yaml");
    let expected = "id: HEAT-900003\ntitle: Voucher cannot be opened over VPN\nsubject: travel-vouchers\nkind: issue\n\
                    area: technical\npoc: jamie-standin\nreceived: 2026-11-16 08:31\nvia: [email]\n\
                    description: Spinning wheel, then \"Session expired\". At the office it works.\nexception:\n  \
                    rule: contact-not-designated\n  reason: Imported from ServiceNow, where anyone could call.\n  \
                    allowed_by: tnominal\nlog:\n  - at: 2026-11-16 08:31\n    event: note\n    \
                    note: Imported from ServiceNow, INC0010404, up to 2026-11-17 09:00.\n  \
                    - at: 2026-11-16 11:10\n    event: follow-up\n    by: sdoe\n  - at: 2026-11-17 09:00\n    \
                    event: forwarded\n    by: sdoe\n";
    assert_eq!(ticket, expected);
    let poc = "id: jamie-standin\nname: Jamie Stand-In\nemail: jamie.standin@example.org\nphone: 202-555-0163\ndesignations: []\n";
    assert_eq!(project.read("data/pocs/jamie-standin.yaml"), poc);
    assert_eq!(errors(&project), 0);
}

#[test]
fn a_heat_export_keeps_its_numbers_and_reads_its_journal() {
    let project = example_project("heat");
    import(&project, &["--write"]).ended(0);
    let ticket = project.read("data/tickets/2026/HEAT-10401.yaml");
    // Windows-1252: a dash and an accent.
    assert!(ticket.contains("November 6 – three of the café-lounge items, too – the due dates"), "{ticket}");
    assert!(ticket.contains("poc: bfabula\nreceived: 2026-11-09 09:14\n"), "{ticket}");
    let events: Vec<&str> = ticket.lines().filter_map(|line| line.trim().strip_prefix("event: ")).collect();
    assert_eq!(events, ["note", "follow-up", "forwarded", "acknowledged", "researched", "resolved", "closed"]);
    assert!(ticket.contains("by: rpattern\n    nitc_ref: N-3020\n"), "{ticket}");
    // Two entries under one status are two follow-ups.
    assert_eq!(project.read("data/tickets/2026/HEAT-10402.yaml").matches("event: follow-up").count(), 2);
    assert_eq!(errors(&project), 0);
}

#[test]
fn the_same_export_again_changes_nothing() {
    for name in ["servicenow", "heat"] {
        let project = example_project(name);
        import(&project, &["--write"]).ended(0);
        let before = snapshot(&project.root());
        let said = import(&project, &["--write"]).ended(0);
        assert!(said.stdout().contains(": 0 new tickets, 0 entries added to 0 tickets"), "{}", said.stdout());
        assert!(changed(&project, &before).is_empty(), "{name}");
    }
}

/// Killed after any number of files: the same export brings the rest, and the same numbers as if nothing had happened.
#[test]
fn an_import_that_was_cut_short_goes_on_where_it_was() {
    let map = "tracker: Old\ntimes: [\"%Y-%m-%d %H:%M\"]\nnumber: {column: No}\nunknown_pocs: create\nunknown_subjects: create\n\
               new_subject: module\nnew_poc: {name: Who, phone: {default: 202-555-0104}}\nticket:\n  title: Title\n  \
               subject: About\n  kind: {default: issue}\n  area: {default: functional}\n  poc: Who\n  received: In\n  \
               via: {default: phone}\n  description: Title\n\
               events: [{event: follow-up, at: In, by: {default: tnominal}}]\n";
    let rows: String = (0..12)
        .map(|row| format!("O-{row},Title {row},Subject {},Caller {},2026-11-16 09:00\n", row % 2, row % 3))
        .collect();
    let export = format!("No,Title,About,Who,In\n{rows}");
    let project = with(export.as_bytes(), map);
    let mut faults = Faults::default();
    let map = parse(map, &mut faults).and_then(|node| ImportMap::read(&node, &mut faults)).expect("a map");
    let planned = |on_disk: &Drafts| {
        let records = load_with(&project.root(), on_disk).expect("the records");
        let read = |path: &str| match on_disk.get(path) {
            Some(bytes) => Ok(bytes.clone()),
            None => fs::read(project.root().join(path)),
        };
        plan(export.as_bytes(), &map, &records, &read, &mut Faults::default()).expect("an export").expect("its columns")
    };
    let whole = planned(&Drafts::new());
    assert_eq!((whole.tickets.len(), whole.pocs.len(), whole.order.len()), (12, 3, 12 + 3 + 1));
    for written in 0..=whole.order.len() {
        let mut on_disk: Drafts =
            whole.order[..written].iter().map(|path| (path.clone(), whole.drafts[path].clone())).collect();
        on_disk.extend(planned(&on_disk.clone()).drafts);
        assert!(on_disk == whole.drafts, "{written} files were written: {:?}", on_disk.keys());
    }
}

/// The ServiceNow export two days later: a first reply, and a new incident.
fn later() -> String {
    let export = fs::read_to_string(example("servicenow.csv")).expect("the export");
    let mut lines: Vec<String> = export.lines().map(str::to_owned).collect();
    // The description of the first incident has two lines.
    let last = lines.last_mut().expect("a row");
    assert!(last.starts_with("INC0010407"));
    *last = last.replace("New,,,", "In Progress,Sasha Doe-Sample,2026-11-19 14:00:00,");
    let new = last.replace("INC0010407", "INC0010411").replace("2026-11-18 13:05:19", "2026-11-19 15:00:00");
    lines.push(new.replace("2026-11-19 14:00:00", "2026-11-19 16:00:00"));
    lines.join("\r\n") + "\r\n"
}

#[test]
fn a_later_export_adds_what_is_new_and_what_was_edited_by_hand_stays() {
    let project = example_project("servicenow");
    import(&project, &["--write"]).ended(0);
    let edited = "data/tickets/2026/HEAT-900001.yaml";
    // A title, the time and the note of an imported entry; and the note by which the import is known stays.
    let text = project.read(edited).replace("Drawdown shows twice in the ledger", "Drawdown listed twice");
    let text = text.replace("at: 2026-11-12 14:15\n    event: resolved", "at: 2026-11-12 14:05\n    event: resolved");
    let text = text
        .replace("note: Showed Quinn the filter \"Final only\".", "note: \"Showed Quinn the filter.\"   # by phone");
    project.write(edited, &text);
    let other = "data/tickets/2026/HEAT-900004.yaml";
    let typed = format!("# looked at twice\n{}", project.read(other));
    project.write(other, &typed);
    assert_eq!(errors(&project), 0);
    let before = snapshot(&project.root());

    project.write("export.csv", later());
    let said = import(&project, &["--write"]).ended(0);
    assert!(
        said.stdout().contains(": 1 new ticket, 1 entry added to 1 ticket, 3 tickets unchanged"),
        "{}",
        said.stdout()
    );
    assert_eq!(changed(&project, &before), ["tickets/2026/HEAT-900004.yaml", "tickets/2026/HEAT-900005.yaml"]);
    let added = "  - at: 2026-11-19 09:00\n    event: note\n    \
                 note: Imported from ServiceNow, INC0010407, up to 2026-11-19 09:00.\n  \
                 - at: 2026-11-19 09:00\n    event: follow-up\n    by: sdoe\n";
    assert_eq!(project.read(other), format!("{typed}{added}"));
    assert_eq!(errors(&project), 0);
    let before = snapshot(&project.root());
    import(&project, &["--write"]).ended(0);
    assert!(changed(&project, &before).is_empty());
}

#[test]
fn what_somebody_entered_meanwhile_is_not_entered_again() {
    let project = example_project("servicenow");
    import(&project, &["--write"]).ended(0);
    let path = "data/tickets/2026/HEAT-900003.yaml";
    let typed = "  - {at: 2026-11-19 11:00, event: acknowledged, by: rpattern, nitc_ref: N-9}\n\
                   \x20 - {at: 2026-11-20 09:00, event: follow-up, by: sdoe}\n";
    let text = project.read(path) + typed;
    project.write(path, &text);
    // The export has the acknowledgement an hour later, and another follow-up between.
    let export = fs::read_to_string(example("servicenow.csv")).expect("the export");
    let row = "2026-11-16 16:10:30,2026-11-17 14:00:00,,,";
    assert!(export.contains(row));
    project
        .write("export.csv", export.replace(row, "2026-11-19 20:00:00,2026-11-17 14:00:00,2026-11-19 17:00:00,N-9,"));
    let before = snapshot(&project.root());
    let said = import(&project, &["--write"]).ended(0);
    assert!(changed(&project, &before).is_empty(), "{}", said.stdout());
    let left = "HEAT-900003 (INC0010404): `follow-up` of 2026-11-19 15:00 (row 4) is not added: the log has \
                later entries, up to 2026-11-20 09:00\n";
    assert!(said.stdout().contains(left), "{}", said.stdout());
}

pub const MAP: &str = "tracker: Old\nzone: America/New_York\ntimes: [\"%Y-%m-%d %H:%M\"]\nnumber: {column: No, keep: true}\n\
                   ticket:\n  title: Title\n  subject: Module\n  kind: Kind\n  area: {default: functional}\n  poc: Who\n  \
                   received: In\n  via: {default: phone}\n  description: Title\n\
                   events:\n  - {event: follow-up, at: Told, by: By}\n  \
                   - {event: resolved, at: Done, by: By, note: {default: As said.}}\n";
pub const HEAD: &str = "No,Title,Module,Kind,Who,In,Told,By,Done\n";
pub const GOOD: &str = "20001,One,scorecard,issue,jrivera,2026-11-16 09:00,2026-11-16 10:00,tnominal,\n";

pub fn export(rows: &[&str]) -> Vec<u8> {
    format!("{HEAD}{}", rows.concat()).into_bytes()
}

#[test]
fn every_row_that_cannot_be_taken_in_is_said_with_row_column_and_what_to_do() {
    let rows = [
        GOOD,
        "20002,Two,scorecrad,issue,jrivera,2026-11-16 09:00,,,\n",
        "20003,Three,scorecard,isue,noone@example.org,16/11/2026,,,\n",
        ",Four,scorecard,issue,jrivera,2026-11-16 09:00,,,\n",
        "20001,Five,scorecard,issue,jrivera,2026-11-16 09:00,,,\n",
        "20006,,scorecard,issue,jrivera,2026-11-16 09:00,,,\n",
        "20007,Seven,scorecard,issue,jrivera,2026-11-16 09:00,2026-11-16 10:00,Robin Other,\n",
        "A-8,Eight,scorecard,issue,jrivera,2026-11-16 09:00,,,\n",
        "20009,Nine, or ten,scorecard,issue,jrivera,2026-11-16 09:00,,,x\n",
        "20010,Ten,scorecard,issue,jrivera,2026-03-08 02:30,,,\n",
    ];
    let project = with(&export(&rows), MAP);
    let before = snapshot(&project.root());
    for more in [&[][..], &["--write"]] {
        let said = import(&project, more).ended(1);
        let out = said.stdout();
        for expected in [
            "row 3 (20002), column `Module`: `scorecrad` is not a module or initiative; did you mean `scorecard`?",
            "row 4 (20003), column `Kind`: `isue` is not a kind of ticket; did you mean `issue`?",
            "row 4 (20003), column `Who`: `noone@example.org` is not a POC; ",
            "row 4 (20003), column `In`: `16/11/2026` has none of the forms in the map's `times`; they are `%Y-%m-%d %H:%M`",
            "row 5, column `No`: the row has no number; fill it in",
            "row 6 (20001), column `No`: 20001 is in row 2 already; delete one of the two",
            "row 7 (20006), column `Title`: the cell is blank; ",
            "row 8 (20007), column `By`: `Robin Other` is not a member of staff; ",
            "row 9 (A-8), column `No`: `A-8` cannot be a ticket's number here; ",
            "row 10 (20009): the row has 10 cells under 9 headings; ",
            "row 11 (20010), column `In`: `2026-03-08 02:30` does not exist in the time zone America/New_York; ",
        ] {
            assert!(out.contains(expected), "{expected}\n{out}");
        }
        assert!(said.stderr.contains("nothing was written"), "{}", said.stderr);
        assert!(changed(&project, &before).is_empty());
    }
}

#[test]
fn the_real_rules_judge_the_project_as_it_would_be() {
    let rows = [
        GOOD,
        // Not designated; resolved before it was received; and what looks like a Social Security number.
        "20002,Two,scorecard,issue,qtester,2026-11-16 09:00,,,\n",
        "20003,Three,scorecard,issue,jrivera,2026-11-16 09:00,,tnominal,2026-11-13 09:00\n",
        "20004,His number is 078-05-1120,scorecard,issue,jrivera,2026-11-16 09:00,,,\n",
        "20005,Five,scorecard,issue,jrivera,2026-11-16 09:00,2026-11-16 10:00,rpattern,\n",
    ];
    let project = with(&export(&rows), MAP);
    let before = snapshot(&project.root());
    let said = import(&project, &["--write"]).ended(1);
    let out = said.stdout();
    for expected in [
        "row 3 (20002, HEAT-20002), column `Who`: error[contact-not-designated]",
        "row 4 (20003, HEAT-20003), column `Done`: error[event-order]",
        "row 5 (20004, HEAT-20004), column `Title`: error[possible-personal-data]",
        "row 6 (20005, HEAT-20005), column `By`: error[wrong-office]",
    ] {
        assert!(out.contains(expected), "{expected}\n{out}");
    }
    assert!(changed(&project, &before).is_empty());
    // Without those rows, the rest is written.
    project.write("map.yaml", format!("{MAP}skip: [{{column: No, is: [20002, 20003, 20004, 20005]}}]\n"));
    import(&project, &["--write"]).ended(0);
    assert_eq!(changed(&project, &before), ["tickets/2026/HEAT-20001.yaml"]);
}

#[test]
fn faults_of_a_map_have_their_line_and_what_was_meant() {
    let cases: [(&str, &str, &str, &str); 15] = [
        (
            "tracker: Old",
            "tracker: \"Old, Inc.\"",
            "map.yaml:1:10: error[invalid-value]: the tracker's name contains a comma",
            "",
        ),
        ("tracker: Old\n", "", "map.yaml:1:1: error[missing-field]: `tracker` is missing", ""),
        ("title: Title", "titel: Title", "map.yaml:6:3: error[unknown-field]", "did you mean `title`?"),
        (
            "title: Title",
            "title: Titel",
            "map.yaml:6:10: error[invalid-value]: the export has no column `Titel`",
            "did you mean `Title`?",
        ),
        (
            "kind: Kind",
            "kind: {column: Kind, values: {Bug: isue}}",
            "map.yaml:8:38: error[invalid-value]: `isue` is not a kind of ticket",
            "did you mean `issue`?",
        ),
        (
            "kind: Kind",
            "kind: {column: Kind, values: {Bug: issue, bug: question}}",
            "`bug` is written twice, case aside",
            "",
        ),
        (
            "event: follow-up",
            "event: followup",
            "map.yaml:15:13: error[invalid-value]: `followup` is not an event of a ticket",
            "did you mean `follow-up`?",
        ),
        ("event: follow-up", "event: waived", "`waived` cannot come from another tracker", ""),
        (", note: {default: As said.}", "", "an event `resolved` needs `note`", ""),
        ("%Y-%m-%d %H:%M", "%Y-%m-%d %K", "is not a time format", "%H hour"),
        ("zone: America/New_York", "zone: America/New_Yrok", "is not a time zone", "did you mean `America/New_York`?"),
        ("tracker: Old\n", "tracker: Old\nencoding: utf-9\n", "`utf-9` is not an encoding", "did you mean `utf-8`?"),
        ("tracker: Old\n", "tracker: Old\nunknown_pocs: create\n", "`unknown_pocs: create` needs `new_poc`", "new_poc"),
        ("tracker: Old\n", "tracker: Old\nrows: updates\n", "`rows: updates` needs `updated`", "updated"),
        ("tracker: Old\n", "tracker: Old\nskip: [{column: No, becomes: [x]}]\n", "`becomes` is not for `skip`", ""),
    ];
    for (from, to, expected, help) in cases {
        assert!(MAP.contains(from), "{from}");
        let project = with(&export(&[GOOD]), &MAP.replacen(from, to, 1));
        let said = import(&project, &["--write"]).ended(2);
        assert!(said.stderr.contains(expected) && said.stderr.contains(help), "{to}: {}", said.stderr);
        assert!(!said.stderr.contains("panicked") && said.out.is_empty(), "{to}: {}", said.stderr);
    }
}

#[test]
fn an_export_that_cannot_be_read_is_said_so() {
    let latin = [HEAD.as_bytes(), b"20001,Caf\xe9,scorecard,issue,jrivera,2026-11-16 09:00,,,\n"].concat();
    let open = [HEAD.as_bytes(), b"20001,\"", "never closed, ".repeat(400_000).as_bytes()].concat();
    for (bytes, why) in [
        (&latin[..], "row 2 of the export holds bytes that are not UTF-8"),
        (b"", "the export is empty"),
        (&open, "row 2 is longer than 4 MiB: the quote that opens column `Title` is probably never closed"),
    ] {
        let project = with(bytes, MAP);
        let said = import(&project, &["--write"]).ended(2);
        assert!(said.stderr.contains(why), "{}", said.stderr);
    }
    let project = with(&latin, &format!("encoding: windows-1252\n{MAP}"));
    import(&project, &["--write"]).ended(0);
    assert!(project.read("data/tickets/2026/HEAT-20001.yaml").contains("title: Café\n"));
}

#[test]
fn utf_16_and_tabs_are_read_as_well() {
    let text = String::from_utf8(export(&[GOOD])).expect("text").replace(',', "\t").replace("One", "Zoë: one, two");
    let bytes: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let project = with(&bytes, &format!("encoding: utf-16le\ndelimiter: tab\n{MAP}"));
    import(&project, &["--write"]).ended(0);
    assert!(project.read("data/tickets/2026/HEAT-20001.yaml").contains("title: \"Zoë: one, two\"\n"));
}

#[test]
fn new_subjects_are_added_to_the_list_and_every_other_byte_stays() {
    let row = GOOD.replace("scorecard", "Space & Facilities");
    let create = "unknown_subjects: create\nnew_subject: initiative\n\
                  not_designated: {reason: Imported., allowed_by: tnominal}\n";
    let project = with(&export(&[&row]), &format!("{create}{MAP}"));
    let old = project.read("data/subjects.yaml");
    import(&project, &["--write"]).ended(0);
    let new = "- id: space-facilities\n  name: Space & Facilities\n  kind: initiative\n";
    assert_eq!(project.read("data/subjects.yaml"), format!("{old}{new}"));
    assert!(project.read("data/tickets/2026/HEAT-20001.yaml").contains("subject: space-facilities\n"));
    // Again it is known by its name.
    let before = snapshot(&project.root());
    import(&project, &["--write"]).ended(0);
    assert!(changed(&project, &before).is_empty());
    let fail = with(&export(&[&row]), MAP);
    let said = import(&fail, &[]).ended(1);
    assert!(said.stdout().contains("`Space & Facilities` is not a module or initiative"), "{}", said.stdout());
}

#[test]
fn a_ticket_kept_by_hand_is_gone_on_with_and_another_one_of_its_number_is_not() {
    let typed = "id: HEAT-20001\ntitle: Typed\nsubject: scorecard\nkind: issue\narea: functional\npoc: jrivera\n\
                   received: 2026-11-16 09:00\nvia: [phone]\ndescription: x\nlog:\n  \
                   - {at: 2026-11-16 10:00, event: follow-up, by: tnominal}\n";
    let row = GOOD.replace("tnominal,", "tnominal,2026-11-17 11:00");
    let project = with(&export(&[&row]), MAP);
    let path = "data/tickets/2026/HEAT-20001.yaml";
    project.write(path, typed);
    import(&project, &["--write"]).ended(0);
    let text = project.read(path);
    let added = text.strip_prefix(typed).expect("what was there");
    assert!(added.contains("Imported from Old, 20001, up to 2026-11-17 11:00.") && added.contains("event: resolved"));
    assert!(!added.contains("follow-up"), "{added}");

    project.write(path, typed.replace("received: 2026-11-16", "received: 2026-11-13"));
    let said = import(&project, &["--write"]).ended(1);
    let why = "row 2 (20001), column `No`: HEAT-20001 on record was received 2026-11-13 09:00, not 2026-11-16 \
               09:00, and is a different ticket; ";
    assert!(said.stdout().contains(why), "{}", said.stdout());
}

#[test]
fn two_rows_cannot_keep_one_number() {
    let other = GOOD.replace("20001", "0020001");
    let project = with(&export(&[GOOD, &other]), MAP);
    let said = import(&project, &["--write"]).ended(1);
    assert!(said.stdout().contains("row 3 (0020001), column `No`: 0020001 is in row 2 already"), "{}", said.stdout());
}

#[test]
fn records_with_errors_are_mended_first() {
    let project = with(&export(&[GOOD]), MAP);
    let path = "data/pocs/jrivera.yaml";
    project.write(path, project.read(path).replace("role: ", "roel: "));
    let said = import(&project, &["--write"]).ended(1);
    assert!(said.stderr.contains("heatpack check"), "{}", said.stderr);
    assert!(!project.root().join("data/tickets/2026/HEAT-20001.yaml").exists());
}

/// Texts that a spreadsheet, a shell or YAML gets wrong.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "\n", "\r\n", "\r", "\"", "'", ",", ";", ": ", " #", "- ", "---", "|", ">", "&a", "*a", "!t", "%", "@", "`", "~",
            "null", "no", "0123", "<<", "{", "]", "\t", "\u{0}", "\u{7f}", "\u{85}", "\u{2028}", "\u{feff}", "\u{202e}",
            "=1+1", "é", "\u{1f600}", "  ", "Imported from Old, 7, up to 2026-11-18 09:12.",
        ]).prop_map(str::to_owned),
        2 => "[a-zA-Z]{1,8}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// A row as CSV.
fn csv_row(cells: &[&str]) -> String {
    let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    quoted.join(",") + "\n"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// For any cells, the record is read back the same, or the row is rejected.
    #[test]
    fn what_is_made_of_any_cells_is_a_record(title in hostile(), text in hostile(), who in hostile(), name in hostile()) {
        let project = Project::of(&[
            ("staff.yaml", "- {id: ann, name: Ann, office: help-desk}\n"),
            ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        ]);
        let map = "tracker: Old\ntimes: [\"%Y-%m-%d %H:%M\"]\nnumber: {column: No}\nunknown_pocs: create\n\
                   new_poc: {name: Name, phone: {default: 202-555-0104}}\nticket:\n  title: Title\n  \
                   subject: {default: scorecard}\n  kind: {default: issue}\n  area: {default: functional}\n  poc: Who\n  \
                   received: In\n  via: {default: phone}\n  description: Text\n\
                   events: [{event: follow-up, at: In, by: {default: ann}, note: Text}]\n";
        let mut faults = Faults::default();
        let map = parse(map, &mut faults).and_then(|node| ImportMap::read(&node, &mut faults)).expect("a map");
        let export = ["No,Title,Who,Name,In,Text\n".to_owned(), csv_row(&["7", &title, &who, &name, "2026-11-16 09:00", &text])].concat();
        let records = load(&project.root()).expect("the records");
        let read = |path: &str| fs::read(project.root().join(path));
        let plan = plan(export.as_bytes(), &map, &records, &read, &mut faults).expect("an export").expect("its columns");
        prop_assert_eq!(plan.problems.count == 0, plan.tickets.len() == 1);
        let after = load_with(&project.root(), &plan.drafts).expect("the records");
        prop_assert!(after.faults.is_empty(), "{:?}", after.faults);
        if let [own] = plan.tickets.as_slice() {
            let ticket = &after.tickets[&own.id];
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(&ticket.title.0, &words(&title));
            prop_assert_eq!(words(&ticket.description.0), words(&text));
            prop_assert_eq!(ticket.log.len(), 2);
            // And it is known again.
            let again = heatpack::import::plan(export.as_bytes(), &map, &after, &read, &mut faults);
            let again = again.expect("an export").expect("its columns");
            prop_assert!(again.drafts.is_empty() && again.problems.count == 0, "{:?}", again.tickets);
        }
    }
}
