//! A period in the words of its pack: what adds up, what is not over, what came back, and how its meeting is named.

use crate::support::git::commit;
use crate::support::{Project, case, pack, sample};
use serde_json::Value as Json;

fn count(row: &Json, name: &str) -> u64 {
    row[name].as_u64().unwrap_or_else(|| panic!("no {name} in {row}"))
}

/// Holds that every row of the history adds up, that each goes on from the one before, and that the chart's sentence
/// has the sums.
#[track_caller]
fn adds_up(pack: &Json) -> &Vec<Json> {
    let rows = pack["history"].as_array().expect("a history");
    for row in rows {
        let before = count(row, "opening") + count(row, "received") + count(row, "reopened");
        let gone = count(row, "closed") + count(row, "voided") + count(row, "redirected");
        assert_eq!(before - gone, count(row, "outstanding"), "{row}");
    }
    for pair in rows.windows(2) {
        assert_eq!(pair[0]["outstanding"], pair[1]["opening"], "{} {}", pair[0], pair[1]);
    }
    let sum =
        |names: &[&str]| rows.iter().map(|row| names.iter().map(|name| count(row, name)).sum::<u64>()).sum::<u64>();
    let sentence = format!(
        "{} received, {} reopened, {} closed, {} voided or redirected.",
        sum(&["received"]),
        sum(&["reopened"]),
        sum(&["closed"]),
        sum(&["voided", "redirected"])
    );
    let chart = pack["charts"]["history"]["description"].as_str().expect("a sentence");
    assert!(chart.contains(&sentence), "{chart}");
    rows
}

#[test]
fn the_last_twelve_periods_add_up() {
    let (mut voided_or_redirected, mut reopened) = (0, 0);
    for (kind, on, as_of) in [
        ("weekly", "2026-10-02", "2026-11-22"),
        ("weekly", "2026-11-18", "2026-11-22"),
        ("weekly", "2026-11-25", "2026-11-22"),
        ("monthly", "2026-11-12", "2026-11-22"),
        ("monthly", "2026-12-10", "2026-11-22"),
    ] {
        let pack = pack(&sample(), kind, on, as_of);
        let rows = adds_up(&pack);
        assert_eq!(rows.len(), 12, "{kind} {on}");
        voided_or_redirected += rows.iter().map(|row| count(row, "voided") + count(row, "redirected")).sum::<u64>();
        reopened += rows.iter().map(|row| count(row, "reopened")).sum::<u64>();
    }
    assert!(voided_or_redirected > 0 && reopened > 0, "the sample has them, or this would hold of the old table too");
    adds_up(&pack(&case("figures"), "weekly", "2026-10-14", "2026-10-20"));
}

#[test]
fn the_table_shows_every_figure_of_the_sum() {
    let root = sample();
    let arguments = ["pack", "monthly", "--on", "2026-11-12", "--as-of", "2026-11-22", "--format", "html"];
    let run = crate::support::run(&root, &arguments).ended(0);
    let table = run.stdout().split("Ticket count by period").nth(1).expect("the table");
    let table = table.split("</table>").next().expect("its end");
    let rows: Vec<Vec<u64>> = table
        .split("<tr")
        .skip(2)
        .map(|row| {
            row.split("<td class=\"number\">").skip(1).filter_map(|cell| cell.split('<').next()?.parse().ok()).collect()
        })
        .collect();
    assert_eq!(rows.len(), 12);
    for row in &rows {
        let [opening, received, reopened, closed, voided, redirected, outstanding] = row[..] else { panic!("{row:?}") };
        assert_eq!(opening + received + reopened - closed - voided - redirected, outstanding, "{row:?}");
    }
}

