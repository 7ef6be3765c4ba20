//! Page one, from which a chair leads the meeting: the headline, the key figures, what to decide, unblock and know.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::actions::{ActionRow, Actions};
use super::attention::{
    AttentionItem, due_clocks, handovers, misses, overdue_clocks, record_of, reopened, struck_in_brief,
};
use super::balance::{Balance, HistoryRow};
use super::changes::ChangeRow;
use super::decisions::{Decisions, decisions, is_of};
use super::headline::headline;
use super::mentions::{Mentioned, Mentions};
use super::nitc::{NitcReportView, NitcRow};
use super::owners::{OwnerRow, owners};
use super::scope::Scope;
use super::tiles::{Tile, since, tiles};
use crate::model::{ClockKind, MeetingKind, short_day};
use crate::report::words::counted;
use crate::workflow::Clock;

/// Page one.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PageOne {
    /// Whether the backlog grows or falls, what happened, and what is asked of the meeting.
    pub headline: String,
    /// The key figures.
    pub tiles: Vec<Tile>,
    /// What the meeting is asked to decide.
    pub decide: Decisions,
    /// What is overdue: deadlines, then action items.
    pub unblock: Vec<UnblockItem>,
    /// What is overdue beside that, in sentences.
    pub unblock_more: Vec<String>,
    /// What the meeting should know.
    pub know: Vec<KnowItem>,
    /// Who owes what.
    pub owners: Vec<OwnerRow>,
}

/// Something overdue.
#[derive(Debug, Clone, Serialize)]
pub struct UnblockItem {
    /// The id of the ticket, CR or action item.
    pub record: String,
    /// The record's title; of an action item what was agreed.
    pub title: String,
    /// The deadline, "first reply"; blank for an action item.
    pub what: String,
    /// The owner, in words.
    pub who: String,
    pub due: NaiveDate,
    /// Calendar days since then.
    pub days_late: i64,
}

/// Something that the meeting should know.
#[derive(Debug, Clone, Serialize)]
pub struct KnowItem {
    /// The ticket's or CR's id; blank if it is about several.
    pub record: String,
    /// "first reply due Mon, Nov 23".
    pub text: String,
    /// The section that has more; blank if there is none.
    pub place: &'static str,
}

impl Mentions for PageOne {
    fn mention(&self, mentioned: &mut Mentioned) {
        self.decide.mention(mentioned);
        self.unblock.iter().for_each(|item| mentioned.record(&item.record));
        self.know.iter().for_each(|item| mentioned.record(&item.record));
    }
}

/// The parts of the pack that page one is made from.
pub(super) struct Parts<'a> {
    pub(super) history: &'a [HistoryRow],
    pub(super) balance: &'a Balance,
    pub(super) changes: &'a [ChangeRow],
    pub(super) nitc: &'a [NitcRow],
    pub(super) report: Option<&'a NitcReportView>,
    pub(super) actions: &'a Actions,
    /// The gaps of the roster: the subject's name, and the gap in words.
    pub(super) gaps: &'a [(String, String)],
}

/// How many of each kind page one names.
const NAMED: usize = 6;

/// How many tickets with struck entries it names: they ask nothing of the meeting.
const STRUCK_NAMED: usize = 2;

/// Page one of a pack.
pub(super) fn page_one(scope: &Scope, parts: &Parts) -> PageOne {
    let open: Vec<&ActionRow> =
        parts.actions.overdue.iter().chain(&parts.actions.new).chain(&parts.actions.open).collect();
    let decide = decisions(scope, parts.changes, parts.gaps, &open);
    let overdue = overdue_clocks(scope);
    // An action item that a decision names is not named again.
    let is_named = |action: &&ActionRow| {
        scope.kind == MeetingKind::Monthly && parts.gaps.iter().any(|(subject, _)| is_of(action, subject))
    };
    let late: Vec<&ActionRow> = parts.actions.overdue.iter().filter(|action| !is_named(action)).collect();
    let start = scope.last_periods().first().map_or(scope.ctx.today(), |(_, period)| period.after.date());
    let differ = parts.nitc.iter().map(|row| row.mismatch_text.len()).sum::<usize>();
    let disagreements = differ + parts.report.map_or(0, |report| report.unlisted.len());
    let more = [(overdue.len(), "more overdue deadline"), (late.len(), "more overdue action item")];
    PageOne {
        headline: headline(start, parts.history, parts.balance, decide.count, overdue.len()),
        tiles: tiles(scope, parts.history),
        decide,
        unblock: overdue
            .iter()
            .take(NAMED)
            .map(|clock| of_clock(scope, clock))
            .chain(late.iter().take(NAMED).map(|action| of_action(action)))
            .collect(),
        unblock_more: more
            .into_iter()
            .filter(|(all, _)| *all > NAMED)
            .map(|(all, what)| format!("{}.", counted(all - NAMED, what)))
            .collect(),
        know: know(scope, parts.report, disagreements),
        owners: owners(scope, disagreements, &open),
    }
}

