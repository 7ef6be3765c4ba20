//! Every outstanding ticket must have a POC who is designated for its module or initiative today, as primary or backup.
//! The POC is the one who called, or the one to whom the ticket was last `handed-over`. A POC who was not designated when
//! they called is `contact-not-designated`.
//!
//! **Why.** The Help Desk deals with designated Points of Contact only. A person who is none any more may no longer work
//! there, and then no one follows the ticket.
//!
//! **Example.**
//!
//! ```yaml
//! # pocs/jrivera.yaml has `until: 2026-11-20` for scorecard; today is 2026-11-23
//! id: HEAT-10423
//! subject: scorecard
//! poc: jrivera
//! log: []                       # outstanding
//! ```
//!
//! **To mend it:** hand the ticket over to the POC who is designated now: `heatpack log HEAT-10423 handed-over --poc nnew`.
//! If no one is designated, have someone designated first. Leave the ticket's `poc` unchanged.

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
        // The entry that made them its POC, if it was handed over.
        let entries = line.effective_until(ctx.as_of);
        let handed = entries.rev().find_map(|(_, entry)| entry.poc.as_ref()).map(|poc| poc.span);
        let finding = Finding::at((ticket.file, handed.unwrap_or(ticket.poc.span)), ticket.id.value, message);
        sink.add(finding.help(help(project, subject, ticket.id.value, ctx)).on(found.on));
    }
}

/// Who takes it over.
fn help(project: &Project, subject: &SubjectId, id: TicketId, ctx: &Context) -> String {
    match successor(project, subject, ctx.today()) {
        Some((poc, role)) => format!(
            "hand the ticket over to {}, the {role} POC now: `heatpack log {id} handed-over --poc {}`",
            poc.name.0, poc.id.value
        ),
        None => {
            "have someone designated, add the designation to their file in data/pocs/, and then enter `handed-over`"
                .to_owned()
        }
    }
}