#[test]
fn a_period_that_is_not_over_is_marked() {
    let root = sample();
    let pack = pack(&root, "monthly", "2026-12-10", "2026-11-22");
    let rows = pack["history"].as_array().expect("a history");
    let progress: Vec<&Json> = rows.iter().map(|row| &row["progress"]).collect();
    assert_eq!(progress.last().and_then(|last| last.as_str()), Some("10 of 28 days"));
    assert!(progress.iter().rev().skip(1).all(|progress| progress.is_null()), "{progress:?}");
    let headline = pack["page_one"]["headline"].as_str().expect("a sentence");
    assert!(headline.contains(". So far (10 of 28 days): "), "{headline}");
    assert_eq!(pack["charts"]["history"]["unfinished"], "Dec 10: 10 of 28 days");
    let said = pack["charts"]["history"]["description"].as_str().expect("a sentence");
    assert!(said.ends_with(" The last period is still open: 10 of 28 days."), "{said}");
    let summary = pack["monthly"]["summary"][0].as_str().expect("a sentence");
    assert!(summary.starts_with("So far (10 of 28 days): "), "{summary}");
    assert!(
        pack["page_one"]["tiles"].as_array().expect("tiles").iter().all(|tile| tile["trend"]["unfinished"] == true)
    );
    let arguments = ["pack", "monthly", "--as-of", "2026-11-22", "--format", "html"];
    let html = crate::support::run(&root, &arguments).ended(0);
    assert!(html.stdout().contains("stroke-dasharray"), "open bars");
    assert!(html.stdout().contains("<span class=\"tag\">10 of 28 days</span>"), "the row");
    assert!(html.stdout().contains("So far (10 of 28 days): "), "page one");
}

#[test]
fn a_period_that_is_over_is_not_marked() {
    let pack = pack(&sample(), "monthly", "2026-11-12", "2026-11-22");
    assert!(pack["history"].as_array().expect("rows").iter().all(|row| row["progress"].is_null()));
    let headline = pack["page_one"]["headline"].as_str().expect("a sentence");
    assert!(headline.contains(". This period: "), "{headline}");
    assert_eq!(pack["charts"]["history"]["unfinished"], Json::Null);
    assert_eq!(pack["page_one"]["tiles"][0]["trend"]["unfinished"], false);
}

const RECORDS: [(&str, &str); 4] = [
    ("heatpack.yaml", "starts: 2026-11-01\n"),
    ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
    ("staff.yaml", "- {id: dora, name: Dora Desk, office: help-desk}\n"),
    (
        "pocs/pat.yaml",
        "id: pat\nname: Pat Point\nphone: 202-555-0100\ndesignations:\n  \
         - {subject: scorecard, role: primary, from: 2026-01-01}\n",
    ),
];

fn ticket(project: &Project, number: usize, log: &[&str]) {
    let log: String = log.iter().map(|entry| format!("  - {{by: dora, {entry}}}\n")).collect();
    let text = format!(
        "id: HEAT-{number}\ntitle: Ticket {number}\nsubject: scorecard\nkind: issue\narea: technical\npoc: pat\n\
         received: 2026-11-05 09:00\nvia: [phone]\ndescription: Words.\nlog:\n{log}"
    );
    project.write(&format!("data/tickets/2026/HEAT-{number}.yaml"), text);
}

const RESOLVED: &str = "at: 2026-11-05 10:00, event: resolved, note: Told";
const BACK: &str = "at: 2026-11-06 10:00, event: reopened, note: Again";

