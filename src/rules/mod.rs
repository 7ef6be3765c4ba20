//! [`Context`] → diagnostics: one file a rule, named like the rule.
//!
//! To add a rule: its line in `record/rule.rs`, its file, its two lines here, and its folder under `tests/rules/`. It
//! checks the records as of a time, or as they were read ([`Check`]). Rules never use one another; code shared by
//! several rules is in `workflow` or `support`.

mod acknowledgement_missing;
mod action_overdue;
mod answer_names_poc;
mod answer_review_due;
mod answer_ticket_unresolved;
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
mod digest_missing;
mod duplicate_id;
mod duplicate_key;
mod duplicate_ring;
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
mod nothing_to_strike;
mod period_reversed;
mod poc_unreachable;
mod poc_without_designation;
mod possible_personal_data;
mod primary_overlap;
mod quorum_unreachable;
mod record_deleted;
mod relay_late;
mod reply_late;
mod request_changed;
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
use crate::model::{Diagnostic, Level, RuleId, Settings};
use crate::workflow::{Context, Period};

/// A rule: its documentation and its check.
#[derive(Debug)]
pub struct Rule {
    pub id: RuleId,
    /// The source of the rule's file, which begins with its documentation.
    source: &'static str,
    pub check: Check,
}

/// What a rule checks.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Nothing of its own: the reader finds it.
    Reading,
    /// The records as they were read. The result is the same at any time, and is computed once for all packs of a run.
    OfRecords(fn(&Project, &mut Sink)),
    /// The records as of a time.
    AsOf(fn(&Context, &mut Sink)),
    /// The records as of a time, by a present text without a date. Packs of past meetings do not show it.
    OfPresent(fn(&Context, &mut Sink)),
}

impl Check {
    /// Whether the result is the same at any time.
    fn is_of_records(self) -> bool {
        matches!(self, Check::Reading | Check::OfRecords(_))
    }
}

impl Rule {
    /// What `explain` prints, as Markdown: name, level and title, then the documentation at the head of its file.
    pub fn text(&self) -> String {
        let exception = if self.id.takes_exception() { ", takes an exception" } else { "" };
        let head = format!("`{}` ({}{exception}): {}.\n", self.id, Level::word(self.id.level()), self.id.title());
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
        std::iter::once(head.as_str()).chain(lines).collect::<Vec<_>>().join("\n")
    }
}

macro_rules! check {
    (reading, $module:ident) => {
        Check::Reading
    };
    (of_records, $module:ident) => {
        Check::OfRecords($module::check)
    };
    (as_of, $module:ident) => {
        Check::AsOf($module::check)
    };
    (of_present, $module:ident) => {
        Check::OfPresent($module::check)
    };
}

macro_rules! rules {
    ($($rule:ident: $module:ident, $check:ident;)*) => {
        /// Every rule, in the order of [`RuleId::ALL`].
        pub static RULES: &[Rule] = &[$(Rule {
            id: RuleId::$rule,
            source: include_str!(concat!(stringify!($module), ".rs")),
            check: check!($check, $module),
        }),*];
    };
}

rules! {
    Syntax: syntax, reading;
    UnknownField: unknown_field, reading;
    MissingField: missing_field, reading;
    DuplicateKey: duplicate_key, reading;
    InvalidValue: invalid_value, as_of;
    MisplacedFile: misplaced_file, reading;
    DuplicateId: duplicate_id, as_of;
    DuplicateRing: duplicate_ring, as_of;
    UnknownReference: unknown_reference, reading;
    EventOrder: event_order, as_of;
    FutureEvent: future_event, as_of;
    WrongOffice: wrong_office, of_records;
    TransitionForbidden: transition_forbidden, as_of;
    NothingToStrike: nothing_to_strike, as_of;
    MissingDetail: missing_detail, of_records;
    PossiblePersonalData: possible_personal_data, as_of;
    UnusedException: unused_exception, as_of;
    PeriodReversed: period_reversed, of_records;
    PrimaryOverlap: primary_overlap, of_records;
    PocUnreachable: poc_unreachable, of_records;
    SubjectWithoutPoc: subject_without_poc, as_of;
    SubjectWithoutBackup: subject_without_backup, as_of;
    ContactNotDesignated: contact_not_designated, as_of;
    PocWithoutDesignation: poc_without_designation, as_of;
    SubjectNotSupported: subject_not_supported, as_of;
    ReplyLate: reply_late, as_of;
    FollowUpMissed: follow_up_missed, as_of;
    NitcResponseLate: nitc_response_late, as_of;
    AcknowledgementMissing: acknowledgement_missing, as_of;
    RelayLate: relay_late, as_of;
    CrNotRaised: cr_not_raised, as_of;
    ResolvedWithCrPending: resolved_with_cr_pending, as_of;
    FirstLineMissing: first_line_missing, as_of;
    AnswerTicketUnresolved: answer_ticket_unresolved, of_present;
    AnswerNamesPoc: answer_names_poc, of_records;
    AnswerReviewDue: answer_review_due, as_of;
    CrIncomplete: cr_incomplete, as_of;
    CrWithoutTicket: cr_without_ticket, as_of;
    CrTicketNotResearched: cr_ticket_not_researched, as_of;
    DecisionNotByBoard: decision_not_by_board, as_of;
    DecisionByProposer: decision_by_proposer, as_of;
    DecisionUnsigned: decision_unsigned, as_of;
    SignatureInvalid: signature_invalid, as_of;
    RequestChanged: request_changed, of_present;
    DecisionStale: decision_stale, as_of;
    DigestMissing: digest_missing, as_of;
    DecisionOutOfTime: decision_out_of_time, as_of;
    ChairOverlap: chair_overlap, of_records;
    QuorumUnreachable: quorum_unreachable, as_of;
    ForwardedUnapproved: forwarded_unapproved, as_of;
    WorkBeforeApproval: work_before_approval, as_of;
    ForwardCrLate: forward_cr_late, as_of;
    MeetingOffSchedule: meeting_off_schedule, as_of;
    MeetingUnrecorded: meeting_unrecorded, as_of;
    TicketNotReviewed: ticket_not_reviewed, as_of;
    ActionOverdue: action_overdue, as_of;
    NitcReportMalformed: nitc_report_malformed, of_records;
    NitcReportMissing: nitc_report_missing, as_of;
    NitcTicketUnlisted: nitc_ticket_unlisted, as_of;
    NitcTicketUnknown: nitc_ticket_unknown, as_of;
    NitcNumberMismatch: nitc_number_mismatch, as_of;
    NitcStatusMismatch: nitc_status_mismatch, as_of;
    HistoryRewritten: history_rewritten, as_of;
    RecordDeleted: record_deleted, as_of;
    IdentityChanged: identity_changed, as_of;
    RequestChangedAfterForwarding: request_changed_after_forwarding, as_of;
    BoardAndDecisionTogether: board_and_decision_together, as_of;
    BoardChangeUnsigned: board_change_unsigned, as_of;
    EntryBackdated: entry_backdated, as_of;
}

