//! Every `exception` must be where its rule is broken: on the log entry, or on the ticket for `poc` and `received`. Its
//! rule must be one that allows exceptions. Rules about edits are checked with `check --base` only.
//!
//! **Why.** An exception records that a rule was broken deliberately. One that excuses nothing records something
//! untrue.
//!
//! **Example.**
//!
//! ```yaml
//! - at: 2026-11-05 10:00
//!   event: follow-up
//!   by: tnguyen
//!   exception:
//!     rule: reply-late          # a lapse is a fact and allows no exception
//!     reason: The phones were down.
//!     allowed_by: tnguyen
//! ```
//!
//! **How to fix it.**
//!
//! - Delete the exception, and explain in the `note`.
//! - The exception is in the wrong place: move it to the entry or ticket that breaks the rule.

use chrono::NaiveDate;

use super::{Finding, Sink};
use crate::load::Base;
use crate::model::{Entry, EventKind, Exception, FileId, PersonId, RuleId};
use crate::record::list;
use crate::rules::support::excuses_personal_data;
use crate::workflow::{
    ChangeCause, Context, LogDiff, TicketCause, TicketLine, Violation, has_unclear_designation, identity_differences,
    is_designated, ticket_diffs,
};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.tickets().filter(|line| line.is_irregular) {
        let record = line.ticket.id.to_string();
        if let Some(exception) = &line.ticket.exception {
            let used = match exception.rule.value {
                RuleId::PossiblePersonalData => excuses_personal_data(ctx.project(), line.ticket.file, exception),
                RuleId::IdentityChanged => !is_judged_of_ticket(ctx, line) || identity_is_altered(ctx, line),
                RuleId::ContactNotDesignated => {
                    is_at_fault(ctx, line, &line.ticket.poc.value, line.ticket.received.date())
                }
                _ => false,
            };
            judge(sink, line.ticket.file, &record, exception, used);
        }
        let rewritten = rewritten(ctx, line.ticket.file, &line.ticket.log, |base| {
            base.records.tickets.get(&line.ticket.id.value).map(|was| was.log.as_slice())
        });
        for step in line.steps_until(ctx.as_of) {
            let exception = line.entry(step).and_then(|entry| entry.exception.as_ref());
            if let (Some(exception), TicketCause::Entry(at)) = (exception, &step.cause) {
                let handed = line.entry(step).and_then(|entry| entry.poc.as_ref());
                let used = match handed.filter(|_| exception.rule.value == RuleId::ContactNotDesignated) {
                    Some(poc) => is_at_fault(ctx, line, &poc.value, step.at.date()),
                    // An entry may be struck that made it necessary.
                    None => line
                        .slips(*at)
                        .map(Some)
                        .chain([None])
                        .any(|slip| is_used(ctx, line.ticket.file, exception, slip, rewritten.as_ref(), *at)),
                };
                judge(sink, line.ticket.file, &record, exception, used);
            }
        }
    }
    for line in ctx.changes() {
        let rewritten = rewritten(ctx, line.cr.file, &line.cr.log, |base| {
            base.records.changes.get(&line.cr.id.value).map(|was| was.log.as_slice())
        });
        for step in line.steps.iter().filter(|step| step.at <= ctx.as_of) {
            let exception = line.entry(step).and_then(|entry| entry.exception.as_ref());
            if let (Some(exception), ChangeCause::Entry(at)) = (exception, step.cause) {
                let used = is_used(ctx, line.cr.file, exception, step.slip, rewritten.as_ref(), at);
                judge(sink, line.cr.file, &line.cr.id.to_string(), exception, used);
            }
        }
    }
}

/// Whether an entry's exception excuses something. Exceptions in the base were checked when they were new.
fn is_used(
    ctx: &Context,
    file: FileId,
    exception: &Exception,
    slip: Option<Violation>,
    rewritten: Option<&Rewritten>,
    at: usize,
) -> bool {
    if exception.rule.value == RuleId::PossiblePersonalData {
        return excuses_personal_data(ctx.project(), file, exception);
    }
    if exception.rule.value == RuleId::HistoryRewritten {
        return rewritten.is_none_or(|log| log.excused_before.contains(&at) || log.change.is_rewritten(at));
    }
    slip.is_some_and(|slip| slip.excused)
}

/// What a pull request does to a log.
struct Rewritten {
    change: LogDiff,
    /// Entries that had their exception in the base.
    excused_before: Vec<usize>,
}

/// What the pull request does to a log; `None` if it does not touch the file.
fn rewritten<E: EventKind>(
    ctx: &Context,
    file: FileId,
    log: &[Entry<E>],
    of_base: impl Fn(&'_ Base) -> Option<&'_ [Entry<E>]>,
) -> Option<Rewritten> {
    let has_any =
        log.iter().filter_map(|entry| entry.exception.as_ref()).any(|own| own.rule.value == RuleId::HistoryRewritten);
    let base = ctx.base().filter(|base| has_any && base.touches(ctx.project(), file))?;
    let was = of_base(base).unwrap_or_default();
    let change = LogDiff::new(was, log);
    let had = |(before, _): &&(usize, usize)| was[*before].exception.is_some();
    let excused_before = change.kept.iter().filter(had).map(|(_, now)| *now).collect();
    Some(Rewritten { change, excused_before })
}

/// Whether the pull request added the exception to the ticket.
fn is_judged_of_ticket(ctx: &Context, line: &TicketLine) -> bool {
    let Some(base) = ctx.base().filter(|base| base.touches(ctx.project(), line.ticket.file)) else { return false };
    let before = base.records.tickets.get(&line.ticket.id.value).and_then(|was| was.exception.as_ref());
    before.is_none_or(|before| before.rule.value != RuleId::IdentityChanged)
}

fn identity_is_altered(ctx: &Context, line: &TicketLine) -> bool {
    let Some(base) = ctx.base() else { return false };
    let diffs = ticket_diffs(base, ctx.project());
    let own = diffs.iter().find(|diff| diff.successor().is_some_and(|now| now.file == line.ticket.file));
    own.is_some_and(|diff| diff.successor().is_some_and(|now| !identity_differences(diff.was, now).is_empty()))
}

/// Whether a person was not a designated POC for a ticket on a date.
fn is_at_fault(ctx: &Context, line: &TicketLine, poc: &PersonId, date: NaiveDate) -> bool {
    let (project, subject) = (ctx.project(), &line.ticket.subject.value);
    // Unknown POCs and subjects, and unclear designations, are reported by other rules.
    let clear = project.pocs.get(poc).is_some_and(|poc| !has_unclear_designation(project, poc));
    let unsure = !clear || project.subject(subject).is_none();
    unsure || !is_designated(project, poc, subject, date)
}

fn judge(sink: &mut Sink, file: FileId, record: &str, exception: &Exception, used: bool) {
    let rule = exception.rule.value;
    if used {
        return;
    }
    let (message, help) = if rule.takes_exception() {
        let help = "delete the exception, or move it to the entry or ticket that breaks the rule";
        (format!("the exception excuses nothing: `{rule}` is not broken here"), help.to_owned())
    } else {
        let takers = RuleId::ALL.iter().filter(|rule| rule.takes_exception()).map(|rule| rule.name());
        let help = format!("delete it; exceptions are for {}", list(&takers.collect::<Vec<_>>()));
        (format!("the rule `{rule}` allows no exception"), help)
    };
    sink.add(Finding::at((file, exception.rule.span), record, message).help(help));
}
