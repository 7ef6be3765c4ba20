//! Every outstanding ticket must have a POC who is designated for its module or initiative today, as primary or backup.
//! The POC is the caller, or the person of the last `handed-over`. A POC who was not designated when they called is
//! `contact-not-designated`.
//!
//! **Why.** The Help Desk works with designated Points of Contact only. A former POC may have left the office, and then
//! no one follows the ticket.
//!
//! **Example.**
//!
//! ```yaml
//! # data/pocs/jrivera.yaml has `until: 2026-11-20` for scorecard; today is 2026-11-23
//! id: HEAT-10423
//! subject: scorecard
//! poc: jrivera                  # no longer designated
//! log: []                       # outstanding
//! ```
//!
//! **How to fix it.**
//!
//! - Someone else is designated: run `heatpack log HEAT-10423 handed-over --poc nnew`. Leave the ticket's `poc`
//!   unchanged.
//! - No one is designated: ask for a designation first, and add it to the person's file in data/pocs/.

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{SubjectId, TicketId, day_in_words};
use crate::workflow::{Context, successor, undesignated};

pub(super) fn check(ctx: &Context, sink: &mut Sink) {
    let project = ctx.project();
    for line in ctx.outstanding() {
        let (ticket, poc) = (line.ticket, line.poc_at(ctx.as_of));
        let Some(found) = undesignated(project, line, ctx.as_of).filter(|found| !sink.skips(found.on)) else {
            continue;
        };
        let subject = &ticket.subject.value;
        let message = format!(
            "{poc}, the POC of {}, has had no designation for {subject} since {}",
            ticket.id.value,
            day_in_words(found.since)
        );
        // The entry of the last handover, if there was one.
        let entries = line.effective_until(ctx.as_of);
        let handed = entries.rev().find_map(|(_, entry)| entry.poc.as_ref()).map(|poc| poc.span);
        let finding = Finding::at((ticket.file, handed.unwrap_or(ticket.poc.span)), ticket.id.value, message);
        sink.add(finding.help(help(project, subject, ticket.id.value, ctx)).on(found.on));
    }
}

/// The help: the POC who is designated now, if there is one.
fn help(project: &Project, subject: &SubjectId, id: TicketId, ctx: &Context) -> String {
    match successor(project, subject, ctx.today()) {
        Some((poc, role)) => format!(
            "hand the ticket over to {}, the {role} POC now: `heatpack log {id} handed-over --poc {}`",
            poc.name.0, poc.id.value
        ),
        None => "ask for a designation, add it to the person's file in data/pocs/, then enter `handed-over`".to_owned(),
    }
}
