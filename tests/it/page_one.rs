//! Page one of a pack: its figures are those of the lists behind it and of the pack before, and it names what matters.

use crate::support::{Project, case, pack, run, sample};
use serde_json::Value as Json;

fn list<'j>(value: &'j Json, name: &str) -> &'j Vec<Json> {
    value[name].as_array().unwrap_or_else(|| panic!("no list {name} in {value}"))
}

fn text<'j>(value: &'j Json, name: &str) -> &'j str {
    value[name].as_str().unwrap_or_else(|| panic!("no text {name} in {value}"))
}

fn tile<'j>(pack: &'j Json, key: &str) -> &'j Json {
    list(&pack["page_one"], "tiles").iter().find(|tile| tile["key"] == key).expect("the tile")
}

fn group<'j>(pack: &'j Json, key: &str) -> &'j Vec<Json> {
    let groups = list(pack, "attention_groups");
    list(groups.iter().find(|group| group["key"] == key).expect("the group"), "items")
}

/// The last value of a tile's sparkline but `back`.
fn value(pack: &Json, key: &str, back: usize) -> Json {
    let values = list(&tile(pack, key)["trend"], "values");
    values[values.len() - 1 - back].clone()
}

#[test]
fn the_tiles_are_the_figures_of_the_lists() {
    for (kind, on) in
        [("weekly", "2026-11-25"), ("weekly", "2026-11-18"), ("monthly", "2026-11-12"), ("monthly", "2026-12-10")]
    {
        let pack = pack(&sample(), kind, on, "2026-11-22");
        assert_eq!(text(tile(&pack, "outstanding"), "figure"), list(&pack, "outstanding").len().to_string());
        assert_eq!(text(tile(&pack, "overdue"), "figure"), group(&pack, "overdue").len().to_string());
        let sum = |name: &str| list(&pack, "compliance").iter().filter_map(|row| row[name].as_u64()).sum::<u64>();
        assert_eq!(text(tile(&pack, "deadlines"), "figure"), format!("{} of {}", sum("met"), sum("of")));
        let oldest = list(&pack, "outstanding").iter().filter_map(|row| row["age_days"].as_u64()).max();
        assert_eq!(value(&pack, "oldest", 0).as_u64(), oldest);
        for key in ["outstanding", "overdue", "deadlines", "oldest"] {
            assert_eq!(list(&tile(&pack, key)["trend"], "values").len(), list(&pack, "history").len(), "{key}");
        }
        let headline = text(&pack["page_one"], "headline");
        assert!(headline.contains(&format!("→ {})", list(&pack, "outstanding").len())), "{headline}");
    }
}

#[test]
fn the_figures_of_the_last_pack_are_those_that_it_showed() {
    for (kind, on, before) in [("weekly", "2026-11-18", "2026-11-11"), ("monthly", "2026-11-12", "2026-10-08")] {
        let (now, last) = (pack(&sample(), kind, on, "2026-11-22"), pack(&sample(), kind, before, "2026-11-22"));
        for key in ["outstanding", "overdue", "deadlines", "oldest"] {
            assert_eq!(value(&now, key, 1), value(&last, key, 0), "{kind} {key}");
        }
        let shown = text(tile(&last, "deadlines"), "figure");
        assert!(text(tile(&now, "deadlines"), "change").contains(shown), "{shown}");
    }
}

#[test]
fn a_decision_names_what_it_needs() {
    let pack = pack(&sample(), "weekly", "2026-11-25", "2026-11-22");
    let decide = &pack["page_one"]["decide"];
    let asked = list(decide, "asked");
    assert_eq!(decide["count"], 3);
    let ids: Vec<&str> = asked.iter().map(|item| text(item, "record")).collect();
    // HEAT-10340 is old too, but waits for the first of them.
    assert_eq!(ids, ["CR-2026-005", "CR-2026-011", "HEAT-10353"]);
    let facts: Vec<&str> = list(&asked[0], "facts").iter().filter_map(Json::as_str).collect();
    assert_eq!(facts[..2], ["Effort: 25 days", "Risk: high"]);
    assert_eq!(facts[3], "Missing: Reese Chenille (chair), Noor Placewright, Renée Ferrer-Folio");
    assert_eq!(facts[4], "Waiting since Aug 26 (88 days)");
    assert!(facts[5].starts_with("Devon Quill deferred it: The department decides this winter"), "{facts:?}");
    assert!(text(&asked[0], "about").starts_with("The twelve forms of the portal"), "{}", asked[0]);
}

#[test]
fn a_gap_in_the_roster_names_its_action_items_once() {
    let pack = pack(&sample(), "monthly", "2026-12-10", "2026-11-22");
    let asked = list(&pack["page_one"]["decide"], "asked");
    let gap = asked.iter().find(|item| text(item, "title").contains("Travel Vouchers")).expect("the gap");
    let facts = gap["facts"].to_string();
    assert!(facts.contains("Action item A-2026-011 (Winter Imago, 136 days late)"), "{facts}");
    let unblock = pack["page_one"]["unblock"].to_string();
    assert!(!unblock.contains("A-2026-011") && unblock.contains("A-2026-023"), "{unblock}");
}

