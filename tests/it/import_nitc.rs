//! NITC's report: imported byte for byte, rejected where it cannot be read, row by row where it can, compared with our
//! records, and the entries that leave no doubt added.

use crate::support::{Project, Run, files};

const AS_OF: &str = "2026-11-17 09:30";
const HEADINGS: &str = "report_date,nitc_number,heat_number,received,status,assigned_to,last_update,summary";

const STAFF: &str = "- {id: tnguyen, name: Taylor Nominal, office: help-desk}\n\
                     - {id: rpatel, name: Robin Pattern, office: nitc}\n\
                     - {id: gone, name: Kerry Stubbs, office: nitc, until: 2026-01-30}\n\
                     - {id: twin-a, name: Sam Twin, office: nitc}\n- {id: twin-b, name: Sam Twin, office: nitc}\n";

fn ticket(number: u32, log: &[&str]) -> String {
    let log: String = log.iter().map(|entry| format!("\n  - {{{entry}}}")).collect();
    format!(
        "# Kept by staff.\nid: HEAT-{number}\ntitle: Export {number}\nsubject: scorecard\nkind: issue\narea: functional\n\
         poc: pat\nreceived: 2026-11-09 09:00\nvia: [phone]\ndescription: It fails.\nlog:{log}\n\n# the end\n"
    )
}

const TOLD: &str = "at: 2026-11-09 10:00, event: follow-up, by: tnguyen";
const FORWARDED: &str = "at: 2026-11-12 11:00, event: forwarded, by: tnguyen";

/// Tickets 1 to 3 are with NITC, 4 as well and acknowledged, 5 is closed.
fn project() -> Project {
    let project = Project::of(&[
        ("staff.yaml", STAFF),
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Sample\nemail: pat@example.org\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2025-10-01}\n",
        ),
    ]);
    let add = |number: u32, log: &[&str]| {
        project.write(&format!("data/tickets/2026/HEAT-{number}.yaml"), ticket(number, log));
    };
    (1..=3).for_each(|number| add(number, &[TOLD, FORWARDED]));
    add(4, &[TOLD, FORWARDED, "at: 2026-11-12 12:00, event: acknowledged, by: rpatel, nitc_ref: N-4"]);
    add(
        5,
        &[
            TOLD,
            "at: 2026-11-10 09:00, event: resolved, by: tnguyen, note: Done.",
            "at: 2026-11-10 10:00, event: closed, by: tnguyen",
        ],
    );
    project
}

fn import(project: &Project, report: &[u8], more: &[&str]) -> Run {
    project.write("from NITC.csv", report);
    project.run(&[&["import", "nitc", "from NITC.csv", "--as-of", AS_OF], more].concat())
}

fn rows(rows: &[&str]) -> String {
    std::iter::once(HEADINGS).chain(rows.iter().copied()).map(|row| format!("{row}\n")).collect()
}

fn snapshot(project: &Project) -> Vec<(String, Vec<u8>)> {
    files(&project.root().join("data")).into_iter().collect()
}

#[test]
fn a_report_is_imported_byte_for_byte_under_its_date() {
    let project = project();
    let report = rows(&["11/16/2026,N-4,HEAT-4,,Researching,Robin Pattern,,\"Slow, \"\"very\"\" slow\""]);
    let bytes = [b"\xef\xbb\xbf", report.replace('\n', "\r\n").as_bytes()].concat();
    let said = import(&project, &bytes, &[]).ended(0);
    assert!(said.stdout().starts_with("data/nitc/2026-11-16.csv: imported\n"), "{}", said.stdout());
    assert_eq!(std::fs::read(project.root().join("data/nitc/2026-11-16.csv")).expect("the report"), bytes);
    let again = import(&project, &bytes, &[]).ended(0);
    assert!(again.stdout().starts_with("data/nitc/2026-11-16.csv: unchanged, imported before\n"));
}

