//! Matters that need the meeting's attention, each with its owner.

use chrono::NaiveDate;
use serde::Serialize;

use super::changes::{ChangeRow, state_and_votes};
use super::heading::Heading;
use super::mentions::{Mentioned, Mentions};
use super::nitc::{NitcReportView, NitcRow};
use super::scope::Scope;
use crate::model::{Entry, MeetingKind, Minute, RichText, TicketEvent, TicketState, minute_on_paper, short_day};
use crate::report::story::{handover, struck_words};
use crate::report::words::{counted, day};
use crate::workflow::{Clock, ClockOwner, Context, Outcome, TicketLine, TicketStep};

/// What the packs call the first page.
pub(super) const HEADING: Heading = Heading::new("attention", "Decide, unblock, know");
/// What the packs call the list of what is due.
pub(super) const ANNEX: Heading = Heading::beside("due", "Annex: due before the next meeting");

/// One kind of thing that needs the meeting's attention.
#[derive(Debug, Clone, Serialize)]
pub struct AttentionGroup {
    /// `overdue`, `due`, `reopened`, `decisions` or `disagreements`.
    pub key: &'static str,
    /// "Overdue", "Due before the next meeting", …
    pub title: String,
    /// The text of an empty group.
    pub empty: String,
    pub items: Vec<AttentionItem>,
}

/// A matter that needs attention, and its owner.
#[derive(Debug, Clone, Serialize)]
pub struct AttentionItem {
    /// The ticket's or CR's id, or the report's.
    pub record: String,
    /// The record's title, or blank.
    pub title: String,
    /// "reply overdue since …", "1 vote to reject; 2 of 3 approvals".
    pub what: String,
    /// The owner, in words.
    pub who: String,
    /// When it is, or was, due.
    pub due: Option<NaiveDate>,
}

impl Mentions for AttentionItem {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.record(&self.record);
    }
}

impl Mentions for AttentionGroup {
    fn mention(&self, mentioned: &mut Mentioned) {
        self.items.mention(mentioned);
    }
}

/// The key of the group of what falls due before the meeting after the pack's.
pub const DUE: &str = "due";

/// The groups of a pack's attention section.
pub fn attention(
    scope: &Scope,
    changes: &[ChangeRow],
    nitc: &[NitcRow],
    report: Option<&NitcReportView>,
) -> Vec<AttentionGroup> {
    let group = |key, title: &str, empty: &str, items| AttentionGroup {
        key,
        title: title.to_owned(),
        empty: empty.to_owned(),
        items,
    };
    let mut groups = vec![
        group("overdue", "Overdue", "No overdue deadlines.", overdue(scope)),
        group(DUE, "Due before the next meeting", "No deadlines before the next meeting.", due_soon(scope)),
        group("reopened", "Reopened or handed back", "No reopened or handed-back tickets.", reopened(scope)),
        group(
            "decisions",
            "Change requests waiting for a decision",
            "No change requests waiting for a decision.",
            waiting(scope, changes),
        ),
        group(
            "disagreements",
            &format!("Disagreements with {}'s report", scope.ctx.project().settings.names.third_line),
            if report.is_some() { "The report agrees with our records." } else { "No report is on record yet." },
            disagreements(scope, nitc, report),
        ),
    ];
    // Omitted when empty, since POCs change only a few times a year.
    let handovers = handovers(scope);
    if !handovers.is_empty() {
        groups.push(group("handovers", "POC no longer designated", "", handovers));
    }
    let struck = struck(scope);
    if !struck.is_empty() {
        groups.push(group("struck", "Struck entries", "", struck));
    }
    groups
}

/// The same groups for readers before that meeting: for them it is the next meeting, and the one that the pack calls
/// next is the one after.
pub fn attention_before(
    run: &Context,
    kind: MeetingKind,
    index: usize,
    mut groups: Vec<AttentionGroup>,
) -> Vec<AttentionGroup> {
    let mut later = run.meetings(kind).iter().skip(index + 1).filter(|meeting| meeting.canceled.is_none());
    if let (Some(due), Some(after)) = (groups.iter_mut().find(|group| group.key == DUE), later.next()) {
        let before = format!("before {}, the meeting after the next", day(after.held.date()));
        due.title = format!("Due {before}");
        due.empty = format!("No deadlines {before}.");
    }
    groups
}

/// What is due on one day by one kind of deadline.
#[derive(Debug, Clone, Serialize)]
pub struct DueRow {
    pub due: NaiveDate,
    /// The deadline, "first reply".
    pub what: String,
    /// The owner, in words.
    pub who: String,
    /// The tickets' or CRs' ids.
    pub records: Vec<String>,
}

impl Mentions for DueRow {
    fn mention(&self, mentioned: &mut Mentioned) {
        self.records.iter().for_each(|record| mentioned.record(record));
    }
}

