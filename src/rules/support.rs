//! What several rules need: clocks that are late, votes, entries that are out of place, logs of every kind.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;

use super::{Finding, Sink};
use crate::load::Project;
use crate::model::{
    ChangeEvent, ClockKind, CrId, Entry, EventKind, Exception, FileId, Help, Minute, Place, Role, RuleId, Span,
    TicketEvent, TicketId, day_in_words,
};
use crate::workflow::{
    ChangeLine, ChangeStep, Clock, ClockOwner, Context, EndReason, JudgedVote, Outcome, TicketLine, TicketStep,
    Violation, are_designations_clear, gap_since, is_board_edited, is_request_edited, reconcile, vote_diff, why_due,
};

/// A log entry of any record, without what only its own kind has.
pub struct AnyEntry<'p> {
    pub file: FileId,
    pub record: RecordRef<'p>,
    pub entry: EntryRef<'p>,
}

/// The record of a log entry. The id becomes text only for a finding.
#[derive(Clone, Copy)]
pub enum RecordRef<'p> {
    Ticket(TicketId),
    Change(&'p CrId),
}

impl fmt::Display for RecordRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordRef::Ticket(id) => id.fmt(f),
            RecordRef::Change(id) => id.fmt(f),
        }
    }
}

/// An entry of a ticket's or a change request's log.
#[derive(Clone, Copy)]
pub enum EntryRef<'p> {
    Ticket(&'p Entry<TicketEvent>),
    Change(&'p Entry<ChangeEvent>),
}

/// Evaluates the same expression for an entry of either kind.
macro_rules! either {
    ($entry:expr, $name:ident => $what:expr) => {
        match $entry {
            $crate::rules::support::EntryRef::Ticket($name) => $what,
            $crate::rules::support::EntryRef::Change($name) => $what,
        }
    };
}
pub(super) use either;

/// The change requests submitted so far, each with its first `submitted` entry and its time.
pub fn submissions<'c, 'p>(
    ctx: &'c Context<'p>,
) -> impl Iterator<Item = (&'p ChangeLine<'p>, &'p Entry<ChangeEvent>, Minute)> + use<'c, 'p> {
    ctx.changes().filter_map(|line| {
        let is_first = |step: &&ChangeStep| step.at <= ctx.as_of && line.is(step, ChangeEvent::Submitted);
        let first = line.steps.iter().find(is_first)?;
        Some((line, line.entry(first)?, first.at))
    })
}

/// Reports the differences between NITC's latest report and our records that belong to a rule.
pub fn disagreements(ctx: &Context, sink: &mut Sink, rule: RuleId, help: &str) {
    let Some(report) = ctx.latest_report().filter(|report| !sink.skips(report.date)) else { return };
    for row in &reconcile(ctx, report) {
        for found in row.disagreements.iter().filter(|found| found.rule == rule) {
            let place = (report.file, row.row.span);
            let record = row.ticket.map_or(format!("nitc-{}", report.date), |line| line.ticket.id.to_string());
            sink.add(Finding::at(place, record, &found.message).help(help).on(report.date));
        }
    }
}

/// Reports each subject without a POC (of a role, if given), and since when.
pub fn gaps(ctx: &Context, sink: &mut Sink, role: Option<Role>) {
    let project = ctx.project();
    // A POC whose file has errors, or whose designation is unclear, may be the missing one.
    if !are_designations_clear(project) {
        return;
    }
    let called = role.map_or("POC".to_owned(), |role| format!("{role} POC"));
    for subject in &project.subjects {
        if let Some(since) = gap_since(project, subject, role, ctx.today()) {
            let message = format!("{} has had no {called} since {}", subject.name.0, day_in_words(since));
            let help = "ask for a designation, and add it to the person's file in data/pocs/";
            sink.add(Finding::at((subject.file, subject.id.span), &subject.id.value, message).help(help).on(since));
        }
    }
}

/// Every log entry of every ticket and change request.
pub fn entries(project: &Project) -> impl Iterator<Item = AnyEntry<'_>> {
    let tickets = project.tickets.values().flat_map(|ticket| {
        let (file, record) = (ticket.file, RecordRef::Ticket(ticket.id.value));
        ticket.record.log.iter().map(move |entry| AnyEntry { file, record, entry: EntryRef::Ticket(entry) })
    });
    let changes = project.changes.values().flat_map(|cr| {
        let (file, record) = (cr.file, RecordRef::Change(&cr.record.id.value));
        cr.record.log.iter().map(move |entry| AnyEntry { file, record, entry: EntryRef::Change(entry) })
    });
    tickets.chain(changes)
}