#[test]
fn agreements_and_disagreements_are_said_as_the_rules_have_them() {
    let project = project();
    let report = rows(&[
        "2026-11-16,N-4,HEAT-4,,researching,,,",
        "2026-11-16,N-5,HEAT-5,,in work,,,",
        "2026-11-16,N-9,HEAT-99,,received,,,",
        "2026-11-16,N-7,,,in work,,,",
    ]);
    let said = import(&project, report.as_bytes(), &[]).ended(0);
    let out = said.stdout();
    assert!(out.contains("\nagree: 1\n  HEAT-4  N-4: researching; ours: with NITC\n"), "{out}");
    assert!(out.contains("\ndisagree: 5\n"), "{out}");
    assert!(out.contains("\nwithout a ticket: N-7\n"), "{out}");
    for id in ["HEAT-1", "HEAT-2", "HEAT-3"] {
        assert!(out.contains(&format!("  {id} is with NITC, but not in the report\n")), "{out}");
    }
    let check = project.run(&["check", "--format", "json", "--as-of", AS_OF]).ended(0).json();
    let found = check["diagnostics"].as_array().expect("a list");
    for rule in ["nitc-ticket-unknown", "nitc-ticket-unlisted"] {
        let own: Vec<_> = found.iter().filter(|found| found["rule"] == rule).collect();
        assert!(!own.is_empty(), "{rule}");
        if rule == "nitc-ticket-unknown" {
            own.iter().for_each(|found| assert!(out.contains(found["message"].as_str().expect("a text")), "{out}"));
        }
    }
}

#[test]
fn rows_with_errors_are_skipped_and_the_others_are_used() {
    let project = project();
    let report = rows(&[
        "2026-11-16,N-1,HEAT-1,,In Progress,,,",
        "2026-11-16,N-2,HEAT-2,,received,rpatel,,",
        "",
        ",,,,,,,",
        "2026-11-16,N-3,HEAT-3,11/31/2026,received,,,",
        "2026-11-16,N-5,HEAT-5,,closed",
        "2026-11-16,N-4,HEAT-4,,researching,,,slow, very slow",
    ]);
    let said = import(&project, report.as_bytes(), &["--apply"]).ended(1);
    let out = said.stdout();
    assert!(out.starts_with("data/nitc/2026-11-16.csv: imported\n"), "{out}");
    assert_eq!(project.read("data/nitc/2026-11-16.csv"), report);
    assert!(out.contains("report of Mon, Nov 16, 2026, 2 rows\n"), "{out}");
    assert!(out.contains("\nnot compared because the report has errors there: rows 2, 6, 8\n"), "{out}");
    // A ticket in a row with an error is in the report all the same.
    assert!(out.contains("\ndisagree: 0\n"), "{out}");
    assert!(project.read("data/tickets/2026/HEAT-2.yaml").contains("nitc_ref: N-2"));
    for row in [
        "data/nitc/2026-11-16.csv:2:1: error[nitc-report-malformed]: row 2: `In Progress` is not a status",
        "csv:6:1: error[nitc-report-malformed]: row 6: `11/31/2026` in received is not a date",
        "csv:8:1: error[nitc-report-malformed]: row 8 has 9 cells under 8 headings",
        "3 rows were skipped",
    ] {
        assert!(said.stderr.contains(row), "{}", said.stderr);
    }
    let check = project.run(&["check", "--format", "json", "--as-of", AS_OF]).ended(1).json();
    assert_eq!(check["errors"], 3, "{check}");
    let found = check["diagnostics"].as_array().expect("a list");
    assert!(found.iter().all(|found| found["rule"] != "nitc-ticket-unlisted"), "{check}");
    let pack = project.run(&["pack", "weekly", "--format", "json", "--as-of", AS_OF]).ended(1).json();
    assert_eq!(pack["nitc"].as_array().map(Vec::len), Some(2), "{pack}");
    assert_eq!(pack["nitc_report"]["unread"], 3, "{pack}");
    let html = project.run(&["pack", "weekly", "--format", "html", "--as-of", AS_OF]).ended(1);
    assert!(html.stdout().contains("<p>3 more rows have errors and could not be compared.</p>"));
}

