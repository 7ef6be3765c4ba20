//! What is due: overdue, today, on the next working day and later; what others owe comes last.

use chrono::{Days, NaiveDate};

use super::meetings::{Lacks, report_due, unrecorded};
use super::next::waiting_for_vote;
use super::user::{User, is_of_office};
use super::view::{AttentionSummary, DECISIONS, NAMED, summary};
use crate::model::{ActionId, CrId, Office, Owner, TicketId};
use crate::report::pack::AttentionItem;
use crate::report::words::{Words, clock_office, day};
use crate::workflow::{ChangeLine, Clock, ClockOwner, Context};

/// How many overdue entries are named, and how many of the next working day.
const MANY: usize = 12;
/// How many days ahead "later" reaches.
const LATER: Days = Days::new(7);

/// Something that is due, and whether the user owes it.
struct Due {
    item: AttentionItem,
    date: NaiveDate,
    is_own: bool,
}

/// The groups of what is due; those without entries are omitted.
pub(super) fn groups(ctx: &Context, user: Option<&User>) -> Vec<AttentionSummary> {
    let (today, next) = (ctx.today(), ctx.calendar().next(ctx.today()));
    let mut all: Vec<Due> = clocks(ctx, user).chain(actions(ctx, user)).chain(desk(ctx, user)).collect();
    all.sort_by_key(|due| due.date);
    let (own, others): (Vec<Due>, Vec<Due>) = all.into_iter().partition(|due| due.is_own);
    let dated = |due: &Due| {
        let when = if due.date < today { "overdue since" } else { "due" };
        AttentionItem { what: format!("{} {when} {}", due.item.what, day(due.date)), ..due.item.clone() }
    };
    let take = |fits: &dyn Fn(NaiveDate) -> bool, list: &[Due]| -> Vec<AttentionItem> {
        list.iter().filter(|due| fits(due.date)).map(dated).collect()
    };
    // The title has the day.
    let on = |date: NaiveDate| own.iter().filter(|due| due.date == date).map(|due| due.item.clone()).collect();
    let until = next + LATER;
    let tomorrow = match today.succ_opt() == Some(next) {
        true => "Due tomorrow".to_owned(),
        false => format!("Due on the next working day, {}", day(next)),
    };
    let overdue = summary(take(&|date| date < today, &own), MANY, |rest| lists(rest, " --overdue"));
    let now = summary(on(today), usize::MAX - 1, upcoming);
    let soon = summary(on(next), MANY, upcoming);
    let later = summary(take(&|date| today < date && date != next && date <= until, &own), NAMED, upcoming);
    let others = if is_of_office(user, Office::HelpDesk) { others } else { Vec::new() };
    let waiting = summary(take(&|date| date <= today, &others), NAMED, |rest| lists(rest, ""));
    let groups = [
        AttentionSummary { title: "Overdue".to_owned(), is_overdue: true, ..overdue },
        AttentionSummary { title: "Due today".to_owned(), ..now },
        AttentionSummary { title: tomorrow, ..soon },
        AttentionSummary { title: format!("Due later, by {}", day(until)), ..later },
        AttentionSummary { title: "Due from others".to_owned(), has_owners: true, ..waiting },
    ];
    groups.into_iter().filter(|group| group.count > 0).collect()
}

/// The commands that list these entries, one for each kind of record.
fn lists(items: &[AttentionItem], flag: &str) -> String {
    let ids = || items.iter().map(|item| item.record.as_str());
    let kinds = [
        ("", ids().any(|id| TicketId::parse(id).is_some())),
        (" crs", ids().any(|id| CrId::parse(id).is_some())),
        (" actions", ids().any(|id| ActionId::parse(id).is_some())),
    ];
    let found = kinds.into_iter().filter(|(_, is_listed)| *is_listed);
    let commands: Vec<String> = found.map(|(what, _)| format!("heatpack list{what}{flag}")).collect();
    if commands.is_empty() { "heatpack calendar".to_owned() } else { commands.join("` and `") }
}

/// The calendar has deadlines; the list of action items has the others.
fn upcoming(items: &[AttentionItem]) -> String {
    let has_action = items.iter().any(|item| ActionId::parse(&item.record).is_some());
    let has_other = items.iter().any(|item| ActionId::parse(&item.record).is_none());
    let commands = [("heatpack calendar", has_other), ("heatpack list actions", has_action)];
    let commands: Vec<&str> = commands.into_iter().filter(|(_, is_said)| *is_said).map(|(own, _)| own).collect();
    commands.join("` and `")
}

