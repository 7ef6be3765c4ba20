//! How the figures were made, what is not judged, and the exceptions on record.

use chrono::NaiveDate;
use serde::Serialize;

use super::heading::Heading;
use super::mentions::{Mentioned, Mentions};
use super::scope::Scope;
use crate::model::{Entry, EventKind, Exception, PersonId, RuleId, minute_in_words};
use crate::rules::level;

/// What the weekly pack calls the section.
pub(super) const HEADING: Heading = Heading::new("method", "Method");

/// How the figures were made.
#[derive(Debug, Clone, Serialize)]
pub struct Method {
    /// Sentences.
    pub text: Vec<String>,
    /// Rules that the settings switch off (or that are off and nobody switched on), by name.
    pub rules_off: Vec<String>,
    pub exceptions: Vec<ExceptionRow>,
}

/// An exception on record.
#[derive(Debug, Clone, Serialize)]
pub struct ExceptionRow {
    pub record: String,
    pub rule: String,
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
    let off = RuleId::ALL.iter().filter(|rule| level(ctx, **rule).is_none()).map(ToString::to_string);
    Method { text: text(scope), rules_off: off.collect(), exceptions: exceptions(scope) }
}

fn text(scope: &Scope) -> Vec<String> {
    let names = &scope.ctx.project().settings.names;
    let (period, as_of) = (scope.period, scope.ctx.as_of);
    let after = minute_in_words(period.after);
    let beginning = match period.is_first() {
        true => format!("from {after} on, with which the records of meetings begin"),
        false => format!("after {after}, the meeting before"),
    };
    vec![
        format!(
            "The records are read as of {}; what was entered for a later time does not count.",
            minute_in_words(as_of)
        ),
        format!(
            "The period is {beginning}, up to and including {}.",
            minute_in_words(period.through)
        ),
        "Opening + received + reopened − closed − voided − redirected = closing; the opening is counted anew from \
         the records."
            .to_owned(),
        "Reopened counts tickets that had been closed, voided or redirected. A resolved ticket that the POC hands back \
         was outstanding all the time, and is not counted."
            .to_owned(),
        "Age is counted in calendar days from receipt; a reopened ticket keeps it.".to_owned(),
        "Red: a deadline is overdue, or the ticket is 61 days old or more. Yellow: a deadline falls due by the next \
         working day, or the ticket is 31 days old or more. Green: neither."
            .to_owned(),
        format!(
            "Deadlines are counted in whole days: what happens at or after {} counts as the next working day's. A \
             deadline that falls due on the meeting's day belongs to the next pack.",
            scope.ctx.project().settings.on(as_of.date()).working_time.close
        ),
        format!(
            "Deadlines kept: met ÷ (met + late + overdue), over the due dates of the period. {} is compared as of the \
             end of its report's date.",
            names.third_line
        ),
    ]
}

/// Exceptions on the records of the period's time or before, in force: all that are on record by now.
fn exceptions(scope: &Scope) -> Vec<ExceptionRow> {
    let ctx = scope.ctx;
    let mut rows = Vec::new();
    let mut add = |record: String, exception: &Exception, on| {
        rows.push(ExceptionRow {
            record,
            rule: exception.rule.value.to_string(),
            on,
            reason: exception.reason.0.clone(),
            allowed_by: exception.allowed_by.value.clone(),
        });
    };
    for line in ctx.tickets() {
        let record = || line.ticket.id.to_string();
        // Of a ticket that is long closed nobody has to be reminded. A period may still be to come, and what happens up
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