#[test]
fn nitcs_own_words_for_a_status_are_those_of_the_settings() {
    let project = project();
    let report = rows(&[
        "2026-11-16,N-1,HEAT-1,2026-11-12,In Progress,rpatel,2026-11-13,Theirs",
        "2026-11-16,N-2,HEAT-2,2026-11-12,RECEIVED,rpatel,2026-11-13,Ours",
    ]);
    // The help names the setting; followed to the letter, all of the report is read.
    let run = import(&project, report.as_bytes(), &[]).ended(1);
    assert!(run.stderr.contains("row 2: `In Progress` is not a status"), "{}", run.stderr);
    assert!(
        run.stderr.contains(
            "add its meaning to data/heatpack.yaml, as `nitc_report: {statuses: {\"In Progress\": researching}}`"
        ),
        "{}",
        run.stderr
    );
    project.write("data/heatpack.yaml", "nitc_report: {statuses: {\"In Progress\": researching}}\n");
    let run = import(&project, report.as_bytes(), &["--apply"]).ended(0);
    assert!(run.stdout().contains("agree: 2") && run.stdout().contains("HEAT-1  N-1: researching"), "{}", run.stdout());
    assert!(project.read("data/tickets/2026/HEAT-1.yaml").contains("nitc_ref: N-1"));
    project.run(&["check", "--as-of", AS_OF]).ended(0);
    // Whatever its capitals; and a word of ours may mean something else to NITC.
    project
        .write("data/heatpack.yaml", "nitc_report:\n  statuses:\n    in_progress: in work\n    Received: answered\n");
    let run = import(&project, report.as_bytes(), &[]).ended(0);
    let said = run.stdout();
    assert!(said.contains("N-1 as `in work`") || said.contains("`in work`"), "{said}");
    assert!(said.contains("`answered`"), "{said}");
    for (statuses, why) in [
        ("{In Progress: working}", "`working` is not a status of NITC's"),
        ("{In Progress: in work, IN PROGRESS: closed}", "`IN PROGRESS` has two meanings"),
        ("{\" \": closed}", "NITC's word is blank"),
        ("[In Progress]", "is not"),
    ] {
        project.write("data/heatpack.yaml", format!("nitc_report: {{statuses: {statuses}}}\n"));
        let run = project.run(&["check", "--as-of", AS_OF]).ended(1);
        assert!(run.stdout().contains(why), "{statuses}: {}", run.stdout());
        // What the words mean is not known then, and no row is blamed.
        assert!(!run.stdout().contains("nitc-report-malformed"), "{}", run.stdout());
    }
}

#[test]
fn of_a_number_that_comes_twice_no_row_is_used() {
    let project = project();
    let report = rows(&[
        "2026-11-16,N-1,HEAT-1,,received,rpatel,,",
        "2026-11-16,N-1,HEAT-2,,received,rpatel,,",
        "2026-11-16,N-3,HEAT-3,,received,rpatel,,",
        "2026-11-16,N-4,HEAT-4,,received,rpatel,,",
    ]);
    let said = import(&project, report.as_bytes(), &["--apply"]).ended(1);
    assert!(said.stderr.contains("row 3: the number N-1 is in row 2 already"), "{}", said.stderr);
    assert!(said.stdout().contains("errors there: rows 2, 3\n"), "{}", said.stdout());
    for id in [1, 2] {
        assert_eq!(project.read(&format!("data/tickets/2026/HEAT-{id}.yaml")), ticket(id, &[TOLD, FORWARDED]));
    }
    assert!(project.read("data/tickets/2026/HEAT-3.yaml").contains("nitc_ref: N-3"));
}

/// The message and the help, in one line, about a report of which nothing can be used.
fn refusal(report: &[u8]) -> String {
    let project = project();
    let before = snapshot(&project);
    let said = import(&project, report, &["--date", "2026-11-16"]).ended(1);
    assert!(said.out.is_empty(), "{}", said.stdout());
    assert!(said.stderr.contains("the report was not imported"), "{}", said.stderr);
    assert_eq!(snapshot(&project), before);
    // `check` has the same of it.
    project.write("data/nitc/2026-11-16.csv", report);
    let check = project.run(&["check", "--as-of", AS_OF]).ended(1);
    let errors = |text: &str| -> Vec<String> {
        let errors = text.lines().filter_map(|line| line.split_once(": error[nitc-report-malformed]: "));
        errors.map(|(_, said)| said.to_owned()).collect()
    };
    let found = errors(&said.stderr);
    assert_eq!(errors(check.stdout()), found, "{}", check.stdout());
    let [found] = <[String; 1]>::try_from(found).unwrap_or_else(|found| panic!("{found:?}"));
    found
}

