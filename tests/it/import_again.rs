//! Imports that come again, and rows in any order: what is on record is known by kind and minute, and what is not added
//! is told.

use crate::import_tickets::{errors, import, snapshot, with};
use crate::support::Project;

const MAP: &str = "tracker: Calls\ntimes: [\"%Y-%m-%d %H:%M:%S\", \"%Y-%m-%d %H:%M\"]\nnumber: {column: No}\nnumbers_from: 500\n\
                   rows: updates\nupdated: When\nticket:\n  title: Title\n  subject: {default: scorecard}\n  kind: {default: issue}\n  \
                   area: {default: functional}\n  poc: {default: jrivera}\n  received: In\n  via: {default: phone}\n  \
                   description: Title\nevents:\n  \
                   - {event: follow-up, when: [{column: State, is: [Open]}], by: {default: tnominal}, note: Text}\n  \
                   - {event: resolved, when: [{column: State, becomes: [Resolved]}], by: {default: tnominal}, note: {column: Text, default: Done.}}\n  \
                   - {event: reopened, when: [{column: State, becomes: [Reopened]}], by: {default: tnominal}, note: {default: Still.}}\n";
const PATH: &str = "data/tickets/2026/HEAT-500.yaml";

/// An export of these updates of call 0007: a time of November 16, or a whole one, and the state and the text.
fn export(updates: &[(&str, &str, &str)]) -> String {
    let mut text = "No,When,Title,In,State,Text\n".to_owned();
    for (when, state, note) in updates {
        let when = if when.len() > 8 { (*when).to_owned() } else { format!("2026-11-16 {when}") };
        text.push_str(&format!("0007,{when},Slow,2026-11-16 08:00,{state},{note}\n"));
    }
    text
}

/// A project with these updates on record.
fn imported(updates: &[(&str, &str, &str)]) -> Project {
    let project = with(export(updates).as_bytes(), MAP);
    import(&project, &["--write"]).ended(0);
    project
}

/// Imports these updates; what is printed.
fn again(project: &Project, updates: &[(&str, &str, &str)]) -> String {
    project.write("export.csv", export(updates));
    import(project, &["--write"]).ended(0).stdout().to_owned()
}

/// The times and events of the log, the imports' own notes aside.
fn log(project: &Project) -> Vec<String> {
    let text = project.read(PATH);
    let values = |field: &str| -> Vec<String> {
        text.lines()
            .filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix(field))
            .map(str::to_owned)
            .collect()
    };
    let (times, events) = (values("at: "), values("event: "));
    assert_eq!(times.len(), events.len(), "{text}");
    let entries = times.iter().zip(&events).filter(|(_, event)| *event != "note");
    entries.map(|(at, event)| format!("{} {event}", at.trim_start_matches("2026-11-"))).collect()
}

#[test]
fn a_second_resolution_of_a_day_is_imported() {
    let project = imported(&[("08:30", "Open", ""), ("09:00", "Resolved", "")]);
    let all = [("08:30", "Open", ""), ("09:00", "Resolved", ""), ("10:00", "Reopened", ""), ("11:00", "Resolved", "")];
    let said = again(&project, &all);
    assert!(said.contains("2 entries added to 1 ticket"), "{said}");
    assert_eq!(log(&project), ["16 08:30 follow-up", "16 09:00 resolved", "16 10:00 reopened", "16 11:00 resolved"]);
    let before = snapshot(&project.root());
    let said = again(&project, &all);
    assert!(said.contains("1 ticket unchanged") && !said.contains("is not added"), "{said}");
    assert!(snapshot(&project.root()) == before);
}

#[test]
fn every_update_of_a_minute_is_imported() {
    let project = imported(&[("09:31:05", "Open", "Told.")]);
    let all = [("09:31:05", "Open", "Told."), ("09:31:20", "Open", "Told more."), ("09:31:50", "Resolved", "")];
    again(&project, &all);
    let expected = ["16 09:31 follow-up", "16 09:31 follow-up", "16 09:31 resolved"];
    assert_eq!(log(&project), expected);
    assert_eq!(log(&imported(&all)), expected);
    // The same change of state twice in a minute, with the same words.
    let twice = [("09:31:05", "Resolved", ""), ("09:31:20", "Reopened", ""), ("09:31:50", "Resolved", "")];
    let expected = ["16 09:31 resolved", "16 09:31 reopened", "16 09:31 resolved"];
    assert_eq!(log(&imported(&twice)), expected);
    let project = imported(&twice[..1]);
    again(&project, &twice);
    assert_eq!(log(&project), expected);
    // A row that comes twice is one.
    assert_eq!(log(&imported(&[all[0], all[0], all[2]])), ["16 09:31 follow-up", "16 09:31 resolved"]);
}

