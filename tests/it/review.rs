//! `review`: what a change means, in the words of the workflow, in a comment that stays short and inert.

use crate::support::git::{commit, commit_on};
use crate::support::random::drawn;
use crate::support::{Project, Run, sample};
use proptest::prelude::*;
use serde_json::Value as Json;

const AS_OF: &str = "2026-11-18 12:00";
const TICKET: &str = "data/tickets/2026/HEAT-10423.yaml";
const CHANGE: &str = "data/crs/CR-2026-007.yaml";

fn log(entries: &[&str]) -> String {
    entries.iter().map(|entry| format!("  - {{{entry}}}\n")).collect()
}

fn ticket(number: usize, title: &str, entries: &[&str]) -> String {
    format!(
        "id: HEAT-{number}\ntitle: {title}\nsubject: scorecard\nkind: issue\narea: functional\npoc: jrivera\n\
         received: 2026-11-02 09:14\nvia: [phone]\ndescription: Q4 is missing.\nlog:\n{}",
        log(entries)
    )
}

const UNTIL_NITC: [&str; 3] = [
    "at: 2026-11-02 11:30, event: follow-up, by: tnguyen",
    "at: 2026-11-02 13:05, event: forwarded, by: tnguyen",
    "at: 2026-11-02 15:40, event: acknowledged, by: rpatel, nitc_ref: N-2291",
];

fn vote(by: &str, at: &str, decision: &str, reason: &str) -> String {
    format!("cr: CR-2026-007\nby: {by}\nat: {at}\ndecision: {decision}\n{reason}")
}

fn project() -> Project {
    let project = Project::of(&[
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        (
            "staff.yaml",
            "- {id: tnguyen, name: Taylor Nominal, office: help-desk}\n- {id: rpatel, name: Robin Exemplar, office: nitc}\n\
             - {id: kfoster, name: Kim Specimen, office: acfo-fs}\n",
        ),
        (
            "board.yaml",
            "terms:\n  - {from: 2024-10-01, quorum: 2, chair_required: true, signatures: optional}\nmembers:\n  \
             - {id: mlee, name: Morgan Placeholder, chair: true}\n  - {id: rchen, name: Reese Sample}\n  \
             - {id: dquill, name: Devon Quill}\n",
        ),
        (
            "pocs/jrivera.yaml",
            "id: jrivera\nname: Jordan Rivera\nphone: 202-555-0104\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2025-10-01}\n",
        ),
        (
            "crs/CR-2026-007.yaml",
            "id: CR-2026-007\ntitle: Move the calendar lookup\nsubject: scorecard\ntickets: [HEAT-10400]\n\
             prepared_by: kfoster\npriority: routine\nrisk: low\neffort: 3 days\ndescription: Move it.\n\
             justification: Q4.\nimpact: None.\nsecurity_impact: None.\ntest_plan: Export.\nrollback_plan: Back.\n\
             log:\n  - {at: 2026-11-10 10:00, event: submitted, by: kfoster}\n",
        ),
        ("decisions/CR-2026-007/2026-11-16-mlee.yaml", &vote("mlee", "2026-11-16 14:05", "approve", "")),
    ]);
    let researched = "at: 2026-11-04 09:20, event: researched, by: rpatel, outcome: code-change, note: It moves.";
    let first =
        ["at: 2026-11-02 11:30, event: follow-up, by: tnguyen", "at: 2026-11-02 13:05, event: forwarded, by: tnguyen"];
    let entries =
        [first[0], first[1], "at: 2026-11-02 15:40, event: acknowledged, by: rpatel, nitc_ref: N-1", researched];
    project.write("data/tickets/2026/HEAT-10400.yaml", ticket(10400, "The same, last year", &entries));
    project.write(TICKET, ticket(10423, "Scorecard export drops the last quarter", &UNTIL_NITC));
    commit(&project.root());
    project
}

fn review(project: &Project, more: &[&str]) -> Run {
    project.run(&[&["review", "--base", "HEAD", "--as-of", AS_OF], more].concat())
}

