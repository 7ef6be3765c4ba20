//! How the figures were made, what is not judged, and the exceptions on record.

use chrono::NaiveDate;
use serde::Serialize;

use super::attention::strikes;
use super::heading::Heading;
use super::mentions::{Mentioned, Mentions};
use super::scope::Scope;
use crate::model::{Entry, EventKind, Exception, PersonId, RuleId, minute_on_paper};
use crate::rules::level;

/// What the weekly pack calls the section.
pub(super) const HEADING: Heading = Heading::beside("method", "Annex: method");

/// How the figures were made.
#[derive(Debug, Clone, Serialize)]
pub struct Method {
    /// Sentences.
    pub text: Vec<String>,
    /// Rules that are off.
    pub rules_off: Vec<RuleOff>,
    pub exceptions: Vec<ExceptionRow>,
}

/// A rule that is off.
#[derive(Debug, Clone, Serialize)]
pub struct RuleOff {
    pub name: String,
    /// What it checks for, "a subject has no backup".
    pub title: &'static str,
}

/// An exception on record.
#[derive(Debug, Clone, Serialize)]
pub struct ExceptionRow {
    pub record: String,
    pub rule: String,
    /// The title of the rule.
    pub title: &'static str,
    pub on: NaiveDate,
    pub reason: String,
    pub allowed_by: PersonId,
}

impl Mentions for ExceptionRow {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.record(&self.record);
        mentioned.people.insert(self.allowed_by.clone());
    }
}

impl Mentions for Method {
    fn mention(&self, mentioned: &mut Mentioned) {
        self.exceptions.mention(mentioned);
    }
}

/// The method section.
pub fn method(scope: &Scope) -> Method {
    let ctx = scope.ctx;
    let off = RuleId::ALL.iter().filter(|rule| level(ctx, **rule).is_none());
    let off = off.map(|rule| RuleOff { name: rule.to_string(), title: rule.title() });
    Method { text: text(scope), rules_off: off.collect(), exceptions: exceptions(scope) }
}

fn text(scope: &Scope) -> Vec<String> {
    let names = &scope.ctx.project().settings.names;
    let (period, as_of) = (scope.period, scope.ctx.as_of);
    let after = minute_on_paper(period.after);
    let beginning = match period.is_first() {
        true => format!("begins {after}, when the records of meetings begin,"),
        false => format!("begins after {after}, the previous meeting,"),
    };
    let mut text = vec![
        format!("The records are read as of {}; later entries are ignored.", minute_on_paper(as_of)),
        // "a.m." ends the sentence too.
        format!("The period {beginning} and ends {}", minute_on_paper(period.through)),
        "Opening + received + reopened − closed − voided − redirected = closing. The opening count is computed \
         from the records."
            .to_owned(),
        "Reopened counts tickets that had been closed, voided or redirected. A resolved ticket that the POC hands back \
         stayed outstanding and is not counted."
            .to_owned(),
        "Age is counted in calendar days from receipt; a reopened ticket keeps its age.".to_owned(),
        "Red: a deadline is overdue, or the ticket is 61 days old or more. Yellow: a deadline is due by the next \
         working day, or the ticket is 31 days old or more. Green: neither."
            .to_owned(),
        format!(
            "Deadlines are counted in whole days: an event at or after {} counts on the next working day. A deadline \
             on the day of the meeting belongs to the next pack.",
            scope.ctx.project().settings.on(as_of.date()).working_time.close.on_paper()
        ),
        format!(
            "Deadlines met: met ÷ (met + late + overdue), for the due dates of the period. {}'s report is compared \
             with the records as of the end of its date.",
            names.third_line
        ),
    ];
    if !strikes(scope).is_empty() {
        text.push("A struck entry counts as reopened or closed in the period of the strike.".to_owned());
    }
    text
}

/// Exceptions on the records of the period's time or before, in force: all that are on record by now.
fn exceptions(scope: &Scope) -> Vec<ExceptionRow> {
    let ctx = scope.ctx;
    let mut rows = Vec::new();
    let mut add = |record: String, exception: &Exception, on| {
        rows.push(ExceptionRow {
            record,
            rule: exception.rule.value.to_string(),
            title: exception.rule.value.title(),
            on,
            reason: exception.reason.0.clone(),
            allowed_by: exception.allowed_by.value.clone(),
        });
    };
    for line in ctx.tickets() {
        let record = || line.ticket.id.to_string();
        // A ticket closed long ago needs no reminder. A period may still be to come, and what happens up
        // to its start with it.
        let start = scope.period.start().min(ctx.as_of);
        if !line.is_outstanding_at(start) && !line.is_outstanding_at(ctx.as_of) {
            let touched = line.steps_until(ctx.as_of).any(|step| scope.happened(step.at));
            if !touched {
                continue;
            }
        }
        if let Some(exception) = &line.ticket.exception {
            add(record(), exception, line.ticket.received.date());
        }
        for (at, entry) in line.effective_until(ctx.as_of) {
            with_exception(entry, |exception| add(record(), exception, at.date()));
        }
    }
    for line in ctx.changes() {
        let over = line.state_at(ctx.as_of).is_none_or(|state| state.is_finished());
        if over && !line.in_state_since(ctx.as_of).is_some_and(|at| scope.happened(at)) {
            continue;
        }
        for step in line.steps.iter().filter(|step| step.at <= ctx.as_of) {
            if let Some(entry) = line.entry(step) {
                with_exception(entry, |exception| add(line.cr.id.to_string(), exception, step.at.date()));
            }
        }
    }
    rows.sort_by(|a, b| (a.on, &a.record).cmp(&(b.on, &b.record)));
    rows
}

fn with_exception<E: EventKind>(entry: &Entry<E>, add: impl FnOnce(&Exception)) {
    if let Some(exception) = &entry.exception {
        add(exception);
    }
}
