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
            "0 tickets received, 0 reopened, 0 closed. 0 outstanding, unchanged from 0 at the start.",
            "No outstanding tickets.",
            "No deadlines due.",
            "No tickets closed.",
            "0 unfinished change requests; 0 finished this period.",
        ],
    );
}

#[test]
fn with_one_that_was_closed() {
    let one = |received: &str, log: &str| project(&[(received, log)], &[]);
    let in_time = "1 of 1 deadline met; 1 of 1 first reply on time.";
    let came = "1 ticket received, 0 reopened, 1 closed. 0 outstanding, unchanged from 0 at the start.";
    let no_change = "0 unfinished change requests; 0 finished this period.";
    says(
        &one("2026-11-09 09:00", &closed("2026-11-09 10:00", "2026-11-10 10:00")),
        [
            came,
            "No outstanding tickets.",
            in_time,
            "Median time to resolve: same day (1 of 1 closed ticket); 1 of 1 received ticket answered at first contact.",
            no_change,
        ],
    );
    let of_resolution = |days: &str, log: &str| {
        let pack = pack(&one("2026-11-09 09:00", log).root(), "monthly", MEETING, AS_OF);
        let answered = "1 of 1 received ticket answered at first contact.";
        assert_eq!(
            pack["monthly"]["summary"][3],
            format!("Median time to resolve: {days} (1 of 1 closed ticket); {answered}")
        );
    };
    of_resolution("1 day", &closed("2026-11-10 10:00", "2026-11-10 11:00"));
    of_resolution("2 days", &closed("2026-11-11 10:00", "2026-11-11 11:00"));
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
            "1 ticket received, 0 reopened, 0 closed. 1 outstanding, up from 0 at the start.",
            "Outstanding tickets: 1 red, 0 yellow, 0 green; the oldest is 10 days old.",
            "1 of 3 deadlines met; 0 of 1 first reply on time.",
            "No tickets closed; 0 of 1 received ticket answered at first contact.",
            "1 unfinished change request; 0 finished this period.",
        ],
    );
    // It waits for a vote, then is dropped.
    let path = "data/crs/CR-2026-001.yaml";
    let submitted = project.read(path).replace("event: note, note: A draft", "event: submitted, by: ada");
    project.write(path, &submitted);
    let of_changes = || pack(&project.root(), "monthly", MEETING, AS_OF)["monthly"]["summary"][4].clone();
    assert_eq!(of_changes(), "1 unfinished change request, 1 waiting for votes; 0 finished this period.");
    let dropped =
        submitted.replace("by: ada}", "by: ada}, {at: 2026-11-11 10:00, event: withdrawn, by: ada, note: No}");
    project.write(path, dropped);
    assert_eq!(of_changes(), "0 unfinished change requests; 1 finished this period.");
}

#[test]
fn with_two_and_with_many() {
    let follow = |at: &str| format!("{{at: {at}, {FOLLOWED}");
    let (one, two) = (closed("2026-11-10 10:00", "2026-11-11 10:00"), closed("2026-11-11 10:00", "2026-11-11 10:30"));
    let day = "2026-11-09 09:00";
    says(
        &project(&[(day, &one), (day, &two)], &[]),
        [
            "2 tickets received, 0 reopened, 2 closed. 0 outstanding, unchanged from 0 at the start.",
            "No outstanding tickets.",
            "1 of 2 deadlines met; 1 of 2 first replies on time.",
            "Median time to resolve: 1.5 days (2 of 2 closed tickets); 2 of 2 received tickets answered at first contact.",
            "0 unfinished change requests; 0 finished this period.",
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
        "5 tickets received, 1 reopened, 3 closed, 1 voided or redirected. 4 outstanding, up from 2 at the start."
    );
    assert_eq!(found[1], "Outstanding tickets: 2 red, 2 yellow, 0 green; the oldest is 66 days old.");
    assert_eq!(
        found[3],
        "Median time to resolve: 1 day (3 of 3 closed tickets); 2 of 5 received tickets answered at first contact."
    );
    assert_eq!(found[4], "2 unfinished change requests; 0 finished this period.");
}
