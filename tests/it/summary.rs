//! The five sentences of the monthly pack, with nothing to say, with one of each, with two and with many.

use crate::support::{Project, pack};

const MEETING: &str = "2026-11-12";
const AS_OF: &str = "2026-11-12 14:00";

/// A project of tickets, each with the time that it came and its log, and of change requests by their logs.
fn project(tickets: &[(&str, &str)], changes: &[&str]) -> Project {
    let project = Project::of(&[
        ("heatpack.yaml", "starts: 2026-09-01\n"),
        ("subjects.yaml", "- {id: scorecard, name: Scorecard, kind: module}\n"),
        (
            "staff.yaml",
            "- {id: dora, name: Dora Desk, office: help-desk}\n- {id: nils, name: Nils Third, office: nitc}\n\
             - {id: ada, name: Ada Sponsor, office: acfo-fs}\n",
        ),
        (
            "board.yaml",
            "terms: [{from: 2024-10-01, quorum: 1, chair_required: false, signatures: optional}]\nmembers:\n  \
             - {id: bert, name: Bert Board, keys: []}\n",
        ),
        (
            "pocs/pat.yaml",
            "id: pat\nname: Pat Point\nphone: 202-555-0100\ndesignations:\n  \
             - {subject: scorecard, role: primary, from: 2026-01-01}\n",
        ),
    ]);
    for (number, (received, log)) in (1..).zip(tickets) {
        let text = format!(
            "id: HEAT-{number}\ntitle: Ticket {number}\nsubject: scorecard\nkind: issue\narea: technical\npoc: pat\n\
             received: {received}\nvia: [phone]\ndescription: Words.\nlog: [{log}]\n"
        );
        project.write(&format!("data/tickets/2026/HEAT-{number}.yaml"), text);
    }
    for (number, log) in (1..).zip(changes) {
        let text = format!(
            "id: CR-2026-{number:03}\ntitle: Change {number}\nsubject: scorecard\ntickets: [HEAT-1]\nprepared_by: ada\n\
             priority: routine\nrisk: low\neffort: A day\ndescription: x\njustification: x\nimpact: x\n\
             security_impact: x\ntest_plan: x\nrollback_plan: x\nlog: [{log}]\n"
        );
        project.write(&format!("data/crs/CR-2026-{number:03}.yaml"), text);
    }
    project
}

/// Holds that the summary is these sentences.
#[track_caller]
fn says(project: &Project, sentences: [&str; 5]) {
    let pack = pack(&project.root(), "monthly", MEETING, AS_OF);
    let found: Vec<&str> =
        pack["monthly"]["summary"].as_array().expect("a summary").iter().filter_map(|one| one.as_str()).collect();
    assert_eq!(found, sentences);
}

const FOLLOWED: &str = "event: follow-up, by: dora}";
const CLOSED: &str = "event: closed, by: dora}";
const RESOLVED: &str = "event: resolved, by: dora, note: Told}";

/// A log of a resolution and the closing after it.
fn closed(resolved: &str, closed: &str) -> String {
    format!("{{at: {resolved}, {RESOLVED}, {{at: {closed}, {CLOSED}")
}

#[test]
fn with_nothing_to_say() {
    says(
        &project(&[], &[]),
        [
            "No ticket came in, none was reopened and none was closed; none is outstanding, as at the start of the period.",
            "No ticket is outstanding.",
            "No deadline fell due.",
            "No ticket was closed; nothing came in that could be answered at first contact.",
            "No change request is under way; none was finished in the period.",
        ],
    );
}

#[test]
fn with_one_that_was_closed() {
    let one = |received: &str, log: &str| project(&[(received, log)], &[]);
    let in_time = "The one deadline that fell due was kept; the one first word that was due was in time.";
    let came =
        "1 ticket came in, none was reopened and 1 was closed; none is outstanding, as at the start of the period.";
    let no_change = "No change request is under way; none was finished in the period.";
    says(
        &one("2026-11-09 09:00", &closed("2026-11-09 10:00", "2026-11-10 10:00")),
        [
            came,
            "No ticket is outstanding.",
            in_time,
            "The one ticket that was closed was resolved on the day it came in; the one that came in was answered at first contact.",
            no_change,
        ],
    );
    let of_resolution = |days: &str, log: &str| {
        let pack = pack(&one("2026-11-09 09:00", log).root(), "monthly", MEETING, AS_OF);
        let answered = "the one that came in was answered at first contact.";
        assert_eq!(
            pack["monthly"]["summary"][3],
            format!("The one ticket that was closed was resolved {days}; {answered}")
        );
    };
    of_resolution("after 1 day", &closed("2026-11-10 10:00", "2026-11-10 11:00"));
    of_resolution("after 2 days", &closed("2026-11-11 10:00", "2026-11-11 11:00"));
}

