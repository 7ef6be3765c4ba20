//! Random logs, forbidden events and all, read from files: the figures of all packs in a row add up.

#[path = "support/project.rs"]
mod support;

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::{Days, NaiveDate, TimeDelta};
use heatpack::load::load;
use heatpack::model::{Attention, ClockKind, MeetingKind, Minute, TicketId};
use heatpack::report::{self, pack::Pack};
use heatpack::rules;
use heatpack::workflow::{Context, Outcome, Prepared};
use proptest::prelude::*;
use support::Project;

const SETTINGS: &str = "starts: 2026-10-05\n";
const SUBJECTS: &str = "- {id: scorecard, name: Scorecard, kind: module}\n";
const STAFF: &str = "- {id: dora, name: Dora Desk, office: help-desk}\n- {id: nils, name: Nils Third, office: nitc}\n\
                     - {id: ada, name: Ada Sponsor, office: acfo-fs}\n";
const POC: &str = "id: pat\nname: Pat Point\nphone: 202-555-0100\ndesignations:\n  \
                   - {subject: scorecard, role: primary, from: 2026-01-01}\n";
const BOARD: &str = "terms: [{from: 2024-10-01, quorum: 2, chair_required: true, signatures: optional}]\nmembers:\n  \
                     - {id: bert, name: Bert Board, keys: []}\n  - {id: bill, name: Bill Board, keys: []}\n  \
                     - {id: cora, name: Cora Chair, chair: true, keys: []}\n";