#[test]
fn an_update_that_comes_late_is_told() {
    let project = imported(&[("09:10", "Open", "first"), ("10:00", "Open", "third")]);
    let said = again(&project, &[("09:10", "Open", "first"), ("09:30", "Open", "second"), ("10:00", "Open", "third")]);
    let told = "HEAT-500 (0007): `follow-up` of 2026-11-16 09:30 (row 3) is not added: the log has later entries, up to \
                2026-11-16 10:00\n";
    assert!(said.contains(told), "{said}");
    assert_eq!(log(&project), ["16 09:10 follow-up", "16 10:00 follow-up"]);
}

#[test]
fn an_entry_made_or_changed_by_hand_stands_for_one_of_the_exports() {
    let project = imported(&[("08:30", "Open", "")]);
    let by_hand = "  - at: 2026-11-16 09:20\n    event: resolved\n    by: tnominal\n    note: Done.\n";
    project.write(PATH, project.read(PATH) + by_hand);
    let said = again(&project, &[("08:30", "Open", ""), ("09:00", "Resolved", "")]);
    let told = "`resolved` of 2026-11-16 09:00 (row 3) is not added: it is on record as of 2026-11-16 09:20, entered or \
                changed manually\n";
    assert!(said.contains(told), "{said}");
    // It stands for one only.
    let all = [("08:30", "Open", ""), ("09:00", "Resolved", ""), ("10:00", "Reopened", ""), ("11:00", "Resolved", "")];
    again(&project, &all);
    let expected = ["16 08:30 follow-up", "16 09:20 resolved", "16 10:00 reopened", "16 11:00 resolved"];
    assert_eq!(log(&project), expected);
    // An imported entry whose time was corrected is not imported again.
    project.write(
        PATH,
        project.read(PATH).replace("2026-11-16 08:30\n    event: follow", "2026-11-16 08:20\n    event: follow"),
    );
    let before = snapshot(&project.root());
    let said = again(&project, &all);
    assert!(
        said.contains("`follow-up` of 2026-11-16 08:30 (row 2) is not added: it is on record as of 2026-11-16 08:20"),
        "{said}"
    );
    assert!(snapshot(&project.root()) == before);
}

#[test]
fn an_entry_that_an_import_wrote_stands_for_no_other() {
    // The later exports have only the new rows.
    let expected = ["16 08:30 follow-up", "16 09:00 resolved", "16 10:00 reopened", "16 11:00 resolved"];
    let project = imported(&[("08:30", "Open", ""), ("09:00", "Resolved", "")]);
    let said = again(&project, &[("10:00", "Reopened", ""), ("11:00", "Resolved", "")]);
    assert!(said.contains("2 entries added to 1 ticket") && !said.contains("is not added"), "{said}");
    assert_eq!(log(&project), expected);
    let project = imported(&[("08:30", "Open", ""), ("09:00", "Resolved", "")]);
    again(&project, &[("10:00", "Reopened", "")]);
    let said = again(&project, &[("11:00", "Resolved", "")]);
    assert!(said.contains("1 entry added to 1 ticket") && !said.contains("is not added"), "{said}");
    assert_eq!(log(&project), expected);
    // Another event of the minute up to which was imported.
    let project = imported(&[("08:30", "Resolved", ""), ("09:00", "Open", "")]);
    again(&project, &[("09:00", "Reopened", ""), ("09:00", "Resolved", "")]);
    assert_eq!(log(&project), ["16 08:30 resolved", "16 09:00 follow-up", "16 09:00 reopened", "16 09:00 resolved"]);
    // A state that changed twice in a minute.
    let project = imported(&[("09:31:05", "Resolved", "")]);
    again(&project, &[("09:31:20", "Reopened", ""), ("09:31:50", "Resolved", "")]);
    let twice = ["16 09:31 resolved", "16 09:31 reopened", "16 09:31 resolved"];
    assert_eq!(log(&project), twice);
    again(&project, &[("09:31:20", "Reopened", ""), ("09:31:50", "Resolved", "")]);
    assert_eq!(log(&project), twice);
    // A time that was edited replaces the export's, not the next one.
    let edit = |project: &Project| {
        let text = project.read(PATH);
        project.write(
            PATH,
            text.replace("2026-11-16 09:00\n    event: resolved", "2026-11-16 09:20\n    event: resolved"),
        );
    };
    let project = imported(&[("08:30", "Open", ""), ("09:00", "Resolved", "")]);
    edit(&project);
    let said = again(&project, &[("09:00", "Resolved", "")]);
    assert!(said.contains("is on record as of 2026-11-16 09:20, entered or changed manually\n"), "{said}");
    again(&project, &[("10:00", "Reopened", ""), ("11:00", "Resolved", "")]);
    let expected = ["16 08:30 follow-up", "16 09:20 resolved", "16 10:00 reopened", "16 11:00 resolved"];
    assert_eq!(log(&project), expected);
}