/// The line of a record.
fn line(project: &Project, id: &str) -> String {
    let run = review(project, &[]);
    let start = format!("- **{id}**");
    let found = run.stdout().lines().find(|line| line.starts_with(&start)).map(str::to_owned);
    found.unwrap_or_else(|| panic!("no {id}\n{}", run.stdout()))
}

#[test]
fn a_ticket_says_its_states_and_clocks() {
    let project = project();
    let more = [
        "at: 2026-11-04 16:00, event: initial-response, by: rpatel, note: The calendar.",
        "at: 2026-11-06 16:00, event: researched, by: rpatel, outcome: code-change, note: It moves.",
    ];
    project.write(TICKET, ticket(10423, "Scorecard export drops the last quarter", &[&UNTIL_NITC[..], &more].concat()));
    let line = line(&project, "HEAT-10423");
    assert_eq!(
        line,
        "- **HEAT-10423** (Scorecard export drops the last quarter): with NITC → waiting for a code change; next action: ACFO-FS; \
         nitc-response deadline met (due Nov 4, Nov 4); raise-cr deadline overdue since Nov 16"
    );
}

#[test]
fn a_void_ticket_names_its_open_change_request() {
    let project = project();
    let ticket_400 = "data/tickets/2026/HEAT-10400.yaml";
    let before = project.read(ticket_400);
    let voided = format!("{before}  - {{at: 2026-11-17 09:00, event: voided, by: tnguyen, note: Entered twice.}}\n");
    project.write(ticket_400, &voided);
    let said = line(&project, "HEAT-10400");
    let open = "CR-2026-007 for this ticket is not finished (under CFMSCCB review)";
    assert!(said.contains(&format!("{open}, no other outstanding ticket needs it")), "{said}");
    // Another ticket needs it.
    let cr = project.read(CHANGE);
    project.write(CHANGE, cr.replace("[HEAT-10400]", "[HEAT-10400, HEAT-10423]"));
    let said = line(&project, "HEAT-10400");
    assert!(said.contains(&format!("{open}, HEAT-10423 still needs it")), "{said}");
    // Withdrawn by the same pull request, or voided before it.
    project.write(CHANGE, format!("{cr}  - {{at: 2026-11-17 09:30, event: withdrawn, by: kfoster, note: No need.}}\n"));
    let said = line(&project, "HEAT-10400");
    assert!(!said.contains("not finished"), "{said}");
    project.write(CHANGE, &cr);
    commit(&project.root());
    let note = "  - {at: 2026-11-17 10:00, event: note, by: tnguyen, note: Words.}\n";
    project.write(ticket_400, format!("{voided}{note}"));
    let said = line(&project, "HEAT-10400");
    assert!(!said.contains("not finished"), "{said}");
}

#[test]
fn a_change_request_says_how_the_votes_stand_and_who_is_next() {
    let project = project();
    project.write("data/decisions/CR-2026-007/2026-11-17-rchen.yaml", vote("rchen", "2026-11-17 10:30", "approve", ""));
    let title = "- **CR-2026-007** (Move the calendar lookup)";
    assert_eq!(
        line(&project, "CR-2026-007"),
        format!("{title}: approved: 2 of 2 approvals; ACFO-FS forwards it by Nov 18")
    );
    // With a vote against it it goes back.
    let reason = "reason: Not before the freeze.\n";
    project.write(
        "data/decisions/CR-2026-007/2026-11-17-dquill.yaml",
        vote("dquill", "2026-11-17 11:30", "reject", reason),
    );
    assert_eq!(
        line(&project, "CR-2026-007"),
        format!(
            "{title}: returned: 1 vote to reject; 2 of 2 approvals; dquill rejects it; forward-cr deadline void (due Nov 18, Nov 17)"
        )
    );
}

#[test]
fn a_vote_that_does_not_count_and_an_edit_are_said() {
    let project = project();
    project.write("data/decisions/CR-2026-007/2026-11-09-rchen.yaml", vote("rchen", "2026-11-09 10:30", "approve", ""));
    project.write(CHANGE, project.read(CHANGE).replace("effort: 3 days", "effort: 8 days"));
    let line = line(&project, "CR-2026-007");
    assert!(line.contains("the vote of rchen does not count: cast outside the board review"), "{line}");
    assert!(line.contains("request edited: effort"), "{line}");
    assert!(line.contains("waiting for dquill, rchen"), "{line}");
}