#[test]
fn a_report_that_cannot_be_read_names_the_cause() {
    let all = "nitc_number,heat_number,status\nN-1,HEAT-1,received\n";
    let with = |separator: &str| all.replace(',', separator).into_bytes();
    let wide = |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let save = "in Excel, choose File > Save As > CSV UTF-8 (Comma delimited)";
    for (report, what, help) in [
        (wide(&format!("\u{feff}{all}"), u16::to_le_bytes), "this is text in UTF-16", save),
        (wide(all, u16::to_be_bytes), "this is text in UTF-16", save),
        (
            b"nitc_number,heat_number,status,summary\nN-1,,received,Roc\xedo \xc3\xa9\n".to_vec(),
            "line 2 is not UTF-8, and the encoding is unknown",
            save,
        ),
        (b"<html><table><tr><td>nitc_number".to_vec(), "this is a web page or XML file", save),
        (
            b"nitc_number,heat_number,status,summary\nN-1,,received,Roc\xedo \x81\n".to_vec(),
            "line 2 is not UTF-8, and the encoding is unknown",
            save,
        ),
        (
            b"x;nitc_number;heat_number;status;x\tnitc_number\theat_number\tstatus\t\n".to_vec(),
            "the cells can be separated by a semicolon or by a tab",
            "save the report with commas",
        ),
        (
            format!("sep=:\r\n{all}").into_bytes(),
            "the first line, `sep=:`, is an instruction to Excel",
            "delete that line",
        ),
        (
            b"number;heat_number;status\n".to_vec(),
            "the column `nitc_number` is missing",
            "the report's headings are `number`, `heat_number` and `status`",
        ),
        (b"".to_vec(), "the report is empty", "ask NITC"),
        (b"\r\n,,\r\n ,\r\n".to_vec(), "the report is empty", "ask NITC"),
        (
            b"nitc_number,HEAT #,status\n".to_vec(),
            "the column `heat_number` is missing",
            "as `nitc_report: {columns: {heat_number: \"their heading\"}}`; the report's headings are `nitc_number`, `HEAT #` and `status`",
        ),
        (
            b"NITC #,heat_numbr,State\n".to_vec(),
            "the columns `nitc_number`, `heat_number` and `status` are missing",
            "did you mean `heat_numbr`? add the column to data/heatpack.yaml, as `nitc_report: {columns: {heat_number: \"heat_numbr\"}}`",
        ),
        (
            format!("nitc_number,{},status\n", "x".repeat(70)).into_bytes(),
            "the column `heat_number` is missing",
            &format!("the report's headings are `nitc_number`, `{}…` and `status`", "x".repeat(60)),
        ),
        (b"Status,nitc_number,heat_number,status\n".to_vec(), "the heading `status` appears twice", "rename"),
        (
            b"nitc_number,heat_number,status,x\n\nN-1,HEAT-1,received,\"24 inch\nN-2,,received,b\n".to_vec(),
            "row 3: a quote opens a cell and is never closed",
            "close the quote",
        ),
        (
            b"nitc_number,heat_number,status,x\nN-1,HEAT-1,received,\"say \\\"hi\\\"\"\n".to_vec(),
            "row 2: text follows the quote that closes a cell",
            "write a quote within a quoted cell twice",
        ),
        (
            b"nitc_number,heat_number,status\n1E+05,HEAT-1,received\n".to_vec(),
            "row 2: `1E+05` in nitc_number is a number that Excel shortened",
            "in Excel, and",
        ),
        (
            b"nitc_number,heat_number,status\nN-1,1.0423E+04,received\n".to_vec(),
            "row 2: `1.0423E+04` in heat_number is a",
            "in Excel, and",
        ),
        (
            b"nitc_number,heat_number,status,received\nN-1,1,received,46342\n".to_vec(),
            "row 2: `46342` in received is Excel's day number for 2026-11-16",
            "format the column as a date in Excel",
        ),
        (
            b"nitc_number,heat_number,status,received\nN-1,1,received,4.6E+04\n".to_vec(),
            "row 2: `4.6E+04` in received is Excel's shortened day number for about 2025-12-09",
            "in Excel, and",
        ),
        (b"nitc_number,heat_number,status\nN-1\n".to_vec(), "row 2 has no status", "ask NITC for the status"),
        (
            b"nitc_number,heat_number,status,\nN-1,,received,x\n".to_vec(),
            "row 2 has a cell in column D, which has no heading",
            "put a cell",
        ),
    ] {
        let said = refusal(&report);
        assert!(said.starts_with(what) && said.contains(help), "{said}\n{what}; {help}");
    }
    // An older report that is read stays the latest one.
    let project = project();
    project.write("data/nitc/2026-11-09.csv", "nitc_number,heat_number,status\nN-4,HEAT-4,in work\n");
    project.write("data/nitc/2026-11-16.csv", with(":"));
    let check = project.run(&["check", "--as-of", AS_OF]).ended(1);
    assert!(
        check.stdout().contains("lapse[nitc-status-mismatch]: NITC reports HEAT-4 as `in work`"),
        "{}",
        check.stdout()
    );
}

