//! `import tickets --partial`: a log of thousands of rows, some of which the workflow forbids; all tickets without errors
//! are imported whole, and the rows of the others are listed with their reasons.

use std::collections::BTreeSet;

use crate::import_tickets::{GOOD, MAP as OF_TICKETS, changed, errors, export, import, snapshot, with};
use crate::support::{Project, files};

const TICKETS: u32 = 890;

/// The calls that are closed without a resolution, as their last row has it.
const BAD: [u32; 7] = [13, 14, 200, 345, 346, 700, 890];

const MAP: &str = "tracker: Incidents\ntimes: [\"%d/%m/%Y %H:%M\"]\nnumber: {column: number, prefix: INC}\nnumbers_from: 900001\n\
                   rows: updates\nupdated: sys_updated_at\nticket:\n  title: u_symptom\n  subject: {default: scorecard}\n  \
                   kind: {default: issue}\n  area: {default: functional}\n  poc: {default: jrivera}\n  received: opened_at\n  \
                   via: {column: contact_type, otherwise: phone}\n  description: {column: u_symptom}\nevents:\n  \
                   - {event: follow-up, when: [{column: incident_state, becomes: [Active]}, {column: reopen_count, is: [0]}], by: {default: tnominal}}\n  \
                   - {event: reopened, when: [{column: reopen_count, becomes: [1]}], by: {default: tnominal}, note: {default: Reopened.}}\n  \
                   - {event: resolved, when: [{column: incident_state, becomes: [Resolved]}], by: {default: tnominal}, note: {default: Done.}}\n  \
                   - {event: closed, when: [{column: incident_state, becomes: [Closed]}], by: {default: tnominal}}\n";

/// A log of the shapes that a real one has: a row for each update, states that repeat, rows out of order.
fn incidents() -> String {
    let mut text =
        "number,incident_state,active,reopen_count,sys_mod_count,opened_at,contact_type,u_symptom,sys_updated_at\n"
            .to_owned();
    let mut seed = 20_261_127_u32;
    // The same numbers on every run.
    let mut random = |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) % below
    };
    for call in 1..=TICKETS {
        let mut states = vec![("New", 0)];
        states.extend(vec![("Active", 0); 1 + random(3) as usize]);
        states.extend(vec![("Awaiting User Info", 0); random(3) as usize]);
        if BAD.contains(&call) {
            states.push(("Closed", 0));
        } else {
            states.extend(vec![("Resolved", 0); 1 + random(2) as usize]);
            if random(8) == 0 {
                states.extend([("Active", 1), ("Active", 1), ("Resolved", 1)]);
            }
            states.extend(vec![("Closed", states.last().map_or(0, |state| state.1)); random(3) as usize]);
        }
        let (month, day, hour) = (1 + call % 10, 1 + call % 20, 8 + call % 9);
        let opened = format!("{day}/{month}/2026 0{}:05", hour % 10);
        let mut rows: Vec<String> = Vec::new();
        for (at, (state, reopened)) in states.iter().enumerate() {
            let active = if *state == "Closed" { "false" } else { "true" };
            let updated = format!("{}/{month}/2026 {:02}:{:02}", day + at as u32 / 3, 10 + at % 3, call % 60);
            rows.push(format!(
                "INC{:07},{state},{active},{reopened},{at},{opened},?,Symptom {},{updated}\n",
                45 + call,
                random(500)
            ));
        }
        // A tenth is out of order.
        if random(10) == 0 {
            let by = 1 + random(3) as usize % (rows.len() - 1);
            rows.rotate_left(by);
        }
        // A ticket's symptom is that of its oldest row.
        rows.iter().for_each(|row| text.push_str(row));
    }
    text
}