/// Each event, who does it, and what else it asks for.
const TICKET_EVENTS: [(&str, &str, &str); 13] = [
    ("follow-up", "dora", ""),
    ("forwarded", "dora", ""),
    ("acknowledged", "nils", ", nitc_ref: N-1"),
    ("initial-response", "nils", ", note: Found"),
    ("returned", "nils", ", note: Asked"),
    ("researched", "nils", ", outcome: answer, note: Answer"),
    ("researched", "nils", ", outcome: code-change, note: Change"),
    ("resolved", "dora", ", note: Told"),
    ("closed", "dora", ""),
    ("reopened", "dora", ", note: Again"),
    ("redirected", "dora", ", note: Elsewhere"),
    ("voided", "dora", ", note: Mistake"),
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

#[derive(Debug, Clone)]
struct Drawn {
    tickets: Vec<(i64, Vec<Draw>)>,
    changes: Vec<(Vec<usize>, i64, Vec<Draw>, Vec<Draw>)>,
    /// Weekly meetings that are cancelled, by their number.
    cancelled: Vec<u64>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    // Events at one minute, on one day, and weeks apart.
    let gap = || prop_oneof![Just(0i64), 1i64..600, 600i64..20_000];
    let log = move |events: usize, length: usize| prop::collection::vec((gap(), 0..events, 0usize..64), 0..length);
    let ticket = (0i64..60_000, log(15, 14));
    let change = (prop::collection::vec(0usize..5, 1..3), 0i64..60_000, log(8, 8), log(4, 6));
    (prop::collection::vec(ticket, 1..6), prop::collection::vec(change, 0..3), prop::collection::vec(0u64..12, 0..3))
        .prop_map(|(tickets, changes, cancelled)| Drawn { tickets, changes, cancelled })
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

fn project(drawn: &Drawn) -> Project {
    let project = Project::of(&[
        ("heatpack.yaml", SETTINGS),
        ("subjects.yaml", SUBJECTS),
        ("staff.yaml", STAFF),
        ("board.yaml", BOARD),
        ("pocs/pat.yaml", POC),
    ]);
    for (index, (received, log)) in drawn.tickets.iter().enumerate() {
        let (id, received) = (index + 1, after(start(), *received));
        let mut text = format!(
            "id: HEAT-{id}\ntitle: Ticket\nsubject: scorecard\nkind: issue\narea: technical\npoc: pat\n\
             received: {received}\nvia: [email]\ndescription: Words.\nlog:{}\n",
            if log.is_empty() { " []" } else { "" }
        );
        let mut at = received;
        for (gap, event, number) in log {
            at = after(at, *gap);
            let (event, by, more) = match TICKET_EVENTS.get(*event) {
                Some((event, by, more)) => (*event, *by, (*more).to_owned()),
                None => ("waived", "dora", waiver(at, *number)),
            };
            let excused = exception(number / 5);
            writeln!(text, "  - {{at: {at}, event: {event}, by: {by}{more}{excused}}}").expect("a text");
        }
        project.write(&format!("data/tickets/{}/HEAT-{id}.yaml", received.date().format("%Y")), text);
    }
    for (index, (tickets, begins, log, votes)) in drawn.changes.iter().enumerate() {
        let id = format!("CR-2026-{:03}", index + 1);
        let tickets: Vec<String> =
            tickets.iter().filter(|at| **at < drawn.tickets.len()).map(|at| format!("HEAT-{}", at + 1)).collect();
        let mut text = format!(
            "id: {id}\ntitle: Change\nsubject: scorecard\ntickets: [{}]\nprepared_by: ada\nlog:{}\n",
            tickets.join(", "),
            if log.is_empty() { " []" } else { "" }
        );
        let mut at = after(start(), *begins);
        for (gap, event, _) in log {
            at = after(at, *gap);
            let (event, by, more) = CHANGE_EVENTS[*event];
            writeln!(text, "  - {{at: {at}, event: {event}, by: {by}{more}}}").expect("a text");
        }
        project.write(&format!("data/crs/{id}.yaml"), text);
        let mut at = after(start(), *begins);
        for (gap, decision, number) in votes {
            at = after(at, *gap);
            let decision = ["approve", "reject", "return", "defer"][*decision];
            let by = ["bert", "bill", "cora"][number % 3];
            let name = format!("data/decisions/{id}/{}-{by}", at.date());
            let is_second = project.root().join(format!("{name}.yaml")).exists();
            let path = if is_second { format!("{name}-2.yaml") } else { format!("{name}.yaml") };
            let text = format!("cr: {id}\nby: {by}\nat: {at}\ndecision: {decision}\nreason: Words.\n");
            project.write(&path, text);
        }
    }
    for number in &drawn.cancelled {
        let date = NaiveDate::from_ymd_opt(2026, 10, 7).expect("a date") + Days::new(7 * number);
        let text = format!("kind: weekly\ndate: {date}\ncancelled: Snow\n");
        project.write(&format!("data/meetings/{date}-weekly.yaml"), text);
    }
    project
}

fn waiver(at: Minute, number: usize) -> String {
    let clock = CLOCKS[number % CLOCKS.len()];
    let until = at.date() + Days::new(number as u64 % 11);
    let until = if clock == "follow-up" { format!(", until: {until}") } else { String::new() };
    format!(", clock: {clock}, note: Agreed{until}")
}

/// The rule that reports a kind of clock.
fn rule(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::Reply => "reply-late",
        ClockKind::FollowUp => "follow-up-missed",
        ClockKind::NitcResponse => "nitc-response-late",
        ClockKind::Relay => "relay-late",
        ClockKind::RaiseCr => "cr-not-raised",
        ClockKind::ForwardCr => "forward-cr-late",
    }
}

fn adds_up(pack: &Pack) -> Result<(), TestCaseError> {
    let balance = pack.balance;
    prop_assert_eq!(
        balance.opening + balance.received + balance.reopened,
        balance.closing + balance.closed + balance.voided + balance.redirected
    );
    prop_assert_eq!(
        (balance.received, balance.reopened, balance.closed, balance.closing),
        (pack.new.len(), pack.reopened.len(), pack.closed.len(), pack.outstanding.len())
    );
    let ageing = &pack.ageing;
    let bands = ageing.to_7 + ageing.to_14 + ageing.to_30 + ageing.to_60 + ageing.over_60;
    prop_assert_eq!(bands, pack.outstanding.len());
    let today = pack.as_of.date();
    for row in &pack.outstanding {
        let is_overdue = row.next_due.as_ref().is_some_and(|next| next.due < today);
        prop_assert_eq!(row.attention == Attention::Red, is_overdue || row.age_days >= 61, "{:?}", row);
        prop_assert!(row.attention != Attention::Green || row.age_days < 31);
        prop_assert!(row.last_contact.is_none_or(|contact| contact <= today));
    }
    let last = pack.history.last();
    prop_assert_eq!(
        last.map(|row| (row.received, row.closed, row.outstanding)),
        Some((balance.received, balance.closed, balance.closing,))
    );
    let times = &pack.times_to_resolve;
    prop_assert!(times.count <= balance.closed && times.median.is_some() == (times.count > 0));
    prop_assert!(times.p90 <= times.max && times.median.map(|median| median.halves) <= times.max.map(|max| 2 * max));
    prop_assert!(pack.first_contact.answered <= pack.first_contact.of);
    prop_assert_eq!(pack.first_contact.of, balance.received);
    for row in &pack.lapses {
        prop_assert!(pack.period.after.date() <= row.on && row.on < pack.meeting.date(), "{:?}", row);
    }
    Ok(())
}

/// The packs of one kind in a row, up to the next meeting.
fn packs(ctx: &Context, kind: MeetingKind) -> Vec<Pack> {
    let last = report::next_meeting(ctx, kind).expect("a next meeting");
    (0..=last).filter_map(|index| report::pack(ctx, kind, index)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, max_shrink_iters: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_figures_of_all_packs_add_up(drawn in drawn()) {
        let files = project(&drawn);
        let project = load(&files.root(), rules::NAMES).expect("the records");
        prop_assert!(project.left_out.is_empty(), "{:?}", project.faults);
        let prepared = Prepared::new(&project);
        // After the last entry, and long after the last due date.
        let as_of = Minute::parse("2027-03-01 09:00").expect("a time");
        let ctx = Context::new(&prepared, as_of, true);

        for kind in [MeetingKind::Weekly, MeetingKind::Monthly] {
            let packs = packs(&ctx, kind);
            prop_assert!(packs.len() > 4);
            for pack in &packs {
                adds_up(pack)?;
            }
            for pair in packs.windows(2) {
                prop_assert_eq!(pair[0].balance.closing, pair[1].balance.opening);
                prop_assert_eq!(pair[0].meeting, pair[1].period.after);
            }
            each_due_date_is_in_one_pack(&ctx, &packs)?;
        }
        each_late_clock_has_one_lapse(&ctx)?;
        never_more_than_one_state(&ctx)?;
    }
}

/// What became due before the last meeting is counted in one pack, and its lapse is listed in one.
fn each_due_date_is_in_one_pack(ctx: &Context, packs: &[Pack]) -> Result<(), TestCaseError> {
    let (first, last) = match packs {
        [first, .., last] => (first.period.after.date(), last.meeting.date()),
        _ => return Ok(()),
    };
    let end = last.min(ctx.today());
    let range = first..end;
    for kind in ClockKind::ALL {
        let row = |pack: &Pack| pack.compliance.iter().find(|row| row.clock == *kind).cloned();
        let rows: Vec<_> = packs.iter().filter_map(row).collect();
        let (mut met, mut missed, mut waived) = (0, 0, 0);
        for clock in ctx.clocks().filter(|clock| clock.kind == *kind) {
            let misses = clock.missed(ctx.as_of, &ctx.prepared.calendars);
            missed += misses.iter().filter(|due| range.contains(due)).count();
            match clock.outcome(ctx.as_of) {
                Outcome::Met => met += usize::from(range.contains(&clock.due)),
                Outcome::Waived => waived += usize::from(range.contains(&clock.due)),
                _ => {}
            }
        }
        let sum = |of: fn(&heatpack::report::pack::ComplianceRow) -> usize| rows.iter().map(of).sum::<usize>();
        prop_assert_eq!(sum(|row| row.met), met, "{} met", kind);
        prop_assert_eq!(sum(|row| row.waived), waived, "{} waived", kind);
        prop_assert_eq!(sum(|row| row.late + row.overdue), missed, "{} missed", kind);

        // Its lapse has the date of the first due date missed.
        let mut expected: BTreeMap<String, usize> = BTreeMap::new();
        for diagnostic in rules::check(ctx).iter().filter(|found| found.rule == rule(*kind)) {
            if let Some(on) = diagnostic.on.filter(|on| range.contains(on)) {
                *expected.entry(format!("{} {on}", diagnostic.record)).or_default() += 1;
            }
        }
        let mut listed: BTreeMap<String, usize> = BTreeMap::new();
        for row in packs.iter().flat_map(|pack| &pack.lapses).filter(|row| row.rule == rule(*kind)) {
            *listed.entry(format!("{} {}", row.record, row.on)).or_default() += 1;
        }
        prop_assert_eq!(listed, expected, "{}", kind);
    }
    Ok(())
}

fn each_late_clock_has_one_lapse(ctx: &Context) -> Result<(), TestCaseError> {
    let diagnostics = rules::check(ctx);
    for kind in ClockKind::ALL {
        let late = |outcome| matches!(outcome, Outcome::Late | Outcome::Overdue);
        let clocks = ctx.clocks().filter(|clock| clock.kind == *kind && late(clock.outcome(ctx.as_of))).count();
        let lapses = diagnostics.iter().filter(|found| found.rule == rule(*kind)).count();
        prop_assert_eq!(clocks, lapses, "{}", kind);
    }
    Ok(())
}

/// A ticket that is not outstanding has no clock that runs, and no kind of clock runs twice: unless an exception put
/// an event where it does not belong, which takes effect as if it did.
fn never_more_than_one_state(ctx: &Context) -> Result<(), TestCaseError> {
    for line in ctx.tickets() {
        let running: Vec<ClockKind> =
            line.clocks.iter().filter(|clock| clock.runs_at(ctx.as_of)).map(|clock| clock.kind).collect();
        let is_plain = line.steps.iter().all(|step| step.slip.is_none_or(|slip| !slip.takes_effect()));
        if is_plain && !line.is_outstanding_at(ctx.as_of) {
            prop_assert!(running.is_empty(), "{}: {:?}", line.ticket.id.value, running);
        }
        for kind in ClockKind::ALL {
            let times = running.iter().filter(|running| **running == *kind).count();
            prop_assert!(!is_plain || times <= 1, "{}: {} runs {} times", line.ticket.id.value, kind, times);
        }
        let steps: Vec<Minute> = line.steps.iter().map(|step| step.at).collect();
        prop_assert!(steps.is_sorted());
        for pair in line.steps.windows(2) {
            prop_assert_eq!(pair[1].before, Some(pair[0].after));
        }
    }
    // A ticket is known by its number.
    let ids: Vec<TicketId> = ctx.outstanding().iter().map(|line| line.ticket.id.value).collect();
    prop_assert!(ids.iter().all(|id| ctx.prepared.tickets.contains_key(id)));
    Ok(())
}
