//! What goes to terminals, programs, mail and calendars: each format is read back as its readers do.

use std::collections::BTreeSet;

use calcard::icalendar::ICalendarComponentType;
use calcard::{Entry, Parser};
use mailparse::{MailHeaderMap, ParsedMail, parse_mail};
use quick_junit::Report;
use serde_json::Value as Json;

use crate::payloads::{AS_OF, harmless, payloads, project};
use crate::support::{Project, files};
use crate::support::{git, html};

/// Holds that nothing in a text acts on the terminal that it goes to.
#[track_caller]
fn tame(what: &str, text: &str) {
    let acts = |c: &char| {
        (c.is_control() && !"\n\t".contains(*c))
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let found = text.char_indices().find(|(_, c)| acts(c));
    assert!(
        found.is_none(),
        "{what} sends {found:?}: …{:?}",
        found.map(|(at, _)| &text[at.saturating_sub(60).min(text.floor_char_boundary(at.saturating_sub(60)))..at])
    );
}

fn hostile() -> Project {
    project::of(&payloads()).0
}

fn check(project: &Project, format: &str) -> String {
    project.run(&["check", "--as-of", AS_OF, "--format", format]).ended(1).stdout().to_owned()
}

#[test]
fn a_check_is_text_in_every_format() {
    let project = hostile();
    tame("text", &check(&project, "text"));
    let json: Json = serde_json::from_str(&check(&project, "json")).expect("JSON");
    let count = json["diagnostics"].as_array().map(Vec::len).expect("diagnostics");
    assert!(count > 300, "{count} diagnostics");
    let sarif: Json = serde_json::from_str(&check(&project, "sarif")).expect("SARIF");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), count);
    for result in results {
        let text = result["message"]["text"].as_str().expect("a message");
        assert!(!text.contains("]("), "SARIF takes it for a link: {text}");
        tame("SARIF", text);
    }
    let github = check(&project, "github");
    tame("github", &github);
    assert_eq!(github.lines().count(), count + 1, "a line each, and the counts");
    for line in github.lines() {
        let kind = line.strip_prefix("::").and_then(|rest| rest.split(' ').next());
        assert!(matches!(kind, Some("error" | "warning" | "notice")), "{line}");
        let (properties, _) = line[2..].split_once("::").expect("a command");
        let names: Vec<&str> =
            properties.split([' ', ',']).filter_map(|part| part.split_once('=')).map(|(name, _)| name).collect();
        let known = ["file", "line", "col", "endLine", "endColumn", "title"];
        assert!(names.iter().filter(|name| known.contains(name)).count() <= known.len(), "{line}");
    }
    let junit = check(&project, "junit");
    tame("junit", &junit);
    let report = Report::deserialize_from_str(&junit).expect("JUnit's XML");
    assert_eq!(
        report.failures
            + report
                .test_suites
                .iter()
                .flat_map(|suite| &suite.test_cases)
                .filter(|case| { matches!(case.status, quick_junit::TestCaseStatus::Skipped { .. }) })
                .count(),
        count
    );
}

/// Runs a command, whose output does nothing to a terminal, and which ends with that status at most.
fn run_tame(project: &Project, arguments: &[&str], most: i32) {
    let run = project.run(&[&["--as-of", AS_OF], arguments].concat());
    assert!(run.status <= most, "{arguments:?}: {}", run.stderr);
    tame(&format!("{arguments:?}"), run.stdout());
    tame(&format!("{arguments:?}, its errors"), &run.stderr);
}