/// What is due before the next meeting, by day and deadline.
pub(super) fn due_rows(scope: &Scope) -> Vec<DueRow> {
    let clocks = due_clocks(scope);
    let rows = clocks.chunk_by(|a, b| (a.due, a.kind) == (b.due, b.kind)).map(|own| DueRow {
        due: own[0].due,
        what: scope.words().clock(own[0].kind),
        who: scope.words().clock_holder(own[0].kind),
        records: own.iter().map(|clock| record_of(scope, clock).0).collect(),
    });
    rows.collect()
}

/// Tickets that another POC should take over.
pub(super) fn handovers(scope: &Scope) -> Vec<AttentionItem> {
    let ctx = scope.ctx;
    let lines = ctx.outstanding().into_iter().filter_map(|line| {
        Some(AttentionItem {
            record: line.ticket.id.to_string(),
            title: line.ticket.title.0.clone(),
            what: handover(ctx, line)?.what(),
            who: scope.ctx.project().settings.names.help_desk.clone(),
            due: None,
        })
    });
    lines.collect()
}

/// An entry that was struck: its ticket, the entry that struck it, and itself.
type Strike<'p> = (&'p TicketLine<'p>, &'p Entry<TicketEvent>, &'p Entry<TicketEvent>);

/// The entries that were struck in the period, those of a ticket one after another.
pub(super) fn strikes<'p>(scope: &Scope<'_, 'p>) -> Vec<Strike<'p>> {
    let ctx = scope.ctx;
    let (after, through) = (scope.period.start(), scope.period.through.min(ctx.as_of));
    let strikes = ctx.tickets().flat_map(|line| {
        let log = &line.ticket.record.log;
        let strikes = line.struck_between(after, through);
        strikes.filter_map(move |(by, struck)| Some((line, log.get(by)?, log.get(struck)?)))
    });
    strikes.collect()
}

/// The tickets with struck entries, each in about a line, for page one: what and why, or of several how many.
pub(super) fn struck_in_brief(scope: &Scope) -> Vec<AttentionItem> {
    /// As much of a reason as fits in a line.
    const LONGEST: usize = 50;
    let brief = |own: &[Strike]| {
        let (line, by, struck) = own.first()?;
        let reason = by.note.as_ref().map(|note| format!(": {}", RichText::new(&note.0).plain(LONGEST)));
        let day = short_day(struck.at.value.date());
        let one = format!("{} of {day} struck{}", scope.words().event(struck.event.value), reason.unwrap_or_default());
        Some(AttentionItem {
            record: line.ticket.id.to_string(),
            title: line.ticket.title.0.clone(),
            what: if own.len() == 1 { one } else { format!("{} entries struck", own.len()) },
            who: scope.ctx.project().settings.names.help_desk.clone(),
            due: None,
        })
    };
    strikes(scope).chunk_by(|(a, ..), (b, ..)| a.ticket.id.value == b.ticket.id.value).filter_map(brief).collect()
}

/// Entries that were struck in the period: the figures no longer count them.
pub(super) fn struck(scope: &Scope) -> Vec<AttentionItem> {
    let ctx = scope.ctx;
    let item = |(line, by, struck): Strike| AttentionItem {
        record: line.ticket.id.to_string(),
        title: line.ticket.title.0.clone(),
        what: format!(
            "entry of {}, {}, {}",
            minute_on_paper(struck.at.value),
            scope.words().event(struck.event.value),
            struck_words(ctx, by)
        ),
        who: scope.ctx.project().settings.names.help_desk.clone(),
        due: None,
    };
    strikes(scope).into_iter().map(item).collect()
}

fn overdue(scope: &Scope) -> Vec<AttentionItem> {
    let what = |clock: &Clock| {
        format!("{} overdue since {}{}", scope.words().clock(clock.kind), day(clock.due), misses(scope, clock))
    };
    items(scope, overdue_clocks(scope), what)
}

/// ", missed 3 times" of a deadline that was missed more than once.
pub(super) fn misses(scope: &Scope, clock: &Clock) -> String {
    let misses = clock.missed(scope.ctx.as_of, &scope.ctx.prepared.calendars).len();
    if misses > 1 { format!(", missed {misses} times") } else { String::new() }
}

/// The deadlines that are overdue, by due date.
pub(super) fn overdue_clocks<'p>(scope: &Scope<'_, 'p>) -> Vec<&'p Clock> {
    clocks(scope, |clock| is_overdue(clock, scope.ctx.as_of))
}

/// Whether a deadline is overdue at a time.
pub(super) fn is_overdue(clock: &Clock, at: Minute) -> bool {
    clock.began <= at && clock.outcome(at) == Outcome::Overdue
}

/// The deadlines that are due before the next meeting, by due date.
pub(super) fn due_clocks<'p>(scope: &Scope<'_, 'p>) -> Vec<&'p Clock> {
    let Some(next) = scope.next_meeting().map(|meeting| meeting.held.date()) else { return Vec::new() };
    clocks(scope, |clock| clock.outcome(scope.ctx.as_of) == Outcome::Running && clock.due < next)
}

