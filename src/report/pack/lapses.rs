//! The lapses whose date falls in the period: by rule, and by office.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::heading::Heading;
use super::mentions::{Mentioned, Mentions};
use super::scope::Scope;
use crate::model::{Diagnostic, Level, Responsible, RuleId};

/// What the weekly pack calls the section.
pub(super) const HEADING: Heading = Heading::new("lapses", "New lapses");

/// What the monthly pack calls the section.
pub(super) const BY_OFFICE: Heading = Heading::new("lapses", "Lapses by rule and by office");

/// A lapse.
#[derive(Debug, Clone, Serialize)]
pub struct LapseRow {
    pub rule: RuleId,
    /// The record's id, as in `check --format json`.
    pub record: String,
    pub on: NaiveDate,
    pub message: String,
    /// Whose lapse it is, in words.
    pub office: String,
    /// An exception put it on record.
    pub excepted: bool,
}

/// The lapses of one rule.
#[derive(Debug, Clone, Serialize)]
pub struct LapseGroup {
    pub rule: RuleId,
    /// The title of the rule.
    pub title: String,
    pub lapses: Vec<LapseRow>,
}

/// The lapses of one office.
#[derive(Debug, Clone, Serialize)]
pub struct OfficeLapses {
    pub office: String,
    pub count: usize,
    /// The titles of the rules, each with its number of lapses.
    pub rules: String,
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
            record: diagnostic.record.clone(),
            on,
            message: diagnostic.one_line(),
            office: office(scope, diagnostic.rule),
            excepted: diagnostic.excepted,
        })
        .collect();
    rows.sort_by(|a, b| (a.rule, a.on, &a.record).cmp(&(b.rule, b.on, &b.record)));
    rows
}

/// The same lapses under their rules.
pub fn by_rule(lapses: &[LapseRow]) -> Vec<LapseGroup> {
    lapses
        .chunk_by(|a, b| a.rule == b.rule)
        .map(|group| LapseGroup {
            rule: group[0].rule,
            title: group[0].rule.title().to_owned(),
            lapses: group.to_vec(),
        })
        .collect()
}

/// The number of lapses by office, and by rule.
pub fn by_office(lapses: &[LapseRow]) -> Vec<OfficeLapses> {
    let mut offices: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for lapse in lapses {
        *offices.entry(&lapse.office).or_default().entry(lapse.rule.title()).or_default() += 1;
    }
    let row = |(office, rules): (&str, BTreeMap<&str, usize>)| OfficeLapses {
        office: office.to_owned(),
        count: rules.values().sum(),
        rules: rules.iter().map(|(title, count)| format!("{title} ({count})")).collect::<Vec<_>>().join("; "),
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
        Responsible::Meetings => "Meetings".to_owned(),
        Responsible::SubjectOffices => "Module and initiative offices".to_owned(),
    }
}
