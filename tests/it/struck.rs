//! Entries that are struck: they count in the packs before, in none after, and are seen in both.

use crate::support::{Project, pack};
use serde_json::Value as Json;

const TICKET: &str = "data/tickets/2026/HEAT-1.yaml";
const HEAD: &str = "id: HEAT-1\ntitle: Export drops the last quarter\nsubject: scorecard\nkind: issue\narea: technical\n\
                    poc: pat\nreceived: 2026-11-02 09:14\nvia: [phone]\ndescription: Words.\n";

fn entry(at: &str, event: &str, more: &str) -> String {
    format!("  - {{at: {at}, event: {event}, by: dora{more}}}\n")
}

fn strike(at: &str, name: &str) -> String {
    entry(at, "struck", &format!(", entry: {name}, note: Another ticket's call."))
}

fn project(log: &[String]) -> Project {
    let project = Project::of(&[
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        ("staff.yaml", "- {id: dora, name: Dora Desk, office: help-desk}\n"),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Point\nphone: 202-555-0100\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2026-01-01}\n",
        ),
    ]);
    project.write(TICKET, format!("{HEAD}log:\n{}", log.concat()));
    project
}

/// A pack without the commit and the digests that name the records' text.
fn figures(project: &Project, on: &str, as_of: &str) -> Json {
    pack(&project.root(), "weekly", on, as_of)
}

/// Closed by mistake in one period, struck in the next.
fn closed_by_mistake() -> [String; 4] {
    [
        entry("2026-11-02 10:00", "follow-up", ""),
        entry("2026-11-03 10:00", "resolved", ", note: Told."),
        entry("2026-11-03 11:00", "closed", ""),
        strike("2026-11-06 09:00", "2026-11-03 11:00 closed"),
    ]
}

#[test]
fn a_pack_before_the_strike_stays_what_it_was_and_the_next_one_adds_up() {
    let log = closed_by_mistake();
    let (with, without) = (project(&log), project(&log[..3]));
    let before = |project: &Project| figures(project, "2026-11-04", "2026-11-20");
    assert_eq!(before(&with), before(&without));
    assert_eq!(before(&with)["balance"]["closed"], 1);
    assert_eq!(before(&with)["balance"]["closing"], 0);
    let after = figures(&with, "2026-11-12", "2026-11-20");
    assert_eq!(after["balance"]["opening"], 0);
    assert_eq!(after["balance"]["reopened"], 1, "{}", after["balance"]);
    assert_eq!((&after["balance"]["closed"], &after["balance"]["closing"]), (&Json::from(0), &Json::from(1)));
    assert_eq!(after["outstanding"][0]["state"], "resolved");
    let groups = after["attention_groups"].as_array().expect("groups");
    let struck = groups.iter().find(|group| group["key"] == "struck").expect("the struck entries");
    assert_eq!(
        struck["items"][0]["what"],
        "entry of Tue, Nov 3, 2026, 11:00 a.m., closed with the POC's consent, struck on Fri, Nov 6, 2026, by Dora \
         Desk: Another ticket's call."
    );
    let know = after["page_one"]["know"].to_string();
    assert!(know.contains("closed with the POC's consent of Nov 3, 2026 struck: Another ticket's call."), "{know}");
    let method = |pack: &Json| pack["method"]["text"].to_string();
    let sentence = "A struck entry counts as reopened or closed in the period of the strike.";
    assert!(method(&after).contains(sentence) && !method(&before(&with)).contains(sentence));
    // The history of that pack has the period before as it was.
    let rows = after["history"].as_array().expect("rows");
    let closed: Vec<u64> = rows.iter().filter_map(|row| row["closed"].as_u64()).collect();
    assert_eq!(closed.iter().sum::<u64>(), 1, "{rows:?}");
}

#[test]
fn within_one_period_it_is_as_if_it_had_never_been() {
    let mut log = closed_by_mistake().to_vec();
    log[3] = strike("2026-11-03 15:00", "2026-11-03 11:00 closed");
    let with = figures(&project(&log), "2026-11-04", "2026-11-20");
    let without = figures(&project(&log[..2]), "2026-11-04", "2026-11-20");
    for part in ["balance", "compliance", "outstanding", "history", "ageing", "closed", "times_to_resolve"] {
        assert_eq!(with[part], without[part], "{part}");
    }
    assert_eq!(with["balance"]["reopened"], 0);
}

#[test]
fn a_miss_that_comes_to_light_is_in_the_pack_of_the_strike() {
    // Without the second follow-up, the one of November 2 was missed on November 9.
    let log = [
        entry("2026-11-02 10:00", "follow-up", ""),
        entry("2026-11-06 10:00", "follow-up", ""),
        strike("2026-11-16 09:00", "2026-11-06 10:00 follow-up"),
    ];
    let project = project(&log);
    let missed = |on: &str| {
        let lapses = figures(&project, on, "2026-12-02")["lapses"].clone();
        let lapses = lapses.as_array().expect("lapses").clone();
        lapses.into_iter().filter(|row| row["rule"] == "follow-up-missed").collect::<Vec<_>>()
    };
    assert!(missed("2026-11-12").is_empty(), "no one knew it then");
    let found = missed("2026-11-18");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["on"], "2026-11-16");
    let message = found[0]["message"].as_str().expect("a message");
    assert!(message.contains("was due Mon, Nov 9, 2026"), "{message}");
    let check = project.run(&["check", "--as-of", "2026-11-17 09:00"]).ended(0);
    let words = "this is known since Mon, Nov 16, 2026, when an entry was struck";
    assert!(check.stdout().contains(words), "{}", check.stdout());
    // The day before, the follow-up of November 6 counts.
    let check = project.run(&["check", "--as-of", "2026-11-13 09:00"]).ended(0);
    assert!(check.stdout().starts_with("0 errors, 0 lapses"), "{}", check.stdout());
}

