//! The commands to run next, the most urgent first; only those that the user's office can run.

use super::meetings::{self, Lacks, report_due, unrecorded};
use super::user::{User, is_of_office};
use super::view::{Next, Surroundings};
use crate::model::{ChangeEvent, ClockKind, CrId, CrState, Office, Owner, TicketEvent, TicketId};
use crate::report::mail::follow_ups;
use crate::report::words::{Words, clock_office, counted, day};
use crate::workflow::{ChangeLine, Clock, ClockOwner, Context};

/// The most commands that are proposed, and how many there are at least.
const MOST: usize = 8;
const LEAST: usize = 3;

/// The commands to run next: fixes for the records, records of what happened, entries that meet deadlines, the meeting's
/// pack, and everyday commands.
pub(super) fn commands(
    ctx: &Context,
    errors: usize,
    surroundings: &Surroundings,
    user: Option<&User>,
    setup: &[Next],
) -> Vec<Next> {
    let mut next = Vec::new();
    if errors > 0 {
        next.push(Next::new("heatpack check", format!("{} in the records", counted(errors, "error"))));
    }
    let is_desk = is_of_office(user, Office::HelpDesk);
    if is_desk {
        next.extend(updates(ctx));
        next.extend(unrecorded(ctx).into_iter().map(|(meeting, lacks)| {
            let what = if lacks == Lacks::Held { "held" } else { "minutes" };
            let command = format!("heatpack meeting {} {} {what}", meeting.kind, meeting.scheduled);
            let lacking = if lacks == Lacks::Held { "is not on record as held" } else { "has no minutes" };
            Next::new(command, format!("the meeting of {} {lacking}", day(meeting.held.date())))
        }));
        next.extend(report_due(ctx).map(|due| {
            let third_line = &ctx.project().settings.names.third_line;
            Next::new("heatpack import nitc FILE", format!("{third_line}'s report of the week, due {}", day(due)))
        }));
    }
    next.extend(entries(ctx, user));
    next.extend(votes(ctx, user));
    next.extend(actions(ctx, user));
    next.truncate(MOST - 2);
    let soon = ctx.calendar().next(ctx.today());
    if let Some((kind, meeting)) = meetings::next(ctx).filter(|(_, own)| is_desk && own.held.date() <= soon) {
        let command = format!("heatpack pack {kind} -o {kind}-{}.pdf", meeting.scheduled);
        next.push(Next::new(command, format!("the meeting is on {}", day(meeting.held.date()))));
    }
    let uncommitted = surroundings.clone.map_or(0, |clone| clone.uncommitted);
    if uncommitted > 0 && setup.is_empty() {
        let are = if uncommitted == 1 { "is" } else { "are" };
        let files = counted(uncommitted, "file");
        next.push(Next::new("git status", format!("{files} under data/ {are} not committed yet")));
    }
    let usual = [
        ("heatpack new ticket", "for the next inquiry"),
        ("heatpack build", "the site with all packs and records"),
        ("heatpack calendar", "meetings and due dates of the next 30 days"),
    ];
    let lacking = LEAST.saturating_sub(next.len());
    next.extend(
        usual.into_iter().skip(usize::from(!is_desk)).take(lacking).map(|(command, why)| Next::new(command, why)),
    );
    next
}

