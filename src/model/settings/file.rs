//! `heatpack.yaml` as it is written: every key is optional, and so is every key within.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::merge::{replaced, settings};
use super::values::{Numbers, Paper, Percent, WeekDay, ZoneName};
use super::version::{DeadlinesPatch, MeetingsPatch, VersionPatch, WorkingTimePatch};
use crate::model::names::Names;
use crate::model::nitc::{COLUMNS, NitcStatus, status_key};
use crate::model::{Day, Level, Minute, Text, TicketNumber, is_in_range, parse_date};
use crate::record;
use crate::record::{Faults, Key, Kind, Mapping, Node, RuleId, Value, read_text};

record! {
    /// The settings' file.
    #[derive(Default)]
    pub struct SettingsFile: "the settings" {
        /// the organization, for the heads of packs
        pub organization: Option<Text>,
        /// the time zone of all times, for example America/New_York
        pub timezone: Option<ZoneName>,
        /// the date of the first meetings
        pub starts: Option<Day>,
        /// the end of the records, for an archive or a sample; the default of --as-of
        pub ends: Option<Minute>,
        /// us-letter or a4
        pub paper: Option<Paper>,
        /// names used in packs
        pub names: Option<NamesFile>,
        /// how to reach the Help Desk
        pub help_desk: Option<HelpDesk>,
        /// working days and hours
        pub working_time: Option<WorkingTimePatch>,
        /// the six deadlines
        pub deadlines: Option<DeadlinesPatch>,
        /// the meeting schedule
        pub meetings: Option<MeetingsPatch>,
        /// the due day of NITC's report, and the names of its columns and statuses
        pub nitc_report: Option<NitcReportFile>,
        /// the ticket numbers that HEAT hands out
        pub numbers: Option<Numbers>,
        /// what the office aims at, for the packs
        pub targets: Option<TargetsFile>,
        /// the level of a rule: error, lapse or off
        pub rules: Option<RuleLevels>,
        /// later settings, by their first date
        pub since: Option<Since>,
    }
}

settings! {
    /// Names used in packs.
    impl Names of struct NamesFile: "`names`" {
        /// the tracker, HEAT
        pub tracker: Text = "HEAT".to_owned(),
        /// the first office, MITS Help Desk
        pub help_desk: Text = "MITS Help Desk".to_owned(),
        /// the application team, NITC
        pub third_line: Text = "NITC".to_owned(),
        /// the office that submits CRs, ACFO-FS
        pub sponsor: Text = "ACFO-FS".to_owned(),
        /// the board that decides on CRs, CFMSCCB
        pub board: Text = "CFMSCCB".to_owned(),
    }
}

record! {
    /// How to reach the Help Desk.
    #[derive(Default)]
    pub struct HelpDesk: "`help_desk`" {
        /// its phone number
        pub phone: Option<Text>,
        /// its email address
        pub email: Option<Text>,
        /// its hours, for example 7 a.m. to 5 p.m. Eastern
        pub hours: Option<Text>,
    }
}

settings! {
    /// NITC's report.
    pub struct NitcReportSettings of struct NitcReportFile: "`nitc_report`" {
        /// the day of the week on which it is due
        pub day: WeekDay = WeekDay::Mon,
        /// our name of a column, and its heading in the CSV
        pub columns: Columns = BTreeMap::new(),
        /// NITC's own word for a status, and ours
        pub statuses: Statuses = BTreeMap::new(),
    }
}

settings! {
    /// What the office aims at.
    pub struct Targets of struct TargetsFile: "`targets`" {
        /// the percentage of deadlines to meet, from 1 to 100
        pub deadlines_met: Percent = 90,
    }
}

replaced! {
    Columns.0: BTreeMap<String, String>,
    Statuses.0: BTreeMap<String, NitcStatus>,
}

record! {
    /// The ticket numbers that HEAT hands out.
    pub struct NumbersFile: "`numbers`" {
        /// the first number that HEAT hands out; imports use lower ones
        pub heat_from: Option<TicketNumber>,
        /// the last number that HEAT hands out, if there is one; imports can use those after it
        pub heat_to: Option<TicketNumber>,
    }
}

impl Value for Numbers {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let file = NumbersFile::decode(node, faults)?;
        match (file.heat_from, file.heat_to) {
            (Some(from), Some(to)) if to < from => {
                let help = "swap them, or delete `heat_to` if HEAT's numbers have no end";
                faults.invalid(node.span, "`heat_to` is smaller than `heat_from`", help);
                None
            }
            (None, Some(_)) => {
                let help = "add the first number that HEAT hands out";
                faults.add(RuleId::MissingField, node.span, "`heat_from` is missing").help(help);
                None
            }
            (from, to) => Some(Numbers { heat_from: from.map(|from| from.0), heat_to: to.map(|to| to.0) }),
        }
    }

    fn schema() -> Json {
        NumbersFile::schema()
    }
}