#[test]
fn a_miss_of_a_deadline_that_never_began_is_on_record_in_the_packs_before_only() {
    let log = [
        entry("2026-11-02 10:00", "follow-up", ""),
        entry("2026-11-03 10:00", "forwarded", ""),
        strike("2026-11-16 09:00", "2026-11-03 10:00 forwarded"),
    ];
    let project = project(&log);
    let late = |as_of: &str| {
        let check = project.run(&["check", "--as-of", as_of]).ended(0);
        check.stdout().contains("lapse[nitc-response-late]")
    };
    assert!(late("2026-11-13 09:00") && !late("2026-11-16 09:00"));
    let lapses = figures(&project, "2026-11-12", "2026-12-02")["lapses"].to_string();
    assert!(lapses.contains("nitc-response-late"), "the meeting saw it: {lapses}");
}

#[test]
fn both_entries_are_seen_and_the_struck_one_is_marked() {
    let project = project(&closed_by_mistake());
    let show = |as_of: &str| project.run(&["show", "HEAT-1", "--as-of", as_of]).ended(0).stdout().to_owned();
    let words = "struck on Fri, Nov 6, 2026, by Dora Desk: Another ticket's call.";
    let now = show("2026-11-09 09:00");
    assert!(now.contains(words) && now.contains("struck, entry 2026-11-03 11:00 closed"), "{now}");
    assert!(now.contains("state      resolved, waiting for POC to confirm"), "{now}");
    let then = show("2026-11-05 09:00");
    assert!(!then.contains("struck") && then.contains("state     closed"), "{then}");
    project.run(&["build", "--as-of", "2026-11-09 09:00"]).ended(0);
    let page = project.read("output/tickets/HEAT-1.html");
    assert!(
        page.contains("<s>closed with the POC&#39;s consent</s>")
            || page.contains("<s>closed with the POC's consent</s>"),
        "{page}"
    );
    assert!(page.contains("<strong>No longer counts:</strong>"), "{page}");
}

#[test]
fn the_command_strikes_and_says_where_the_entry_may_belong() {
    let project = project(&closed_by_mistake()[..3]);
    let run = |more: &[&str]| {
        let all = [&["--as-of", "2026-11-06 09:00", "log", "1", "struck", "--by", "dora"], more].concat();
        project.run(&all)
    };
    let listed = run(&["--note", "x"]).ended(1).stderr;
    let names = "entries that can be struck: \"2026-11-03 11:00 closed\", \"2026-11-03 10:00 resolved\", \"2026-11-02 10:00 \
                 follow-up\"";
    assert!(listed.contains(names), "{listed}");
    let needed = run(&["--note", "x", "--entry", "2026-11-03 10:00 resolved"]).ended(1).stderr;
    assert!(needed.contains("the entry `2026-11-03 11:00 closed` needs it"), "{needed}");
    let wrong = run(&["--note", "x", "--entry", "2026-11-03 11:00 close"]).ended(1).stderr;
    assert!(wrong.contains("--entry: error[invalid-value]") && wrong.contains("did you mean `closed`?"), "{wrong}");
    let done = run(&["--note", "Slip.", "--entry", "2026-11-03 11:00 closed"]).ended(0);
    assert_eq!(
        done.stdout(),
        "HEAT-1: struck, entry 2026-11-03 11:00 closed, Fri, Nov 6, 2026, 09:00, by Dora Desk\nnow: resolved, waiting for \
         POC to confirm; next action: POC\nnext: follow-up due Tue, Nov 10, 2026\nnote: if it belongs to another ticket, \
         run `heatpack log ID closed --at \"2026-11-03 11:00\"`\nfile: data/tickets/2026/HEAT-1.yaml\n"
    );
    let entry = "  - at: 2026-11-06 09:00\n    event: struck\n    by: dora\n    entry: 2026-11-03 11:00 closed\n    note: Slip.\n";
    assert!(project.read(TICKET).ends_with(entry), "{}", project.read(TICKET));
}

#[test]
fn the_change_that_a_strike_made_is_shown_at_it() {
    let project = project(&closed_by_mistake());
    let shown = project.run(&["--as-of", "2026-11-20", "show", "HEAT-1"]).ended(0).stdout().to_owned();
    let strike = shown.split("struck, entry 2026-11-03 11:00 closed").nth(1).expect("the strike");
    let effect = strike.lines().nth(1).expect("what it did").trim();
    assert_eq!(effect, "closed → resolved, waiting for POC to confirm", "{shown}");
}

#[test]
fn page_one_names_two_tickets_with_struck_entries_and_counts_the_rest() {
    let log = closed_by_mistake();
    let project = project(&log);
    let text = project.read("data/tickets/2026/HEAT-1.yaml");
    for number in 2..6 {
        let id = format!("HEAT-{number}");
        project.write(&format!("data/tickets/2026/{id}.yaml"), text.replace("HEAT-1", &id));
    }
    let pack = figures(&project, "2026-11-12", "2026-11-20");
    let know = pack["page_one"]["know"].as_array().expect("a list");
    let texts: Vec<&str> = know.iter().filter_map(|item| item["text"].as_str()).collect();
    assert!(texts.contains(&"Entries struck: HEAT-1, HEAT-2 and 3 more"), "{texts:?}");
}
