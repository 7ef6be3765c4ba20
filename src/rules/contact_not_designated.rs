//! The ticket's `poc` was designated for its `subject`, as primary or backup, on the date on which it was
//! received. It is a lapse, and no error, if the caller was `redirected` to their own POC. The `poc` of an entry
//! `handed-over` must be designated on the date of the entry.
//!
//! **Why.** Users call their designated Point of Contact; only a POC who cannot help calls the MITS Help Desk.
//!
//! **Example.**
//!
//! ```yaml
//! # pocs/jrivera.yaml says `until: 2026-09-30` of scorecard
//! id: HEAT-10423
//! subject: scorecard
//! poc: jrivera
//! received: 2026-11-02 09:14
//! ```
//!
//! **To mend it:** correct `poc` or `subject`, or the designation. Else send the caller to their POC and enter
//! `redirected`; or put an `exception` on the ticket, beside `poc`. A caller who is sent on at once is entered with
//! `heatpack new ticket --redirected --note "Sent to Jordan"`. The `exception` to a handover goes on its entry.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{Help, Level, PersonId, Poc, RuleId, SubjectId, TicketEvent, day_in_words};
use crate::rules::support::allowed;
use crate::workflow::{Context, TicketLine, designations, has_designation, has_unclear_designation, is_active};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let project = ctx.project();
    // Asked once of each POC, not for each ticket.
    let clear = project.pocs.iter().filter(|(_, poc)| !has_unclear_designation(project, poc));
    let clear: BTreeMap<&PersonId, &Poc> = clear.map(|(id, poc)| (id, &*poc.record)).collect();
    for line in ctx.tickets() {
        let ticket = line.ticket;
        handed_over(ctx, sink, &clear, line);
        let (poc, subject, date) = (&ticket.poc.value, &ticket.subject.value, ticket.received.date());
        // Of a POC or subject that is not on record, or is left out, nobody can say it, nor of an unclear designation.
        let Some(own) = clear.get(poc) else { continue };
        if has_designation(own, subject, date) || project.subject(subject).is_none() {
            continue;
        }
        let redirected = line.last_entry(TicketEvent::Redirected, ctx.as_of).map(|(at, _)| at.date());
        let exception =
            ticket.exception.as_ref().filter(|exception| exception.rule.value == RuleId::ContactNotDesignated);
        let message = format!(
            "{poc} was no designated POC for {subject} on {}, when the ticket was received",
            day_in_words(date)
        );
        let help = match (exception, redirected) {
            (Some(exception), _) => allowed(exception).into(),
            (None, Some(on)) => {
                format!("they were sent to their own POC on {}; nothing is to be changed", day_in_words(on)).into()
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

/// The POCs to whom a ticket was handed over.
fn handed_over(ctx: &Context, sink: &mut Sink, clear: &BTreeMap<&PersonId, &Poc>, line: &TicketLine) {
    let (project, ticket) = (ctx.project(), line.ticket);
    let subject = &ticket.subject.value;
    for (at, entry) in line.effective_until(ctx.as_of) {
        let (Some(poc), date) = (&entry.poc, at.date()) else { continue };
        // As above: no one can say it of those who are not on record or are unclear.
        let Some(own) = clear.get(&poc.value).filter(|_| project.subject(subject).is_some()) else { continue };
        if has_designation(own, subject, date) {
            continue;
        }
        let exception =
            entry.exception.as_ref().filter(|exception| exception.rule.value == RuleId::ContactNotDesignated);
        let message = format!(
            "{} was no designated POC for {subject} on {}, when the ticket was handed over to them",
            poc.value,
            day_in_words(date)
        );
        let who = designated(project, subject, date);
        let help = exception.map_or_else(
            || Help::Either {
                file: format!("{who}: correct `poc`, or put an `exception` on the entry"),
                flags: format!("{who}: correct --poc, or use `--force --reason TEXT --allowed-by ID`"),
            },
            |exception| allowed(exception).into(),
        );
        let finding = Finding::at((ticket.file, poc.span), ticket.id.value, message).help(help).on(date);
        sink.add(finding.excepted(exception.is_some()));
    }
}

/// Who was designated then, and what else can be done.
fn help(project: &Project, subject: &SubjectId, date: NaiveDate) -> Help {
    let who = designated(project, subject, date);
    Help::Either {
        file: format!("{who}: correct `poc` or `subject`, or enter `redirected`, or put an `exception` on the ticket"),
        flags: format!(
            "{who}: correct --poc or --subject, or, if you sent the caller to their POC, use --redirected --note TEXT"
        ),
    }
}

/// Who was designated on a date.
fn designated(project: &Project, subject: &SubjectId, date: NaiveDate) -> String {
    let designated: Vec<String> = designations(project, subject, None)
        .into_iter()
        .filter(|(_, own)| is_active(own, date))
        .map(|(poc, _)| format!("`{}`", poc.id.value))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    match designated.as_slice() {
        [] => "no one was".to_owned(),
        names => format!("{} was", names.join(" or ")),
    }
}
