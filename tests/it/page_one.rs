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
    let named = know.iter().filter(|item| text(item, "text").contains(" due ") && text(item, "record") != "").count();
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
