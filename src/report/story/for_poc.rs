//! A ticket for its POC: the status, the next step, and what the POC needs to do.

use chrono::NaiveDate;

use super::handover::handover;
use crate::model::{ClockKind, CrState, Holder, TicketState};
use crate::report::words::{Words, day};
use crate::workflow::{Context, TicketLine};

/// A ticket as its POC reads it.
#[derive(Debug, Clone)]
pub struct ForPoc {
    /// The status, a sentence.
    pub stands: String,
    /// The next step, a sentence.
    pub next: String,
    /// When the next update is due; `None` if no open deadline asks for one.
    pub word_due: Option<NaiveDate>,
    /// What the POC needs to do, a sentence.
    pub asked: String,
}

/// Describes a ticket for its POC.
pub fn for_poc(ctx: &Context, line: &TicketLine) -> ForPoc {
    let names = &ctx.project().settings.names;
    let state = ctx.state(line).unwrap_or(TicketState::Open);
    let holder = ctx.holder(line).map(|holder| Words::new(names).holder(holder)).unwrap_or_default();
    let since = line.steps_until(ctx.as_of).rfind(|step| step.before != Some(step.after));
    let since = since.map(|step| format!(" since {}", day(step.at.date()))).unwrap_or_default();
    let on = since.replace(" since ", " on ");
    let changes: Vec<String> = line.waits_for_at(ctx.as_of, &ctx.prepared.changes).map(ToString::to_string).collect();
    let stands = match state {
        TicketState::Open => format!("The {holder} has been working on it{since}."),
        TicketState::WithNitc => format!("{holder} has been researching it{since}."),
        TicketState::AwaitingChange if changes.is_empty() => {
            format!("It needs a code change. {} has been preparing the change request{since}.", names.sponsor)
        }
        TicketState::AwaitingChange => {
            format!("It has been waiting{since} for {}, which is with {holder}.", changes.join(" and "))
        }
        TicketState::Answered => format!("{}'s answer arrived{on}. The {holder} will contact you.", names.third_line),
        _ => format!("You received the resolution{on}."),
    };
    let handover = handover(ctx, line).map(|handover| handover.asked(&names.help_desk));
    let asked = match state {
        TicketState::Resolved => "Try it and tell the Help Desk whether the ticket can be closed.",
        TicketState::Answered => "Expect a call from the Help Desk.",
        _ => "No action needed. Tell the Help Desk if the issue becomes urgent or stops.",
    };
    ForPoc {
        stands,
        next: comes_next(ctx, line),
        word_due: word_due(ctx, line),
        asked: handover.unwrap_or_else(|| asked.replace("the Help Desk", &format!("the {}", names.help_desk))),
    }
}

/// The latest date of the next update: the earliest due date of the deadlines that an update to the POC meets.
fn word_due(ctx: &Context, line: &TicketLine) -> Option<NaiveDate> {
    let words = [ClockKind::Reply, ClockKind::FollowUp, ClockKind::Relay];
    let running =
        line.clocks_at(ctx.as_of).iter().filter(|clock| clock.runs_at(ctx.as_of) && words.contains(&clock.kind));
    running.map(|clock| clock.due).min()
}

/// The next step for a ticket, with the date if there is a deadline.
fn comes_next(ctx: &Context, line: &TicketLine) -> String {
    let names = &ctx.project().settings.names;
    let holder = ctx.holder(line);
    let by = |kind: ClockKind| {
        let running = line.clocks_at(ctx.as_of).iter().find(|clock| clock.kind == kind && clock.runs_at(ctx.as_of));
        running.map(|clock| clock.due).filter(|due| *due >= ctx.today())
    };
    let until = |due: Option<NaiveDate>| due.map(|due| format!(" by {}", day(due))).unwrap_or_default();
    match (ctx.state(line), holder) {
        (Some(TicketState::WithNitc), _) => match by(ClockKind::NitcResponse) {
            Some(due) => format!("{} will give its initial response by {}.", names.third_line, day(due)),
            None => format!("{} will complete its research, and we will tell you the result.", names.third_line),
        },
        (Some(TicketState::AwaitingChange), Some(Holder::Cfmsccb)) => {
            format!("The {} will decide on the change request.", names.board)
        }
        (Some(TicketState::AwaitingChange), Some(Holder::Nitc)) => {
            format!("{} will make the change, and we will tell you when it is released.", names.third_line)
        }
        (Some(TicketState::AwaitingChange), _) if is_approved(ctx, line) => {
            format!("{} will forward the approved change request to {}.", names.sponsor, names.third_line)
        }
        (Some(TicketState::AwaitingChange), _) => {
            format!("{} will submit the change request{}.", names.sponsor, until(by(ClockKind::RaiseCr)))
        }
        (Some(TicketState::Answered), _) => "We will go through the answer with you.".to_owned(),
        (Some(TicketState::Resolved), _) => "We will close the ticket when you confirm the fix.".to_owned(),
        _ => format!("We will answer it, or forward it to {} and tell you.", names.third_line),
    }
}

fn is_approved(ctx: &Context, line: &TicketLine) -> bool {
    let changes = &ctx.prepared.changes;
    let state = |cr| changes.get(cr).and_then(|line| line.state_at(ctx.as_of));
    line.waits_for_at(ctx.as_of, changes).any(|cr| state(cr) == Some(CrState::Approved))
}
