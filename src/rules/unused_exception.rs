//! `unused-exception` (error): an exception that excuses nothing.
//!
//! An `exception` stands where its rule was broken: on the log entry, or on the ticket for what concerns `poc`
//! and `received`. Its rule is one that takes exceptions. Those of rules about changes are judged against a
//! base revision only.
//!
//! **Why.** An exception puts on record that a rule was broken knowingly. One that excuses nothing says
//! something that is not true.
//!
//! **Example.**
//!
//! ```yaml
//! - at: 2026-11-05 10:00
//!   event: follow-up
//!   by: tnguyen
//!   exception:
//!     rule: reply-late          # a lapse is a fact, and is not excused
//!     reason: The phones were down.
//!     allowed_by: tnguyen
//! ```
//!
//! **To mend it:** take the exception out, and say what there is to say in the `note`; or move it to where its
//! rule was broken.

use super::{Finding, Rule, Sink, takers};
use crate::model::{Exception, FileId, Level};
use crate::record::list;
use crate::workflow::{Context, TicketLine, has_unclear_designation, is_designated};

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
    let (project, ticket) = (ctx.project(), line.ticket);
    let (poc, subject) = (&ticket.poc.value, &ticket.subject.value);
    // Of a POC or subject that is not on record, or of an unclear designation, nobody can say it.
    let clear = project.pocs.get(poc).is_some_and(|poc| !has_unclear_designation(project, poc));
    let unsure = !clear || project.subject(subject).is_none();
    unsure || !is_designated(project, poc, subject, ticket.received.date())
}

fn judge(sink: &mut Sink, file: FileId, record: &str, exception: &Exception, used: bool) {
    let name = exception.rule.value.0.as_str();
    if used || super::JUDGED_WITH_BASE.contains(&name) {
        return;
    }
    let (message, help) = match super::find(name) {
        Some(rule) if rule.takes_exception => (
            format!("the exception excuses nothing: `{name}` is not broken here"),
            "take the exception out, or move it to the entry (or, for `contact-not-designated`, to the ticket) that \
             it is meant for"
                .to_owned(),
        ),
        _ => (format!("the rule `{name}` takes no exception"), format!("take it out; {} take one", list(&takers()))),
    };
    sink.add(Finding::at((file, exception.rule.span), record, message).help(help));
}