/// The updates to POCs that are due by the next working day: one as an entry, several as a round of letters.
fn updates(ctx: &Context) -> Option<Next> {
    let mails = follow_ups(ctx);
    let mut due: Vec<_> = mails.iter().flat_map(|mail| &mail.due).collect();
    due.sort_by_key(|ticket| ticket.word_due);
    let first = due.first()?.word_due?;
    let when = if first < ctx.today() { "overdue since" } else { "due" };
    if let [only] = due[..] {
        let words = Words::new(&ctx.project().settings.names);
        let clocks =
            ctx.clocks().filter(|clock| clock.owner == ClockOwner::Ticket(only.id) && clock.runs_at(ctx.as_of));
        let kinds = clocks.filter(|clock| clock.due == first).map(|clock| clock.kind);
        let kind = kinds.filter(|kind| clock_office(*kind) == Office::HelpDesk).min()?;
        let event = if kind == ClockKind::Relay { TicketEvent::Resolved } else { TicketEvent::FollowUp };
        let command = format!("heatpack log {} {event}", only.id);
        return Some(Next::new(command, format!("{}, {when} {}", words.clock_asks(kind), day(first))));
    }
    let pocs = counted(mails.len(), "POC");
    Some(Next::new("heatpack mail follow-ups", format!("updates to {pocs}, the first {when} {}", day(first))))
}

/// The entries that meet the other deadlines due by the next working day.
fn entries(ctx: &Context, user: Option<&User>) -> Vec<Next> {
    let soon = ctx.calendar().next(ctx.today());
    let is_told = |kind| matches!(kind, ClockKind::Reply | ClockKind::FollowUp | ClockKind::Relay);
    let is_own = |kind: ClockKind| {
        let office = clock_office(kind);
        // Only their own people enter what the third line did.
        !is_told(kind) && is_of_office(user, office) && (user.is_some() || office != Office::Nitc)
    };
    let open = ctx.clocks().filter(|clock| clock.runs_at(ctx.as_of) && clock.due <= soon && is_own(clock.kind));
    let mut clocks: Vec<&Clock> = open.collect();
    clocks.sort_by_key(|clock| (clock.due, clock.kind));
    let mut next: Vec<Next> = Vec::new();
    for clock in clocks {
        // One entry may meet several deadlines of a record.
        let command = answer(ctx, clock);
        if next.iter().all(|other| other.command != command) {
            next.push(Next { command, why: why(ctx, clock) });
        }
    }
    next
}

/// The votes that the user has not cast.
fn votes(ctx: &Context, user: Option<&User>) -> Vec<Next> {
    let show = |line: &ChangeLine| Next::new(format!("heatpack show {}", line.cr.id.value), "it waits for your vote");
    waiting_for_vote(ctx, user).into_iter().map(show).collect()
}

/// The change requests on which the user can vote and has not.
pub(super) fn waiting_for_vote<'c>(ctx: &'c Context, user: Option<&User>) -> Vec<&'c ChangeLine<'c>> {
    let Some(user) = user.filter(|user| user.is_member) else { return Vec::new() };
    let waits = ctx.changes().filter(|line| {
        let is_open = matches!(line.state_at(ctx.as_of), Some(CrState::Submitted | CrState::Deferred));
        let has_voted = || line.standing_at(ctx.as_of).votes.contains_key(&user.id);
        is_open && !has_voted() && !line.proposers_at(ctx.as_of).contains(&&user.id)
    });
    waits.collect()
}

/// The user's action items that are due, or those of their office.
fn actions(ctx: &Context, user: Option<&User>) -> Vec<Next> {
    let soon = ctx.calendar().next(ctx.today());
    let open = ctx.actions().map(|(_, _, action)| action).filter(|action| {
        let is_own = match &action.owner.value {
            Owner::Office(office) => is_of_office(user, *office),
            Owner::Board => user.is_some_and(|user| user.is_member),
            Owner::Person(id) => user.is_none_or(|user| user.id == *id),
        };
        action.done.is_none() && action.due.value.0 <= soon && is_own
    });
    let mut actions: Vec<_> = open.collect();
    actions.sort_by_key(|action| action.due.value.0);
    let words = |due| if due < ctx.today() { "overdue since" } else { "due" };
    let next = actions.into_iter().map(|action| {
        let due = action.due.value.0;
        Next::new(
            format!("heatpack done {}", action.id.value),
            format!("{}, {} {}", action.what.0, words(due), day(due)),
        )
    });
    next.collect()
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
