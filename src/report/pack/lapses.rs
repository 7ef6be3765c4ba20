//! The lapses whose date falls in the period, by office.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::heading::Heading;
use super::mentions::{Mentioned, Mentions};
use super::scope::Scope;
use crate::model::{Diagnostic, Level, MeetingKind, PersonId, Responsible, RuleId, SubjectId, parse_date, short_day};

/// What the packs call the section.
pub(super) const HEADING: Heading = Heading::new("lapses", "New lapses");

/// A lapse.
#[derive(Debug, Clone, Serialize)]
pub struct LapseRow {
    pub rule: RuleId,
    /// The title of the rule.
    pub title: String,
    /// The record's id, as in `check --format json`.
    pub record: String,
    /// The record in words, "NITC's report of Nov 16, 2026"; its id if that is a number.
    pub record_text: String,
    pub on: NaiveDate,
    pub message: String,
    /// Whose lapse it is, in words.
    pub office: String,
    /// An exception put it on record.
    pub excepted: bool,
}

/// The lapses of one office.
#[derive(Debug, Clone, Serialize)]
pub struct OfficeLapses {
    pub office: String,
    /// By date and record.
    pub lapses: Vec<LapseRow>,
}

impl Mentions for LapseRow {
    fn mention(&self, mentioned: &mut Mentioned) {
        mentioned.record(&self.record);
    }
}

/// The lapses in the order of the rules, then of date and record; `diagnostics` are those for the scope's period
/// ([`rules::check_for`]).
pub fn lapses(scope: &Scope, diagnostics: &[Diagnostic]) -> Vec<LapseRow> {
    let lapses = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Lapse);
    let mut rows: Vec<LapseRow> = lapses
        .filter_map(|diagnostic| Some((diagnostic, diagnostic.on?)))
        .map(|(diagnostic, on)| LapseRow {
            rule: diagnostic.rule,
            title: diagnostic.rule.title().to_owned(),
            record_text: record_text(scope, &diagnostic.record),
            record: diagnostic.record.clone(),
            on,
            message: with_names(scope, &diagnostic.one_line()),
            office: office(scope, diagnostic.rule),
            excepted: diagnostic.excepted,
        })
        .collect();
    rows.sort_by(|a, b| (a.rule, a.on, &a.record).cmp(&(b.rule, b.on, &b.record)));
    rows
}

/// A record as people call it: a person and a subject by name, a meeting and a report by date.
fn record_text(scope: &Scope, record: &str) -> String {
    let dated = |text: &str| parse_date(text).map(short_day);
    if let Some(date) = record.strip_prefix("nitc-").and_then(dated) {
        return format!("{}'s report of {date}", scope.ctx.project().settings.names.third_line);
    }
    for kind in MeetingKind::ALL {
        let date = record.strip_suffix(kind.as_str()).and_then(|rest| dated(rest.strip_suffix('-')?));
        if let Some(date) = date {
            return format!("{kind} meeting of {date}");
        }
    }
    name(scope, record).unwrap_or_else(|| record.to_owned())
}

/// The name of a person or a subject.
fn name(scope: &Scope, id: &str) -> Option<String> {
    let project = scope.ctx.project();
    let subject = SubjectId::parse(id).filter(|id| project.subject(id).is_some()).map(|id| project.subject_name(&id));
    let person = || PersonId::parse(id).map(|id| project.person_name(&id)).filter(|name| name != id);
    subject.or_else(person)
}

/// A message with names in place of the ids between two backticks.
fn with_names(scope: &Scope, message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    let named = parts.iter().enumerate().map(|(place, part)| match name(scope, part) {
        Some(name) if place % 2 == 1 => name,
        _ if place % 2 == 1 && place + 1 < parts.len() => format!("`{part}`"),
        _ if place % 2 == 1 => format!("`{part}"),
        _ => (*part).to_owned(),
    });
    named.collect()
}

/// The same lapses under their offices, each list by date and record.
pub fn by_office(lapses: &[LapseRow]) -> Vec<OfficeLapses> {
    let mut offices: BTreeMap<&str, Vec<LapseRow>> = BTreeMap::new();
    for lapse in lapses {
        offices.entry(&lapse.office).or_default().push(lapse.clone());
    }
    let row = |(office, mut lapses): (&str, Vec<LapseRow>)| {
        lapses.sort_by(|a, b| (a.on, &a.record).cmp(&(b.on, &b.record)));
        OfficeLapses { office: office.to_owned(), lapses }
    };
    offices.into_iter().map(row).collect()
}

/// Whose lapse a violation of the rule is, in words.
fn office(scope: &Scope, rule: RuleId) -> String {
    let names = &scope.ctx.project().settings.names;
    match rule.responsible() {
        Responsible::HelpDesk => names.help_desk.clone(),
        Responsible::Nitc => names.third_line.clone(),
        Responsible::HelpDeskAndNitc => format!("{} and {}", names.help_desk, names.third_line),
        Responsible::Sponsor => names.sponsor.clone(),
        Responsible::Board => names.board.clone(),
        Responsible::Meetings => "Chairs of the meetings".to_owned(),
        Responsible::SubjectOffices => "Module and initiative offices".to_owned(),
    }
}
