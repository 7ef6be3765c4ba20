//! A report of NITC beside our records, row by row, and the log entries that it suggests.

use chrono::NaiveDate;

use super::words::Words;
use crate::model::{
    ChangeEvent, CrState, LogId, Minute, NitcReport, NitcRow, NitcStatus, Office, PersonId, TicketEvent, TicketId,
    TicketState,
};
use crate::record::Fields;
use crate::workflow::{Context, Reconciled, TicketLine, reconcile, unlisted};

/// A report compared with our records.
#[derive(Debug, Clone)]
pub struct Reconciliation {
    pub date: NaiveDate,
    pub third_line: String,
    /// In the report's order.
    pub rows: Vec<Row>,
    /// The rows with errors, by their numbers in a spreadsheet.
    pub unread: Vec<usize>,
    /// Tickets that should be in it and are not.
    pub unlisted: Vec<TicketId>,
    pub suggestions: Vec<Suggestion>,
}

/// A row of the report.
#[derive(Debug, Clone)]
pub struct Row {
    pub number: String,
    /// Its number as our records write it, or as the report has it; blank where NITC tied it to no ticket.
    pub ticket: String,
    pub status: NitcStatus,
    /// Our state at the end of the report's date, in words; none where we have no such ticket.
    pub state: Option<String>,
    /// What does not fit; none where both agree.
    pub disagreements: Vec<String>,
}

/// An entry that the report suggests.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// The ticket or CR whose log it belongs to.
    pub record: LogId,
    pub event: &'static str,
    pub at: Minute,
    /// Who did it, if the report names them.
    pub by: Option<PersonId>,
    /// Why it is unknown who did it, in words; `None` if it is known.
    pub unnamed: Option<String>,
    /// The fields that go with it, by name; staff write the text of some of them.
    pub fields: Vec<(&'static str, Value)>,
    /// Why, in words.
    pub why: String,
    /// The entry can be made automatically.
    pub certain: bool,
}

impl Row {
    /// Its ticket has errors and was not compared.
    pub fn is_left_out(&self) -> bool {
        !self.ticket.is_empty() && self.state.is_none() && self.disagreements.is_empty()
    }
}

/// The value of a field that is suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Known(String),
    /// The missing fact, in a few words.
    Asked(&'static str),
}

impl Suggestion {
    /// The entry, where everything that it needs is known.
    pub fn entry(&self) -> Option<Fields<'static>> {
        let by = self.by.as_ref().filter(|_| self.certain)?;
        let head = Fields::new().with("at", self.at.to_string()).with("event", self.event).with("by", by.to_string());
        self.fields.iter().try_fold(head, |entry, (name, value)| match value {
            Value::Known(text) => Some(entry.with(*name, text.clone())),
            Value::Asked(_) => None,
        })
    }
}

/// Compares a report with our records. `by` replaces a person whom the report does not name.
pub fn reconciliation(ctx: &Context, report: &NitcReport, by: Option<&PersonId>) -> Reconciliation {
    let (rows, unlisted) = (reconcile(ctx, report), unlisted(ctx, report));
    let words = Words::new(&ctx.project().settings.names);
    let mut suggestions: Vec<Suggestion> = rows.iter().flat_map(|row| suggestions(ctx, report, row, by)).collect();
    // If NITC has two numbers for one ticket, the right one is unknown.
    let records: Vec<LogId> = suggestions.iter().map(|own| own.record.clone()).collect();
    for own in &mut suggestions {
        own.certain &= records.iter().filter(|other| **other == own.record).count() == 1;
    }
    for own in &mut suggestions {
        let Some((number, other)) = number_of_another(ctx, own) else { continue };
        own.certain = false;
        let third_line = &ctx.project().settings.names.third_line;
        own.why = format!("{}; but {number} is the number of {other}: ask {third_line} which is right", own.why);
    }
    let row = |row: &Reconciled| Row {
        number: row.row.nitc_number.clone(),
        ticket: row.row.ticket_text(),
        status: row.row.status,
        state: row.state.map(|state| words.state(state)),
        disagreements: row.disagreements.iter().map(|found| found.message.clone()).collect(),
    };
    Reconciliation {
        date: report.date,
        third_line: ctx.project().settings.names.third_line.clone(),
        rows: rows.iter().map(row).collect(),
        unread: report.unread.iter().map(|row| row.number).collect(),
        unlisted: unlisted.iter().map(|line| line.ticket.id.value).collect(),
        suggestions,
    }
}