#[test]
fn tickets_are_found_however_their_numbers_are_written() {
    let project = project();
    let report = rows(&[
        "2026-11-16,N-1,heat-1,,received,rpatel,,",
        "2026-11-16,N-2,00000002,,received,rpatel,,",
        "2026-11-16,N-3,#3,,received,rpatel,,",
        "2026-11-16,N-4,HEAT4,,received,rpatel,,",
    ]);
    let said = import(&project, report.as_bytes(), &["--apply"]).ended(0);
    assert!(said.stdout().contains("\ndisagree: 0\n"), "{}", said.stdout());
    for id in 1..=3 {
        assert!(project.read(&format!("data/tickets/2026/HEAT-{id}.yaml")).contains(&format!("nitc_ref: N-{id}\n")));
    }
    project.run(&["check", "--as-of", AS_OF]).ended(0);
    let pack = project.run(&["pack", "weekly", "--format", "json", "--as-of", AS_OF]).ended(0).json();
    let heats: Vec<&str> =
        pack["nitc"].as_array().expect("rows").iter().filter_map(|row| row["heat"].as_str()).collect();
    assert_eq!(heats, ["HEAT-1", "HEAT-2", "HEAT-3", "HEAT-4"]);
}

#[test]
fn headings_are_found_however_they_are_written() {
    let project = project();
    let heading = "NITC Weekly Status,,,,,\n\n Report_Date ,NITC NUMBER,Heat_Number,STATUS,Assigned_To,,\n";
    let report =
        format!("{heading}2026-11-16,N-1,HEAT-1,Received,Robin Pattern,,\n2026-11-16,N-4,HEAT-4,received\n,,,,,,\n");
    let said = import(&project, report.as_bytes(), &["--apply"]).ended(0);
    assert!(said.stderr.is_empty(), "{}", said.stderr);
    assert!(project.read("data/tickets/2026/HEAT-1.yaml").contains("by: rpatel\n    nitc_ref: N-1\n"));
    // The settings' names are compared alike.
    project
        .write("data/heatpack.yaml", "nitc_report: {columns: {heat_number: \"HEAT #\", nitc_number: Their Number}}\n");
    let report = "their_number,heat #,status\nN-1,1,received\n";
    import(&project, report.as_bytes(), &["--date", "2026-11-16", "--replace"]).ended(0);
}

#[test]
fn a_column_that_is_nearly_ours_is_told() {
    let project = project();
    let report = rows(&["2026-11-16,N-1,HEAT-1,,received,Robin Pattern,,"]).replace("assigned_to", "Asigned To");
    let said = import(&project, report.as_bytes(), &[]).ended(0);
    let lapse = "data/nitc/2026-11-16.csv:1:1: lapse[nitc-report-malformed]: the column `Asigned To` is not used; \
                 did you mean `assigned_to`? add the column to data/heatpack.yaml, as `nitc_report: {columns: \
                 {assigned_to: \"Asigned To\"}}`\n";
    assert!(said.stderr.contains(lapse), "{}", said.stderr);
    assert!(project.run(&["check", "--as-of", AS_OF]).ended(0).stdout().contains(lapse));
    // The advice holds.
    project.write("data/heatpack.yaml", "nitc_report: {columns: {assigned_to: \"Asigned To\"}}\n");
    let said = import(&project, report.as_bytes(), &["--apply"]).ended(0);
    assert!(said.stderr.is_empty(), "{}", said.stderr);
    assert!(project.read("data/tickets/2026/HEAT-1.yaml").contains("by: rpatel\n"));
}

#[test]
fn the_date_is_the_reports_or_the_given_one() {
    let project = project();
    let undated = "nitc_number,heat_number,status\nN-4,HEAT-4,received\n";
    let said = import(&project, undated.as_bytes(), &[]).ended(2);
    assert!(said.stderr.contains("--date"), "{}", said.stderr);
    let two = rows(&["2026-11-16,N-4,HEAT-4,,received,,,", "2026-11-09,N-5,,,received,,,"]);
    let said = import(&project, two.as_bytes(), &[]).ended(2);
    assert!(said.stderr.contains("row 3 does not have the report_date 2026-11-16 of row 2"), "{}", said.stderr);
    import(&project, "nitc_number,heat_number,status\n".as_bytes(), &[]).ended(2);
    assert!(!project.root().join("data/nitc").exists());
    import(&project, undated.as_bytes(), &["--date", "2026-11-09"]).ended(0);
    assert_eq!(project.read("data/nitc/2026-11-09.csv"), undated);
    import(&project, undated.as_bytes(), &["--date", "soon"]).ended(2);
}

