//! Exports as trackers and spreadsheets write them: quotes, encodings, times, numbers, headings, blank rows, and callers
//! who share a name or an address.

use std::fmt::Write as _;

use crate::import_tickets::{HEAD, MAP, errors, export, import, snapshot, with};
use crate::support::Project;

/// What an import says of an export that it cannot read.
fn refused(bytes: &[u8], map: &str) -> String {
    let project = with(bytes, map);
    let before = snapshot(&project.root());
    let said = import(&project, &["--write", "--partial"]).ended(2);
    assert!(snapshot(&project.root()) == before && !said.stderr.contains("panicked"), "{}", said.stderr);
    said.stderr.clone()
}

/// What an import prints where rows cannot be imported.
fn told(bytes: &[u8], map: &str) -> String {
    let project = with(bytes, map);
    let before = snapshot(&project.root());
    let out = import(&project, &["--write"]).ended(1).stdout().to_owned();
    assert!(snapshot(&project.root()) == before, "{out}");
    out
}

fn ticket(number: u32, title: &str) -> String {
    format!("{number},{title},scorecard,issue,jrivera,2026-11-16 09:00,,,\n")
}

#[test]
fn a_quote_that_is_not_closed_is_refused_with_its_row() {
    let rows = |bad: &str, last: &str| [HEAD, &ticket(1, "One"), &ticket(2, bad), &ticket(3, last)].concat();
    // Never closed; closed by a quote of a later row; with text behind it; with backslashes.
    for (bad, last, why) in [
        ("\"screen is 24 wide", "Three", "is never closed"),
        ("\"screen is 24 wide", "\"Three\"", "is closed in the middle of the text"),
        ("\"Urgent\" printer", "Three", "is closed in the middle of the text"),
        ("\"Urgent\" \"printer\"", "Three", "is closed in the middle of the text"),
        (
            "\"He said \\\"no\\\" again\"",
            "Three",
            "is closed in the middle of the text: the export writes `\\\"` for a quote",
        ),
        (
            "\"He said \\\"no\\\", again\"",
            "Three",
            "is closed in the middle of the text: the export writes `\\\"` for a quote",
        ),
    ] {
        let said = refused(rows(bad, last).as_bytes(), MAP);
        let place = format!("row 3, column `Title`: the quote that opens this cell {why}");
        assert!(said.contains(&place), "{bad}: {said}");
        let tabs = rows(bad, last).replace(',', "\t");
        let said = refused(tabs.as_bytes(), &format!("delimiter: tab\n{MAP}"));
        assert!(said.contains("row 3, column `Title`: the quote that opens this cell"), "{bad}: {said}");
    }
    // The row is the one that a spreadsheet shows, also behind empty rows and cells of several lines.
    let text = [HEAD, "\r\n", &ticket(1, "\"One\n\nmore\""), "\n,,,,,,,,\r", &ticket(2, "\"Two")].concat();
    assert!(refused(text.as_bytes(), MAP).contains("row 6, column `Title`"), "{}", refused(text.as_bytes(), MAP));
}

#[test]
fn quotes_that_stand_rightly_are_read() {
    let titles =
        ["\"Say \"\"no\"\", again\"  ", "Floppy of 3.5\" is stuck", "\"C:\\temp\\\"", "\"\"\"Urgent\"\" printer\""];
    let rows: Vec<String> = titles.iter().zip(20_001..).map(|(title, number)| ticket(number, title)).collect();
    // The last row has no line end.
    let text = [HEAD, rows.concat().trim_end()].concat();
    let project = with(text.as_bytes(), MAP);
    import(&project, &["--write"]).ended(0);
    let titles = ["Say \"no\", again", "Floppy of 3.5\" is stuck", "C:\\temp\\", "\"Urgent\" printer"];
    let json = |number: u32| {
        let show = ["--as-of", "2026-11-18", "show", &format!("HEAT-{number}")];
        project.run(&show).ended(0).stdout().to_owned()
    };
    for (title, number) in titles.iter().zip(20_001..) {
        let shown = json(number);
        assert!(shown.lines().next().is_some_and(|line| line.ends_with(title)), "{shown}");
    }
}