#[test]
fn what_check_finds_otherwise_is_listed() {
    let project = project();
    project.write("data/staff.yaml", "- {id: tnguyen, name: Taylor Nominal, office: help-desk}\n- {id: rpatel, name: Robin Exemplar, office: nitc}\n");
    let run = review(&project, &[]).ended(1);
    assert!(run.stdout().contains("#### Findings added: 2 errors and 0 lapses"), "{}", run.stdout());
    assert!(
        run.stdout()
            .contains("error\\[unknown-reference\\] data/crs/CR-2026-007.yaml:5: no member of staff \\`kfoster\\`")
    );
    commit(&project.root());
    project.write(
        "data/staff.yaml",
        project.read("data/staff.yaml") + "- {id: kfoster, name: Kim Specimen, office: acfo-fs}\n",
    );
    let run = review(&project, &[]).ended(0);
    assert!(run.stdout().contains("#### Findings fixed: 2 errors and 0 lapses"), "{}", run.stdout());
    assert!(!run.stdout().contains("What it adds"), "{}", run.stdout());
}

#[test]
fn packs_of_past_meetings_that_read_otherwise_are_named() {
    let project = project();
    commit_on(&project.root(), "2026-11-18T11:00:00-05:00");
    project.write(
        TICKET,
        ticket(
            10423,
            "Scorecard export drops the last quarter",
            &[&UNTIL_NITC[..], &["at: 2026-11-18 11:30, event: follow-up, by: tnguyen"]].concat(),
        ),
    );
    let run = review(&project, &[]).ended(0);
    assert!(!run.stdout().contains("Packs of past meetings"), "{}", run.stdout());
    let json = review(&project, &["--format", "json"]).json();
    assert_eq!(json["packs"]["compared"], 0, "an entry of today is in no pack of the past");
    // An entry of the week before is in those since.
    project.write(
        TICKET,
        ticket(
            10423,
            "Scorecard export drops the last quarter",
            &[&UNTIL_NITC[..], &["at: 2026-11-06 11:30, event: follow-up, by: tnguyen"]].concat(),
        ),
    );
    let json = review(&project, &["--format", "json"]).json();
    let packs: Vec<String> = json["packs"]["differ"]
        .as_array()
        .expect("packs")
        .iter()
        .map(|pack| {
            format!("{} {}", pack["kind"].as_str().expect("a kind"), pack["scheduled"].as_str().expect("a date"))
        })
        .collect();
    assert_eq!(packs, ["weekly 2026-11-18", "monthly 2026-11-12", "weekly 2026-11-11"]);
    let run = review(&project, &[]);
    assert!(
        run.stdout().contains("- the weekly pack of Thu, Nov 12, 2026 (scheduled for Wed, Nov 11, 2026): "),
        "{}",
        run.stdout()
    );
    assert!(run.stdout().contains("entry-backdated"), "{}", run.stdout());
}

#[test]
fn texts_of_records_stay_text() {
    let project = project();
    let hostile = "'@everyone <img src=x onerror=alert(1)> [x](https://example.org) `a` **b** #12 www.example.org'";
    project.write(TICKET, ticket(10423, hostile, &UNTIL_NITC));
    project.write(
        "data/pocs/nn.yaml",
        "id: nn\nname: \"a\\u202eb | </details> ![i](//e.org/i.png)\"\nphone: 202-555-0105\ndesignations: []\n",
    );
    project.write("data/staff.yaml", project.read("data/staff.yaml") + "- {id: xx, name: x, office: '@team'}\n");
    let run = review(&project, &[]);
    let text = run.stdout();
    for live in
        ["@everyone", "@team", "<img", "](", "</details", "**b**", "`a`", "https://", "www.e", "#12", "\u{202e}"]
    {
        assert!(!text.contains(live), "{live} is alive\n{text}");
    }
    assert!(
        text.lines().all(|line| line.is_empty() || line.starts_with(['#', '-', 'C', 't', 'T', 'E', 'N', 'c'])),
        "{text}"
    );
    // A program gets it as it is.
    let json = review(&project, &["--format", "json"]).json();
    let records = json["records"]["listed"].as_array().expect("records");
    let title = records.iter().find(|line| line["id"] == "HEAT-10423").map(|line| line["title"].clone());
    assert_eq!(title, Some(Json::from(hostile.trim_matches('\''))));
}