fn due_soon(scope: &Scope) -> Vec<AttentionItem> {
    items(scope, due_clocks(scope), |clock| format!("{} due {}", scope.words().clock(clock.kind), day(clock.due)))
}

/// The open deadlines that fit, by due date.
fn clocks<'p>(scope: &Scope<'_, 'p>, fits: impl Fn(&Clock) -> bool) -> Vec<&'p Clock> {
    let mut clocks: Vec<&Clock> = scope.ctx.clocks().filter(|clock| fits(clock)).collect();
    clocks.sort_by_key(|clock| (clock.due, clock.kind));
    clocks
}

fn items(scope: &Scope, clocks: Vec<&Clock>, what: impl Fn(&Clock) -> String) -> Vec<AttentionItem> {
    let items = clocks.into_iter().map(|clock| {
        let (record, title) = record_of(scope, clock);
        let who = scope.words().clock_holder(clock.kind);
        AttentionItem { record, title, what: what(clock), who, due: Some(clock.due) }
    });
    items.collect()
}

/// The id and the title of the record whose deadline it is.
pub(super) fn record_of(scope: &Scope, clock: &Clock) -> (String, String) {
    let prepared = scope.ctx.prepared;
    match &clock.owner {
        ClockOwner::Ticket(id) => {
            (id.to_string(), prepared.tickets.get(id).map(|line| line.ticket.title.0.clone()).unwrap_or_default())
        }
        ClockOwner::Change(id) => {
            (id.to_string(), prepared.changes.get(id).map(|line| line.cr.title.0.clone()).unwrap_or_default())
        }
    }
}

/// Tickets reopened or handed back in the period that are still outstanding. Only those that had not been outstanding
/// count as reopened in the ticket count, so each names its case.
pub(super) fn reopened(scope: &Scope) -> Vec<AttentionItem> {
    let ctx = scope.ctx;
    let lines = ctx.outstanding().into_iter().filter_map(|line| {
        let reopened = |step: &&TicketStep| {
            let event = line.entry(step).map(|entry| entry.event.value);
            event == Some(TicketEvent::Reopened) && step.is_effective() && scope.happened(step.at)
        };
        let what: Vec<String> = line.steps_until(ctx.as_of).filter(reopened).map(came_back).collect();
        (!what.is_empty()).then_some(())?;
        Some(AttentionItem {
            record: line.ticket.id.to_string(),
            title: line.ticket.title.0.clone(),
            what: what.join("; "),
            who: scope.words().holder(ctx.holder(line)?),
            due: ctx.next_due(line).map(|clock| clock.due),
        })
    });
    lines.collect()
}

/// "reopened Wed, Nov 4, 2026, after it was closed"; of a ticket that never ceased to be outstanding "handed back".
fn came_back(step: &TicketStep) -> String {
    let on = day(step.at.date());
    match step.before {
        Some(TicketState::Resolved) => format!("handed back {on}, after it was resolved"),
        Some(before) if !before.is_outstanding() => format!("reopened {on}, after it was {before}"),
        _ => format!("handed back {on}"),
    }
}

/// CRs that wait for the board.
fn waiting(scope: &Scope, changes: &[ChangeRow]) -> Vec<AttentionItem> {
    let waits = changes.iter().filter(|row| row.state.waits_for_votes());
    waits.map(|row| decision_item(scope, row)).collect()
}

fn decision_item(scope: &Scope, row: &ChangeRow) -> AttentionItem {
    let names: Vec<String> = row.waiting_for.iter().map(|id| scope.ctx.project().person_name(id)).collect();
    let who = if names.is_empty() {
        scope.words().board()
    } else {
        format!("{}: {}", scope.words().board(), names.join(", "))
    };
    AttentionItem {
        record: row.id.to_string(),
        title: row.title.clone(),
        what: format!("{}, waiting {}", state_and_votes(row), counted(row.days.max(0) as usize, "day")),
        who,
        due: None,
    }
}

fn disagreements(scope: &Scope, nitc: &[NitcRow], report: Option<&NitcReportView>) -> Vec<AttentionItem> {
    let names = &scope.ctx.project().settings.names;
    let who = format!("{} and {}", names.help_desk, names.third_line);
    let title = |id: &str| {
        let tickets = &scope.ctx.prepared.tickets;
        let found = crate::model::TicketId::parse(id).and_then(|id| tickets.get(&id));
        found.map(|line| line.ticket.title.0.clone()).unwrap_or_default()
    };
    let item = |record: String, what: &String| AttentionItem {
        title: title(&record),
        record,
        what: what.clone(),
        who: who.clone(),
        due: None,
    };
    let rows = nitc.iter().flat_map(|row| row.mismatch_text.iter().map(move |text| (row, text)));
    let listed = rows.map(|(row, text)| item(row.heat.clone().unwrap_or_else(|| row.nitc_number.clone()), text));
    let unlisted = report.into_iter().flat_map(|report| &report.unlisted);
    listed.chain(unlisted.map(|(id, text)| item(id.to_string(), text))).collect()
}