#[test]
fn routine_is_a_line_and_exceptions_are_named() {
    let pack = pack(&sample(), "weekly", "2026-11-25", "2026-11-22");
    let know = list(&pack["page_one"], "know");
    assert_eq!(text(&know[0], "text"), "16 follow-ups due before the next meeting: 7 Mon, 2 Tue, 4 Wed, 3 Fri");
    let due = group(&pack, "due");
    let routine = due.iter().filter(|item| text(item, "what").starts_with("follow-up")).count();
    assert_eq!(routine, 16);
    let named =
        know.iter().filter(|item| text(item, "text").contains(" due ") && !text(item, "record").is_empty()).count();
    assert_eq!(named, due.len() - routine);
    let differ = group(&pack, "disagreements").len();
    let said = format!("{differ} disagreements with NITC's report of Nov 16, 2026");
    assert!(know.iter().any(|item| text(item, "text") == said), "{know:?}");
}

#[test]
fn what_each_office_owes_adds_up() {
    let pack = pack(&sample(), "weekly", "2026-11-25", "2026-11-22");
    let owners = list(&pack["page_one"], "owners");
    let sum = |name: &str| owners.iter().filter_map(|row| row[name].as_u64()).sum::<u64>() as usize;
    assert_eq!(sum("overdue"), group(&pack, "overdue").len());
    assert_eq!(sum("due"), group(&pack, "due").len());
    let open = ["overdue", "open", "new"].iter().map(|name| list(&pack["actions"], name).len()).sum::<usize>();
    assert_eq!(sum("actions"), open);
    let offices: Vec<&str> = owners.iter().map(|row| text(row, "office")).collect();
    assert_eq!(offices, ["MITS Help Desk", "NITC", "ACFO-FS", "CFMSCCB", "POCs and others"]);
}

#[test]
fn an_empty_project_says_that_there_is_nothing() {
    for kind in ["weekly", "monthly"] {
        let pack =
            run(&case("empty"), &["pack", kind, "--as-of", "2026-11-16 09:00", "--format", "json"]).ended(0).json();
        let headline = text(&pack["page_one"], "headline");
        assert!(headline.starts_with("No outstanding tickets. So far ("), "{headline}");
        assert!(headline.ends_with(": 0 received, 0 closed. No decisions needed, no deadlines overdue."), "{headline}");
        assert_eq!(text(tile(&pack, "oldest"), "figure"), "–");
        assert_eq!(list(&pack["page_one"], "know").len(), 1);
    }
}

#[test]
fn page_one_names_some_and_counts_the_rest() {
    let project = Project::copy_of(&case("figures"));
    let text_of = project.read("data/tickets/2026/HEAT-8.yaml");
    for number in 100..120 {
        let id = format!("HEAT-{number}");
        project.write(&format!("data/tickets/2026/{id}.yaml"), text_of.replace("HEAT-8", &id));
    }
    let run = project.run(&["pack", "weekly", "--on", "2026-12-23", "--as-of", "2026-12-23", "--format", "json"]);
    let pack = run.ended(0).json();
    let page = &pack["page_one"];
    let overdue = group(&pack, "overdue").len();
    assert!(overdue > 20);
    assert_eq!(list(page, "unblock").len(), 6);
    assert_eq!(list(page, "unblock_more")[0], format!("{} more overdue deadlines.", overdue - 6));
    let (asked, count) = (list(&page["decide"], "asked").len(), page["decide"]["count"].as_u64().expect("a count"));
    assert_eq!(asked, 4);
    let more = format!("{} more tickets 61 days old or older, to continue or close.", count - 4);
    assert_eq!(list(&page["decide"], "more")[0], more);
}

#[test]
fn deadlines_are_held_against_the_target() {
    let project = Project::copy_of(&case("figures"));
    let week = |project: &Project| {
        let run = project.run(&["pack", "weekly", "--on", "2026-10-21", "--as-of", "2026-11-01", "--format", "json"]);
        run.ended(0).json()
    };
    // Of 9 deadlines of the week 5 were met: 55%.
    let by_default = week(&project);
    assert_eq!(by_default["target"]["percent"], 90);
    assert_eq!((text(&by_default["target"], "share"), by_default["target"]["below"].as_bool()), ("5 of 9", Some(true)));
    assert_eq!(tile(&by_default, "deadlines")["urgent"], true);
    let settings = project.read("data/heatpack.yaml");
    project.write("data/heatpack.yaml", format!("{settings}\ntargets: {{deadlines_met: 55}}\n"));
    let lower = week(&project);
    assert_eq!((lower["target"]["percent"].as_u64(), lower["target"]["below"].as_bool()), (Some(55), Some(false)));
    assert_eq!(tile(&lower, "deadlines")["urgent"], false);
    for wrong in ["0", "101", "90%", "many"] {
        project.write("data/heatpack.yaml", format!("{settings}\ntargets: {{deadlines_met: {wrong}}}\n"));
        let run = project.run(&["check"]).ended(1);
        assert!(run.stdout().contains("write a whole number from 1 to 100"), "{wrong}: {}", run.stdout());
    }
}