#[test]
fn with_one_that_is_outstanding_and_one_change_request() {
    let researched = "{at: 2026-11-02 10:00, event: forwarded, by: dora}, \
                      {at: 2026-11-03 10:00, event: researched, by: nils, outcome: code-change, note: The code}, \
                      {at: 2026-11-05 10:00, event: follow-up, by: dora}";
    let project = project(&[("2026-11-02 09:00", researched)], &["{at: 2026-11-10 10:00, event: note, note: A draft}"]);
    says(
        &project,
        [
            "1 ticket came in, none was reopened and none was closed; 1 is outstanding, up from none at the start of the period.",
            "The one that is outstanding is red; it came in 10 days ago.",
            "Of 3 deadlines that fell due 1 was kept; the one first word that was due was not in time.",
            "No ticket was closed; the one that came in was not answered at first contact.",
            "1 change request is under way, and does not wait for a vote; none was finished in the period.",
        ],
    );
    // It waits for a vote, then is dropped.
    let path = "data/crs/CR-2026-001.yaml";
    let submitted = project.read(path).replace("event: note, note: A draft", "event: submitted, by: ada");
    project.write(path, &submitted);
    let of_changes = || pack(&project.root(), "monthly", MEETING, AS_OF)["monthly"]["summary"][4].clone();
    assert_eq!(of_changes(), "1 change request is under way, and waits for a vote; none was finished in the period.");
    let dropped =
        submitted.replace("by: ada}", "by: ada}, {at: 2026-11-11 10:00, event: withdrawn, by: ada, note: No}");
    project.write(path, dropped);
    assert_eq!(of_changes(), "No change request is under way; 1 was finished in the period.");
}

#[test]
fn with_two_and_with_many() {
    let follow = |at: &str| format!("{{at: {at}, {FOLLOWED}");
    let (one, two) = (closed("2026-11-10 10:00", "2026-11-11 10:00"), closed("2026-11-11 10:00", "2026-11-11 10:30"));
    let day = "2026-11-09 09:00";
    says(
        &project(&[(day, &one), (day, &two)], &[]),
        [
            "2 tickets came in, none was reopened and 2 were closed; none is outstanding, as at the start of the period.",
            "No ticket is outstanding.",
            "Of 2 deadlines that fell due 1 was kept; of 2 first words that were due 1 was in time.",
            "Half of the 2 tickets that were closed were resolved within 1.5 days; of 2 that came in all were answered at first contact.",
            "No change request is under way; none was finished in the period.",
        ],
    );
    // Three that were there before, of which one is closed without a resolution on record.
    let old = "2026-09-07 09:00";
    let (old_log, late) = (follow("2026-09-07 10:00"), follow("2026-11-10 10:00"));
    let reopened = format!("{one}, {{at: 2026-11-12 10:00, event: reopened, by: dora, note: Again}}");
    let voided = "{at: 2026-11-11 10:00, event: voided, by: dora, note: A mistake}";
    let open = "{at: 2026-11-12 09:30, event: note, note: x}";
    let project = project(
        &[
            (old, &old_log),
            (old, &late),
            (day, &reopened),
            (day, voided),
            (day, &two),
            ("2026-11-12 09:00", open),
            (day, &one),
        ],
        &["{at: 2026-11-10 10:00, event: note, note: A draft}", "{at: 2026-11-10 10:00, event: note, note: Another}"],
    );
    let found = pack(&project.root(), "monthly", MEETING, AS_OF)["monthly"]["summary"].clone();
    assert_eq!(
        found[0],
        "5 tickets came in, 1 was reopened, 3 were closed and 1 was voided or redirected; 4 are outstanding, \
         up from 2 at the start of the period."
    );
    assert_eq!(
        found[1],
        "Of those outstanding 2 are red, 2 are yellow and none is green; the oldest came in 66 days ago."
    );
    assert_eq!(
        found[3],
        "Half of the 3 tickets that were closed were resolved within 1 day; of 5 that came in 2 were answered at first contact."
    );
    assert_eq!(
        found[4],
        "2 change requests are under way, of which none waits for a vote; none was finished in the period."
    );
}
