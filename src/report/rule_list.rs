//! The model of `heatpack rules`: every rule with its level, in the order of the rules.

use serde::Serialize;

use crate::model::{Level, RuleId, Settings};
use crate::rules::in_settings;

/// All rules.
#[derive(Debug, Serialize)]
pub struct RuleList {
    pub format: &'static str,
    pub rules: Vec<RuleLine>,
}

/// A rule.
#[derive(Debug, Serialize)]
pub struct RuleLine {
    pub name: &'static str,
    /// `error`, `lapse` or `off`, as the settings have it.
    pub level: &'static str,
    /// The default level.
    pub default_level: &'static str,
    /// An exception can put a breach on record.
    pub excusable: bool,
    /// The title of the rule.
    pub title: &'static str,
}

impl RuleList {
    /// The rules under these settings.
    pub fn new(settings: &Settings) -> RuleList {
        RuleList {
            format: "heatpack.rules/1",
            rules: RuleId::ALL.iter().map(|rule| RuleLine::new(*rule, settings)).collect(),
        }
    }
}

impl RuleLine {
    /// A rule under these settings.
    pub fn new(rule: RuleId, settings: &Settings) -> RuleLine {
        RuleLine {
            name: rule.name(),
            level: Level::word(in_settings(settings, rule)),
            default_level: Level::word(rule.level()),
            excusable: rule.takes_exception(),
            title: rule.title(),
        }
    }
}
