//! Full-text search: what is found first, the command, the site's files, questions asked before and recurring ones.

mod alike;
mod year;

use std::collections::BTreeSet;

use heatpack::load::load;
use heatpack::model::Minute;
use heatpack::report::find;
use heatpack::workflow::{Context, Prepared};

use crate::support::run as run_in;
use crate::support::{Project, files, sample};
use year::{Part, year};

const AS_OF: &str = "2026-11-22 12:00";

/// Queries as clerks and POCs type them, each with the record that they want.
const QUERIES: &str = include_str!("../../search/queries.csv");

/// How many of these queries have their record among the first five, and those that do not.
fn share(project: &heatpack::load::Project, as_of: &str, queries: &[(String, String)]) -> (usize, Vec<String>) {
    let prepared = Prepared::new(project);
    let ctx = Context::new(&prepared, Minute::parse(as_of).expect("a time"), true);
    let records = find::records(&ctx);
    let index = find::index(&records);
    let mut missed = Vec::new();
    for (query, wanted) in queries {
        let found = index.find(query).found;
        if !found.iter().take(5).any(|found| records[found.document].id == *wanted) {
            missed.push(format!("{query} ({wanted})"));
        }
    }
    (queries.len() - missed.len(), missed)
}

#[test]
fn the_right_record_is_among_the_first_five() {
    let queries = QUERIES.lines().skip(1).map(|line| {
        let (query, id) = line.rsplit_once(',').expect("a query and an id");
        (query.to_owned(), id.to_owned())
    });
    let queries: Vec<(String, String)> = queries.collect();
    assert_eq!(queries.len(), 50);
    let (found, missed) = share(&load(&sample()).expect("the sample"), AS_OF, &queries);
    println!("{found} of {} queries find their record among the first five; not: {missed:?}", queries.len());
    assert!(found * 100 >= queries.len() * 80, "{missed:?}");
}

/// In a generated year every ticket is looked for by some of its words, as far as one remembers them.
#[test]
fn a_ticket_of_a_generated_year_is_found_by_what_one_remembers() {
    let year = year(1, Part::Measured);
    let project = load(&year.project.root()).expect("the year");
    // Every other word of the title, the first one without its last letter, and a word of the description.
    let query = |ticket: &heatpack::model::Ticket| {
        let words: Vec<&str> = ticket.title.0.split_whitespace().filter(|word| word.len() > 3).collect();
        let mut some: Vec<String> = words.iter().step_by(2).map(|word| (*word).to_owned()).collect();
        some.extend(ticket.description.0.split_whitespace().filter(|word| word.len() > 5).nth(1).map(str::to_owned));
        if let Some(word) = some.first_mut() {
            word.pop();
        }
        (some.join(" "), ticket.id.to_string())
    };
    let queries: Vec<(String, String)> = project.tickets.values().map(|ticket| query(ticket)).collect();
    let (found, missed) = share(&project, "2026-10-01 12:00", &queries);
    println!("{found} of {} tickets are found among the first five; not: {missed:?}", queries.len());
    assert!(found * 100 >= queries.len() * 80, "{missed:?}");
}