#[test]
fn a_byte_order_mark_overrules_the_encoding_of_the_map() {
    let rows = export(&["20001,Rocío,scorecard,issue,jrivera,2026-11-16 09:00,,,\n"]);
    let text = String::from_utf8(rows.clone()).expect("text");
    let utf_16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    for (bytes, name) in [([b"\xef\xbb\xbf", &rows[..]].concat(), "UTF-8"), (utf_16, "UTF-16BE")] {
        let project = with(&bytes, &format!("encoding: windows-1252\n{MAP}"));
        let said = import(&project, &["--write"]).ended(0);
        assert!(project.read("data/tickets/2026/HEAT-20001.yaml").contains("title: Rocío\n"));
        let note = format!("the export was read as {name}, because of its byte-order mark\n");
        assert!(said.stdout().contains(&note), "{}", said.stdout());
    }
}

#[test]
fn blank_rows_and_missing_last_cells_are_passed_over() {
    let rows =
        ["\r\n", "20001,One,scorecard,issue,jrivera,2026-11-16 09:00\n", ",,,,\n", "\n", ",,,,,,,,,,,\n", " , ,\n"];
    let project = with(&export(&rows), MAP);
    let said = import(&project, &["--write"]).ended(0);
    assert!(said.stdout().contains("1 row: 1 new ticket"), "{}", said.stdout());
    // An extra comma at the end holds nothing.
    let project = with(&export(&["20001,One,scorecard,issue,jrivera,2026-11-16 09:00,,,,\n"]), MAP);
    import(&project, &["--write"]).ended(0);
}

#[test]
fn rows_are_counted_as_a_spreadsheet_shows_them() {
    let bad = "20002,Two,scorecrad,issue,jrivera,2026-11-16 09:00,,,\n";
    let out =
        told(
            &[
                b"\n\n",
                &export(&[
                    "\n",
                    "20001,\"One\nmore\",scorecard,issue,jrivera,2026-11-16 09:00,,,\n",
                    ",,,,,,,,\n",
                    bad,
                ])[..],
            ]
            .concat(),
            MAP,
        );
    assert!(out.contains("row 7 (20002), column `Module`"), "{out}");
}

#[test]
fn missing_columns_are_told_once_and_the_columns_there_are_once() {
    let map = MAP.replace("kind: Kind", "kind: Sort").replace("by: By", "by: Person").replace("In\n", "Inn\n");
    let said = refused(&export(&[]), &map);
    assert_eq!(said.matches("the export has no column").count(), 3, "{said}");
    assert_eq!(said.matches("its columns are: No, Title, Module, Kind, Who, In, Told, By, Done").count(), 1, "{said}");
    assert_eq!(
        said.matches("the export has no column `Person`; write one of the columns listed at `Sort`").count(),
        1,
        "{said}"
    );
    assert!(said.contains("the export has no column `Inn`; did you mean `In`?"), "{said}");
    // The wrong delimiter is one fault, not one of each column.
    let said = refused(HEAD.replace(',', ";").as_bytes(), MAP);
    assert!(said.contains("the export has one column only, `No;Title;Module;"), "{said}");
    assert!(said.contains("write `delimiter: semicolon` in the map"), "{said}");
    assert_eq!(said.matches("error[").count(), 1, "{said}");
    // A constant where a column is asked for.
    let said = refused(&export(&[]), &MAP.replace("area: {default: functional}", "area: functional"));
    assert!(
        said.contains("no column `functional`; for a value that all tickets share write `{default: functional}`"),
        "{said}"
    );
}

#[test]
fn of_columns_with_one_heading_the_first_that_is_filled_counts() {
    let text = "No,Title,Module,Kind,Who,In,Told,By,Done,Title,title\n\
                20001,,scorecard,issue,jrivera,2026-11-16 09:00,,,,Second,Third\n";
    let project = with(text.as_bytes(), MAP);
    import(&project, &["--write"]).ended(0);
    assert!(project.read("data/tickets/2026/HEAT-20001.yaml").contains("title: Second\n"));
}

