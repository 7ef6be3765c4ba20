//! NITC's report: taken in byte for byte, refused where it cannot be read, set beside our records, and what follows
//! from it entered.

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
        "# Kept by hand.\nid: HEAT-{number}\ntitle: Export {number}\nsubject: scorecard\nkind: issue\narea: functional\n\
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
fn a_report_is_taken_in_byte_for_byte_under_its_date() {
    let project = project();
    let report = rows(&["11/16/2026,N-4,HEAT-4,,Researching,Robin Pattern,,\"Slow, \"\"very\"\" slow\""]);
    let bytes = [b"\xef\xbb\xbf", report.replace('\n', "\r\n").as_bytes()].concat();
    let said = import(&project, &bytes, &[]).ended(0);
    assert!(said.stdout().starts_with("data/nitc/2026-11-16.csv: taken in\n"), "{}", said.stdout());
    assert_eq!(std::fs::read(project.root().join("data/nitc/2026-11-16.csv")).expect("the report"), bytes);
    let again = import(&project, &bytes, &[]).ended(0);
    assert!(again.stdout().starts_with("data/nitc/2026-11-16.csv: there already, byte for byte\n"));
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
    assert!(out.contains("\nof no ticket: N-7\n"), "{out}");
    for id in ["HEAT-1", "HEAT-2", "HEAT-3"] {
        assert!(out.contains(&format!("  {id} is with NITC, and not in the report\n")), "{out}");
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
fn a_malformed_report_is_refused_row_by_row_and_nothing_is_written() {
    let project = project();
    let before = snapshot(&project);
    let report = rows(&[
        "2026-11-16,N-1,HEAT-1,,on hold,,,",
        "2026-11-16,N-1,HEAT-2,,received,,,",
        "2026-11-16,N-3,HEAT-3,13/40/2026,received,,,",
        "2026-11-16,N-4,HEAT-4,,received",
    ]);
    let said = import(&project, report.as_bytes(), &[]).ended(1);
    for row in [
        "row 2: `on hold` is no status",
        "row 3: the number N-1 is in row 2",
        "row 4: `13/40/2026`",
        "row 5 has 5 cells",
    ] {
        assert!(said.stderr.contains(row), "{}", said.stderr);
    }
    assert!(said.stderr.contains("error[nitc-report-malformed]") && said.out.is_empty(), "{}", said.stderr);
    for (report, why) in [
        (&b"nitc_number,heat_number\nN-1,HEAT-1\n"[..], "there is no column `status`"),
        (b"", "the report is empty"),
        (b"nitc_number,heat_number,status\nN-\xff,,received\n", "UTF-8"),
    ] {
        let said = import(&project, report, &["--date", "2026-11-16"]).ended(1);
        assert!(said.stderr.contains(why), "{}", said.stderr);
    }
    assert_eq!(snapshot(&project), before);
}

#[test]
fn the_date_is_the_reports_or_the_given_one() {
    let project = project();
    let undated = "nitc_number,heat_number,status\nN-4,HEAT-4,received\n";
    let said = import(&project, undated.as_bytes(), &[]).ended(2);
    assert!(said.stderr.contains("--date"), "{}", said.stderr);
    let two = rows(&["2026-11-16,N-4,HEAT-4,,received,,,", "2026-11-09,N-5,,,received,,,"]);
    let said = import(&project, two.as_bytes(), &[]).ended(2);
    assert!(said.stderr.contains("row 3 does not bear the date 2026-11-16"), "{}", said.stderr);
    import(&project, "nitc_number,heat_number,status\n".as_bytes(), &[]).ended(2);
    assert!(!project.root().join("data/nitc").exists());
    import(&project, undated.as_bytes(), &["--date", "2026-11-09"]).ended(0);
    assert_eq!(project.read("data/nitc/2026-11-09.csv"), undated);
    import(&project, undated.as_bytes(), &["--date", "yesterday"]).ended(2);
}

#[test]
fn another_report_of_that_date_stays_unless_it_is_to_be_replaced() {
    let project = project();
    let first = rows(&["2026-11-16,N-4,HEAT-4,,received,,,"]);
    let second = rows(&["2026-11-16,N-4,HEAT-4,,researching,,,"]);
    import(&project, first.as_bytes(), &[]).ended(0);
    let said = import(&project, second.as_bytes(), &[]).ended(1);
    assert!(said.stderr.contains("data/nitc/2026-11-16.csv is there already") && said.stderr.contains("--replace"));
    assert_eq!(project.read("data/nitc/2026-11-16.csv"), first);
    import(&project, second.as_bytes(), &["--replace"]).ended(0);
    assert_eq!(project.read("data/nitc/2026-11-16.csv"), second);
}

/// HEAT-1 names a person by name, HEAT-2 nobody who is one, HEAT-3 is answered, HEAT-4 is acknowledged.
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
    let certain = out.split("follows without doubt").nth(1).and_then(|rest| rest.split("to be looked at").next());
    let certain = certain.expect("what is certain");
    let acknowledged = "acknowledged --at '2026-11-16 17:00' --by";
    assert!(certain.contains(&format!("heatpack log HEAT-1 {acknowledged} rpatel --nitc-ref N-1\n")), "{out}");
    assert!(certain.contains(&format!("heatpack log HEAT-2 {acknowledged} STAFF --nitc-ref N-2\n")), "{out}");
    assert!(!certain.contains("HEAT-3") && !out.contains("log HEAT-4"), "{out}");
    assert!(out.contains(&format!("heatpack log HEAT-3 {acknowledged} rpatel --nitc-ref 'it'\\''s N-3'\n")), "{out}");
    assert!(out.contains("heatpack log HEAT-3 researched --at '2026-11-16 17:00' --by rpatel --outcome answer --note 'WHAT NITC ANSWERED'\n"), "{out}");
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
fn what_follows_without_doubt_is_entered() {
    let project = project();
    let before = snapshot(&project);
    let said = import(&project, suggesting().as_bytes(), &["--apply"]).ended(1);
    assert!(said.stdout().contains("data/tickets/2026/HEAT-1.yaml: `acknowledged` entered\n"), "{}", said.stdout());
    let kept_back = "\nfollows without doubt, and was not entered:\n  \
                     # it is in the report as N-2, and not acknowledged by our records\n  # the report assigns it to";
    assert!(said.stdout().contains(kept_back), "{}", said.stdout());
    assert!(said.stdout().contains("  heatpack log HEAT-2 acknowledged --at '2026-11-16 17:00' --by STAFF "));
    assert!(said.stderr.starts_with("1 entry was not made: for each run the command above"), "{}", said.stderr);
    let old = ticket(1, &[TOLD, FORWARDED]);
    let new = project.read("data/tickets/2026/HEAT-1.yaml");
    let entry = "  - at: 2026-11-16 17:00\n    event: acknowledged\n    by: rpatel\n    nitc_ref: N-1\n";
    assert_eq!(new, old.replace("\n\n# the end", &format!("\n{entry}\n# the end")));
    let changed: Vec<String> =
        snapshot(&project).into_iter().filter(|file| !before.contains(file)).map(|(path, _)| path).collect();
    assert_eq!(changed, ["nitc/2026-11-16.csv", "tickets/2026/HEAT-1.yaml"]);
    project.run(&["check", "--as-of", AS_OF]).ended(0);

    // Once more, with a name for the other: only that one.
    let said = import(&project, suggesting().as_bytes(), &["--apply", "--by", "rpatel"]).ended(0);
    assert!(said.stdout().contains("HEAT-2.yaml: `acknowledged`") && !said.stdout().contains("HEAT-1.yaml"));
    let whole = snapshot(&project);
    import(&project, suggesting().as_bytes(), &["--apply", "--by", "rpatel"]).ended(0);
    assert_eq!(snapshot(&project), whole);
    project.run(&["check", "--as-of", AS_OF]).ended(0);
}

#[test]
fn what_would_be_an_error_is_not_entered_and_nothing_is_written() {
    let project = project();
    let before = snapshot(&project);
    // Somebody of the Help Desk cannot acknowledge for NITC.
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
        ("", "the report assigns it to nobody"),
        ("J. Doe", "the report assigns it to `J. Doe`, whom data/staff.yaml has not among NITC's on Mon 16 Nov 2026"),
        ("Kerry Stubbs", "the report assigns it to `Kerry Stubbs`, whom data/staff.yaml has not among NITC's"),
        ("Taylor Nominal", "the report assigns it to `Taylor Nominal`, whom data/staff.yaml has not among NITC's"),
        ("Sam Twin", "the report assigns it to `Sam Twin`, and several of NITC's staff are called that"),
    ] {
        let project = project();
        let said = import(&project, report(who).as_bytes(), &["--apply"]).ended(1);
        assert!(said.stdout().contains(&format!("\n  # {why}")), "{}", said.stdout());
        assert!(said.stderr.contains("1 entry was not made"), "{}", said.stderr);
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
        "\nnot compared, since the ticket has errors (`heatpack check` shows them): 1\n  HEAT-2  N-2: received\n";
    assert!(looked_at.stdout().contains(left_out), "{}", looked_at.stdout());
    let said = import(&project, report.as_bytes(), &["--apply"]).ended(1);
    assert!(said.stdout().contains("HEAT-1.yaml: `acknowledged` entered\n"), "{}", said.stdout());
    assert!(
        said.stderr.starts_with("1 ticket of the report has errors, and nothing was entered there"),
        "{}",
        said.stderr
    );
    project.write(path, project.read(path).replace("kind: wish", "kind: issue"));
    import(&project, report.as_bytes(), &["--apply"]).ended(0);
    assert!(project.read(path).contains("nitc_ref: N-2"));
}
