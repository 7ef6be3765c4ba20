//! `unused-exception` (error): an exception names a rule that it does not excuse.
//!
//! An `exception` stands where its rule was broken: on the entry, or on the ticket for what concerns `poc` and
//! `received`. Those of rules about changes are judged against a base revision only.
//!
//! **Why.** An exception on record says that a rule was broken; one that excuses nothing says something untrue.
//!
//! **Example.**
//!
//! ```yaml
//! exception: {rule: reply-late, …}
//! ```
//!
//! **To mend it:** take the exception out, or name the rule that the message without it shows in brackets.

use crate::model::{Exception, FileId, Level};
use crate::workflow::{Context, TicketLine, is_designated};
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "unused-exception",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("unused_exception.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.tickets() {
        let record = line.ticket.id.to_string();
        if let Some(exception) = &line.ticket.exception {
            let used = exception.rule.value.0 == "contact-not-designated" && contact_is_at_fault(ctx, line);
            judge(sink, line.ticket.file, &record, exception, used);
        }
        for step in line.steps_until(ctx.as_of) {
            let exception = line.entry(step).and_then(|entry| entry.exception.as_ref());
            if let Some(exception) = exception {
                judge(sink, line.ticket.file, &record, exception, step.slip.is_some_and(|slip| slip.excused));
            }
        }
    }
    for line in ctx.changes() {
        for step in line.steps.iter().filter(|step| step.at <= ctx.as_of) {
            let exception = line.entry(step).and_then(|entry| entry.exception.as_ref());
            if let Some(exception) = exception {
                let used = step.slip.is_some_and(|slip| slip.excused);
                judge(sink, line.cr.file, &line.cr.id.to_string(), exception, used);
            }
        }
    }
}

fn contact_is_at_fault(ctx: &Context, line: &TicketLine) -> bool {
    let (poc, subject) = (&line.ticket.poc.value, &line.ticket.subject.value);
    let known = &ctx.project().known;
    // Of a POC or subject that is not on record nobody can say it.
    let unsure = !ctx.project().pocs.contains_key(poc) || !known.subjects.has(subject);
    unsure || !is_designated(ctx.project(), poc, subject, line.ticket.received.date())
}

fn judge(sink: &mut Sink, file: FileId, record: &str, exception: &Exception, used: bool) {
    let name = exception.rule.value.0.as_str();
    if used || super::JUDGED_WITH_BASE.contains(&name) {
        return;
    }
    let message = match super::find(name) {
        Some(rule) if rule.takes_exception => format!("`{name}` is not broken here"),
        _ => format!("`{name}` takes no exception"),
    };
    let help = "take the exception out, or name the rule that it is meant for";
    sink.add(Finding::at((file, exception.rule.span), record, message).help(help));
}