#[test]
fn another_report_of_that_date_stays_unless_it_is_to_be_replaced() {
    let project = project();
    let first = rows(&["2026-11-16,N-4,HEAT-4,,received,,,"]);
    let second = rows(&["2026-11-16,N-4,HEAT-4,,researching,,,"]);
    import(&project, first.as_bytes(), &[]).ended(0);
    let said = import(&project, second.as_bytes(), &[]).ended(1);
    assert!(
        said.stderr.contains("data/nitc/2026-11-16.csv is a different report of that date")
            && said.stderr.contains("--replace")
    );
    assert_eq!(project.read("data/nitc/2026-11-16.csv"), first);
    import(&project, second.as_bytes(), &["--replace"]).ended(0);
    assert_eq!(project.read("data/nitc/2026-11-16.csv"), second);
}

/// HEAT-1 names a person by name, HEAT-2 no one, HEAT-3 is answered, HEAT-4 is acknowledged.
fn suggesting() -> String {
    rows(&[
        "2026-11-16,N-1,HEAT-1,,received,robin pattern,,",
        "2026-11-16,N-2,HEAT-2,,researching,Sam Twin,,",
        "2026-11-16,it's N-3,HEAT-3,,answered,rpatel,,",
        "2026-11-16,N-4,HEAT-4,,researching,rpatel,,",
    ])
}

#[test]
fn what_a_report_suggests_is_said_as_commands() {
    let project = project();
    let said = import(&project, suggesting().as_bytes(), &[]).ended(0);
    let out = said.stdout();
    let certain = out.split("\nsafe to add (").nth(1).and_then(|rest| rest.split("\nsuggested (").next());
    let certain = certain.expect("entries that are safe to add");
    let acknowledged = "acknowledged --at '2026-11-16 17:00' --by";
    assert!(certain.contains(&format!("heatpack log HEAT-1 {acknowledged} rpatel --nitc-ref N-1\n")), "{out}");
    assert!(certain.contains(&format!("heatpack log HEAT-2 {acknowledged} STAFF --nitc-ref N-2\n")), "{out}");
    assert!(!certain.contains("HEAT-3") && !out.contains("log HEAT-4"), "{out}");
    assert!(out.contains(&format!("heatpack log HEAT-3 {acknowledged} rpatel --nitc-ref 'it'\\''s N-3'\n")), "{out}");
    assert!(
        out.contains(
            "heatpack log HEAT-3 researched --at '2026-11-16 17:00' --by rpatel --outcome answer --note ANSWER\n"
        ),
        "{out}"
    );
    // The commands are ones that the program takes.
    project
        .run(&[
            "log",
            "HEAT-1",
            "acknowledged",
            "--at",
            "2026-11-16 17:00",
            "--by",
            "rpatel",
            "--nitc-ref",
            "N-1",
            "--as-of",
            AS_OF,
        ])
        .ended(0);
    let after = import(&project, suggesting().as_bytes(), &[]).ended(0);
    assert!(!after.stdout().contains("log HEAT-1 "), "{}", after.stdout());
}

