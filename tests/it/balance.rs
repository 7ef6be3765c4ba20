//! Random logs, forbidden events and all, read from files: the figures of all packs in a row add up.

use std::collections::BTreeMap;

use crate::support::random::{drawn, drawn_with_strikes, project};
use heatpack::load::load;
use heatpack::model::{Attention, ClockKind, Diagnostic, Level, MeetingKind, Minute, RuleId, TicketId};
use heatpack::report::{self, pack::Pack};
use heatpack::rules;
use heatpack::workflow::{Context, Outcome, Prepared, TicketStep};
use proptest::prelude::*;

/// The rule that reports a kind of clock.
fn rule(kind: ClockKind) -> RuleId {
    match kind {
        ClockKind::Reply => RuleId::ReplyLate,
        ClockKind::FollowUp => RuleId::FollowUpMissed,
        ClockKind::NitcResponse => RuleId::NitcResponseLate,
        ClockKind::Relay => RuleId::RelayLate,
        ClockKind::RaiseCr => RuleId::CrNotRaised,
        ClockKind::ForwardCr => RuleId::ForwardCrLate,
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
    for row in &pack.history {
        prop_assert_eq!(
            row.opening + row.received + row.reopened,
            row.outstanding + row.closed + row.voided + row.redirected,
            "{:?}",
            row
        );
    }
    for pair in pack.history.windows(2) {
        prop_assert_eq!(pair[0].outstanding, pair[1].opening);
    }
    let last = pack.history.last();
    prop_assert_eq!(
        last.map(|row| (
            row.opening,
            row.received,
            row.reopened,
            row.closed,
            row.voided,
            row.redirected,
            row.outstanding
        )),
        Some((
            balance.opening,
            balance.received,
            balance.reopened,
            balance.closed,
            balance.voided,
            balance.redirected,
            balance.closing
        ))
    );
    let is_open: Vec<bool> = pack.history.iter().map(|row| row.progress.is_some()).collect();
    let open_last = is_open.len().checked_sub(1).is_some_and(|last| is_open[last]);
    prop_assert!(is_open.iter().rev().skip(1).all(|open| !open) && open_last == pack.preliminary);
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

/// A pack has the errors of its time, and the lapses of its period: no more and no less than `check` finds.
fn says_what_check_finds(run: &Context, pack: &Pack) -> Result<(), TestCaseError> {
    let found = rules::check(&run.at(pack.as_of));
    let is_error = |one: &&Diagnostic| one.level == Level::Error;
    prop_assert_eq!(pack.head.errors, found.iter().filter(is_error).count());
    let period = pack.period.after.date()..pack.meeting.date();
    let lapses = found.iter().filter(|one| one.level == Level::Lapse);
    let mut expected: Vec<_> = lapses
        .filter(|one| one.on.is_some_and(|on| period.contains(&on)))
        .map(|one| (one.rule, &one.record, one.on, one.one_line()))
        .collect();
    let mut listed: Vec<_> =
        pack.lapses.iter().map(|row| (row.rule, &row.record, Some(row.on), row.message.clone())).collect();
    expected.sort();
    listed.sort();
    prop_assert_eq!(listed, expected);
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
        let files = project(&drawn, None);
        let project = load(&files.root()).expect("the records");
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
                says_what_check_finds(&ctx, pack)?;
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

    /// Entries that are struck later count in the packs before, and in none after: the sums hold all the same.
    #[test]
    fn the_figures_add_up_whatever_is_struck(drawn in drawn_with_strikes()) {
        let files = project(&drawn, None);
        let project = load(&files.root()).expect("the records");
        prop_assert!(project.left_out.is_empty(), "{:?}", project.faults);
        let prepared = Prepared::new(&project);
        let ctx = Context::new(&prepared, Minute::parse("2027-03-01 09:00").expect("a time"), true);
        for kind in [MeetingKind::Weekly, MeetingKind::Monthly] {
            let packs = packs(&ctx, kind);
            for pack in &packs {
                adds_up(pack)?;
                says_what_check_finds(&ctx, pack)?;
            }
            for pair in packs.windows(2) {
                prop_assert_eq!(pair[0].balance.closing, pair[1].balance.opening);
            }
        }
        each_late_clock_has_one_lapse(&ctx)?;
        never_more_than_one_state(&ctx)?;
    }

    #[test]
    fn packs_say_what_check_finds_at_the_levels_of_the_settings(drawn in drawn()) {
        let files = project(&drawn, None);
        files.write("data/heatpack.yaml", LEVELS);
        files.write("data/staff.yaml", STAFF);
        files.write("data/nitc/2026-11-02.csv", REPORT);
        let project = load(&files.root()).expect("the records");
        let prepared = Prepared::new(&project);
        let ctx = Context::new(&prepared, Minute::parse("2027-03-01 09:00").expect("a time"), true);
        for kind in [MeetingKind::Weekly, MeetingKind::Monthly] {
            for pack in packs(&ctx, kind) {
                says_what_check_finds(&ctx, &pack)?;
            }
        }
    }
}

/// Lapses that are errors, errors that are lapses, and a rule that is off.
const LEVELS: &str = "starts: 2026-10-05\nrules:\n  reply-late: error\n  acknowledgement-missing: error\n  \
                      nitc-ticket-unlisted: error\n  wrong-office: lapse\n  missing-detail: lapse\n  \
                      transition-forbidden: lapse\n  follow-up-missed: off\n";

/// The staff of NITC stand in for those of the Help Desk in the random logs.
const STAFF: &str = "- {id: dora, name: Dora Desk, office: nitc}\n- {id: nils, name: Nils Third, office: nitc}\n\
                     - {id: ada, name: Ada Sponsor, office: acfo-fs}\n";

/// Two of its rows are of tickets that may not be, or not at NITC.
const REPORT: &str = "report_date,nitc_number,heat_number,received,status,assigned_to,last_update,summary,expected_date,\
                      cr_number\n\
                      11/02/2026,N-1,HEAT-1,10/08/2026,Researching,,,Words,,\n\
                      11/02/2026,N-77,HEAT-77,10/08/2026,Researching,,,Words,,\n";

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
            line.clocks_at(ctx.as_of).iter().filter(|clock| clock.runs_at(ctx.as_of)).map(|clock| clock.kind).collect();
        let steps: Vec<&TicketStep> = line.steps_until(ctx.as_of).collect();
        let is_plain = steps.iter().all(|step| step.slip.is_none_or(|slip| !slip.takes_effect()));
        if is_plain && !line.is_outstanding_at(ctx.as_of) {
            prop_assert!(running.is_empty(), "{}: {:?}", line.ticket.id.value, running);
        }
        for kind in ClockKind::ALL {
            let times = running.iter().filter(|running| **running == *kind).count();
            prop_assert!(!is_plain || times <= 1, "{}: {} runs {} times", line.ticket.id.value, kind, times);
        }
        prop_assert!(steps.iter().is_sorted_by_key(|step| step.at));
        for pair in steps.windows(2) {
            prop_assert_eq!(pair[1].before, Some(pair[0].after));
        }
    }
    // A ticket is known by its number.
    let ids: Vec<TicketId> = ctx.outstanding().iter().map(|line| line.ticket.id.value).collect();
    prop_assert!(ids.iter().all(|id| ctx.prepared.tickets.contains_key(id)));
    Ok(())
}