#[test]
fn one_cause_is_told_once_with_its_rows() {
    let mut rows = String::new();
    for number in 20_001..20_080 {
        writeln!(rows, "{number},T,scorecard,Service Request,jrivera,2026-11-16 09:00,,,").expect("a row");
    }
    let out = told(&export(&[&rows, "20090,T,scorecard,Wish,jrivera,2026-11-16 09:00,,,\n"]), MAP);
    assert!(out.contains("column `Kind`: `Service Request` is not a kind of ticket, 79 rows (2, 3, 4 …); "), "{out}");
    assert!(out.contains("row 81 (20090), column `Kind`: `Wish` is not a kind of ticket; "), "{out}");
}

#[test]
fn what_a_rule_finds_names_the_row_and_the_column() {
    let map = format!("{MAP}  - {{event: note, at: In, note: By}}\n").replace("by: By", "by: {default: tnominal}");
    let rows = [
        "20001,One,scorecard,issue,jrivera,2026-11-16 09:00,,His number is 078-05-1120,\n",
        "20002,It is 078-05-1120,scorecard,issue,jrivera,2026-11-16 09:00,,,\n",
    ];
    let out = told(&export(&rows), &map);
    for expected in [
        "row 2 (20001, HEAT-20001), column `By`: error[possible-personal-data]",
        // It is the description as well.
        "row 3 (20002, HEAT-20002), column `Title`: error[possible-personal-data]",
        "; delete it in the export, or skip the row (`skip` in the map)\n",
    ] {
        assert!(out.contains(expected), "{expected}\n{out}");
    }
    assert!(!out.contains("git"), "{out}");
}

#[test]
fn blank_cells_can_be_skipped_and_asked_for() {
    let rows = ["20001,One,scorecard,issue,jrivera,,,,\n", "20002,Two,scorecard,issue,jrivera,2026-11-16 09:00,,,\n"];
    for skip in ["{column: In, is: [\"\"]}", "[{column: In, is: [\"\"]}, {column: Title, is: [x, \"\"]}]"] {
        let project = with(&export(&rows), &format!("skip: {skip}\n{MAP}"));
        let said = import(&project, &["--write"]).ended(0);
        assert!(said.stdout().contains("2 rows, 1 skipped by the map: 1 new ticket"), "{}", said.stdout());
    }
    let map = MAP.replace("at: Told, by: By", "at: In, by: {default: tnominal}, when: {column: Told, not: [\"\"]}");
    let rows = rows.map(|row| row.replace("jrivera,,", "jrivera,2026-11-16 09:00,x"));
    let project = with(&export(&rows.each_ref().map(String::as_str)), &map);
    import(&project, &["--write"]).ended(0);
    let follow_ups =
        |number: u32| project.read(&format!("data/tickets/2026/HEAT-{number}.yaml")).matches("follow-up").count();
    assert_eq!((follow_ups(20_001), follow_ups(20_002)), (1, 0));
}

/// The record of a ticket whose time of receipt is this cell, or what is said of it.
fn received(cell: &str, form: &str) -> Result<String, String> {
    let row = format!("20001,One,scorecard,issue,jrivera,\"{cell}\",,,\n");
    let project = with(&export(&[&row]), &MAP.replace("\"%Y-%m-%d %H:%M\"", form));
    let said = import(&project, &["--write"]);
    let path = project.root().join("data/tickets/2026/HEAT-20001.yaml");
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text.lines().find_map(|line| line.strip_prefix("received: ")).expect("a time").to_owned()),
        Err(_) => Err(format!("{}{}", String::from_utf8_lossy(&said.out), said.stderr)),
    }
}