#[test]
fn a_ticket_handed_back_is_told_from_one_reopened() {
    let project = Project::of(&RECORDS);
    ticket(&project, 1, &[RESOLVED, BACK]);
    ticket(&project, 2, &[RESOLVED, "at: 2026-11-05 11:00, event: closed", BACK]);
    ticket(&project, 3, &["at: 2026-11-05 11:00, event: voided, note: No", BACK]);
    ticket(&project, 4, &["at: 2026-11-05 11:00, event: redirected, note: No", BACK]);
    let again =
        ["at: 2026-11-06 11:00, event: resolved, note: Told", "at: 2026-11-06 12:00, event: reopened, note: Again"];
    ticket(&project, 5, &[RESOLVED, "at: 2026-11-05 11:00, event: closed", BACK, again[0], again[1]]);
    // Not allowed in this state: it has no effect, and nothing came back.
    ticket(&project, 6, &[BACK]);
    let run = project.run(&["pack", "weekly", "--on", "2026-11-11", "--as-of", "2026-11-12", "--format", "json"]);
    let pack = run.ended(1).json();
    let groups = pack["attention_groups"].as_array().expect("groups");
    let group = groups.iter().find(|group| group["key"] == "reopened").expect("the group");
    assert_eq!(group["title"], "Reopened or handed back");
    let items: Vec<String> = group["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| format!("{} {}", item["record"].as_str().expect("an id"), item["what"].as_str().expect("words")))
        .collect();
    assert_eq!(
        items,
        [
            "HEAT-1 handed back Fri, Nov 6, 2026, after it was resolved",
            "HEAT-2 reopened Fri, Nov 6, 2026, after it was closed",
            "HEAT-3 reopened Fri, Nov 6, 2026, after it was voided",
            "HEAT-4 reopened Fri, Nov 6, 2026, after it was redirected",
            "HEAT-5 reopened Fri, Nov 6, 2026, after it was closed; handed back Fri, Nov 6, 2026, after it was resolved",
        ]
    );
    assert_eq!(pack["balance"]["reopened"], 4, "those that are said to be reopened");
    let method = pack["method"]["text"].to_string();
    assert!(method.contains("is not counted"), "{method}");
}

#[test]
fn percentages_are_rounded_and_begin_at_ten() {
    let project = Project::of(&RECORDS);
    // Of 12 replies, 7 are in time: 58.3%. Of 9, none is a percentage.
    for number in 1..=12 {
        let day = if number <= 7 { "2026-11-05" } else { "2026-11-09" };
        ticket(&project, number, &[&format!("at: {day} 15:00, event: resolved, note: Told")]);
    }
    let share = |project: &Project| {
        let pack = pack(&project.root(), "weekly", "2026-11-11", "2026-11-12");
        pack["compliance"][0]["share"].as_str().expect("a share").to_owned()
    };
    assert_eq!(share(&project), "7 of 12 (58%)");
    // One more in time: 66.7%, which is cut to 66 and rounded to 67.
    ticket(&project, 8, &["at: 2026-11-05 15:00, event: resolved, note: Told"]);
    assert_eq!(share(&project), "8 of 12 (67%)");
    for number in 10..=12 {
        project.remove(&format!("data/tickets/2026/HEAT-{number}.yaml"));
    }
    assert_eq!(share(&project), "8 of 9");
}

/// The weekly meeting of Wed, Nov 25 is held on Tue, Nov 24, that of Veterans Day a day later.
#[test]
fn a_moved_meeting_has_one_name() {
    let project = Project::copy_of(&case("meetings"));
    commit(&project.root());
    let path = "data/tickets/2026/HEAT-3.yaml";
    project.write(path, project.read(path).replace("title: ", "title: New "));
    let review = ["review", "--base", "HEAD", "--as-of", "2026-12-03"];
    let text = project.run(&review).ended(0);
    for name in [
        "the weekly pack of Tue, Nov 24, 2026 (scheduled for Wed, Nov 25, 2026): ",
        "the weekly pack of Thu, Nov 12, 2026 (scheduled for Wed, Nov 11, 2026): ",
        "the weekly pack of Fri, Nov 27, 2026: ",
    ] {
        assert!(text.stdout().contains(name), "{name}\n{}", text.stdout());
    }
    let json = project.run(&[&review[..], &["--format", "json"]].concat()).ended(0).json();
    let differ = json["packs"]["differ"].as_array().expect("packs");
    let moved = differ.iter().find(|pack| pack["scheduled"] == "2026-11-25").expect("the moved one");
    assert_eq!(moved["held"], "Tue, Nov 24, 2026 (scheduled for Wed, Nov 25, 2026)");

    project.run(&["build", "--as-of", "2026-12-03"]);
    let index = project.read("output/index.html");
    let archive = index.split("<section id=\"archive\"").nth(1).expect("the archive");
    for name in [
        ">Tue, Nov 24, 2026</a> MITS Status Meeting (scheduled for Wed, Nov 25, 2026)",
        ">Thu, Nov 12, 2026</a> MITS Status Meeting (scheduled for Wed, Nov 11, 2026)",
        ">Fri, Nov 27, 2026</a> MITS Status Meeting</th>",
    ] {
        assert!(archive.contains(name), "{name}\n{archive}");
    }
    let page = project.read("output/weekly/2026-11-25/index.html");
    assert!(page.contains("<strong>Moved:</strong> <bdi>scheduled for Wed, Nov 25, 2026</bdi>"), "the pack says so");
    assert!(page.contains(", Tue, Nov 24, 2026</title>"), "the pack's own name");
}