/// The rule of that id.
pub fn rule(id: RuleId) -> &'static Rule {
    &RULES[id as usize]
}

/// Runs every rule that is not off: diagnostics in the order of path, line, column and rule.
pub fn check(ctx: &Context) -> Vec<Diagnostic> {
    sink::in_order(run(ctx, |_| true, None), ctx.project())
}

/// The same for a pack, which counts the errors and lists the lapses of its period; other lapses are skipped.
/// No later edit can change a pack that is not `preliminary`.
pub fn check_for(ctx: &Context, period: Period, preliminary: bool) -> Vec<Diagnostic> {
    let belongs = |one: &Diagnostic| one.level == Level::Error || one.on.is_some_and(|on| period.contains_date(on));
    let mut found = run(ctx, |rule| matches!(rule.check, Check::AsOf(_)), Some(period));
    if preliminary {
        found.extend(run(ctx, |rule| matches!(rule.check, Check::OfPresent(_)), Some(period)));
    }
    found.retain(belongs);
    found.extend(of_records(ctx).iter().filter(|one| belongs(one)).cloned());
    sink::in_order(found, ctx.project())
}

/// Runs the rule about the order of entries only.
pub fn check_order(ctx: &Context) -> Vec<Diagnostic> {
    sink::in_order(run(ctx, |rule| rule.id == RuleId::EventOrder, None), ctx.project())
}

/// The findings of the rules that check the records as they were read, computed once for all packs of a run.
fn of_records<'p>(ctx: &Context<'p>) -> &'p [Diagnostic] {
    let kept = &ctx.prepared.found_in_records;
    kept.get().unwrap_or_else(|| {
        // Computed outside the cell's initializer: a rayon thread that waits for other rules inside it could start
        // another pack and wait for itself.
        let found = run(ctx, |rule| rule.check.is_of_records(), None);
        kept.get_or_init(|| found)
    })
}

/// Runs some rules at the levels of the settings.
fn run(ctx: &Context, which: fn(&Rule) -> bool, only: Option<Period>) -> Vec<Diagnostic> {
    let levels = &ctx.project().settings.rules;
    let run = |rule: &'static Rule| {
        // A level that only the new settings have does not override the level of a finding.
        let is_set = levels.contains_key(&rule.id)
            && ctx.base().is_none_or(|base| base.records.settings.rules.contains_key(&rule.id));
        let Some(level) = level(ctx, rule.id) else { return Vec::new() };
        let mut sink = Sink::new(rule.id, level, is_set, only);
        match rule.check {
            Check::Reading => sink.add_faults(ctx.project()),
            Check::OfRecords(check) => check(ctx.project(), &mut sink),
            Check::AsOf(check) | Check::OfPresent(check) => check(ctx, &mut sink),
        }
        sink.found()
    };
    RULES.par_iter().filter(|rule| which(rule)).flat_map_iter(run).collect()
}

/// The level of a rule in the settings; `None` is off. The base's level applies if it is stricter, so that a pull request
/// cannot turn down the rules that check it.
pub fn level(ctx: &Context, rule: RuleId) -> Option<Level> {
    let own = in_settings(&ctx.project().settings, rule);
    match ctx.base() {
        Some(base) => own.into_iter().chain(in_settings(&base.records.settings, rule)).min(),
        None => own,
    }
}

/// The level of a rule in some settings; `None` is off.
pub fn in_settings(settings: &Settings, rule: RuleId) -> Option<Level> {
    settings.rules.get(&rule).copied().unwrap_or(rule.level())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_at_the_place_of_its_id() {
        assert!(RULES.iter().map(|rule| rule.id).eq(RuleId::ALL.iter().copied()));
    }

    #[test]
    fn every_rule_explains_what_it_checks_why_and_how_to_fix_it() {
        for rule in RULES {
            let text = rule.text();
            let about = text.split("\n\n").nth(1).unwrap_or_default();
            assert!(about.starts_with("Every ") || about.starts_with("NITC must "), "{}: {about}", rule.id);
            assert!(about.contains(" must "), "{}: {about}", rule.id);
            for part in ["**Why.**", "**Example.**", "**How to fix it.**\n\n- "] {
                assert!(text.contains(part), "{} has no {part}", rule.id);
            }
        }
    }
}
