//! Outstanding tickets whose POC is no longer designated, and who takes them over.

use chrono::NaiveDate;

use crate::model::{PersonId, Role, TicketId};
use crate::report::words::day;
use crate::workflow::{Context, TicketLine, successor, undesignated};

/// A ticket that another POC should take over.
pub struct Handover {
    ticket: TicketId,
    /// The name of the POC who has it.
    poc: String,
    /// The name of the module or initiative.
    subject: String,
    since: NaiveDate,
    /// Who is designated now; `None` if no one is.
    successor: Option<(PersonId, String, Role)>,
}

/// The POC who should take over a ticket; `None` if its POC is designated.
pub fn handover(ctx: &Context, line: &TicketLine) -> Option<Handover> {
    let (project, subject) = (ctx.project(), &line.ticket.subject.value);
    Some(Handover {
        since: undesignated(project, line, ctx.as_of)?.since,
        ticket: line.ticket.id.value,
        poc: project.person_name(line.poc_at(ctx.as_of)),
        subject: project.subject_name(subject),
        successor: successor(project, subject, ctx.today())
            .map(|(poc, role)| (poc.id.value.clone(), poc.name.0.clone(), role)),
    })
}

impl Handover {
    /// For a list of what needs attention.
    pub fn what(&self) -> String {
        let next = match &self.successor {
            Some((_, name, role)) => format!("hand over to {name}, the {role} POC"),
            None => "designate a POC".to_owned(),
        };
        format!("{} has not been a POC for {} since {}: {next}", self.poc, self.subject, day(self.since))
    }

    /// For the POC who has it.
    pub fn asked(&self, help_desk: &str) -> String {
        match &self.successor {
            Some((_, name, role)) => format!(
                "You are no longer a POC for {}. Tell the {help_desk} whether {name}, the {role} POC, should take over this ticket.",
                self.subject
            ),
            None => format!(
                "You are no longer a POC for {}, and no one else is. Tell the {help_desk} who should follow this ticket.",
                self.subject
            ),
        }
    }

    /// For Help Desk staff on the command line.
    pub fn to_do(&self) -> String {
        let command =
            self.successor.as_ref().map(|(id, ..)| format!(" (`heatpack log {} handed-over --poc {id}`)", self.ticket));
        format!("{}: {}{}", self.ticket, self.what(), command.unwrap_or_default())
    }
}
