//! `contact-not-designated` (error, takes an exception): the caller was not a designated POC.
//!
//! The `poc` was designated for the subject, as primary or backup, on the date the ticket was received. It is a
//! lapse if the caller was redirected to their own POC.
//!
//! **Why.** A POC who cannot help calls the MITS Help Desk; nobody else may.
//!
//! **Example.**
//!
//! ```yaml
//! poc: jrivera, whose designation ended the week before
//! ```
//!
//! **To mend it:** correct `poc` or `subject`; else enter `redirected`, or an `exception` on the ticket.

use chrono::NaiveDate;

use crate::load::Project;
use crate::model::{Level, SubjectId, TicketEvent, day_in_words};
use crate::workflow::{Context, designations, is_active, is_designated};
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "contact-not-designated",
    level: Some(Level::Error),
    takes_exception: true,
    source: include_str!("contact_not_designated.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    let project = ctx.project();
    for line in ctx.tickets() {
        let ticket = line.ticket;
        let (poc, subject, date) = (&ticket.poc.value, &ticket.subject.value, ticket.received.date());
        // Of a POC or subject that is not on record, or is left out, nobody can say it.
        let known = project.pocs.contains_key(poc) && project.subject(subject).is_some();
        if !known || is_designated(project, poc, subject, date) {
            continue;
        }
        let redirected = line.last_entry(TicketEvent::Redirected, ctx.as_of).map(|(at, _)| at.date());
        let exception = ticket.exception.as_ref().filter(|exception| exception.rule.value.0 == RULE.name);
        let message = format!("{poc} was not a designated POC for {subject} on {}", day_in_words(date));
        let finding = Finding::at((ticket.file, ticket.poc.span), ticket.id.value, message)
            .help(help(project, subject, date))
            .excepted(exception.is_some());
        sink.add(match redirected {
            Some(on) => finding.level(Level::Lapse).on(on),
            None => finding.on(date),
        });
    }
}

/// Who was designated then, and what else can be done.
fn help(project: &Project, subject: &SubjectId, date: NaiveDate) -> String {
    let designated: Vec<String> = designations(project, subject, None)
        .into_iter()
        .filter(|(_, own)| is_active(own, date))
        .map(|(poc, _)| format!("`{}`", poc.id.value))
        .collect();
    let who = match designated.as_slice() {
        [] => "nobody was".to_owned(),
        names => format!("{} was", names.join(" or ")),
    };
    format!("{who}; correct `poc` or `subject`, or enter `redirected`, or put an `exception` on the ticket")
}
