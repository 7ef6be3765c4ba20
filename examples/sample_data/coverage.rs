//! Counts what the sample covers, prints it, and fails where a state, an event or an outcome is missing.

use std::collections::BTreeMap;

use crate::Result;
use crate::calendar;
use crate::change_request::ChangeRequest;
use crate::clocks::Clock;
use crate::ticket::Ticket;

const EVENTS: [&str; 13] = [
    "follow-up",
    "forwarded",
    "acknowledged",
    "initial-response",
    "returned",
    "researched",
    "resolved",
    "closed",
    "reopened",
    "redirected",
    "voided",
    "waived",
    "note",
];
const CR_EVENTS: [&str; 8] =
    ["submitted", "forwarded", "started", "delivered", "verified", "failed", "withdrawn", "note"];
const STATES: [&str; 8] =
    ["Open", "WithNitc", "AwaitingChange", "Answered", "Resolved", "Closed", "Redirected", "Voided"];
const CR_STATES: [&str; 11] = [
    "Draft",
    "Returned",
    "Deferred",
    "Submitted",
    "Approved",
    "Forwarded",
    "InWork",
    "Delivered",
    "Verified",
    "Rejected",
    "Withdrawn",
];
const OUTCOMES: [&str; 6] = ["Met", "Late", "Overdue", "Running", "Waived", "Void"];

type Counts = BTreeMap<String, usize>;

/// Writes the counts to standard error, and says what is missing.
pub fn report(tickets: &[Ticket], crs: &[ChangeRequest]) -> Result<()> {
    let entries = || tickets.iter().flat_map(|t| &t.log);
    let clocks = || tickets.iter().flat_map(|t| &t.life.clocks.0).chain(crs.iter().flat_map(|cr| &cr.clocks.0));
    let end = calendar::end();
    eprintln!("{} tickets, {} outstanding, {} change requests", tickets.len(), outstanding(tickets), crs.len());
    expect("ticket events", &count(entries().map(|e| e.event.clone())), &EVENTS)?;
    expect(
        "ticket states",
        &count(tickets.iter().filter_map(|t| t.life.at(end)).map(|p| format!("{:?}", p.state))),
        &STATES,
    )?;
    expect("CR events", &count(crs.iter().flat_map(|cr| &cr.log).map(|e| e.line.event().to_owned())), &CR_EVENTS)?;
    expect("CR states", &count(crs.iter().filter_map(|cr| cr.state_at(end)).map(|s| format!("{s:?}"))), &CR_STATES)?;
    expect("outcomes", &count(clocks().map(|c| format!("{:?}", c.outcome()))), &OUTCOMES)?;
    print("outcomes by clock", &count(clocks().map(by_kind)));
    let exceptions =
        entries().filter_map(|e| e.exception.as_ref()).chain(tickets.iter().filter_map(|t| t.story.exception.as_ref()));
    let exceptions = exceptions.chain(crs.iter().flat_map(|cr| &cr.log).filter_map(|e| e.exception.as_ref()));
    print("exceptions", &count(exceptions.map(|x| x.rule.clone())));
    print_outstanding(tickets);
    Ok(())
}

fn by_kind(clock: &Clock) -> String {
    format!("{:?} {:?}", clock.kind, clock.outcome())
}

fn outstanding(tickets: &[Ticket]) -> usize {
    tickets.iter().filter(|t| t.life.is_outstanding(calendar::end())).count()
}

fn count(items: impl Iterator<Item = String>) -> Counts {
    items.fold(Counts::new(), |mut counts, item| {
        *counts.entry(item).or_default() += 1;
        counts
    })
}

fn print(what: &str, counts: &Counts) {
    let all: Vec<String> = counts.iter().map(|(name, n)| format!("{name} {n}")).collect();
    eprintln!("{what}: {}", all.join(", "));
}

fn expect(what: &str, counts: &Counts, all: &[&str]) -> Result<()> {
    print(what, counts);
    match all.iter().find(|name| !counts.contains_key(**name)) {
        Some(missing) => Err(format!("{what}: the sample has no `{missing}`").into()),
        None => Ok(()),
    }
}

fn print_outstanding(tickets: &[Ticket]) {
    for ticket in tickets.iter().filter(|t| t.life.is_outstanding(calendar::end())) {
        let age = (calendar::end().date() - ticket.story.received.date()).num_days();
        let state =
            ticket.life.at(calendar::end()).map(|p| format!("{:?}, {:?}", p.state, p.holder)).unwrap_or_default();
        let overdue = ticket.life.clocks.0.iter().filter(|c| format!("{:?}", c.outcome()) == "Overdue");
        let overdue: Vec<String> = overdue.map(|c| format!("{:?} overdue since {}", c.kind, c.due)).collect();
        eprintln!("  {} {age:3} days, {state}: {} {}", ticket.id, ticket.story.title, overdue.join(", "));
    }
}
