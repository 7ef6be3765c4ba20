//! `cr-incomplete` (error): a CR was submitted with parts missing.
//!
//! A submitted CR has priority, risk, effort, description, justification, impact, security impact, test plan and
//! rollback plan.
//!
//! **Why.** The CFMSCCB decides on the whole request.
//!
//! **Example.**
//!
//! ```yaml
//! submitted without `rollback_plan:`
//! ```
//!
//! **To mend it:** fill in the fields that the message names, and submit it again.

use crate::model::{ChangeEvent, Level};
use crate::record::list;
use crate::workflow::Context;
use super::{Finding, Rule, Sink};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "cr-incomplete",
    level: Some(Level::Error),
    takes_exception: false,
    source: include_str!("cr_incomplete.rs"),
    check,
};

fn check(ctx: &Context, sink: &mut Sink) {
    for line in ctx.changes() {
        let Some(first) = line.steps.iter().find(|step| step.at <= ctx.as_of && line.is(step, ChangeEvent::Submitted)) else {
            continue;
        };
        let Some(entry) = line.entry(first) else { continue };
        let missing = line.cr.lacks();
        if !missing.is_empty() {
            let message = format!("submitted without {}", list(&missing));
            let help = "fill in these fields, and enter `submitted` again";
            let finding = Finding::at((line.cr.file, entry.event.span), &line.cr.id.value, message);
            sink.add(finding.help(help).on(first.at.date()));
        }
    }
}