#[test]
fn what_goes_to_a_terminal_does_nothing_to_it() {
    let project = hostile();
    for arguments in [&[][..], &["rules"], &["calendar"]] {
        run_tame(&project, arguments, 1);
    }
    // One record is shown as quickly as it is read: each payload has a project of its own.
    for payload in payloads() {
        let project = project::of(&[payload]).0;
        for id in ["HEAT-1000", "HEAT-2000", "CR-2026-100", "p0"] {
            run_tame(&project, &["show", id, "--explain"], 0);
        }
        run_tame(&project, &["verify", "CR-2026-100"], 1);
    }
    // What is asked for in an argument is said again in the answer.
    let project = project::of(&[String::new()]).0;
    let acts = |payload: &&String| payload.contains(|c: char| c.is_control() || ('\u{200e}'..='\u{2069}').contains(&c));
    for argument in payloads().iter().filter(acts).map(|payload| payload.replace('\0', "")) {
        for command in ["show", "explain", "verify"] {
            run_tame(&project, &[command, &argument], 2);
        }
        run_tame(&project, &["pack", "weekly", &format!("--on={argument}")], 2);
        run_tame(&project, &["check", "--", &argument], 2);
    }
}

#[test]
fn what_is_entered_is_kept_as_it_is_and_said_as_text() {
    for payload in payloads().iter().filter(|payload| !payload.contains('\0')) {
        let project = Project::of(&[
            ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
            ("staff.yaml", "- {id: tnominal, name: Taylor Nominal, office: help-desk}\n"),
            (
                "pocs/jrivera.yaml",
                "id: jrivera\nname: Jordan Rivera\nphone: 202-555-0104\ndesignations:\n  - {subject: scorecard, role: primary, from: 2025-10-01}\n",
            ),
        ]);
        let said = format!("--description={payload}");
        let title = format!("--title={}", project::one_line(payload));
        let run = project.run(&[
            "new",
            "ticket",
            &title,
            "--subject=scorecard",
            "--kind=issue",
            "--area=functional",
            "--poc=jrivera",
            "--received=2026-11-18 08:00",
            "--via=phone",
            &said,
            "--as-of",
            AS_OF,
        ]);
        tame("new", run.stdout());
        tame("new, its errors", &run.stderr);
        assert_eq!(run.status, 0, "{payload:?}: {}", run.stderr);
        let note = format!("--note={payload}");
        let run = project.run(&[
            "log",
            "HEAT-1",
            "follow-up",
            "--by=tnominal",
            "--at=2026-11-18 08:30",
            &note,
            "--as-of",
            AS_OF,
        ]);
        tame("log", run.stdout());
        tame("log, its errors", &run.stderr);
        assert_eq!(run.status, 0, "{payload:?}: {}", run.stderr);
        let text = project.read("data/tickets/2026/HEAT-1.yaml");
        let mut faults = heatpack::record::Faults::default();
        let node = heatpack::load::parse(&text, &mut faults).expect("a record");
        let entry = &node.get("log").expect("a log").items()[0];
        let kept = entry.get("note").and_then(|note| note.text()).expect("a note");
        let plain = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
        assert_eq!(plain(kept), plain(payload));
    }
}

#[test]
fn tables_are_no_formulas_and_packs_are_json() {
    let project = hostile();
    for kind in ["weekly", "monthly"] {
        let run = project.run(&["pack", kind, "--as-of", AS_OF, "--format", "csv"]);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(run.out.as_slice());
        let mut rows = 0;
        for row in reader.records() {
            let row = row.expect("a row as long as the others");
            for cell in &row {
                let first = cell.trim_start().chars().next();
                assert!(
                    !matches!(
                        first,
                        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}')
                    ),
                    "{cell:?}"
                );
                assert!(!cell.contains(|c: char| c.is_control()), "{cell:?}");
            }
            rows += 1;
        }
        assert!(rows > payloads().len(), "{rows} rows");
        project.run(&["pack", kind, "--as-of", AS_OF, "--format", "json"]).ended(1).json();
    }
    project.run(&["calendar", "--as-of", AS_OF, "--format", "json"]).ended(0).json();
}