/// The keys and values of a mapping whose keys are data, each key once.
pub(in crate::model) fn entries<'n, 'a>(
    node: &'n Node<'a>,
    what: &str,
    faults: &mut Faults,
) -> Option<&'n [(Key<'a>, Node<'a>)]> {
    let known: Vec<&'static str> = Vec::new();
    // The caller checks unknown keys; this reports a node that is not a mapping, and repeated keys.
    let mut own = Faults { zone: faults.zone, ..Faults::default() };
    let mapping = Mapping::new(node, what, &known, &mut own);
    faults.list.extend(own.list.into_iter().filter(|fault| fault.rule != RuleId::UnknownField));
    mapping?;
    match &node.kind {
        Kind::Map(entries) => Some(entries),
        _ => Some(&[]),
    }
}

/// Our names of the report's columns to the headings in it.
#[derive(Debug, Clone)]
pub struct Columns(pub BTreeMap<String, String>);

impl Value for Columns {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let mapping = Mapping::new(node, "`columns`", &COLUMNS, faults)?;
        let mut columns = BTreeMap::new();
        for name in COLUMNS {
            if let Some(heading) = mapping.field::<Option<Text>>(name, None, faults)? {
                columns.insert(name.to_owned(), heading.0);
            }
        }
        Some(Columns(columns))
    }

    fn schema() -> Json {
        let properties: serde_json::Map<String, Json> =
            COLUMNS.iter().map(|name| ((*name).to_owned(), Text::schema())).collect();
        json!({"type": ["object", "null"], "additionalProperties": false, "properties": properties})
    }
}

/// NITC's own words for a status, as they are compared, and what they mean.
#[derive(Debug, Clone)]
pub struct Statuses(pub BTreeMap<String, NitcStatus>);

impl Value for Statuses {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut statuses = BTreeMap::new();
        let mut good = true;
        for (key, value) in entries(node, "`statuses`", faults)? {
            let Some(status) = NitcStatus::decode(value, faults) else {
                good = false;
                continue;
            };
            let word = status_key(&key.text);
            if word.is_empty() {
                faults.invalid(key.span, "NITC's word is blank", "write NITC's word before the colon, in quotes");
                good = false;
            } else if statuses.insert(word, status).is_some_and(|first| first != status) {
                let message = format!("`{}` has two meanings; capitals do not matter", key.text);
                faults.invalid(key.span, message, "delete one of the two lines");
                good = false;
            }
        }
        good.then_some(Statuses(statuses))
    }

    fn schema() -> Json {
        json!({"type": ["object", "null"], "additionalProperties": NitcStatus::schema()})
    }
}

/// The levels of rules, by name; `None` is off.
#[derive(Debug, Clone)]
pub struct RuleLevels(pub BTreeMap<RuleId, Option<Level>>);

impl Value for RuleLevels {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let mapping = Mapping::new(node, "`rules`", RuleId::NAMES, faults)?;
        let mut levels = BTreeMap::new();
        let mut good = true;
        for rule in RuleId::ALL.iter().copied() {
            let Some(value) = mapping.node(rule.name()) else { continue };
            let level = |text: &str| match text {
                "error" => Some(Some(Level::Error)),
                "lapse" => Some(Some(Level::Lapse)),
                "off" => Some(None),
                _ => None,
            };
            match read_text(value, "a level of a rule", faults, level, |_| "write `error`, `lapse` or `off`") {
                Some(level) => drop(levels.insert(rule, level)),
                None => good = false,
            }
        }
        good.then_some(RuleLevels(levels))
    }

    fn schema() -> Json {
        json!({"$ref": "#/$defs/rule_levels"})
    }
}

/// Later versions of the settings, by their first date.
#[derive(Debug, Clone)]
pub struct Since(pub BTreeMap<NaiveDate, VersionPatch>);

impl Value for Since {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let mut versions = BTreeMap::new();
        let mut good = true;
        for (key, value) in entries(node, "`since`", faults)? {
            let date = parse_date(&key.text).filter(|date| is_in_range(*date));
            if date.is_none() {
                let help = "write the first date of the version, from 2000 to 2099, for example `2026-10-01:`";
                faults.invalid(key.span, format!("`{}` is not a date", key.text), help);
            }
            let version = VersionPatch::decode(value, faults);
            match (date, version) {
                (Some(date), Some(version)) => drop(versions.insert(date, version)),
                _ => good = false,
            }
        }
        good.then_some(Since(versions))
    }

    fn schema() -> Json {
        json!({
            "type": ["object", "null"],
            "propertyNames": {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            "additionalProperties": VersionPatch::schema(),
        })
    }
}