#[test]
fn utc_is_an_offset_and_never_plain_letters() {
    for (cell, form) in [
        ("2026-11-16T14:12:33Z", "\"%Y-%m-%dT%H:%M:%S%z\""),
        ("2026-11-16T09:12:33-05:00", "\"%Y-%m-%dT%H:%M:%S%:z\""),
        ("2026-11-16 14:12 UTC", "\"%Y-%m-%d %H:%M %z\""),
        ("2026-11-16 14:12 GMT", "\"%Y-%m-%d %H:%M %Z\""),
        ("2026-11-16 09:12 EST", "\"%Y-%m-%d %H:%M %Z\""),
    ] {
        assert_eq!(received(cell, form).as_deref(), Ok("2026-11-16 09:12"), "{cell}");
    }
    for form in ["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M UTC", "%d%bGMT%Y %H:%M"] {
        let said = received("x", &format!("\"{form}\"")).expect_err("a refusal");
        assert!(said.contains("as plain letters, not as a time zone") && said.contains("`%z`"), "{form}: {said}");
    }
    let said = received("2026-11-16 09:12 PST", "\"%Y-%m-%d %H:%M %Z\"").expect_err("a refusal");
    assert!(said.contains("`2026-11-16 09:12 PST` is not in the time zone America/New_York"), "{said}");
}

#[test]
fn times_that_spreadsheets_change_are_named_as_what_they_are() {
    for (cell, form, expected) in [
        ("46338.375", "\"%Y-%m-%d %H:%M\"", "`46338.375` is Excel's number for 2026-11-12 09:00; format the column"),
        ("46338", "\"%Y-%m-%d %H:%M\"", "`46338` is Excel's number for 2026-11-12; format the column"),
        (
            "11/16/26 09:00",
            "\"%m/%d/%Y %H:%M\"",
            "has two digits; write `%y` for it in the map's `times`: `%m/%d/%y %H:%M`",
        ),
        ("11/16/2026 09:00", "\"%m/%d/%y %H:%M\"", "its year has four digits: add `%m/%d/%Y %H:%M`"),
    ] {
        let said = received(cell, form).expect_err("a refusal");
        assert!(said.contains(expected), "{cell}: {said}");
    }
    // Another form of the map fits.
    let both = "\"%m/%d/%Y %H:%M\", \"%m/%d/%y %H:%M\"";
    assert_eq!(received("11/16/26 09:00", both).as_deref(), Ok("2026-11-16 09:00"));
}

#[test]
fn numbers_that_a_spreadsheet_cut_are_refused() {
    let map = MAP.replace(", keep: true", "");
    let row = |number: &str| format!("{number},One,scorecard,issue,jrivera,2026-11-16 09:00,,,\n");
    let out = told(&export(&[&row("2.02611E+11")]), &map);
    assert!(
        out.contains("row 2 (2.02611E+11), column `No`: `2.02611E+11` is a long number that a spreadsheet has cut"),
        "{out}"
    );
    let events = "  - {event: acknowledged, at: Told, by: {default: rpattern}, nitc_ref: By}\n";
    let out = told(
        &export(&["20001,One,scorecard,issue,jrivera,2026-11-16 09:00,2026-11-16 10:00,3.5E+12,\n"]),
        &format!("{}{events}", MAP.replace("at: Told, by: By", "at: Done, by: {default: tnominal}")),
    );
    assert!(out.contains("column `By`: `3.5E+12` is a long number"), "{out}");
}

/// A project of an import without numbers of its own.
fn numbered(settings: &str, map: &str) -> Project {
    let project =
        with(&export(&[&ticket(7, "One"), &ticket(8, "Two")]), &format!("{map}{}", MAP.replace(", keep: true", "")));
    project.write("data/heatpack.yaml", settings);
    let other = "id: HEAT-10423\ntitle: Typed\nsubject: scorecard\nkind: issue\narea: functional\npoc: jrivera\n\
                 received: 2026-11-16 09:00\nvia: [phone]\ndescription: x\nlog: []\n";
    project.write("data/tickets/2026/HEAT-10423.yaml", other);
    project
}

