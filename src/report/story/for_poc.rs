//! What a POC is told of a ticket: where it stands, what comes next, and what is asked of them.

use chrono::NaiveDate;

use super::handover::handover;
use crate::model::{ClockKind, CrState, Holder, TicketState};
use crate::report::words::{Words, day};
use crate::workflow::{Context, TicketLine};

/// What a POC is told of a ticket.
#[derive(Debug, Clone)]
pub struct ForPoc {
    /// Where it stands, a sentence.
    pub stands: String,
    /// What comes next, a sentence.
    pub next: String,
    /// When word of it is due; `None` if no clock runs that word to the POC stops.
    pub word_due: Option<NaiveDate>,
    /// What is asked of the POC, a sentence.
    pub asked: String,
}

/// What there is to tell the POC of a ticket.
pub fn for_poc(ctx: &Context, line: &TicketLine) -> ForPoc {
    let names = &ctx.project().settings.names;
    let state = ctx.state(line).unwrap_or(TicketState::Open);
    let holder = ctx.holder(line).map(|holder| Words::new(names).holder(holder)).unwrap_or_default();
    let since = line.steps_until(ctx.as_of).rfind(|step| step.before != Some(step.after));
    let since = since.map(|step| format!(" since {}", day(step.at.date()))).unwrap_or_default();
    let changes: Vec<String> = line.waits_for_at(ctx.as_of, &ctx.prepared.changes).map(ToString::to_string).collect();
    let stands = match state {
        TicketState::Open => format!("The {holder} has been working on it{since}."),
        TicketState::WithNitc => format!("{holder} has been researching it{since}."),
        TicketState::AwaitingChange if changes.is_empty() => {
            format!("The code has to change: {} has been preparing the change request{since}.", names.sponsor)
        }
        TicketState::AwaitingChange => {
            format!("It has been waiting{since} for {}, which is with {holder}.", changes.join(" and "))
        }
        TicketState::Answered => format!("The answer has been here{since}; the {holder} will tell you."),
        _ => format!("You were given the resolution{}.", since.replace(" since ", " on ")),
    };
    let handover = handover(ctx, line).map(|handover| handover.asked(&names.help_desk));
    let asked = match state {
        TicketState::Resolved => "Try it, and tell the Help Desk whether the ticket can be closed.",
        TicketState::Answered => "Expect the Help Desk's call.",
        _ => "Nothing for now; tell the Help Desk if it becomes more urgent or goes away.",
    };
    ForPoc {
        stands,
        next: comes_next(ctx, line),
        word_due: word_due(ctx, line),
        asked: handover.unwrap_or_else(|| asked.replace("the Help Desk", &format!("the {}", names.help_desk))),
    }
}

/// When the POC hears of a ticket next, at the latest: the earliest due date of the clocks that word to them stops.
fn word_due(ctx: &Context, line: &TicketLine) -> Option<NaiveDate> {
    let words = [ClockKind::Reply, ClockKind::FollowUp, ClockKind::Relay];
    let running = line.clocks.iter().filter(|clock| clock.runs_at(ctx.as_of) && words.contains(&clock.kind));
    running.map(|clock| clock.due).min()
}

/// What happens next to a ticket, and by when where a clock says so.
fn comes_next(ctx: &Context, line: &TicketLine) -> String {
    let names = &ctx.project().settings.names;
    let holder = ctx.holder(line);
    let by = |kind: ClockKind| {
        let running = line.clocks.iter().find(|clock| clock.kind == kind && clock.runs_at(ctx.as_of));
        running.map(|clock| clock.due).filter(|due| *due >= ctx.today())
    };
    let until = |due: Option<NaiveDate>| due.map(|due| format!(" by {}", day(due))).unwrap_or_default();
    match (ctx.state(line), holder) {
        (Some(TicketState::WithNitc), _) => match by(ClockKind::NitcResponse) {
            Some(due) => format!("{} gives its first findings by {}.", names.third_line, day(due)),
            None => format!("{} completes its research, and we tell you what it found.", names.third_line),
        },
        (Some(TicketState::AwaitingChange), Some(Holder::Cfmsccb)) => {
            format!("The {} decides on the change request.", names.board)
        }
        (Some(TicketState::AwaitingChange), Some(Holder::Nitc)) => {
            format!("{} makes the change, and we tell you when it is in.", names.third_line)
        }
        (Some(TicketState::AwaitingChange), _) if is_approved(ctx, line) => {
            format!("{} forwards the approved change request to {}.", names.sponsor, names.third_line)
        }
        (Some(TicketState::AwaitingChange), _) => {
            format!("{} submits the change request{}.", names.sponsor, until(by(ClockKind::RaiseCr)))
        }
        (Some(TicketState::Answered), _) => "We go through the answer with you.".to_owned(),
        (Some(TicketState::Resolved), _) => "We close the ticket when you say that it is solved.".to_owned(),
        _ => format!("We answer it, or forward it to {}, and tell you.", names.third_line),
    }
}

fn is_approved(ctx: &Context, line: &TicketLine) -> bool {
    let changes = &ctx.prepared.changes;
    let state = |cr| changes.get(cr).and_then(|line| line.state_at(ctx.as_of));
    line.waits_for_at(ctx.as_of, changes).any(|cr| state(cr) == Some(CrState::Approved))
}