#[test]
fn the_last_period_stands_beside_this_one() {
    for (kind, on, before) in [("weekly", "2026-11-18", "2026-11-11"), ("monthly", "2026-11-12", "2026-10-08")] {
        let (now, last) = (pack(&sample(), kind, on, "2026-11-22"), pack(&sample(), kind, before, "2026-11-22"));
        assert_eq!(now["target"]["last"], last["target"]["share"]);
        for (row, earlier) in list(&now, "compliance").iter().zip(list(&last, "compliance")) {
            assert_eq!(row["last"], earlier["share"], "{kind} {row}");
        }
    }
}

#[test]
fn outstanding_tickets_come_by_attention_on_pages_and_by_age_in_json() {
    let pack = pack(&sample(), "weekly", "2026-11-25", "2026-11-22");
    let row = |id: &Json| list(&pack, "outstanding").iter().find(|row| row["id"] == *id).expect("a row").clone();
    let shown: Vec<Json> = list(&pack, "by_attention").iter().map(row).collect();
    let order = |row: &Json| ["red", "yellow", "green"].iter().position(|color| row["attention"] == *color);
    assert_eq!(shown.len(), list(&pack, "outstanding").len());
    assert!(shown.is_sorted_by_key(|row| (order(row), std::cmp::Reverse(row["age_days"].as_u64()))));
    let ages = list(&pack, "outstanding").iter().map(|row| row["age_days"].as_u64());
    assert!(ages.rev().is_sorted());
    let html = run(&sample(), &["pack", "weekly", "--as-of", "2026-11-22", "--format", "html"]).ended(0);
    let table = html.stdout().split("Outstanding tickets: red, yellow, green").nth(2).expect("the table");
    let first = format!("id=\"{}\" class=\"red\"", text(&shown[0], "id"));
    assert!(table.split("</tr>").nth(1).is_some_and(|row| row.contains(&first)), "{first}");
}

#[test]
fn the_page_of_a_poc_can_be_made_alone() {
    let root = sample();
    let page = |more: &[&str]| run(&root, &[&["pack", "monthly", "--as-of", "2026-11-22"], more].concat());
    let json = page(&["--poc", "gpseudon", "--format", "json"]).ended(0).json();
    assert_eq!(json["poc"], "gpseudon");
    assert!(!list(&json, "tickets").is_empty() && !list(&json, "closed").is_empty() && !list(&json, "gaps").is_empty());
    let html = page(&["--poc", "gpseudon", "--format", "html"]).ended(0);
    for said in ["HEAT-10340", "Closed this period", "Expanded Electronic Government has no backup", "Questions: "] {
        assert!(html.stdout().contains(said), "{said}");
    }
    assert_eq!(html.stdout().matches("<article").count(), 1);
    assert!(!html.stdout().contains("href=\"#HEAT-"), "no link leads out of the page");
    assert!(page(&["--poc", "gpseudon", "--format", "pdf"]).ended(0).out.starts_with(b"%PDF-"));
    for wrong in [&["--poc", "nosuch"][..], &["--poc", "gpseudon", "--format", "csv"]] {
        assert!(!page(wrong).ended(2).stderr.contains("panicked"), "{wrong:?}");
    }
    // None of the pages says that there is nothing to say.
    let all = page(&["--format", "json"]).ended(0).json();
    for page in list(&all["monthly"], "poc_pages") {
        let lists = ["tickets", "closed", "gaps"].iter().map(|name| list(page, name).len()).sum::<usize>();
        assert!(lists > 0, "{page}");
    }
}

#[test]
fn paper_and_pages_name_no_rules_people_or_digests() {
    for kind in ["weekly", "monthly"] {
        let model = pack(&sample(), kind, if kind == "weekly" { "2026-11-25" } else { "2026-12-10" }, "2026-11-22");
        let html = run(&sample(), &["pack", kind, "--as-of", "2026-11-22", "--format", "html"]).ended(0);
        let main = html.stdout().split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("the page");
        let shown: String = main.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
        let people = model["people"].as_object().expect("people").keys().map(String::as_str);
        let rules = ["reply-late", "nitc-response-late", "forward-cr-late", "subject-without-backup", "sha256:"];
        for word in people.chain(rules) {
            // An address may begin with the id.
            assert!(!shown.replace(&format!("{word}@"), "").contains(word), "{kind}: {word}");
        }
    }
}