fn of_clock(scope: &Scope, clock: &Clock) -> UnblockItem {
    let (record, title) = record_of(scope, clock);
    UnblockItem {
        record,
        title,
        what: format!("{}{}", scope.words().clock(clock.kind), misses(scope, clock)),
        who: scope.words().clock_holder(clock.kind),
        due: clock.due,
        days_late: (scope.ctx.today() - clock.due).num_days(),
    }
}

fn of_action(row: &ActionRow) -> UnblockItem {
    UnblockItem {
        record: row.id.clone(),
        title: row.what.clone(),
        what: String::new(),
        who: row.owner.clone(),
        due: row.due,
        days_late: row.days_late,
    }
}

/// What is due, the routine of it in one line; then what came back, disagrees or changes hands.
fn know(scope: &Scope, report: Option<&NitcReportView>, disagreements: usize) -> Vec<KnowItem> {
    let due = due_clocks(scope);
    let (routine, others): (Vec<&Clock>, Vec<&Clock>) =
        due.into_iter().partition(|clock| clock.kind == ClockKind::FollowUp);
    let all = |text: String, place| KnowItem { record: String::new(), text, place };
    let mut items = vec![all(routine_line(scope, &routine), "due")];
    items.extend(others.iter().take(NAMED).map(|clock| KnowItem {
        record: record_of(scope, clock).0,
        text: format!("{} due {}", scope.words().clock(clock.kind), on(scope, clock.due)),
        place: "",
    }));
    if others.len() > NAMED {
        items.push(all(format!("{} due", counted(others.len() - NAMED, "more deadline")), "due"));
    }
    // Of the monthly pack they are gaps in the roster, on which it decides.
    let handovers = if scope.kind == MeetingKind::Weekly { handovers(scope) } else { Vec::new() };
    let lists = [(reopened(scope), "reopened or handed back"), (handovers, "whose POC is no longer designated")];
    for (list, what) in lists {
        let more = list.len().saturating_sub(NAMED);
        items.extend(list.into_iter().take(NAMED).map(|item| KnowItem {
            record: item.record,
            text: item.what,
            place: "",
        }));
        if more > 0 {
            items.push(all(format!("{} {what}", counted(more, "more ticket")), ""));
        }
    }
    items.extend(struck_line(struck_in_brief(scope)));
    if let Some(report) = report {
        let of = format!("{}'s report of {}", scope.ctx.project().settings.names.third_line, short_day(report.date));
        let place = if scope.kind == MeetingKind::Weekly { "nitc" } else { "" };
        items.push(match disagreements {
            0 => all(format!("{of} agrees with our records"), place),
            some => all(format!("{} with {of}", counted(some, "disagreement")), place),
        });
    }
    items
}

/// The tickets with struck entries in one item: one with its reason, of several the first few.
fn struck_line(mut tickets: Vec<AttentionItem>) -> Option<KnowItem> {
    if tickets.len() < 2 {
        return tickets.pop().map(|item| KnowItem { record: item.record, text: item.what, place: "" });
    }
    let named: Vec<&str> = tickets.iter().take(STRUCK_NAMED).map(|item| item.record.as_str()).collect();
    let more = match tickets.len().saturating_sub(STRUCK_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(KnowItem { record: String::new(), text: format!("Entries struck: {}{more}", named.join(", ")), place: "" })
}

/// A day of this year, "Mon, Nov 23"; of another one with the year.
fn on(scope: &Scope, date: NaiveDate) -> String {
    format!("{}, {}", date.format("%a"), since(date, scope.ctx.today()))
}

/// "16 follow-ups due before the next meeting: 8 Mon, 3 Tue".
fn routine_line(scope: &Scope, clocks: &[&Clock]) -> String {
    let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    clocks.iter().for_each(|clock| *days.entry(clock.due).or_default() += 1);
    let Some((last, _)) = days.last_key_value() else {
        return "No follow-ups due before the next meeting".to_owned();
    };
    // Within a week a weekday is enough.
    let is_near = (*last - scope.ctx.today()).num_days() < 7;
    let shown =
        |day: &NaiveDate| if is_near { day.format("%a").to_string() } else { format!("on {}", day.format("%b %-d")) };
    let parts: Vec<String> = days.iter().take(NAMED).map(|(day, count)| format!("{count} {}", shown(day))).collect();
    let later: usize = days.values().skip(NAMED).sum();
    let later = if later > 0 { format!(", {later} later") } else { String::new() };
    let year = if last.year() == scope.ctx.today().year() { String::new() } else { format!(" ({})", last.year()) };
    format!("{} due before the next meeting: {}{later}{year}", counted(clocks.len(), "follow-up"), parts.join(", "))
}