/// The comment on a pull request: no markup but ours, no mention of anyone, no reference.
#[test]
fn a_review_is_text() {
    let project = project::of(&harmless()).0;
    git::commit(&project.root());
    let hostile = hostile();
    for (path, bytes) in files(&hostile.root().join("data")) {
        project.write(&format!("data/{path}"), bytes);
    }
    let arguments = ["review", "--base", "HEAD", "--as-of", AS_OF];
    let run = project.run(&arguments);
    assert!(run.status <= 1, "{}", run.stderr);
    let text = run.stdout();
    tame("review", text);
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let mut words = String::new();
    for event in Parser::new_ext(text, Options::all()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("HTML: {html}"),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => panic!("a link to {dest_url}"),
            Event::Start(Tag::CodeBlock(_) | Tag::Table(_) | Tag::BlockQuote(_)) => panic!("markup: {event:?}"),
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push('\n'),
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {
                panic!("markup: {event:?}")
            }
            _ => {}
        }
    }
    assert!(words.contains("<script>window.__pwned=1"), "what stands in records is told: {text}");
    let run = project.run(&[&arguments[..], &["--format", "json"]].concat());
    run.json();
}

/// The parts of a mail that hold no others.
fn leaves<'m>(mail: &'m ParsedMail<'m>) -> Vec<&'m ParsedMail<'m>> {
    if mail.subparts.is_empty() { vec![mail] } else { mail.subparts.iter().flat_map(leaves).collect() }
}

#[test]
fn mail_has_our_headers_and_no_others() {
    let project = hostile();
    project::with_short_papers(&project);
    // One POC has an address; what the others have is none.
    let poc = project.read("data/pocs/p1.yaml");
    let line =
        |line: &str| if line.starts_with("email:") { "email: p1@example.org".to_owned() } else { line.to_owned() };
    project.write("data/pocs/p1.yaml", poc.lines().map(line).collect::<Vec<_>>().join("\n"));
    let run = project.run(&["mail", "follow-ups", "--as-of", AS_OF]);
    assert!(run.status <= 1, "{}", run.stderr);
    tame("mail", run.stdout());
    tame("mail, its errors", &run.stderr);
    let to = "Pat \"x\" Sample <pat@example.org>";
    let run = project.run(&["mail", "pack", "weekly", "--to", to, "-o", "output/mail/pack.eml", "--as-of", AS_OF]);
    assert!(run.status <= 1, "{}", run.stderr);
    tame("mail pack", &run.stderr);
    let drafts = files(&project.root().join("output/mail"));
    assert!(drafts.len() > 1, "{:?}: {}", drafts.keys(), run.stderr);
    for (name, bytes) in &drafts {
        let mail = parse_mail(bytes).expect("a mail");
        let mut names: Vec<String> = mail.headers.iter().map(|header| header.get_key().to_lowercase()).collect();
        names.sort();
        let known = [
            "content-type",
            "date",
            "message-id",
            "mime-version",
            "subject",
            "to",
            "x-heatpack-event",
            "x-heatpack-records",
            "x-unsent",
            "content-transfer-encoding",
        ];
        assert!(names.iter().all(|name| known.contains(&name.as_str())), "{name}: {names:?}");
        assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len(), "{name}: {names:?}");
        for header in &mail.headers {
            tame(name, &header.get_value());
        }
        if let Some(to) = mail.headers.get_first_value("To") {
            assert!(!to.contains("evil.example>"), "{name}: {to}");
        }
        for part in leaves(&mail) {
            if part.ctype.mimetype == "text/html" {
                html::tokens(&part.get_body().expect("a page").replace("\r\n", "\n"))
                    .unwrap_or_else(|error| panic!("{name}: {error}"));
            } else if part.ctype.mimetype == "text/plain" {
                tame(name, &part.get_body().expect("a text").replace("\r\n", "\n"));
            } else {
                assert_eq!(part.ctype.mimetype, "application/pdf", "{name}");
            }
        }
    }
}

