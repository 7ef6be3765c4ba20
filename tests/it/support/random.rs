//! Random projects: tickets, CRs and votes whose events may come where they are not allowed.

use std::fmt::Write;

use chrono::{Days, NaiveDate, TimeDelta};
use heatpack::model::Minute;
use proptest::prelude::*;

use crate::support::Project;

const SETTINGS: &str = "starts: 2026-10-05\n";
const SUBJECTS: &str = "- {id: scorecard, name: Scorecard, kind: module}\n";
const STAFF: &str = "- {id: dora, name: Dora Desk, office: help-desk}\n- {id: nils, name: Nils Third, office: nitc}\n\
                     - {id: ada, name: Ada Sponsor, office: acfo-fs}\n";
const POC: &str = "id: pat\nname: Pat Point\nphone: 202-555-0100\ndesignations:\n  \
                   - {subject: scorecard, role: primary, from: 2026-01-01}\n";
/// Their stand-in, whose designation ends while tickets are outstanding.
const OTHER: &str = "id: sam\nname: Sam Stand-in\nphone: 202-555-0101\ndesignations:\n  \
                     - {subject: scorecard, role: backup, from: 2026-01-01, until: 2026-10-31}\n";
const BOARD: &str = "terms: [{from: 2024-10-01, quorum: 2, chair_required: true, signatures: optional}]\nmembers:\n  \
                     - {id: bert, name: Bert Board, keys: []}\n  - {id: bill, name: Bill Board, keys: []}\n  \
                     - {id: cora, name: Cora Chair, chair: true, keys: []}\n";

/// Each event, who does it, and what else it asks for.
const TICKET_EVENTS: [(&str, &str, &str); 15] = [
    ("follow-up", "dora", ""),
    ("forwarded", "dora", ""),
    ("acknowledged", "nils", ", nitc_ref: N-0"),
    ("initial-response", "nils", ", note: Found"),
    ("returned", "nils", ", note: Asked"),
    ("researched", "nils", ", outcome: answer, note: Answer"),
    ("researched", "nils", ", outcome: code-change, note: Change"),
    ("resolved", "dora", ", note: Told"),
    ("closed", "dora", ""),
    ("reopened", "dora", ", note: Again"),
    ("redirected", "dora", ", note: Elsewhere"),
    ("voided", "dora", ", note: Mistake"),
    ("handed-over", "dora", ", poc: sam"),
    ("handed-over", "dora", ", poc: pat"),
    ("note", "dora", ", note: Noted"),
];
const CHANGE_EVENTS: [(&str, &str, &str); 8] = [
    ("submitted", "ada", ""),
    ("forwarded", "ada", ""),
    ("started", "nils", ""),
    ("delivered", "nils", ", release: R-1"),
    ("verified", "dora", ""),
    ("failed", "dora", ", note: Failed"),
    ("withdrawn", "ada", ", note: Dropped"),
    ("note", "ada", ", note: Noted"),
];
const CLOCKS: [&str; 5] = ["reply", "follow-up", "nitc-response", "relay", "raise-cr"];

/// An entry: minutes after the one before, which event, and a number for whatever else is to be chosen.
type Draw = (i64, usize, usize);

/// A CR: the tickets that it names, when its log begins, its log, its votes.
type DrawnChange = (Vec<usize>, i64, Vec<Draw>, Vec<Draw>);

/// What was drawn.
#[derive(Debug, Clone)]
pub struct Drawn {
    tickets: Vec<(i64, Vec<Draw>)>,
    changes: Vec<DrawnChange>,
    /// Weekly meetings that are canceled, by their number.
    canceled: Vec<u64>,
}

/// Any number of tickets, CRs and votes, whatever their events.
pub fn drawn() -> impl Strategy<Value = Drawn> {
    drawn_of(TICKET_EVENTS.len() + 2)
}

/// The same, where entries are struck.
pub fn drawn_with_strikes() -> impl Strategy<Value = Drawn> {
    drawn_of(STRIKES + 4)
}

/// The events from this one on are `struck`; those before it, after all others, are `waived`.
const STRIKES: usize = TICKET_EVENTS.len() + 2;

fn drawn_of(events: usize) -> impl Strategy<Value = Drawn> {
    // Events at one minute, on one day, and weeks apart.
    let gap = || prop_oneof![Just(0i64), 1i64..600, 600i64..20_000];
    let log = move |events: usize, length: usize| prop::collection::vec((gap(), 0..events, 0usize..64), 0..length);
    let ticket = (0i64..60_000, log(events, 14));
    let change = (prop::collection::vec(0usize..5, 1..3), 0i64..60_000, log(8, 8), log(4, 6));
    (prop::collection::vec(ticket, 1..6), prop::collection::vec(change, 0..3), prop::collection::vec(0u64..12, 0..3))
        .prop_map(|(tickets, changes, canceled)| Drawn { tickets, changes, canceled })
}

fn start() -> Minute {
    Minute::parse("2026-09-25 08:00").expect("a time")
}

fn after(at: Minute, minutes: i64) -> Minute {
    Minute(at.0 + TimeDelta::minutes(minutes))
}