#[test]
fn imported_tickets_stay_out_of_heats_numbers() {
    // The settings, the map, the numbers, and whether HEAT may come to them.
    for (settings, map, numbers, is_warned) in [
        ("", "", "HEAT-10424 to HEAT-10425", true),
        ("", "numbers_from: 900001\n", "HEAT-900001 to HEAT-900002", false),
        ("numbers: {heat_from: 10001}\n", "", "HEAT-1 to HEAT-2", false),
        ("numbers: {heat_from: 10001}\n", "numbers_from: 500\n", "HEAT-500 to HEAT-501", false),
        ("numbers: {heat_from: 10001, heat_to: 19999}\n", "numbers_from: 20000\n", "HEAT-20000 to HEAT-20001", false),
        ("numbers: {heat_from: 1, heat_to: 19999}\n", "", "HEAT-20000 to HEAT-20001", false),
    ] {
        let project = numbered(settings, map);
        let dry = import(&project, &[]).ended(0).stdout().to_owned();
        assert!(dry.contains(&format!("new numbers: {numbers}\n")), "{settings}{map}: {dry}");
        assert_eq!(dry.contains("warning: HEAT may also assign these numbers"), is_warned, "{settings}{map}: {dry}");
        import(&project, &["--write"]).ended(0);
        assert_eq!(errors(&project), 0);
        // HEAT's next number is as it was.
        if !is_warned {
            let said = project
                .run(&[
                    "new",
                    "ticket",
                    "--as-of",
                    "2026-11-20 10:00",
                    "--subject",
                    "scorecard",
                    "--poc",
                    "jrivera",
                    "--via",
                    "phone",
                    "--kind",
                    "issue",
                    "--area",
                    "functional",
                    "--title",
                    "New",
                    "--description",
                    "x",
                ])
                .ended(0);
            assert!(said.stdout().contains("HEAT-10424"), "{}", said.stdout());
        }
    }
    for (settings, map, why) in [
        (
            "numbers: {heat_from: 10001}\n",
            "numbers_from: 10500\n",
            "`numbers_from: 10500` is a number that HEAT hands out",
        ),
        ("numbers: {heat_from: 2}\n", "", "there is no free number left outside of those that HEAT hands out"),
        ("numbers: {heat_from: 1}\n", "", "there is no free number left outside of those that HEAT hands out"),
        ("", "numbers_from: 0\n", "`0` is not a ticket's number"),
    ] {
        let project = numbered(settings, map);
        let before = snapshot(&project.root());
        let said = import(&project, &["--write"]);
        let all = format!("{}{}", String::from_utf8_lossy(&said.out), said.stderr);
        assert!(all.contains(why), "{settings}{map}: {all}");
        assert!(snapshot(&project.root()) == before);
    }
    let said = refused(&export(&[]), &format!("numbers_from: 900001\n{MAP}"));
    assert!(said.contains("`numbers_from` does not go with `keep: true`"), "{said}");
}

#[test]
fn settings_of_numbers_are_checked() {
    for (settings, why) in [
        ("numbers: {heat_from: 10001, heat_to: 9999}\n", "`heat_to` is smaller than `heat_from`"),
        ("numbers: {heat_to: 9999}\n", "`heat_from` is missing"),
        ("numbers: {heat_from: soon}\n", "`soon` is not a ticket's number"),
    ] {
        let said = numbered(settings, "").run(&["check", "--as-of", "2026-11-20 10:00"]).ended(1);
        assert!(said.stdout().contains(why), "{settings}: {}", said.stdout());
    }
}

/// A map that makes records of callers.
fn callers(poc: &str, caller: &str) -> String {
    format!(
        "tracker: Old\ntimes: [\"%Y-%m-%d %H:%M\"]\nnumber: {{column: No}}\nunknown_pocs: create\nnew_poc: {caller}\n\
         not_designated: {{reason: Imported., allowed_by: tnominal}}\nticket:\n  title: Title\n  subject: {{default: scorecard}}\n  \
         kind: {{default: issue}}\n  area: {{default: functional}}\n  poc: {poc}\n  received: In\n  via: {{default: phone}}\n  \
         description: Title\n"
    )
}

