//! FLOOR 3: [`Context`] → diagnostics: one file a rule, named like the rule.
//!
//! To add one: its file, its folder under `tests/rules/`, and its two lines here. It judges the records as of a time, or as
//! they were read ([`Check`]). Rules never use one another;
//! what several of them need is `workflow`'s, or in `support`.

mod acknowledgement_missing;
mod action_overdue;
mod board_and_decision_together;
mod board_change_unsigned;
mod chair_overlap;
mod contact_not_designated;
mod cr_incomplete;
mod cr_not_raised;
mod cr_ticket_not_researched;
mod cr_without_ticket;
mod decision_by_proposer;
mod decision_not_by_board;
mod decision_out_of_time;
mod decision_stale;
mod decision_unsigned;
mod duplicate_id;
mod duplicate_key;
mod entry_backdated;
mod event_order;
mod first_line_missing;
mod follow_up_missed;
mod forward_cr_late;
mod forwarded_unapproved;
mod future_event;
mod history_rewritten;
mod identity_changed;
mod invalid_value;
mod meeting_off_schedule;
mod meeting_unrecorded;
mod misplaced_file;
mod missing_detail;
mod missing_field;
mod nitc_number_mismatch;
mod nitc_report_malformed;
mod nitc_report_missing;
mod nitc_response_late;
mod nitc_status_mismatch;
mod nitc_ticket_unknown;
mod nitc_ticket_unlisted;
mod period_reversed;
mod poc_unreachable;
mod possible_personal_data;
mod primary_overlap;
mod quorum_unreachable;
mod record_deleted;
mod relay_late;
mod reply_late;
mod request_changed_after_forwarding;
mod resolved_with_cr_pending;
mod signature_invalid;
mod sink;
mod subject_not_supported;
mod subject_without_backup;
mod subject_without_poc;
mod support;
mod syntax;
mod ticket_not_reviewed;
mod transition_forbidden;
mod unknown_field;
mod unknown_reference;
mod unused_exception;
mod work_before_approval;
mod wrong_office;

pub use sink::{Finding, Sink};

use rayon::prelude::*;

use crate::load::Project;
use crate::model::{Diagnostic, Level, Settings};
use crate::workflow::{Context, Period};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case; says the fault.
    pub name: &'static str,
    /// Its level unless the settings say otherwise; none is off.
    pub level: Option<Level>,
    /// An `exception` turns its error into a lapse.
    pub takes_exception: bool,
    /// The source of the rule's file, which opens with its documentation.
    pub source: &'static str,
    pub check: Check,
}

/// What a rule judges.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// The records as they were read: what it finds is the same at any time, and is found once for all packs of a run.
    OfRecords(fn(&Project, &mut Sink)),
    /// The records as of a time.
    AsOf(fn(&Context, &mut Sink)),
}

impl Rule {
    /// What the rule says, in a line: the first of its documentation after the name.
    pub fn title(&self) -> &'static str {
        let first = self.source.lines().next().unwrap_or("");
        first.split_once(": ").map_or(first, |(_, title)| title).trim_end_matches('.')
    }

    /// What `explain` prints: the documentation at the head of its file, as Markdown.
    pub fn text(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }
}

macro_rules! rules {
    ([$($module:ident,)*], against a base: [$($judging:ident,)*]) => {
        /// Every rule, in the order of `rules.md`.
        pub static RULES: &[&Rule] = &[$(&$module::RULE,)* $(&$judging::RULE,)*];

        /// Those that judge a change against a base revision (`rules.md`, last table), and nothing without one.
        pub static AGAINST_A_BASE: &[&Rule] = &[$(&$judging::RULE),*];

        /// The names that the settings and exceptions may use.
        pub static NAMES: &[&str] = &[$($module::RULE.name,)* $($judging::RULE.name,)*];
    };
}

