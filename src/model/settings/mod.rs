//! The project's settings with their defaults, and which version of them is in force on a date (`heatpack.yaml`).

mod file;
mod values;
mod version;

pub(super) use file::entries;
pub use file::{HelpDesk, SettingsFile};
pub use values::{Deadline, Holidays, MonthlyDay, Numbers, Paper, WeekDay, ZoneName};
pub use version::{ClosedDay, Version, WorkingTime};

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::names::Names;
use super::{Level, Minute, NitcStatus, Text};
use crate::record::RuleId;
use file::VersionPatch;

/// When NITC's report is due, and what its columns and statuses are called.
#[derive(Debug, Clone)]
pub struct NitcReportSettings {
    pub day: WeekDay,
    /// Our name of a column to the heading in the report, where it differs.
    pub columns: BTreeMap<String, String>,
    /// NITC's own words for a status, as [`status_key`](super::status_key) has them.
    pub statuses: BTreeMap<String, NitcStatus>,
}

/// The settings.
#[derive(Debug, Clone)]
pub struct Settings {
    pub organization: String,
    pub zone: chrono_tz::Tz,
    /// No meeting before it; where it is not set, the date of the first ticket received.
    pub starts: Option<NaiveDate>,
    /// The records' last moment.
    pub ends: Option<Minute>,
    pub paper: Paper,
    pub names: Names,
    pub help_desk: HelpDesk,
    pub nitc_report: NitcReportSettings,
    pub numbers: Numbers,
    /// Rules whose level is set; `None` is off.
    pub rules: BTreeMap<RuleId, Option<Level>>,
    /// Oldest first; never empty.
    pub versions: Vec<Version>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings::new(SettingsFile::default())
    }
}

impl Settings {
    /// The settings of a file. Omitted settings have their defaults (docs/reference/settings.md); each later version is the
    /// previous one with its own settings applied.
    pub fn new(file: SettingsFile) -> Settings {
        let text = |value: Option<Text>, default: &str| value.map_or(default.to_owned(), |text| text.0);
        let names = file.names.unwrap_or_default();
        let report = file.nitc_report.unwrap_or_default();
        let mut first = Version::standard();
        first.apply(VersionPatch {
            working_time: file.working_time,
            deadlines: file.deadlines,
            meetings: file.meetings,
        });
        let mut versions = vec![first];
        for (from, patch) in file.since.map(|since| since.0).unwrap_or_default() {
            let mut next = versions[versions.len() - 1].clone();
            next.from = Some(from);
            next.apply(patch);
            versions.push(next);
        }
        Settings {
            organization: text(file.organization, "MITS User Support"),
            zone: file.timezone.map_or(chrono_tz::America::New_York, |zone| zone.0),
            starts: file.starts.map(|day| day.0),
            ends: file.ends,
            paper: file.paper.unwrap_or(Paper::UsLetter),
            names: Names {
                tracker: text(names.tracker, "HEAT"),
                help_desk: text(names.help_desk, "MITS Help Desk"),
                third_line: text(names.third_line, "NITC"),
                sponsor: text(names.sponsor, "ACFO-FS"),
                board: text(names.board, "CFMSCCB"),
            },
            help_desk: file.help_desk.unwrap_or_default(),
            nitc_report: NitcReportSettings {
                day: report.day.unwrap_or(WeekDay::Mon),
                columns: report.columns.map(|columns| columns.0).unwrap_or_default(),
                statuses: report.statuses.map(|statuses| statuses.0).unwrap_or_default(),
            },
            numbers: file.numbers.unwrap_or_default(),
            rules: file.rules.map(|rules| rules.0).unwrap_or_default(),
            versions,
        }
    }

    /// The version in force on a date.
    pub fn on(&self, date: NaiveDate) -> &Version {
        &self.versions[self.version_on(date)]
    }

    /// Its place in [`Settings::versions`].
    pub fn version_on(&self, date: NaiveDate) -> usize {
        self.versions.iter().rposition(|version| version.from.is_none_or(|from| from <= date)).unwrap_or(0)
    }
}