#[test]
fn nothing_of_a_record_becomes_a_link_or_a_mention() {
    // What GitHub or GitLab makes a link, a mention or a picture of, wherever it stands in a comment.
    let forms = [
        "@mlee",
        "@octo-org/everyone",
        "@all",
        "#12",
        "GH-12",
        "gh-12",
        "GL-12",
        "octo/repo#12",
        "octo/repo@0a1b2c3d",
        "octo@0a1b2c3",
        "0a1b2c3",
        "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
        "0A1B2C3D4E",
        "0a1b2c3...4d5e6f7",
        "1234567",
        "!12",
        "octo/repo!12",
        "$12",
        "~bug",
        "%12",
        "%v1.0",
        "&12",
        "octo&12",
        "^alert#12",
        "[vulnerability:12]",
        "[feature_flag:12]",
        "*iteration:12",
        "[wiki_page:Home]",
        "[[Home]]",
        ":smile:",
        ":+1:",
        "https://example.org/x",
        "HTTP://example.org",
        "ftp://example.org",
        "www.example.org",
        "WWW.example.org",
        "pat@example.org",
        "mailto:pat@example.org",
        "[text](https://example.org)",
        "<https://example.org>",
        "![seen](https://example.org/x.png)",
    ];
    let project = project();
    // A text in YAML's quotes stands as it is.
    let quoted = |form: &str| format!("'Before {form} after'");
    for (number, form) in (20_000..).zip(forms) {
        project.write(&format!("data/tickets/2026/HEAT-{number}.yaml"), ticket(number, &quoted(form), &[]));
    }
    let text = review(&project, &[]).stdout().to_owned();
    for (number, form) in (20_000..).zip(forms) {
        let start = format!("- **HEAT-{number}** (");
        let line = text.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_else(|| panic!("{form}: {text}"));
        // As a reader of Markdown takes it: entities and backslashes are gone, and what was in between is a text.
        let read = line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace('\\', "");
        assert!(!read.contains(form), "{form} stands in {read}");
        assert!(
            read.replace('\u{2060}', "").starts_with(&format!("Before {form} after): new")),
            "{form} is not in {read}"
        );
        // Of no piece of it is a forge's pattern made.
        let pieces = read.split(|c: char| !c.is_ascii_alphanumeric());
        let is_commit = |piece: &str| (7..=40).contains(&piece.len()) && piece.chars().all(|c| c.is_ascii_hexdigit());
        assert!(!pieces.into_iter().any(is_commit), "{read}");
        let follows = read.chars().zip(read.chars().skip(1)).filter(|(mark, _)| "@#!$~%&^[*".contains(*mark));
        assert!(follows.clone().all(|(_, next)| next == '\u{2060}'), "{read}");
        assert!(!read.contains("://") && !read.to_lowercase().contains("www."), "{read}");
        // HTML is none before the Markdown is read, too.
        assert!(!line.contains('<') && !line.contains("]("), "{line}");
    }
    // What is no such thing stays as it is, to be searched and copied.
    project.write(TICKET, ticket(10423, "'CR-2026-007 of 10:30, 50 per cent, 2026-11-16 (N-2291)'", &UNTIL_NITC));
    let plain = "- **HEAT-10423** (CR-2026-007 of 10:30, 50 per cent, 2026-11-16 (N-2291)): ";
    assert!(review(&project, &[]).stdout().contains(plain));
}