#[test]
fn the_terminal_shows_why_a_record_is_found() {
    let said = run_in(&sample(), &["search", "exporting", "fy26", "--limit", "1"]).ended(0);
    let text = said.stdout();
    for part in [
        "HEAT-10353  ticket, waiting for a code change, Tue, Sep 8, 2026\n  Scorecard export drops the last quarter\n",
        "Exporting FY26 to a spreadsheet omits Q4",
        "results, the best 1 shown; use --limit to see more\n",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let slip = run_in(&sample(), &["search", "scorcard"]).ended(0);
    assert!(slip.stdout().starts_with("no record has `scorcard`; searched for `scorecard`\n"), "{}", slip.stdout());
    let bold = run_in(&sample(), &["search", "exporting", "--color", "always", "--limit", "1"]).ended(0);
    assert!(bold.stdout().contains("\u{1b}[1mExporting\u{1b}[0m FY26"), "{}", bold.stdout());
}

#[test]
fn nothing_found_is_no_failure() {
    for words in [&["qqqqq"][..], &["the"], &["?"], &["how", "do", "i"]] {
        let said = run_in(&sample(), &[&["search"], words].concat()).ended(0);
        let text = said.stdout();
        assert!(text.starts_with(&format!("No matches for `{}`\nhelp: use fewer words", words.join(" "))), "{text}");
        let json = run_in(&sample(), &[&["search", "--format", "json"], words].concat()).ended(0).json();
        assert_eq!((&json["matches"], json["results"].as_array().map(Vec::len)), (&0.into(), Some(0)));
    }
    run_in(&sample(), &["search"]).ended(2);
    run_in(&sample(), &["search", "a", "--limit", "0"]).ended(2);
}

#[test]
fn every_kind_of_record_is_found() {
    for (query, kind, id) in [
        ("10353", "ticket", "HEAT-10353"),
        ("N-1993", "ticket", "HEAT-10363"),
        ("CR-2026-7", "change request", "CR-2026-007"),
        ("jrivera", "POC", "jrivera"),
        ("Rivera", "POC", "jrivera"),
        ("jordan", "POC", "jrivera"),
        ("receivables module", "subject", "receivables"),
        ("A-2026-011", "action item", "A-2026-011"),
        ("monthly pack Nov 12, 2026", "pack", "monthly pack"),
    ] {
        let json = run_in(&sample(), &["search", query, "--format", "json"]).ended(0).json();
        let first = &json["results"][0];
        assert_eq!((&first["kind"], &first["id"]), (&kind.into(), &id.into()), "{query}: {first}");
        assert!(json["format"] == "heatpack.search/1" && first["page"].is_string(), "{json}");
    }
}

#[test]
fn what_happened_later_is_not_found() {
    let at =
        |as_of: &str| run_in(&sample(), &["search", "N-1993", "--as-of", as_of, "--format", "json"]).ended(0).json();
    assert_eq!(at("2026-10-05 16:00")["matches"], 0);
    assert_eq!(at("2026-11-20 12:00")["matches"], 1);
}

#[test]
fn records_with_errors_are_skipped_and_counted() {
    let project = Project::copy_of(&sample());
    let path = "data/tickets/2026/HEAT-10353.yaml";
    project.write(path, project.read(path).replace("kind: issue", "kind: isue"));
    let said = project.run(&["search", "scorecard", "export"]).ended(0);
    assert!(!said.stdout().contains("HEAT-10353  ticket"), "{}", said.stdout());
    assert_eq!(said.stderr, "note: 1 file with errors was not searched; `heatpack check` lists the errors\n");
}

/// The first query loads the start, a few shards of stems and a few of records: none is large.
#[test]
fn the_files_of_the_site_are_small_and_the_same_every_time() {
    let project = Project::copy_of(&sample());
    let build = |folder: &str| {
        project.run(&["build", "-o", folder, "--as-of", "2025-11-15 12:00"]);
        let all = files(&project.root().join(folder));
        all.into_iter().filter(|(path, _)| path.starts_with("search/") || path == "index.html").collect::<Vec<_>>()
    };
    let (one, other) = (build("one"), build("other"));
    assert!(one == other && one.len() > 5, "{:?}", one.iter().map(|(path, _)| path).collect::<BTreeSet<_>>());
    for (path, bytes) in one.iter().filter(|(path, _)| path.starts_with("search/")) {
        assert!(bytes.len() <= 26_000 && bytes.starts_with(b"heatpackSearch("), "{path}: {}", bytes.len());
    }
    let again = project.run(&["build", "-o", "one", "--as-of", "2025-11-15 12:00"]);
    assert!(again.stderr.contains(" 0 files written"), "{}", again.stderr);
}