fn exception(number: usize) -> &'static str {
    match number % 5 {
        0 => ", exception: {rule: transition-forbidden, reason: Agreed, allowed_by: dora}",
        1 => ", exception: {rule: resolved-with-cr-pending, reason: Agreed, allowed_by: dora}",
        _ => "",
    }
}

/// The project of a draw: all of it, or what was entered up to an instant.
pub fn project(drawn: &Drawn, until: Option<Minute>) -> Project {
    let is_known = |at: Minute| until.is_none_or(|until| at <= until);
    let project = Project::of(&[
        ("heatpack.yaml", SETTINGS),
        ("subjects.yaml", SUBJECTS),
        ("staff.yaml", STAFF),
        ("board.yaml", BOARD),
        ("pocs/pat.yaml", POC),
        ("pocs/sam.yaml", OTHER),
    ]);
    for (index, (received, log)) in drawn.tickets.iter().enumerate() {
        let (id, received) = (index + 1, after(start(), *received));
        if !is_known(received) {
            continue;
        }
        let mut text = format!(
            "id: HEAT-{id}\ntitle: Ticket\nsubject: scorecard\nkind: issue\narea: technical\npoc: pat\n\
             received: {received}\nvia: [email]\ndescription: Words.\n"
        );
        let (mut at, mut entries) = (received, String::new());
        let mut names: Vec<String> = Vec::new();
        for (gap, event, number) in log {
            at = after(at, *gap);
            let (event, by, more) = match TICKET_EVENTS.get(*event) {
                // An NITC number is one ticket's only.
                Some((event, by, more)) => (*event, *by, more.replace("N-0", &format!("N-{id}"))),
                None if *event < STRIKES || names.is_empty() => ("waived", "dora", waiver(at, *number)),
                None => ("struck", "dora", format!(", entry: {}, note: Slip", names[number % names.len()])),
            };
            names.push(format!("{at} {event}"));
            let excused = exception(number / 5);
            if !is_known(at) {
                break;
            }
            writeln!(entries, "  - {{at: {at}, event: {event}, by: {by}{more}{excused}}}").expect("a text");
        }
        text.push_str(&log_of(&entries));
        project.write(&format!("data/tickets/{}/HEAT-{id}.yaml", received.date().format("%Y")), text);
    }
    for (index, (tickets, begins, log, votes)) in drawn.changes.iter().enumerate() {
        let id = format!("CR-2026-{:03}", index + 1);
        let tickets: Vec<usize> = tickets.iter().copied().filter(|at| *at < drawn.tickets.len()).collect();
        // A CR comes after the tickets that it names.
        let begins = tickets.iter().map(|at| drawn.tickets[*at].0).fold(*begins, i64::max);
        let tickets: Vec<String> = tickets.iter().map(|at| format!("HEAT-{}", at + 1)).collect();
        if !is_known(after(start(), begins)) {
            continue;
        }
        let mut text = format!(
            "id: {id}\ntitle: Change\nsubject: scorecard\ntickets: [{}]\nprepared_by: ada\n",
            tickets.join(", ")
        );
        let (mut at, mut entries) = (after(start(), begins), String::new());
        for (gap, event, _) in log {
            at = after(at, *gap);
            if !is_known(at) {
                break;
            }
            let (event, by, more) = CHANGE_EVENTS[*event];
            writeln!(entries, "  - {{at: {at}, event: {event}, by: {by}{more}}}").expect("a text");
        }
        text.push_str(&log_of(&entries));
        project.write(&format!("data/crs/{id}.yaml"), text);
        let mut at = after(start(), begins);
        for (gap, decision, number) in votes {
            at = after(at, *gap);
            if !is_known(at) {
                break;
            }
            let decision = ["approve", "reject", "return", "defer"][*decision];
            let by = ["bert", "bill", "cora"][number % 3];
            let name = format!("data/decisions/{id}/{}-{by}", at.date());
            let is_second = project.root().join(format!("{name}.yaml")).exists();
            let path = if is_second { format!("{name}-2.yaml") } else { format!("{name}.yaml") };
            let text = format!("cr: {id}\nby: {by}\nat: {at}\ndecision: {decision}\nreason: Words.\n");
            project.write(&path, text);
        }
    }
    for number in &drawn.canceled {
        let date = NaiveDate::from_ymd_opt(2026, 10, 7).expect("a date") + Days::new(7 * number);
        let text = format!("kind: weekly\ndate: {date}\ncanceled: Snow\n");
        project.write(&format!("data/meetings/{date}-weekly.yaml"), text);
    }
    project
}

fn log_of(entries: &str) -> String {
    if entries.is_empty() { "log: []\n".to_owned() } else { format!("log:\n{entries}") }
}

fn waiver(at: Minute, number: usize) -> String {
    let clock = CLOCKS[number % CLOCKS.len()];
    let until = at.date() + Days::new(number as u64 % 11);
    let until = if clock == "follow-up" { format!(", until: {until}") } else { String::new() };
    format!(", clock: {clock}, note: Agreed{until}")
}
