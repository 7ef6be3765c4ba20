//! `heatpack.yaml` as it is written: every key is optional, and so is every key within.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::values::{Deadline, Holidays, MonthlyDay, Numbers, Paper, WeekDay, ZoneName};
use crate::model::nitc::{COLUMNS, NitcStatus, status_key};
use crate::model::{Close, Day, Level, Minute, Text, TicketNumber, TimeOfDay, is_in_range, parse_date};
use crate::record;
use crate::record::{Faults, Key, Kind, Mapping, Node, RuleId, Value};

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
        /// the level of a rule: error, lapse or off
        pub rules: Option<RuleLevels>,
        /// later settings, by their first date
        pub since: Option<Since>,
    }
}

record! {
    /// Names used in packs.
    #[derive(Default)]
    pub struct NamesFile: "`names`" {
        /// the tracker, HEAT
        pub tracker: Option<Text>,
        /// the first office, MITS Help Desk
        pub help_desk: Option<Text>,
        /// the application team, NITC
        pub third_line: Option<Text>,
        /// the office that submits CRs, ACFO-FS
        pub sponsor: Option<Text>,
        /// the board that decides on CRs, CFMSCCB
        pub board: Option<Text>,
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

record! {
    /// Changes of the working time.
    pub struct WorkingTimePatch: "`working_time`" {
        /// the working days of the week
        pub days: Option<WorkDays>,
        /// the time at which a working day ends, up to 24:00
        pub close: Option<Close>,
        /// us-federal or none
        pub holidays: Option<Holidays>,
        /// additional days off
        pub closed: Option<Vec<NamedDay>>,
        /// holidays that are working days
        pub worked: Option<Vec<NamedDay>>,
    }
}

record! {
    /// A day with a name.
    pub struct NamedDay: "a day of this list" {
        /// the date
        pub date: Day,
        /// the name in packs and calendars
        pub name: Option<Text>,
    }
}

/// The working days of the week: at least one.
#[derive(Debug, Clone)]
pub struct WorkDays(pub Vec<WeekDay>);

impl Value for WorkDays {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let days = Vec::<WeekDay>::decode(node, faults)?;
        if days.is_empty() {
            faults.invalid(node.span, "there is no working day", "write at least one day, for example `[mon]`");
            return None;
        }
        Some(WorkDays(days))
    }

    fn schema() -> Json {
        Vec::<WeekDay>::schema()
    }
}

record! {
    /// Changes of the deadlines.
    pub struct DeadlinesPatch: "`deadlines`" {
        /// inquiry to first reply
        pub reply: Option<Deadline>,
        /// last follow-up to the next
        pub follow_up: Option<Deadline>,
        /// forwarded to NITC's initial response
        pub nitc_response: Option<Deadline>,
        /// NITC's answer or a delivered CR to a follow-up with the POC
        pub relay: Option<Deadline>,
        /// research found a code change to CR submitted
        pub raise_cr: Option<Deadline>,
        /// CR approved to forwarded to NITC
        pub forward_cr: Option<Deadline>,
    }
}

record! {
    /// Changes of the meetings.
    pub struct MeetingsPatch: "`meetings`" {
        /// the weekly meeting
        pub weekly: Option<WeeklyPatch>,
        /// the monthly meeting
        pub monthly: Option<MonthlyPatch>,
    }
}

record! {
    /// Changes of the weekly meeting.
    pub struct WeeklyPatch: "`weekly`" {
        /// its name
        pub name: Option<Text>,
        /// its day of the week
        pub day: Option<WeekDay>,
        /// its time
        pub at: Option<TimeOfDay>,
    }
}

record! {
    /// Changes of the monthly meeting.
    pub struct MonthlyPatch: "`monthly`" {
        /// its name
        pub name: Option<Text>,
        /// its day of the month, for example second thu
        pub day: Option<MonthlyDay>,
        /// its time
        pub at: Option<TimeOfDay>,
    }
}

record! {
    /// NITC's report.
    #[derive(Default)]
    pub struct NitcReportFile: "`nitc_report`" {
        /// the day of the week on which it is due
        pub day: Option<WeekDay>,
        /// our name of a column, and its heading in the CSV
        pub columns: Option<Columns>,
        /// NITC's own word for a status, and ours
        pub statuses: Option<Statuses>,
    }
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

record! {
    /// Later settings, from a date.
    pub struct VersionPatch: "a version of the settings" {
        /// working days and hours
        pub working_time: Option<WorkingTimePatch>,
        /// the six deadlines
        pub deadlines: Option<DeadlinesPatch>,
        /// the meeting schedule
        pub meetings: Option<MeetingsPatch>,
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
            match value.text() {
                Some("error") => levels.insert(rule, Some(Level::Error)),
                Some("lapse") => levels.insert(rule, Some(Level::Lapse)),
                Some("off") => levels.insert(rule, None),
                _ => {
                    let message = format!("{} is not a level of a rule", value.describe());
                    faults.invalid(value.span, message, "write `error`, `lapse` or `off`");
                    good = false;
                    None
                }
            };
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