#[test]
fn an_address_on_record_under_another_name_is_told() {
    let caller = "{name: Who, email: Mail}";
    let text = |rows: &[&str]| format!("No,Title,Who,In,Mail\n{}\n", rows.join("\n"));
    let row = |number: u32, name: &str| format!("{number},A,{name},2026-11-16 09:00,jrivera@example.org");
    let (own, other, third) = (row(1, "\"Rivera, Jordan\""), row(2, "Alex Newcomer"), row(3, "Sam Third"));
    for poc in ["Who", "Mail", "{column: [Mail, Who]}"] {
        let project = with(text(&[&own, &other, &other.replacen('2', "4", 1)]).as_bytes(), &callers(poc, caller));
        project.write(
            "data/pocs/jrivera.yaml",
            "id: jrivera\nname: Jordan Rivera\nemail: jrivera@example.org\ndesignations: []\n",
        );
        let dry = import(&project, &[]).ended(0).stdout().to_owned();
        let told = "`Alex Newcomer` has the address of `Jordan Rivera` (jrivera@example.org), so the ticket becomes one of \
                    `jrivera`";
        assert_eq!((dry.matches(told).count(), dry.matches("has the address").count()), (1, 1), "{poc}: {dry}");
        // Two other names: the address is shared.
        project.write("export.csv", text(&[&other, &third]));
        let out = import(&project, &["--write"]).ended(1).stdout().to_owned();
        let why = "row 3 (3): `jrivera@example.org` of `Jordan Rivera` (`jrivera`) is also the address of `Alex Newcomer` and \
                   of `Sam Third`; write under `values` of `poc` in the map who it is";
        assert!(out.contains(why), "{poc}: {out}");
        // The name is another POC's.
        project.write("data/pocs/third.yaml", "id: third\nname: Sam Third\nphone: 202-555-0199\ndesignations: []\n");
        project.write("export.csv", text(&[&third]));
        if poc != "Who" {
            let out = import(&project, &["--write"]).ended(1).stdout().to_owned();
            let why = "`jrivera@example.org` is the address of `Jordan Rivera` (`jrivera`), and `Sam Third` is the name of `third`";
            assert!(out.contains(why), "{poc}: {out}");
        }
    }
    // The map says who it is.
    let map = callers("{column: Mail, values: {jrivera@example.org: jrivera}}", caller);
    let project = with(text(&[&other, &third]).as_bytes(), &map);
    project.write(
        "data/pocs/jrivera.yaml",
        "id: jrivera\nname: Jordan Rivera\nemail: jrivera@example.org\ndesignations: []\n",
    );
    let dry = import(&project, &[]).ended(0).stdout().to_owned();
    assert!(!dry.contains("has the address"), "{dry}");
}

/// The POCs of an export's tickets, in its order.
fn pocs(project: &Project, tickets: u32) -> Vec<String> {
    let poc = |number: u32| {
        let text = project.read(&format!("data/tickets/2026/HEAT-{number}.yaml"));
        text.lines().find_map(|line| line.strip_prefix("poc: ")).expect("a POC").to_owned()
    };
    (1..=tickets).map(poc).collect()
}