rules! { [
    syntax,
    unknown_field,
    missing_field,
    duplicate_key,
    invalid_value,
    misplaced_file,
    duplicate_id,
    unknown_reference,
    event_order,
    future_event,
    wrong_office,
    transition_forbidden,
    missing_detail,
    possible_personal_data,
    unused_exception,
    period_reversed,
    primary_overlap,
    poc_unreachable,
    subject_without_poc,
    subject_without_backup,
    contact_not_designated,
    subject_not_supported,
    reply_late,
    follow_up_missed,
    nitc_response_late,
    acknowledgement_missing,
    relay_late,
    cr_not_raised,
    resolved_with_cr_pending,
    first_line_missing,
    cr_incomplete,
    cr_without_ticket,
    cr_ticket_not_researched,
    decision_not_by_board,
    decision_by_proposer,
    decision_unsigned,
    signature_invalid,
    decision_stale,
    decision_out_of_time,
    chair_overlap,
    quorum_unreachable,
    forwarded_unapproved,
    work_before_approval,
    forward_cr_late,
    meeting_off_schedule,
    meeting_unrecorded,
    ticket_not_reviewed,
    action_overdue,
    nitc_report_malformed,
    nitc_report_missing,
    nitc_ticket_unlisted,
    nitc_ticket_unknown,
    nitc_number_mismatch,
    nitc_status_mismatch,
], against a base: [
    history_rewritten,
    record_deleted,
    identity_changed,
    request_changed_after_forwarding,
    board_and_decision_together,
    board_change_unsigned,
    entry_backdated,
] }

/// The name of the rule about the order of entries.
pub const EVENT_ORDER: &str = event_order::RULE.name;

/// The name of the rule about what cannot be read in NITC's report.
pub const NITC_REPORT_MALFORMED: &str = nitc_report_malformed::RULE.name;

/// Runs every rule that is not off: diagnostics in the order of path, line, column and rule.
pub fn check(ctx: &Context) -> Vec<Diagnostic> {
    sink::in_order(run(ctx, |_| true, None), ctx.project())
}

/// The same for a pack, which counts the errors and lists the lapses of its period: lapses of other dates are left out.
pub fn check_for(ctx: &Context, period: Period) -> Vec<Diagnostic> {
    let is_asked = |one: &Diagnostic| one.level == Level::Error || one.on.is_some_and(|on| period.contains_date(on));
    let mut found = run(ctx, |rule| matches!(rule.check, Check::AsOf(_)), Some(period));
    found.retain(is_asked);
    found.extend(of_records(ctx).iter().filter(|one| is_asked(one)).cloned());
    sink::in_order(found, ctx.project())
}

/// What the rule about the order of entries finds.
pub fn check_order(ctx: &Context) -> Vec<Diagnostic> {
    sink::in_order(run(ctx, |rule| rule.name == EVENT_ORDER, None), ctx.project())
}

/// What the rules find that judge the records as they were read: found once, for all packs of a run.
fn of_records<'p>(ctx: &Context<'p>) -> &'p [Diagnostic] {
    let kept = &ctx.prepared.found_in_records;
    kept.get().unwrap_or_else(|| {
        // Found before the cell is asked to keep it: a thread of rayon's that waited for other rules within it could
        // take up another pack, and then wait for itself.
        let found = run(ctx, |rule| matches!(rule.check, Check::OfRecords(_)), None);
        kept.get_or_init(|| found)
    })
}

/// What these rules find, at the levels that the settings give them.
fn run(ctx: &Context, which: fn(&Rule) -> bool, only: Option<Period>) -> Vec<Diagnostic> {
    let levels = &ctx.project().settings.rules;
    let run = |rule: &'static Rule| {
        // What a change sets by itself gives no finding another level than the rule does.
        let is_set = levels.contains_key(rule.name)
            && ctx.base().is_none_or(|base| base.records.settings.rules.contains_key(rule.name));
        Sink::run(rule, level(ctx, rule), is_set, ctx, only)
    };
    RULES.par_iter().copied().filter(|rule| which(rule)).flat_map_iter(run).collect()
}

/// The names of the rules that take an exception.
pub fn takers() -> Vec<&'static str> {
    RULES.iter().filter(|rule| rule.takes_exception).map(|rule| rule.name).collect()
}

/// Every name that the settings and exceptions may use, and what it says, in a line.
pub fn abouts() -> Vec<(&'static str, &'static str)> {
    RULES.iter().map(|rule| (rule.name, rule.title())).collect()
}

/// The rule of that name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// The level that the settings give a rule; none is off. A change cannot turn down the rules that judge it: where
/// there is a base its level holds if it is the stricter one.
pub fn level(ctx: &Context, rule: &Rule) -> Option<Level> {
    let own = in_settings(&ctx.project().settings, rule);
    match ctx.base() {
        Some(base) => own.into_iter().chain(in_settings(&base.records.settings, rule)).min(),
        None => own,
    }
}

/// The level that settings give a rule; none is off.
pub fn in_settings(settings: &Settings, rule: &Rule) -> Option<Level> {
    settings.rules.get(rule.name).copied().unwrap_or(rule.level)
}
