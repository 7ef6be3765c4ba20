//! The project's settings with their defaults, and which version of them is in force on a date (`heatpack.yaml`).

mod file;
mod merge;
mod values;
mod version;

pub(super) use file::entries;
pub use file::{HelpDesk, NitcReportSettings, SettingsFile, Targets};
pub use values::{Deadline, Holidays, MonthlyDay, Numbers, Paper, WeekDay, ZoneName};
pub use version::{ClosedDay, Version, WorkingTime};

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::names::Names;
use super::{Level, Minute};
use crate::record::RuleId;
use merge::Setting;
use version::VersionPatch;

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
    pub targets: Targets,
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
        let first =
            VersionPatch { working_time: file.working_time, deadlines: file.deadlines, meetings: file.meetings };
        let mut versions = vec![Setting::or(Some(first), Version::default())];
        for (from, patch) in file.since.map(|since| since.0).unwrap_or_default() {
            let last = versions[versions.len() - 1].clone();
            versions.push(Setting::or(Some(patch), Version { from: Some(from), ..last }));
        }
        Settings {
            organization: Setting::or(file.organization, "MITS User Support".to_owned()),
            zone: Setting::or(file.timezone, chrono_tz::America::New_York),
            starts: Setting::or(file.starts, None),
            ends: file.ends,
            paper: file.paper.unwrap_or(Paper::UsLetter),
            names: Setting::or(file.names, Names::default()),
            help_desk: file.help_desk.unwrap_or_default(),
            nitc_report: Setting::or(file.nitc_report, NitcReportSettings::default()),
            numbers: file.numbers.unwrap_or_default(),
            targets: Setting::or(file.targets, Targets::default()),
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