/// The change requests that wait for the user's vote.
pub(super) fn votes(ctx: &Context, user: Option<&User>) -> Option<AttentionSummary> {
    let item = |line: &ChangeLine| {
        let since = line.in_state_since(ctx.as_of).map(|at| format!(" since {}", day(at.date())));
        let state = line.state_at(ctx.as_of).map(|state| state.to_string()).unwrap_or_default();
        AttentionItem {
            record: line.cr.id.value.to_string(),
            title: line.cr.title.0.clone(),
            what: format!("{state}{}", since.unwrap_or_default()),
            who: String::new(),
            due: None,
        }
    };
    let items: Vec<AttentionItem> = waiting_for_vote(ctx, user).into_iter().map(item).collect();
    let group = summary(items, MANY, |_| DECISIONS.to_owned());
    (group.count > 0).then(|| AttentionSummary { title: "Waiting for your vote".to_owned(), ..group })
}

/// The open deadlines.
fn clocks<'c>(ctx: &'c Context, user: Option<&'c User>) -> impl Iterator<Item = Due> + 'c {
    let words = Words::new(&ctx.project().settings.names);
    let open = ctx.clocks().filter(|clock| clock.runs_at(ctx.as_of));
    open.map(move |clock| {
        let (record, title) = record_of(ctx, clock);
        let what = words.clock(clock.kind);
        let (who, due) = (words.clock_holder(clock.kind), Some(clock.due));
        Due {
            item: AttentionItem { record, title, what, who, due },
            date: clock.due,
            is_own: is_of_office(user, clock_office(clock.kind)),
        }
    })
}

fn record_of(ctx: &Context, clock: &Clock) -> (String, String) {
    let title = match &clock.owner {
        ClockOwner::Ticket(id) => ctx.prepared.tickets.get(id).map(|line| line.ticket.title.0.clone()),
        ClockOwner::Change(id) => ctx.prepared.changes.get(id).map(|line| line.cr.title.0.clone()),
    };
    (clock.owner.to_string(), title.unwrap_or_default())
}

/// The action items that are not done.
fn actions<'c>(ctx: &'c Context, user: Option<&'c User>) -> impl Iterator<Item = Due> + 'c {
    let words = Words::new(&ctx.project().settings.names);
    let open = ctx.actions().filter(|(_, _, action)| action.done.is_none_or(|done| done.value.0 > ctx.today()));
    open.map(move |(_, _, action)| {
        let (who, is_own) = match &action.owner.value {
            Owner::Office(office) => (words.office(*office), is_of_office(user, *office)),
            Owner::Board => (words.board(), user.is_none_or(|user| user.is_member)),
            Owner::Person(id) => (ctx.project().person_name(id), user.is_none_or(|user| user.id == *id)),
        };
        let due = action.due.value.0;
        let (record, title, what) = (action.id.to_string(), action.what.0.clone(), "action".to_owned());
        Due { item: AttentionItem { record, title, what, who, due: Some(due) }, date: due, is_own }
    })
}

/// What the Help Desk owes the records: minutes, and NITC's report of the week.
fn desk<'c>(ctx: &'c Context, user: Option<&User>) -> impl Iterator<Item = Due> + 'c {
    let names = &ctx.project().settings.names;
    let is_own = is_of_office(user, Office::HelpDesk);
    let meetings = unrecorded(ctx).into_iter().map(move |(meeting, lacks)| {
        let date = meeting.held.date();
        let what = match lacks {
            Lacks::Held => format!("not on record as held on {}", day(date)),
            Lacks::Minutes => format!("held on {}, without minutes", day(date)),
        };
        let (record, title) = (meeting.id(), meeting.name.to_owned());
        // It has a week.
        let date = ctx.today();
        Due { item: AttentionItem { record, title, what, who: names.help_desk.clone(), due: Some(date) }, date, is_own }
    });
    let report = report_due(ctx).map(move |date| {
        let what = format!("{}'s report", names.third_line);
        let (record, title, who) = (format!("nitc-{date}"), String::new(), names.help_desk.clone());
        Due { item: AttentionItem { record, title, what, who, due: Some(date) }, date, is_own }
    });
    meetings.chain(report)
}