#[test]
fn all_but_the_tickets_with_errors_are_imported_and_the_others_once_they_are_right() {
    let text = incidents();
    let rows = text.lines().count() - 1;
    assert!((5_000..7_000).contains(&rows), "{rows}");
    let project = with(text.as_bytes(), MAP);
    let before = snapshot(&project.root());
    for more in [&[][..], &["--write"], &["--partial"]] {
        let out = import(&project, more).ended(1).stdout().to_owned();
        assert!(
            out.contains(&format!("{rows} rows: {} new tickets", if more == ["--partial"] { 883 } else { 890 })),
            "{out}"
        );
        assert_eq!(out.matches("error[transition-forbidden]").count(), 7, "{out}");
        assert!(changed(&project, &before).is_empty());
    }
    let said = import(&project, &["--write", "--partial"]).ended(1);
    let out = said.stdout();
    assert!(out.contains("883 new tickets") && out.contains("883 files written\n"), "{out}");
    assert!(out.contains(" were out of order and were sorted by time\n"), "{out}");
    assert!(out.contains("the skipped rows and their reasons are in export-left-out.csv\n"), "{out}");
    // No ticket's number is skipped, and no record has an error.
    let paths: BTreeSet<String> = changed(&project, &before).into_iter().collect();
    let expected = (0..883).map(|at| format!("tickets/2026/HEAT-{}.yaml", 900_001 + at));
    assert_eq!(paths, expected.collect());
    assert_eq!(errors(&project), 0);
    let imported: String = paths.iter().map(|path| project.read(&format!("data/{path}"))).collect();

    // Exactly the rows of the seven are skipped, each with its number in the export.
    let left = project.read("export-left-out.csv");
    let left = left.strip_prefix('\u{feff}').expect("a byte-order mark");
    let mut lines = left.lines();
    assert!(
        lines.next().is_some_and(|line| line.ends_with(",sys_updated_at,heatpack: row,heatpack: reason")),
        "{left}"
    );
    let mut numbers = BTreeSet::new();
    let all: Vec<&str> = text.lines().collect();
    for line in lines {
        let (number, _) = line.split_once(',').expect("cells");
        let row = all.iter().position(|row| line.starts_with(&format!("{row},"))).expect("a row of the export") + 1;
        assert!(line.contains(&format!(",{row},")), "{row}: {line}");
        let is_bad = line.contains("transition-forbidden");
        assert_eq!(is_bad, line.contains(",Closed,"), "{line}");
        assert!(is_bad || line.contains("a ticket is imported whole"), "{line}");
        numbers.insert(number.to_owned());
    }
    let expected: BTreeSet<String> = BAD.iter().map(|call| format!("INC{:07}", 45 + call)).collect();
    assert_eq!(numbers, expected);
    for number in all.iter().skip(1).filter_map(|row| row.split(',').next()) {
        assert_ne!(
            numbers.contains(number),
            imported.contains(&format!("Imported from Incidents, {number}, ")),
            "{number}"
        );
    }
    // The same again changes nothing, and replaces the list by the same.
    let before = snapshot(&project.root());
    import(&project, &["--write", "--partial"]).ended(1);
    assert!(changed(&project, &before).is_empty());
    assert_eq!(project.read("export-left-out.csv").trim_start_matches('\u{feff}'), left);

    // Corrected, the list itself is an export for the same map.
    project.write("export.csv", project.read("export-left-out.csv").replace(",Closed,", ",Resolved,"));
    let said = import(&project, &["--write", "--partial"]).ended(0);
    assert!(said.stdout().contains("7 new tickets") && !said.stdout().contains("skipped"), "{}", said.stdout());
    assert_eq!(errors(&project), 0);
}

fn row(number: u32, rest: &str) -> String {
    format!("{number},Title,scorecard,{rest}\n")
}