/// Reports every late or overdue clock of a kind. `what` is what was due ("first reply"); `{id}` in `help` stands for the
/// record's id.
pub fn late_clocks(ctx: &Context, sink: &mut Sink, kind: ClockKind, what: &str, help: &str) {
    for clock in ctx.clocks().filter(|clock| clock.kind == kind) {
        let outcome = clock.outcome(ctx.as_of);
        let is_late = matches!(outcome, Outcome::Late | Outcome::Overdue);
        if !is_late || sink.skips(clock.missed_on()) || is_unsure(ctx, clock) {
            continue;
        }
        let misses = clock.missed(ctx.as_of, &ctx.prepared.calendars);
        if misses.is_empty() {
            continue;
        }
        let times = if misses.len() > 1 { format!(", {} due dates missed", misses.len()) } else { String::new() };
        let message = format!("{what} was due {}; {}{times}", day_in_words(clock.due), since(clock, ctx.as_of));
        let help = match outcome {
            Outcome::Overdue => help.replace("{id}", &clock.owner.to_string()),
            _ => STAYS_LATE.to_owned(),
        };
        let finding = Finding::at(clock.place, &clock.owner, message).note(why_due(ctx.prepared, clock));
        let revealed = clock.revealed.filter(|revealed| *revealed > clock.due);
        let note = revealed.map(|on| format!("this is known since {}, when an entry was struck", day_in_words(on)));
        sink.add(note.into_iter().fold(finding, Finding::note).help(help).on(clock.missed_on()));
    }
}

/// The help for a deadline that was met late.
pub const STAYS_LATE: &str = "no action needed; recorded as late";

/// How the clock ended after its due date.
fn since(clock: &Clock, as_of: Minute) -> String {
    let Some(end) = clock.end_by(as_of) else { return "still open".to_owned() };
    let date = day_in_words(end.at.date());
    match end.how {
        EndReason::Done => format!("done {date}"),
        EndReason::Waived => format!("waived {date}"),
        EndReason::Void => format!("no longer needed since {date}"),
    }
}

/// Returns true if a record with errors may have stopped the clock.
fn is_unsure(ctx: &Context, clock: &Clock) -> bool {
    match (&clock.owner, clock.kind) {
        (ClockOwner::Ticket(_), ClockKind::RaiseCr) => ctx.project().known.changes.is_partial(),
        (ClockOwner::Change(id), _) => ctx.prepared.changes.get(id).is_some_and(ChangeLine::is_unsure),
        _ => false,
    }
}

/// A vote that was cast by now.
pub struct Cast<'p> {
    pub judged: JudgedVote<'p>,
    /// Its CR, and its place among the votes on it; `None` if the CR's file has errors.
    pub line: Option<(&'p ChangeLine<'p>, usize)>,
}

/// Every vote that was cast by now on a CR that is on record.
pub fn votes<'p>(ctx: &Context<'p>) -> Vec<Cast<'p>> {
    let (project, changes) = (ctx.project(), &ctx.prepared.changes);
    let of = |line: &'p ChangeLine<'p>| {
        let votes = line.votes.iter().enumerate();
        votes.map(move |(index, judged)| Cast { judged: judged.clone(), line: Some((line, index)) })
    };
    let left_out = project.votes.iter().filter(|(cr, _)| !changes.contains_key(cr) && project.known.changes.has(cr));
    let loose = left_out.flat_map(|(_, votes)| votes.iter().map(|vote| JudgedVote::new(ctx.board(), vote)));
    let all = changes.values().flat_map(of).chain(loose.map(|judged| Cast { judged, line: None }));
    let mut cast: Vec<Cast> = all.filter(|cast| cast.judged.vote.at.value <= ctx.as_of).collect();
    judge_by_both_boards(ctx, &mut cast);
    cast
}

/// Checks votes against both boards if a pull request changes the board, so that it can neither add a voter for itself nor
/// undo earlier votes. `board-and-decision-together` reports a new vote that only the new board accepts.
fn judge_by_both_boards<'p>(ctx: &Context<'p>, cast: &mut [Cast<'p>]) {
    let project = ctx.project();
    let Some(base) = ctx.base().filter(|base| is_board_edited(base, project)) else { return };
    let is_reported = is_on(ctx, RuleId::BoardAndDecisionTogether);
    let added: BTreeSet<FileId> = vote_diff(base, project).added.iter().map(|vote| vote.file).collect();
    for cast in cast {
        let vote = cast.judged.vote;
        let by_new = JudgedVote::new(&project.board, vote);
        let is_let_in = is_reported && added.contains(&vote.file) && by_new.flaw().is_none();
        if is_let_in || cast.judged.flaw().is_none() {
            cast.judged = by_new;
        }
    }
}