#[test]
fn callers_of_one_name_with_two_addresses_are_two() {
    let text = "No,Title,Who,In,Mail\n1,A,Pat Sample,2026-11-16 09:00,pat.b@example.org\n\
                2,B,Pat Sample,2026-11-16 09:00,pat.m@example.org\n3,C,pat sample,2026-11-16 09:00,PAT.B@example.org\n";
    for poc in ["Who", "{column: [Mail, Who]}"] {
        let project = with(text.as_bytes(), &callers(poc, "{name: Who, email: Mail}"));
        import(&project, &["--write"]).ended(0);
        assert_eq!(pocs(&project, 3), ["pat-b", "pat-m", "pat-b"], "{poc}");
        let before = snapshot(&project.root());
        import(&project, &["--write"]).ended(0);
        assert!(snapshot(&project.root()) == before, "{poc}");
        // Without an address it is unknown who it is.
        project.write("export.csv", format!("{text}4,D,Pat Sample,2026-11-16 09:00,\n"));
        let out = import(&project, &["--write"]).ended(1).stdout().to_owned();
        assert!(
            out.contains("row 5 (4), column `") && out.contains("`Pat Sample` is the name of `pat-b` and `pat-m`"),
            "{out}"
        );
        // With a third one it is a third person.
        project.write("export.csv", format!("{text}4,D,Pat Sample,2026-11-16 09:00,pat.x@example.org\n"));
        import(&project, &["--write"]).ended(0);
        assert_eq!(pocs(&project, 4), ["pat-b", "pat-m", "pat-b", "pat-x"], "{poc}");
        assert_eq!(errors(&project), 0);
    }
    // On record under that name with another address, and none may be made.
    let project = with(text.as_bytes(), &callers("Who", "{name: Who, email: Mail}").replace("create", "fail"));
    project.write("data/pocs/pat.yaml", "id: pat\nname: Pat Sample\nemail: pat.b@example.org\ndesignations: []\n");
    let out = import(&project, &["--write"]).ended(1).stdout().to_owned();
    let why = "row 3 (2), column `Who`: `Pat Sample` has the address `pat.m@example.org`, and `pat` of that name has another; ";
    assert!(out.contains(why) && !out.contains("row 2") && !out.contains("row 4"), "{out}");
}

#[test]
fn an_address_or_a_name_that_all_share_merges_no_one() {
    let text = "No,Title,Who,In,Mail\n1,A,Ann Placeholder,2026-11-16 09:00,\n2,B,Ben Fictional,2026-11-16 09:00,\n\
                3,C,Ann Placeholder,2026-11-16 09:00,\n";
    for caller in [
        "{name: Who, email: {column: Mail, default: unknown@example.org}}",
        "{name: Who, phone: {default: 202-555-0104}}",
        "{name: {default: Unknown caller}, phone: {default: 202-555-0104}}",
    ] {
        let project = with(text.as_bytes(), &callers("{column: [Mail, Who]}", caller));
        import(&project, &["--write"]).ended(0);
        assert_eq!(pocs(&project, 3), ["ann-placeholder", "ben-fictional", "ann-placeholder"], "{caller}");
        if caller.contains("name: Who") {
            let before = snapshot(&project.root());
            import(&project, &["--write"]).ended(0);
            assert!(snapshot(&project.root()) == before, "{caller}");
        }
    }
    // Two new callers with one mailbox: no one is dropped without a word.
    let shared = text.replace("09:00,\n", "09:00,office@example.org\n");
    let out = told(shared.as_bytes(), &callers("Who", "{name: Who, email: Mail}"));
    assert!(
        out.contains(
            "row 3 (2): `office@example.org` is the address of `Ann Placeholder` (row 2) and of `Ben Fictional`; "
        ),
        "{out}"
    );
    // The address may be what the export calls them by, and a name may be written either way.
    let out = told(shared.as_bytes(), &callers("Mail", "{name: Who, email: Mail}"));
    assert!(out.contains("`Ann Placeholder` (row 2) and of `Ben Fictional`; ") && !out.contains("row 4"), "{out}");
    let one = shared.replace("Ben Fictional", "\"Placeholder, Ann\"");
    let project = with(one.as_bytes(), &callers("Mail", "{name: Who, email: Mail}"));
    import(&project, &["--write"]).ended(0);
    assert_eq!(pocs(&project, 3), ["office"; 3]);
    // Without names it is what the export calls them.
    let out = told(shared.as_bytes(), &callers("Who", "{name: {default: Unknown caller}, email: Mail}"));
    assert!(out.contains("`Ann Placeholder` (row 2) and of `Ben Fictional`; ") && !out.contains("row 4"), "{out}");
}