#[test]
fn calendars_have_events_and_nothing_else() {
    let read = |project: &Project| {
        let run = project
            .run(&["calendar", "--as-of", AS_OF, "--from", "2026-10-01", "--to", "2027-01-31", "--format", "ics"])
            .ended(0);
        let text = run.stdout().to_owned();
        let mut parser = Parser::new(&text);
        let Entry::ICalendar(calendar) = parser.entry() else { panic!("no calendar: {text}") };
        assert!(matches!(parser.entry(), Entry::Eof), "something follows");
        let mut kinds = BTreeSet::new();
        for own in &calendar.components {
            let kind = &own.component_type;
            assert!(matches!(kind, ICalendarComponentType::VCalendar | ICalendarComponentType::VEvent), "{kind:?}");
            kinds.extend(own.entries.iter().map(|entry| format!("{:?}", entry.name)));
        }
        for line in text.split_terminator("\r\n") {
            assert!(line.len() <= 75 && !line.contains(|c: char| c.is_control() && c != '\t'), "{line:?}");
        }
        (kinds, calendar.components.len())
    };
    let (plain, hostile) = (read(&project::of(&harmless()).0), read(&hostile()));
    assert!(plain.1 > 30, "{} events", plain.1);
    assert_eq!(hostile, plain);
}

const MAP: &str = "tracker: Old\ntimes: [\"%Y-%m-%d %H:%M\"]\nnumber: {column: P0}\n\
    ticket: {title: P1, subject: {column: P2, otherwise: scorecard}, kind: {default: issue}, area: {default: technical},\n  \
    poc: P3, received: {default: 2026-11-16 09:00}, via: {default: [phone]}, description: P4}\n\
    unknown_pocs: create\nnew_poc: {name: P3, email: P5}\nnot_designated: {reason: P, allowed_by: tnominal}\n";

/// An export of payloads under headings that are payloads, by a map that names them.
#[test]
fn an_import_is_told_and_kept_as_text() {
    for (number, heading) in payloads().iter().enumerate() {
        let project = Project::of(&[
            ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
            ("staff.yaml", "- {id: tnominal, name: Taylor Nominal, office: help-desk}\n"),
        ]);
        let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ").replace(char::is_control, "");
        let mut faults = heatpack::record::Faults::default();
        let map = heatpack::load::parse(MAP, &mut faults).expect("a map");
        project.write("map.yaml", heatpack::record::to_yaml(&named(&map, &heading)));
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record((0..6).map(|column| format!("{column}{heading}"))).expect("headings");
        for (row, payload) in payloads().iter().enumerate().skip(number % 3) {
            let payload = payload.replace('\0', "");
            writer
                .write_record([&format!("T-{row} {payload}"), &payload, &payload, &payload, &payload, &payload])
                .expect("a row");
        }
        project.write("export.csv", writer.into_inner().expect("an export"));
        let run = project.run(&["import", "tickets", "export.csv", "--map", "map.yaml", "--write", "--as-of", AS_OF]);
        assert!(run.status <= 2, "{}", run.stderr);
        tame(&heading, run.stdout());
        tame(&heading, &run.stderr);
        // A faulty map and an export that it does not fit are told as text, too.
        project.write("broken.yaml", heatpack::record::to_yaml(&named(&map, &format!("{heading} no such"))));
        let run = project.run(&["import", "tickets", "export.csv", "--map", "broken.yaml", "--as-of", AS_OF]).ended(2);
        tame(&heading, &run.stderr);
        let run = project.run(&["import", "nitc", "export.csv", "--as-of", AS_OF]);
        assert!(run.status <= 2, "{}", run.stderr);
        tame(&heading, run.stdout());
        tame(&heading, &run.stderr);
    }
}

/// The map with `N` and the heading in place of `PN`.
fn named(node: &heatpack::record::Node, heading: &str) -> heatpack::record::Node<'static> {
    use heatpack::record::{Fields, Kind};
    match &node.kind {
        Kind::Text(text) => match text.strip_prefix('P') {
            Some(number) if number.chars().all(|c| c.is_ascii_digit()) => format!("{number}{heading}").into(),
            _ => text.to_string().into(),
        },
        Kind::List(items) => items.iter().map(|item| named(item, heading)).collect::<Vec<_>>().into(),
        Kind::Map(entries) => {
            let add = |fields: Fields<'static>, (key, value): &(heatpack::record::Key, heatpack::record::Node)| {
                fields.with(key.text.to_string(), named(value, heading))
            };
            entries.iter().fold(Fields::new(), add).into()
        }
    }
}