/// The number that an entry would give a ticket, and another ticket that has it: one of the two is wrong.
fn number_of_another(ctx: &Context, own: &Suggestion) -> Option<(String, TicketId)> {
    let LogId::Ticket(id) = own.record else { return None };
    let number = own.fields.iter().find_map(|(name, value)| match value {
        Value::Known(text) if *name == "nitc_ref" => Some(text),
        _ => None,
    })?;
    let has = |line: &&TicketLine| {
        line.effective_until(ctx.as_of)
            .any(|(_, entry)| entry.nitc_ref.as_ref().is_some_and(|own| own.as_str() == number))
    };
    let other = ctx.prepared.tickets.values().filter(|line| line.ticket.id.value != id).find(has)?;
    Some((number.clone(), other.ticket.id.value))
}

/// What makes the suggestions of one row.
struct Maker<'m, 'p> {
    ctx: &'m Context<'p>,
    report: &'m NitcReport,
    row: &'m NitcRow,
    by: Option<&'m PersonId>,
}

impl Maker<'_, '_> {
    /// An entry for a log whose last one is of the time `last`.
    fn entry(
        &self,
        record: LogId,
        event: &'static str,
        last: Option<Minute>,
        fields: &[(&'static str, Value)],
    ) -> Suggestion {
        let at = entered_at(self.ctx, self.report, last);
        let named = person(self.ctx, &self.row.assigned_to, at.date());
        let why = format!("the report calls {} `{}`", self.row.nitc_number, self.row.status);
        let (by, unnamed) = match (named, self.by) {
            (Ok(named), _) => (Some(named.clone()), None),
            (Err(_), Some(by)) => (Some(by.clone()), None),
            (Err(unnamed), None) => (None, Some(unnamed)),
        };
        Suggestion { record, event, at, by, unnamed, fields: fields.to_vec(), why, certain: false }
    }

    /// The progress of the change requests that a ticket waits for.
    fn changes(&self, line: &TicketLine) -> Vec<Suggestion> {
        let (ctx, changes) = (self.ctx, &self.ctx.prepared.changes);
        let waits = line.waits_for_at(ctx.as_of, changes).filter_map(|id| Some((id, changes.get(id)?)));
        let entries = waits.filter_map(|(id, change)| {
            let last = change.cr.record.log.last().map(|entry| entry.at.value);
            let record = LogId::Change(id.clone());
            match (change.state_at(ctx.as_of), self.row.status) {
                (Some(CrState::Forwarded), _) => Some(self.entry(record, ChangeEvent::Started.as_str(), last, &[])),
                (Some(CrState::InWork), NitcStatus::Delivered) => {
                    let release = ("release", Value::Asked("release"));
                    Some(self.entry(record, ChangeEvent::Delivered.as_str(), last, &[release]))
                }
                _ => None,
            }
        });
        entries.collect()
    }
}

fn suggestions(ctx: &Context, report: &NitcReport, row: &Reconciled, by: Option<&PersonId>) -> Vec<Suggestion> {
    let Some(line) = row.ticket else { return Vec::new() };
    let (state, status) = (ctx.state(line), row.row.status);
    let maker = Maker { ctx, report, row: row.row, by };
    let ticket = LogId::Ticket(line.ticket.id.value);
    let last = line.ticket.record.log.last().map(|entry| entry.at.value);
    let mut found = Vec::new();
    if state == Some(TicketState::WithNitc) && !is_acknowledged(ctx, line, Minute::end_of(report.date)) {
        let number = ("nitc_ref", Value::Known(row.row.nitc_number.clone()));
        found.push(Suggestion {
            why: format!("it is in the report as {}, but not acknowledged in our records", row.row.nitc_number),
            certain: matches!(status, NitcStatus::Received | NitcStatus::Researching),
            ..maker.entry(ticket.clone(), TicketEvent::Acknowledged.as_str(), last, &[number])
        });
    }
    let researched = |word: &str, what| {
        let fields = [("outcome", Value::Known(word.to_owned())), ("note", Value::Asked(what))];
        maker.entry(ticket.clone(), TicketEvent::Researched.as_str(), last, &fields)
    };
    match (state, status) {
        (Some(TicketState::WithNitc), NitcStatus::Answered) => found.push(researched("answer", "answer")),
        (Some(TicketState::WithNitc), NitcStatus::AwaitingApproval | NitcStatus::InWork) => {
            found.push(researched("code-change", "change needed"));
        }
        (Some(TicketState::AwaitingChange), NitcStatus::InWork | NitcStatus::Delivered) => {
            found.extend(maker.changes(line));
        }
        _ => {}
    }
    found
}

/// Whether NITC acknowledged a ticket since it was last forwarded. If it was forwarded after
/// the report, it counts as acknowledged: the report is about the time before.
fn is_acknowledged(ctx: &Context, line: &TicketLine, report_end: Minute) -> bool {
    let forwarded = line.last_entry(TicketEvent::Forwarded, ctx.as_of).map(|(at, _)| at);
    let acknowledged = line.last_entry(TicketEvent::Acknowledged, ctx.as_of).map(|(at, _)| at);
    acknowledged >= forwarded || forwarded > Some(report_end)
}

/// When an entry is made that follows from a report: on its date, by the office's close and not after the as-of time;
/// not before the log's last entry.
fn entered_at(ctx: &Context, report: &NitcReport, last: Option<Minute>) -> Minute {
    let settings = &ctx.project().settings;
    let close = settings.versions[settings.version_on(report.date)].working_time.close;
    let on_the_day = close.on(report.date).min(ctx.as_of);
    last.map_or(on_the_day, |last| on_the_day.max(last))
}

/// The member of NITC's staff on a date whom a cell names, by id or by full name; else why it names none.
fn person<'p>(ctx: &Context<'p>, cell: &str, date: NaiveDate) -> Result<&'p PersonId, String> {
    let (project, cell) = (ctx.project(), cell.trim());
    let third_line = &project.settings.names.third_line;
    if cell.is_empty() {
        return Err("the report assigns it to no one".to_owned());
    }
    let staff = project.staff.iter().map(|staff| &staff.record);
    let mut fits = staff.filter(|staff| {
        let is_named = staff.id.as_str() == cell || staff.name.0.to_lowercase() == cell.to_lowercase();
        let is_there = crate::model::is_within(date, staff.from, staff.until);
        is_named && staff.office == Office::Nitc && is_there
    });
    match fits.next() {
        None => {
            let when = crate::model::day_in_words(date);
            Err(format!(
                "the report assigns it to `{cell}`, who is not on {third_line}'s staff in data/staff.yaml on {when}"
            ))
        }
        Some(first) if fits.all(|other| other.id.value == first.id.value) => Ok(&first.id.value),
        Some(_) => Err(format!("the report assigns it to `{cell}`, the name of several of {third_line}'s staff")),
    }
}

/// The date that all rows of a report have; else what is wrong, with what to do.
pub fn date_of(rows: &[NitcRow]) -> Result<NaiveDate, String> {
    let Some(first) = rows.first() else {
        return Err("the report has no rows, so it has no date: use `--date 2026-11-16`".to_owned());
    };
    let row = first.number;
    let Some(date) = first.report_date else {
        return Err(format!("row {row} has no `report_date`: use `--date 2026-11-16`"));
    };
    match rows.iter().find(|other| other.report_date != Some(date)) {
        None => Ok(date),
        Some(other) => {
            Err(format!("row {} does not have the report_date {date} of row {row}: use `--date {date}`", other.number))
        }
    }
}