/// Whether the pull request changes the request of a CR that was forwarded in the base.
pub fn is_request_change_reported(ctx: &Context, line: &ChangeLine) -> bool {
    let was = ctx.base().and_then(|base| base.records.changes.get(&line.cr.id.value));
    was.is_some_and(|was| is_request_edited(ctx, was, line.cr))
}

/// Whether a rule is not off. It then also reports what follows from its violation.
pub fn is_on(ctx: &Context, rule: RuleId) -> bool {
    super::level(ctx, rule).is_some()
}

/// The entries of tickets that are not allowed in their state, by `rule`.
pub fn ticket_slips<'p>(
    ctx: &Context<'p>,
    rule: RuleId,
) -> impl Iterator<Item = (&'p TicketLine<'p>, &'p TicketStep, &'p Entry<TicketEvent>)> {
    let as_of = ctx.as_of;
    ctx.tickets().filter(|line| line.is_irregular).flat_map(move |line| {
        let steps = line.steps_until(as_of).filter(move |step| broke(step.slip, rule));
        steps.filter_map(move |step| Some((line, step, line.entry(step)?)))
    })
}

/// The entries of change requests that are not allowed in their state, by `rule`.
pub fn change_slips<'p>(
    ctx: &Context<'p>,
    rule: RuleId,
) -> impl Iterator<Item = (&'p ChangeLine<'p>, &'p ChangeStep, &'p Entry<ChangeEvent>)> {
    let as_of = ctx.as_of;
    ctx.changes().flat_map(move |line| {
        let steps = line.steps.iter().filter(move |step| step.at <= as_of && broke(step.slip, rule));
        steps.filter_map(move |step| Some((line, step, line.entry(step)?)))
    })
}

fn broke(slip: Option<Violation>, rule: RuleId) -> bool {
    slip.is_some_and(|slip| slip.rule == rule && !slip.hidden)
}

/// A finding about an entry that is not allowed in its state. An exception on it replaces the help.
pub fn slip_finding<E: EventKind>(
    place: (FileId, Span),
    record: impl ToString,
    entry: &Entry<E>,
    slip: Option<Violation>,
    message: String,
    help: Help,
) -> Finding {
    let exception = entry.exception.as_ref().filter(|_| slip.is_some_and(|slip| slip.excused));
    let help = exception.map_or(help, |exception| allowed(exception).into());
    Finding::at(place, record, message).help(help).on(entry.at.date()).excepted(exception.is_some())
}

/// The exception that excuses what looks like personal data at a place, with its date: that of the log entry with the text.
/// In the record's other fields, an exception on the ticket or on any entry of the log counts.
pub fn personal_data_excuse<'p>(project: &'p Project, place: &Place) -> Option<(&'p Exception, NaiveDate)> {
    let Place::In(file, span) = place else { return None };
    if let Some(ticket) = project.tickets.values().find(|ticket| ticket.file == *file) {
        let own =
            Exception::to(&ticket.exception, RuleId::PossiblePersonalData).map(|own| (own, ticket.received.date()));
        return excuse_in_log(&ticket.record.log, *span, own);
    }
    let cr = project.changes.values().find(|cr| cr.file == *file)?;
    excuse_in_log(&cr.record.log, *span, None)
}

fn excuse_in_log<'p, E: EventKind>(
    log: &'p [Entry<E>],
    span: Span,
    own: Option<(&'p Exception, NaiveDate)>,
) -> Option<(&'p Exception, NaiveDate)> {
    let excuse = |entry: &'p Entry<E>| {
        Exception::to(&entry.exception, RuleId::PossiblePersonalData).map(|own| (own, entry.at.date()))
    };
    match log.iter().find(|entry| entry.whole.start <= span.start && span.start < entry.whole.end) {
        Some(entry) => excuse(entry),
        None => own.or_else(|| log.iter().find_map(excuse)),
    }
}

/// Whether an exception in a file excuses something that looks like personal data there.
pub fn excuses_personal_data(project: &Project, file: FileId, exception: &Exception) -> bool {
    let own = project.faults.iter().filter(|fault| fault.rule == RuleId::PossiblePersonalData);
    let here = own.filter(|fault| matches!(fault.place, Place::In(other, _) if other == file));
    let mut excused = here.filter_map(|fault| personal_data_excuse(project, &fault.place));
    excused.any(|(used, _)| std::ptr::eq(used, exception))
}

/// The help for a finding that an exception excuses.
pub fn allowed(exception: &Exception) -> String {
    format!("no action needed; `{}` allowed this exception", exception.allowed_by.value)
}