#[test]
fn times_in_columns_that_move_on_are_imported() {
    let map = "tracker: Calls\ntimes: [\"%Y-%m-%d %H:%M\"]\nnumber: {column: No}\nnumbers_from: 500\nticket:\n  title: Title\n  \
               subject: {default: scorecard}\n  kind: {default: issue}\n  area: {default: functional}\n  poc: {default: jrivera}\n  \
               received: In\n  via: {default: phone}\n  description: Title\nevents:\n  \
               - {event: reopened, at: Reopened, by: {default: tnominal}, note: {default: Still.}}\n  \
               - {event: resolved, at: Resolved, by: {default: tnominal}, note: {default: Done.}}\n";
    let export = |reopened: &str, resolved: &str| {
        format!("No,Title,In,Reopened,Resolved\n1,A,2026-11-16 08:00,{reopened},{resolved}\n")
    };
    let project = with(export("", "2026-11-16 09:00").as_bytes(), map);
    import(&project, &["--write"]).ended(0);
    project.write("export.csv", export("2026-11-16 10:00", "2026-11-16 11:00"));
    let said = import(&project, &["--write"]).ended(0);
    assert!(!said.stdout().contains("is not added"), "{}", said.stdout());
    assert_eq!(log(&project), ["16 09:00 resolved", "16 10:00 reopened", "16 11:00 resolved"]);
}

#[test]
fn a_second_update_of_a_minute_in_another_export_is_told() {
    let project = imported(&[("09:31:05", "Open", "Told.")]);
    let before = snapshot(&project.root());
    let said = again(&project, &[("09:31:40", "Open", "Told more.")]);
    let told = "HEAT-500 (0007): `follow-up` of 2026-11-16 09:31 (row 2) is not added: one of that minute is on record, \
                with another note\n";
    assert!(said.contains(told), "{said}");
    assert!(snapshot(&project.root()) == before);
    // With the first one it is added, in whatever order the two come.
    again(&project, &[("09:31:05", "Open", "Told more."), ("09:31:40", "Open", "Told.")]);
    assert_eq!(log(&project), ["16 09:31 follow-up", "16 09:31 follow-up"]);
    assert!(project.read(PATH).contains("Told more."), "{}", project.read(PATH));
}

#[test]
fn a_number_is_the_same_without_its_leading_zeros() {
    let project = imported(&[("08:30", "Open", "")]);
    project.write("export.csv", export(&[("08:30", "Open", ""), ("09:00", "Resolved", "")]).replace("0007,", "7,"));
    let said = import(&project, &["--write"]).ended(0);
    assert!(said.stdout().contains("0 new tickets, 1 entry added to 1 ticket"), "{}", said.stdout());
    // In one export, too.
    let text = export(&[("08:30", "Open", ""), ("09:00", "Resolved", "")]).replacen("0007,", "7,", 1);
    let project = with(text.as_bytes(), MAP);
    import(&project, &["--write"]).ended(0);
    assert_eq!(log(&project), ["16 08:30 follow-up", "16 09:00 resolved"]);
}

#[test]
fn a_known_number_with_another_time_of_receipt_is_told() {
    let project = imported(&[("08:30", "Open", "")]);
    project.write("export.csv", export(&[("08:30", "Open", "")]).replace("2026-11-16 08:00", "2026-11-13 08:00"));
    let said = import(&project, &["--write"]).ended(0);
    let told = "received 2026-11-13 08:00 in the export (row 2), 2026-11-16 08:00 in our record; make sure that it is the \
                same ticket\n";
    assert!(said.stdout().contains(told), "{}", said.stdout());
    // A time that was corrected in the file causes no error.
    project.write("export.csv", export(&[("08:30", "Open", "")]));
    project.write(PATH, project.read(PATH).replace("received: 2026-11-16 08:00", "received: 2026-11-16 07:50"));
    let said = import(&project, &["--write"]).ended(0);
    assert!(!said.stdout().contains("make sure"), "{}", said.stdout());
}