#[test]
fn entries_that_leave_no_doubt_are_added() {
    let project = project();
    let before = snapshot(&project);
    let said = import(&project, suggesting().as_bytes(), &["--apply"]).ended(1);
    assert!(said.stdout().contains("data/tickets/2026/HEAT-1.yaml: `acknowledged` added\n"), "{}", said.stdout());
    let kept_back = "\nsafe to add, but not added:\n  \
                     # it is in the report as N-2, but not acknowledged in our records\n  # the report assigns it to";
    assert!(said.stdout().contains(kept_back), "{}", said.stdout());
    assert!(said.stdout().contains("  heatpack log HEAT-2 acknowledged --at '2026-11-16 17:00' --by STAFF "));
    assert!(said.stderr.starts_with("1 entry was not added: run each command above"), "{}", said.stderr);
    let old = ticket(1, &[TOLD, FORWARDED]);
    let new = project.read("data/tickets/2026/HEAT-1.yaml");
    let entry = "  - at: 2026-11-16 17:00\n    event: acknowledged\n    by: rpatel\n    nitc_ref: N-1\n";
    assert_eq!(new, old.replace("\n\n# the end", &format!("\n{entry}\n# the end")));
    let changed: Vec<String> =
        snapshot(&project).into_iter().filter(|file| !before.contains(file)).map(|(path, _)| path).collect();
    assert_eq!(changed, ["nitc/2026-11-16.csv", "tickets/2026/HEAT-1.yaml"]);
    project.run(&["check", "--as-of", AS_OF]).ended(0);

    // Again, with a name for the other: only that one.
    let said = import(&project, suggesting().as_bytes(), &["--apply", "--by", "rpatel"]).ended(0);
    assert!(said.stdout().contains("HEAT-2.yaml: `acknowledged`") && !said.stdout().contains("HEAT-1.yaml"));
    let whole = snapshot(&project);
    import(&project, suggesting().as_bytes(), &["--apply", "--by", "rpatel"]).ended(0);
    assert_eq!(snapshot(&project), whole);
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[test]
fn a_number_of_another_ticket_is_not_certain() {
    let project = project();
    let report = rows(&[
        "2026-11-16,N-4,HEAT-1,2026-11-12,received,rpatel,2026-11-13,Its number is that of HEAT-4",
        "2026-11-16,N-2,HEAT-2,2026-11-12,received,rpatel,2026-11-13,Certain",
    ]);
    let before = project.read("data/tickets/2026/HEAT-1.yaml");
    let run = import(&project, report.as_bytes(), &["--apply"]).ended(0);
    let said = run.stdout();
    let (_, suggested) = said.split_once("suggested (check these first)").unwrap_or_default();
    assert!(suggested.contains("but N-4 is the number of HEAT-4: ask NITC which is right"), "{said}");
    assert!(suggested.contains("heatpack log HEAT-1 acknowledged") && !said.contains("\nsafe to add"), "{said}");
    assert!(said.contains("data/tickets/2026/HEAT-2.yaml: `acknowledged` added"), "{said}");
    assert_eq!(project.read("data/tickets/2026/HEAT-1.yaml"), before);
}

#[test]
fn what_would_be_an_error_is_not_entered_and_nothing_is_written() {
    let project = project();
    let before = snapshot(&project);
    // The Help Desk cannot acknowledge for NITC.
    let said = import(&project, suggesting().as_bytes(), &["--apply", "--by", "tnguyen"]).ended(1);
    assert!(
        said.stderr.contains("error[wrong-office]") && said.stderr.contains("nothing was written"),
        "{}",
        said.stderr
    );
    assert_eq!(snapshot(&project), before);
    // Two numbers for one ticket leave doubt.
    let two = rows(&["2026-11-16,N-1,HEAT-1,,received,rpatel,,", "2026-11-16,N-2,HEAT-1,,received,rpatel,,"]);
    import(&project, two.as_bytes(), &["--apply"]).ended(0);
    assert_eq!(project.read("data/tickets/2026/HEAT-1.yaml"), ticket(1, &[TOLD, FORWARDED]));
}

#[test]
fn each_row_that_is_kept_back_says_why_and_what_to_do() {
    let report = |who: &str| rows(&[&format!("2026-11-16,N-1,HEAT-1,,received,{who},,")]);
    for (who, why) in [
        ("", "the report assigns it to no one"),
        (
            "J. Doe",
            "the report assigns it to `J. Doe`, who is not on NITC's staff in data/staff.yaml on Mon, Nov 16, 2026",
        ),
        ("Kerry Stubbs", "the report assigns it to `Kerry Stubbs`, who is not on NITC's staff in data/staff.yaml"),
        ("Taylor Nominal", "the report assigns it to `Taylor Nominal`, who is not on NITC's staff in data/staff.yaml"),
        ("Sam Twin", "the report assigns it to `Sam Twin`, the name of several of NITC's staff"),
    ] {
        let project = project();
        let said = import(&project, report(who).as_bytes(), &["--apply"]).ended(1);
        assert!(said.stdout().contains(&format!("\n  # {why}")), "{}", said.stdout());
        assert!(said.stderr.contains("1 entry was not added"), "{}", said.stderr);
        assert_eq!(project.read("data/tickets/2026/HEAT-1.yaml"), ticket(1, &[TOLD, FORWARDED]));
        // It can be said for all, and then everything is entered.
        import(&project, report(who).as_bytes(), &["--apply", "--by", "rpatel"]).ended(0);
        assert!(project.read("data/tickets/2026/HEAT-1.yaml").contains("nitc_ref: N-1"));
    }
    // Added to the staff, they are known.
    let project = project();
    import(&project, report("J. Doe").as_bytes(), &["--apply"]).ended(1);
    project.write("data/staff.yaml", format!("{STAFF}- {{id: jdoe, name: J. Doe, office: nitc}}\n"));
    import(&project, report("J. Doe").as_bytes(), &["--apply"]).ended(0);
    assert!(project.read("data/tickets/2026/HEAT-1.yaml").contains("by: jdoe\n"));
}

#[test]
fn a_ticket_with_errors_keeps_its_entry_back() {
    let project = project();
    let path = "data/tickets/2026/HEAT-2.yaml";
    project.write(path, project.read(path).replace("kind: issue", "kind: wish"));
    let report = rows(&["2026-11-16,N-1,HEAT-1,,received,rpatel,,", "2026-11-16,N-2,HEAT-2,,received,rpatel,,"]);
    let looked_at = import(&project, report.as_bytes(), &[]).ended(0);
    let left_out =
        "\nnot compared because the ticket has errors (`heatpack check` lists them): 1\n  HEAT-2  N-2: received\n";
    assert!(looked_at.stdout().contains(left_out), "{}", looked_at.stdout());
    let said = import(&project, report.as_bytes(), &["--apply"]).ended(1);
    assert!(said.stdout().contains("HEAT-1.yaml: `acknowledged` added\n"), "{}", said.stdout());
    assert!(said.stderr.starts_with("1 ticket of the report has errors and got no entry"), "{}", said.stderr);
    project.write(path, project.read(path).replace("kind: wish", "kind: issue"));
    import(&project, report.as_bytes(), &["--apply"]).ended(0);
    assert!(project.read(path).contains("nitc_ref: N-2"));
}

#[test]
fn a_report_of_another_region_is_read_and_the_guess_is_told() {
    let all = "report_date,nitc_number,heat_number,status,summary\n2026-11-16,N-1,1,received,Roc\u{ed}o \u{2013} done\n\
               2026-11-16,N-4,HEAT-4,received\n";
    let windows = |text: &str| text.chars().map(|c| if c == '\u{2013}' { 0x96 } else { c as u8 }).collect::<Vec<u8>>();
    let with = |separator: &str| all.replace(',', separator);
    let (note, encoding) = ("note: the report is read with a", "note: the report is read as Windows-1252;");
    for (report, told) in [
        (with(";").into_bytes(), Some(format!("{note} semicolon between the cells\n"))),
        (with("\t").into_bytes(), Some(format!("{note} tab between the cells\n"))),
        (with("|").into_bytes(), Some(format!("{note} vertical bar between the cells\n"))),
        (format!("\u{feff}{}", with(";")).into_bytes(), Some(format!("{note} semicolon between the cells\n"))),
        (format!("sep=;\r\n{}", with(";")).into_bytes(), Some(format!("{note} semicolon between the cells\n"))),
        (format!("\"sep=\t\"\r\n{}", with("\t")).into_bytes(), Some(format!("{note} tab between the cells\n"))),
        (format!("sep=,\n{all}").into_bytes(), None),
        (format!("NITC; week 47\r\n;\r\n{}", with(";")).into_bytes(), Some(format!("{note} semicolon"))),
        (windows(all), Some(encoding.to_owned())),
        (windows(&with(";")), Some(format!("{note} semicolon between the cells\n{encoding}"))),
    ] {
        let project = project();
        let said = import(&project, &report, &["--apply", "--by", "rpatel"]).ended(0);
        let told = told.unwrap_or_default();
        assert!(said.stderr.starts_with(&told) && said.stderr.is_empty() == told.is_empty(), "{}", said.stderr);
        // The file is kept as it came, and `check` reads it alike.
        assert_eq!(std::fs::read(project.root().join("data/nitc/2026-11-16.csv")).expect("the report"), report);
        assert!(project.read("data/tickets/2026/HEAT-1.yaml").contains("nitc_ref: N-1"));
        project.run(&["check", "--as-of", AS_OF]).ended(0);
        let pack = project.run(&["pack", "weekly", "--format", "json", "--as-of", AS_OF]).ended(0).json();
        assert_eq!(pack["nitc"][0]["summary"], "Roc\u{ed}o \u{2013} done", "{pack}");
    }
    // Excel does not count the line with its instruction, and cells hold the other separators.
    let project = project();
    let report = "sep=;\nreport_date;nitc_number;heat_number;status;summary\n2026-11-16;N-1;1;received;a, b\n\
                  2026-11-16;N-4;4;received;a;b\n";
    let said = import(&project, report.as_bytes(), &[]).ended(1);
    let row = "2026-11-16.csv:4:1: error[nitc-report-malformed]: row 3 has 6 cells under 5 headings; \
               put a cell that holds a semicolon into quotes";
    assert!(said.stderr.contains(row), "{}", said.stderr);
    // Where commas fit, nothing else is tried.
    let report =
        "report_date,nitc_number,heat_number,status,nitc_number;heat_number;status\n2026-11-16,N-1,1,received,\n";
    let said = import(&project, report.as_bytes(), &["--replace"]).ended(0);
    assert!(!said.stderr.contains("between the cells"), "{}", said.stderr);
}