#[test]
fn a_ticket_is_imported_whole_or_not_at_all() {
    // A cell that is wrong, a rule that is broken, a number twice, and a row without a number.
    let rows = [
        GOOD.to_owned(),
        row(20_002, "isue,jrivera,2026-11-16 09:00,,,"),
        row(20_003, "issue,jrivera,2026-11-16 09:00,,tnominal,2026-11-13 09:00"),
        row(20_004, "issue,jrivera,2026-11-16 09:00,,,"),
        row(20_004, "issue,jrivera,2026-11-16 10:00,,,"),
        ",No number,scorecard,issue,jrivera,2026-11-16 09:00,,,\n".to_owned(),
        row(20_005, "issue,jrivera,2026-11-16 09:00,2026-11-16 10:00,tnominal,2026-11-17 10:00"),
        row(20_006, "issue,jrivera,2026-11-16 09:00,,,,too many"),
    ];
    let project = with(&export(&rows.each_ref().map(String::as_str)), OF_TICKETS);
    let before = snapshot(&project.root());
    let said = import(&project, &["--write", "--partial", "--left-out", "rest.csv"]).ended(1);
    assert_eq!(changed(&project, &before), ["tickets/2026/HEAT-20001.yaml", "tickets/2026/HEAT-20005.yaml"]);
    assert_eq!(errors(&project), 0);
    let rest = project.read("rest.csv");
    for expected in [
        "20002,Title,scorecard,isue,jrivera,2026-11-16 09:00,,,,3,column `Kind`: `isue` is not a kind of ticket; did you mean",
        "2026-11-13 09:00,4,",
        "2026-11-16 09:00,,,,5,\"another row of the ticket has an error, and a ticket is imported whole\"",
        "2026-11-16 10:00,,,,6,column `No`: 20004 is in row 5 already; ",
        ",No number,scorecard,issue,jrivera,2026-11-16 09:00,,,,7,",
        "20006,Title,scorecard,issue,jrivera,2026-11-16 09:00,,,,9,\"the row has 10 cells under 9 headings",
        ",too many\r\n",
    ] {
        assert!(rest.contains(expected) && !rest.contains("20005"), "{expected}\n{rest}");
    }
    assert!(said.stdout().contains("6 rows skipped\n"), "{}", said.stdout());
    assert!(!project.root().join("export-left-out.csv").exists());
}

#[test]
fn what_only_tickets_left_out_need_is_not_made() {
    let create = "unknown_pocs: create\nnew_poc: {name: Who, phone: {default: 202-555-0104}}\nunknown_subjects: create\n\
                  not_designated: {reason: Imported., allowed_by: tnominal}\n";
    let rows = [
        GOOD.to_owned(),
        "20002,Two,New Module,issue,Ann Placeholder,2026-11-16 09:00,,rpattern,2026-11-16 10:00\n".to_owned(),
        // What is wrong is the record that is made.
        "20003,Three,scorecard,issue,Ben 078-05-1120,2026-11-16 09:00,,,\n".to_owned(),
        "20004,Four,Other Module,issue,Cleo Fictional,2026-11-16 09:00,,,\n".to_owned(),
    ];
    let project = with(&export(&rows.each_ref().map(String::as_str)), &format!("{create}{OF_TICKETS}"));
    let before = snapshot(&project.root());
    import(&project, &["--write", "--partial"]).ended(1);
    let expected =
        ["pocs/cleo-fictional.yaml", "subjects.yaml", "tickets/2026/HEAT-20001.yaml", "tickets/2026/HEAT-20004.yaml"];
    assert_eq!(changed(&project, &before), expected);
    let subjects = project.read("data/subjects.yaml");
    assert!(subjects.contains("Other Module") && !subjects.contains("New Module"), "{subjects}");
    assert_eq!(errors(&project), 0);
}

#[test]
fn the_list_of_rows_replaces_nothing_else() {
    let rows = [GOOD, &row(20_002, "isue,jrivera,2026-11-16 09:00,,,")];
    let refused = |project: &Project, more: &[&str], why: &str| {
        let before = files(&project.root());
        let said = import(project, &[&["--write", "--partial"], more].concat()).ended(2);
        assert!(said.stderr.contains(why), "{}", said.stderr);
        assert!(files(&project.root()) == before);
    };
    let project = with(&export(&rows), OF_TICKETS);
    project.write("export-left-out.csv", "what someone wrote\n");
    refused(&project, &[], "export-left-out.csv is not a list of skipped rows; nothing was written");
    refused(&project, &["--left-out", "export.csv"], "export.csv is not a list of skipped rows; nothing was written");
    refused(&project, &["--left-out", "data/rest.csv"], "is in data/");
    // It goes with --partial alone.
    let said = import(&project, &["--write", "--left-out", "rest.csv"]);
    assert!(said.stderr.contains("--partial"), "{}", said.stderr);
    // Without skipped rows there is none.
    let project = with(&export(&[GOOD]), OF_TICKETS);
    import(&project, &["--write", "--partial"]).ended(0);
    assert!(!project.root().join("export-left-out.csv").exists());
}