#[test]
fn rows_in_any_order_are_sorted_by_time() {
    let all = [
        ("08:30", "Open", "1"),
        ("09:00", "Resolved", "2"),
        ("10:00", "Reopened", "3"),
        ("11:00", "Resolved", "4"),
        ("11:00", "Open", "5"),
    ];
    let expected = log(&imported(&all));
    assert_eq!(expected.len(), 5);
    // Every order in which the two of one minute keep theirs.
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for at in 0..all.len() {
        orders = orders
            .iter()
            .flat_map(|order| {
                (0..=order.len()).map(move |place| {
                    let mut order = order.clone();
                    order.insert(place, at);
                    order
                })
            })
            .collect();
    }
    orders.retain(|order| order.iter().position(|at| *at == 3) < order.iter().position(|at| *at == 4));
    assert_eq!(orders.len(), 60);
    // One export with a call for each order; its fields are those of the oldest row.
    let mut text = "No,When,Title,In,State,Text\n".to_owned();
    for (call, order) in orders.iter().enumerate() {
        for at in order {
            let (when, state, note) = all[*at];
            text.push_str(&format!("C{call},2026-11-16 {when},Title {at},2026-11-16 08:00,{state},{note}\n"));
        }
    }
    let project = with(text.as_bytes(), MAP);
    let said = import(&project, &["--write"]).ended(0);
    assert!(
        said.stdout().contains(" rows of 59 tickets were out of order and were sorted by time\n"),
        "{}",
        said.stdout()
    );
    #[allow(clippy::needless_range_loop)] // The index names the export in what fails.
    for call in 0..orders.len() {
        let text = project.read(&format!("data/tickets/2026/HEAT-{}.yaml", 500 + call));
        assert!(text.contains("title: Title 0\n"), "{text}");
        let own = with(b"", MAP);
        own.write(PATH, text);
        assert_eq!(log(&own), expected, "{:?}", orders[call]);
    }
    assert_eq!(errors(&project), 0);
    // In order nothing is said.
    assert!(!again(&project, &all).contains("out of order"));
}

#[test]
fn the_hour_that_comes_twice_is_told_apart_by_the_order() {
    let night = |time: &'static str| -> &'static str {
        match time {
            "01:10" => "2026-11-01 01:10",
            "01:30" => "2026-11-01 01:30",
            "01:50" => "2026-11-01 01:50",
            _ => "2026-11-01 03:00",
        }
    };
    let import = |updates: &[(&'static str, &str)]| {
        let rows: Vec<(&str, &str, &str)> = updates.iter().map(|(at, state)| (night(at), *state, "")).collect();
        let text = export(&rows).replace("2026-11-16 08:00", "2026-10-31 22:00");
        let project = with(text.as_bytes(), MAP);
        let said = import(&project, &["--write"]).ended(0).stdout().to_owned();
        project.write(PATH, project.read("data/tickets/2026/HEAT-500.yaml"));
        (log(&project), said)
    };
    // 01:50 and then 01:10, 01:30: those are of the second hour, which is entered as 02:00.
    let (entries, said) =
        import(&[("01:50", "Open"), ("01:10", "Resolved"), ("01:30", "Reopened"), ("03:00", "Resolved")]);
    assert_eq!(entries, ["01 01:50 follow-up", "01 02:00 resolved", "01 02:00 reopened", "01 03:00 resolved"]);
    assert!(!said.contains("out of order"), "{said}");
    // In order it is the first hour.
    let (entries, _) = import(&[("01:10", "Open"), ("01:50", "Resolved")]);
    assert_eq!(entries, ["01 01:10 follow-up", "01 01:50 resolved"]);
    // The newest first: nothing says that it is the second hour.
    let (entries, said) = import(&[("03:00", "Reopened"), ("01:50", "Resolved"), ("01:10", "Open")]);
    assert_eq!(entries, ["01 01:10 follow-up", "01 01:50 resolved", "01 03:00 reopened"]);
    assert!(said.contains("2 rows of 1 ticket were out of order"), "{said}");
}

#[test]
fn a_column_of_times_knows_the_second_hour_too() {
    let map = "tracker: Old\ntimes: [\"%Y-%m-%d %H:%M\"]\nnumber: {column: No}\nnumbers_from: 500\nticket:\n  title: Title\n  \
               subject: {default: scorecard}\n  kind: {default: issue}\n  area: {default: functional}\n  poc: {default: jrivera}\n  \
               received: In\n  via: {default: phone}\n  description: Title\n\
               events: [{event: follow-up, at: Told, by: {default: tnominal}}]\n";
    let project = with(b"No,Title,In,Told\n1,A,2026-11-01 01:50,2026-11-01 01:10\n", map);
    import(&project, &["--write"]).ended(0);
    assert_eq!(log(&project), ["01 02:00 follow-up"]);
    assert_eq!(errors(&project), 0);
}
