//! What needs attention now, the next meeting, and the commands to run next.

use chrono::NaiveDate;

use super::pack::{AttentionGroup, AttentionItem, Pack};
use super::words::{Words, counted, day};
use super::{attention_before, next_meeting, pack};
use crate::model::{ChangeEvent, ClockKind, CrId, CrState, MeetingKind, Minute, TicketEvent, TicketId};
use crate::workflow::{Clock, ClockOwner, Context};

/// How many entries of a group are named.
const NAMED: usize = 3;
/// How many commands are proposed.
const COMMANDS: usize = 3;

/// The model of `heatpack` without a command.
#[derive(Debug)]
pub struct Today {
    pub organization: String,
    pub as_of: Minute,
    /// How many errors are in the records.
    pub errors: usize,
    /// What needs attention, by groups; groups without entries are omitted.
    pub attention: Vec<AttentionSummary>,
    pub meeting: Option<NextMeeting>,
    /// The next steps, the most urgent first.
    pub next: Vec<Next>,
}

/// A group of what needs attention.
#[derive(Debug)]
pub struct AttentionSummary {
    pub title: String,
    pub count: usize,
    /// The first of them.
    pub items: Vec<AttentionItem>,
    pub is_overdue: bool,
}

/// The next meeting.
#[derive(Debug)]
pub struct NextMeeting {
    pub name: String,
    pub held: Minute,
    /// Why it is not held when it was scheduled.
    pub moved: Option<String>,
}

/// A command to run, and why.
#[derive(Debug, PartialEq, Eq)]
pub struct Next {
    pub command: String,
    pub why: String,
}

/// Builds the view as of now.
pub fn today(ctx: &Context) -> Today {
    // The attention section of the next weekly pack; of the monthly one if no weekly meeting is scheduled.
    let packs = MeetingKind::ALL.iter().filter_map(|kind| {
        let index = next_meeting(ctx, *kind)?;
        Some((index, pack(ctx, *kind, index)?))
    });
    let pack = packs.min_by_key(|(_, pack)| pack.kind);
    let of_pack = |(index, pack): (usize, Pack)| {
        (pack.head.errors, attention_before(ctx, pack.kind, index, pack.attention_groups))
    };
    let (errors, groups) = pack.map(of_pack).unwrap_or_default();
    let meetings = MeetingKind::ALL.iter().filter_map(|kind| {
        let meeting = &ctx.meetings(*kind)[next_meeting(ctx, *kind)?];
        Some((*kind, meeting))
    });
    let meeting = meetings.min_by_key(|(_, meeting)| meeting.held);
    let settings = &ctx.project().settings;
    Today {
        organization: settings.organization.clone(),
        as_of: ctx.as_of,
        errors,
        next: commands(ctx, errors, meeting.map(|(kind, meeting)| (kind, meeting.scheduled, meeting.held))),
        attention: groups.into_iter().filter(|group| !group.items.is_empty()).map(attention).collect(),
        meeting: meeting.map(|(_, meeting)| NextMeeting {
            name: meeting.name.to_owned(),
            held: meeting.held,
            moved: meeting.moved.clone(),
        }),
    }
}

fn attention(group: AttentionGroup) -> AttentionSummary {
    let count = group.items.len();
    // A line for one more entry names that entry instead.
    let named = if count == NAMED + 1 { count } else { NAMED };
    let items = group.items.into_iter().take(named).collect();
    AttentionSummary { title: group.title, count, items, is_overdue: group.key == "overdue" }
}

/// The commands to run next: fixes for the records, entries that meet deadlines, the meeting's pack, and everyday
/// commands.
fn commands(ctx: &Context, errors: usize, meeting: Option<(MeetingKind, NaiveDate, Minute)>) -> Vec<Next> {
    let soon = ctx.calendar().next(ctx.today());
    let mut next = Vec::new();
    if errors > 0 {
        let why = format!("{} in the records", counted(errors, "error"));
        next.push(Next { command: "heatpack check".to_owned(), why });
    }
    let mut clocks: Vec<&Clock> = ctx.clocks().filter(|clock| clock.runs_at(ctx.as_of) && clock.due <= soon).collect();
    clocks.sort_by_key(|clock| (clock.due, clock.kind));
    for clock in clocks {
        // One entry may meet several deadlines of a record.
        let command = answer(ctx, clock);
        if next.iter().all(|other| other.command != command) {
            next.push(Next { command, why: why(ctx, clock) });
        }
    }
    if let Some((kind, scheduled, held)) = meeting.filter(|(_, _, held)| held.date() <= soon) {
        let command = format!("heatpack pack {kind} -o {kind}-{scheduled}.pdf");
        let at = next.len().min(COMMANDS - 1);
        next.insert(at, Next { command, why: format!("the meeting is on {}", day(held.date())) });
    }
    let usual = [
        ("heatpack new ticket", "for the next inquiry"),
        ("heatpack build", "the site with all packs and records"),
        ("heatpack calendar", "meetings and due dates of the next 30 days"),
    ];
    next.extend(usual.map(|(command, why)| Next { command: command.to_owned(), why: why.to_owned() }));
    next.truncate(COMMANDS);
    next
}

/// The command that meets a deadline.
fn answer(ctx: &Context, clock: &Clock) -> String {
    let log = |event: &str| format!("heatpack log {} {event}", clock.owner);
    match (clock.kind, &clock.owner) {
        (ClockKind::Reply | ClockKind::FollowUp, _) => log(TicketEvent::FollowUp.as_str()),
        (ClockKind::NitcResponse, _) => log(TicketEvent::InitialResponse.as_str()),
        (ClockKind::Relay, _) => log(TicketEvent::Resolved.as_str()),
        (ClockKind::ForwardCr, _) => log(ChangeEvent::Forwarded.as_str()),
        (ClockKind::RaiseCr, ClockOwner::Ticket(id)) => match draft_of(ctx, *id) {
            Some(cr) => format!("heatpack log {cr} {}", ChangeEvent::Submitted),
            None => format!("heatpack new cr --tickets {id}"),
        },
        (ClockKind::RaiseCr, ClockOwner::Change(id)) => format!("heatpack log {id} {}", ChangeEvent::Submitted),
    }
}

/// A draft that names the ticket, whether a pack shows it yet or not.
fn draft_of<'c>(ctx: &'c Context, id: TicketId) -> Option<&'c CrId> {
    let line = ctx.prepared.tickets.get(&id)?;
    let is_draft = |cr: &&CrId| {
        let line = ctx.prepared.changes.get(*cr);
        line.is_some_and(|line| line.state_at(ctx.as_of).is_none_or(|state| state == CrState::Draft))
    };
    line.changes.iter().rev().find(is_draft)
}

fn why(ctx: &Context, clock: &Clock) -> String {
    let words = Words::new(&ctx.project().settings.names);
    let (what, due) = (words.clock_asks(clock.kind), day(clock.due));
    if clock.due < ctx.today() { format!("{what}, overdue since {due}") } else { format!("{what}, due {due}") }
}