#[test]
fn a_change_of_thousands_of_files_is_a_summary() {
    let project = project();
    for number in 20_000..22_000 {
        let path = format!("data/tickets/2026/HEAT-{number}.yaml");
        project.write(&path, ticket(number, &"A long title ".repeat(20), &UNTIL_NITC[..1]));
    }
    let run = review(&project, &[]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let text = run.stdout();
    assert!(text.len() < 60_000, "a comment takes 65,536 characters: {}", text.len());
    for part in
        ["tickets: 2000 new", "- 2000 tickets new: open", "The first 60 of 2000:", "- … and 1940 more", "more\n"]
    {
        assert!(text.contains(part), "{part}\n{}", &text[..2000.min(text.len())]);
    }
}

#[test]
fn other_records_have_their_line() {
    let project = project();
    project.write("data/meetings/2026-11-18-weekly.yaml", "kind: weekly\ndate: 2026-11-18\nheld: true\nreviewed: all\nactions:\n  - {id: A-2026-001, what: Ask, owner: nitc, due: 2026-11-25}\n");
    project.write("data/nitc/2026-11-16.csv", "nitc_number,heat_number,status\nN-2291,HEAT-10423,researching\n");
    project.write(
        "data/pocs/jrivera.yaml",
        project.read("data/pocs/jrivera.yaml") + "  - {subject: scorecard, role: backup, from: 2026-12-01}\n",
    );
    project.write(
        "data/board.yaml",
        project
            .read("data/board.yaml")
            .replace("quorum: 2", "quorum: 3")
            .replace("  - {id: dquill, name: Devon Quill}\n", "  - {id: nhasty, name: Nico Hasty}\n"),
    );
    for (id, says) in [
        ("2026-11-18-weekly", "new; minutes final; 1 new action item"),
        ("nitc-2026-11-16", "new; 1 row"),
        ("jrivera", "backup for scorecard from Dec 1"),
        ("board", "nhasty joins; dquill leaves; approvals needed 2 → 3 from 2024-10-01"),
    ] {
        let line = line(&project, id);
        assert!(line.ends_with(says), "{line}");
    }
}

#[test]
fn a_ticket_with_errors_is_not_taken_for_gone() {
    let project = project();
    project.write(TICKET, "id: HEAT-10423\ntitle: [\n");
    assert!(line(&project, "HEAT-10423").ends_with("has errors and cannot be read"));
    project.remove(TICKET);
    assert!(line(&project, "HEAT-10423").ends_with(": removed"));
}

#[test]
fn the_sample_is_reviewed_against_itself() {
    let project = Project::copy_of(&sample());
    commit(&project.root());
    let run = review(&project, &[]);
    assert!(run.stdout().contains("No state, vote or deadline changes."), "{}", run.stdout());
    assert!(run.stdout().contains("No change in findings."), "{}", run.stdout());
    let json = review(&project, &["--format", "json"]).json();
    assert_eq!((&json["format"], &json["files"]), (&"heatpack.review/1".into(), &0.into()));
}

#[test]
fn clocks_that_begin_in_one_minute_are_told_apart() {
    let project = project();
    let twice = ["at: 2026-11-02 11:30, event: follow-up, by: tnguyen"; 2];
    project.write(TICKET, ticket(10423, "Twice in a minute", &twice));
    commit(&project.root());
    let json = review(&project, &["--format", "json"]).json();
    assert_eq!(json["records"]["total"], 0, "{json}");
    // One more in that minute: only the last clock runs, as before.
    let thrice = ["at: 2026-11-02 11:30, event: follow-up, by: tnguyen"; 3];
    project.write(TICKET, ticket(10423, "Twice in a minute", &thrice));
    let line = line(&project, "HEAT-10423");
    assert!(
        line.contains("follow-up deadline met") && !line.contains("again") && !line.contains("no longer"),
        "{line}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn records_that_are_the_same_are_no_change(drawn in drawn()) {
        let project = crate::support::random::project(&drawn, None);
        commit(&project.root());
        // While clocks run, and long after.
        for as_of in ["2026-10-20 12:00", "2027-03-01 12:00"] {
            let run = project.run(&["review", "--base", "HEAD", "--as-of", as_of, "--format", "json"]);
            prop_assert!(run.status < 2, "{}", run.stderr);
            let json = run.json();
            prop_assert_eq!(&json["files"], 0);
            prop_assert_eq!(&json["records"]["total"], 0, "{}", json);
        }
    }
}
