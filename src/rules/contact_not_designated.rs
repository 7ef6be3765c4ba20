//! Every ticket's `poc` must be a designated POC for its `subject`, primary or backup, on the date received. The `poc`
//! of a `handed-over` entry must be designated on the date of the entry. If the caller was `redirected` to their own
//! POC, the finding is a lapse, not an error.
//!
//! **Why.** Users call their designated Point of Contact. Only a POC who cannot help calls the MITS Help Desk.
//!
//! **Example.**
//!
//! ```yaml
//! # data/pocs/jrivera.yaml has `until: 2026-09-30` for scorecard
//! id: HEAT-10423
//! subject: scorecard
//! poc: jrivera                  # no longer designated
//! received: 2026-11-02 09:14
//! ```
//!
//! **How to fix it.**
//!
//! - A value is wrong: correct `poc`, `subject` or the designation.
//! - The caller is not a POC: send the caller to their POC, then run `heatpack log HEAT-10423 redirected --note "Sent
//!   to Jordan"`. At intake, run `heatpack new ticket --redirected --note "Sent to Jordan"`.
//! - You accepted the inquiry deliberately: add an `exception` to the ticket, beside `poc`. For a handover, add it to
//!   the entry.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{Exception, Help, Level, PersonId, Poc, RuleId, SubjectId, TicketEvent, day_in_words};
use crate::rules::support::allowed;
use crate::workflow::{Context, TicketLine, designations, has_designation, has_unclear_designation, is_active};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let project = ctx.project();
    // Once for each POC, not for each ticket.
    let clear = project.pocs.iter().filter(|(_, poc)| !has_unclear_designation(project, poc));
    let clear: BTreeMap<&PersonId, &Poc> = clear.map(|(id, poc)| (id, &*poc.record)).collect();
    for line in ctx.tickets() {
        let ticket = line.ticket;
        handed_over(ctx, sink, &clear, line);
        let (poc, subject, date) = (&ticket.poc.value, &ticket.subject.value, ticket.received.date());
        // Unknown POCs and subjects, files with errors and unclear designations are reported by other rules.
        let Some(own) = clear.get(poc) else { continue };
        if has_designation(own, subject, date) || project.subject(subject).is_none() {
            continue;
        }
        let redirected = line.last_entry(TicketEvent::Redirected, ctx.as_of).map(|(at, _)| at.date());
        let exception = Exception::to(&ticket.exception, RuleId::ContactNotDesignated);
        let message =
            format!("{poc} was not a designated POC for {subject} on {}, the date received", day_in_words(date));
        let help = match (exception, redirected) {
            (Some(exception), _) => allowed(exception).into(),
            (None, Some(on)) => {
                format!("no action needed; the caller was sent to their own POC on {}", day_in_words(on)).into()
            }
            (None, None) => help(project, subject, date),
        };
        let finding = Finding::at((ticket.file, ticket.poc.span), ticket.id.value, message)
            .help(help)
            .excepted(exception.is_some());
        sink.add(match redirected {
            Some(on) => finding.level(Level::Lapse).on(on),
            None => finding.on(date),
        });
    }
}

/// Checks the POCs to whom a ticket was handed over.
fn handed_over(ctx: &Context, sink: &mut Sink, clear: &BTreeMap<&PersonId, &Poc>, line: &TicketLine) {
    let (project, ticket) = (ctx.project(), line.ticket);
    let subject = &ticket.subject.value;
    for (at, entry) in line.effective_until(ctx.as_of) {
        let (Some(poc), date) = (&entry.poc, at.date()) else { continue };
        // As above.
        let Some(own) = clear.get(&poc.value).filter(|_| project.subject(subject).is_some()) else { continue };
        if has_designation(own, subject, date) {
            continue;
        }
        let exception = Exception::to(&entry.exception, RuleId::ContactNotDesignated);
        let message = format!(
            "{} was not a designated POC for {subject} on {}, the date of the handover",
            poc.value,
            day_in_words(date)
        );
        let who = designated(project, subject, date);
        let help = exception.map_or_else(
            || Help::Either {
                file: format!("correct `poc` ({who}), or add an `exception` to the entry"),
                flags: format!("correct --poc ({who}), or add `--force --reason TEXT --allowed-by ID`"),
            },
            |exception| allowed(exception).into(),
        );
        let finding = Finding::at((ticket.file, poc.span), ticket.id.value, message).help(help).on(date);
        sink.add(finding.excepted(exception.is_some()));
    }
}

/// The help for a caller who was not designated.
fn help(project: &Project, subject: &SubjectId, date: NaiveDate) -> Help {
    let who = designated(project, subject, date);
    Help::Either {
        file: format!("correct `poc` or `subject` ({who}), enter `redirected`, or add an `exception` to the ticket"),
        flags: format!(
            "correct --poc or --subject ({who}), or use --redirected --note TEXT if you sent the caller to their POC"
        ),
    }
}

/// The POCs who were designated on a date.
fn designated(project: &Project, subject: &SubjectId, date: NaiveDate) -> String {
    let designated: Vec<String> = designations(project, subject, None)
        .into_iter()
        .filter(|(_, own)| is_active(own, date))
        .map(|(poc, _)| format!("`{}`", poc.id.value))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    match designated.as_slice() {
        [] => "no one was designated".to_owned(),
        names => format!("designated: {}", names.join(", ")),
    }
}
