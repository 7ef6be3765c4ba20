//! The figures of a pack: balances, charts, ages, and how deadlines were kept.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::ClockKind;

/// Page one in ten seconds: what needs attention, what came and went, and whether it is getting better.
#[derive(Debug, Clone, Serialize)]
pub struct Glance {
    pub attention: Vec<GlanceCount>,
    /// How much of the period the figures cover while it is not over, "10 of 28 days"; blank once it is.
    pub progress: String,
    pub received: usize,
    /// What else began to be outstanding, "2 reopened"; blank where nothing did.
    pub received_also: String,
    pub closed: usize,
    /// What else ceased to be outstanding, "1 voided, 2 redirected"; blank where nothing did.
    pub closed_also: String,
    /// Outstanding at the end of the period.
    pub outstanding: usize,
    /// "up from 12 at the start".
    pub trend: String,
    /// "At the last 5 meetings: 12, 13, 12, 14, 11"; blank where there are fewer than two.
    pub recent: String,
}

/// How many things of one kind need attention.
#[derive(Debug, Clone, Serialize)]
pub struct GlanceCount {
    pub count: usize,
    pub title: String,
    /// It is late already.
    pub urgent: bool,
    /// The part of the page that lists them: the `id` of its heading or section in HTML.
    pub place: String,
}

/// Outstanding tickets by attention.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct AttentionCounts {
    pub red: usize,
    pub yellow: usize,
    pub green: usize,
}

/// The balance of one period, in events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// Outstanding at its beginning.
    pub opening: usize,
    pub received: usize,
    pub reopened: usize,
    pub closed: usize,
    pub voided: usize,
    pub redirected: usize,
    /// Outstanding at its end.
    pub closing: usize,
}

/// One period of the history: opening + received + reopened − closed − voided − redirected = outstanding, which is the
/// opening of the next row.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryRow {
    /// The date on which the meeting that ends the period is held.
    pub date: NaiveDate,
    /// Outstanding at the beginning.
    pub opening: usize,
    pub received: usize,
    pub reopened: usize,
    pub closed: usize,
    pub voided: usize,
    pub redirected: usize,
    /// Outstanding at the end.
    pub outstanding: usize,
    /// How much of a period that is not over the figures cover, "10 of 28 days"; null for one that is.
    pub progress: Option<String>,
}

/// The charts of a pack.
#[derive(Debug, Clone, Serialize)]
pub struct Charts {
    /// Received and closed as bars, outstanding as a line.
    pub history: Chart,
    /// Ageing bands as bars.
    pub ageing: Chart,
    /// Outstanding by subject as bars.
    pub subjects: Chart,
}

impl Charts {
    /// Each chart under its name.
    pub fn all(&self) -> [(&'static str, &Chart); 3] {
        [("history", &self.history), ("ageing", &self.ageing), ("subjects", &self.subjects)]
    }
}

/// A chart as data; `render` draws it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Chart {
    pub title: String,
    /// The finding in a sentence: the alternative text.
    pub description: String,
    /// One label for each place on the axis.
    pub labels: Vec<String>,
    /// What is told of the last place where its figures are not final, "10 Dec: 10 of 28 days"; null otherwise.
    pub unfinished: Option<String>,
    pub series: Vec<Series>,
}

/// One row of bars, or one line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Series {
    pub name: String,
    /// `bar` or `line`.
    pub mark: Mark,
    pub values: Vec<usize>,
}

/// What draws a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    Bar,
    Line,
}

/// Outstanding tickets by age, in days.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Ageing {
    #[serde(rename = "0-7")]
    pub to_7: usize,
    #[serde(rename = "8-14")]
    pub to_14: usize,
    #[serde(rename = "15-30")]
    pub to_30: usize,
    #[serde(rename = "31-60")]
    pub to_60: usize,
    #[serde(rename = "61+")]
    pub over_60: usize,
}

/// How one kind of deadline was kept.
#[derive(Debug, Clone, Serialize)]
pub struct ComplianceRow {
    pub clock: ClockKind,
    /// The clock in words.
    pub clock_text: String,
    /// Done by the due date.
    pub met: usize,
    /// Done after it.
    pub late: usize,
    /// Not done, and the due date is past.
    pub overdue: usize,
    pub waived: usize,
    /// What the deadline asks, "first word to the POC within 1 working day".
    pub asks: String,
    /// met + late + overdue: what the share is of.
    pub of: usize,
    /// "4 of 5", with a percentage from 10 clocks on; "none due" where `of` is 0.
    pub share: String,
}

/// Times to resolve in calendar days; null where no ticket closed has one.
#[derive(Debug, Clone, Serialize)]
pub struct TimesToResolve {
    pub count: usize,
    /// The mean of the middle two for an even count, so it may end in .5.
    pub median: Option<Days>,
    pub p90: Option<i64>,
    pub max: Option<i64>,
}

/// A number of days in halves; whole ones are written without a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub halves: i64,
}

impl Serialize for Days {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.halves % 2 == 0 {
            serializer.serialize_i64(self.halves / 2)
        } else {
            serializer.serialize_f64(self.halves as f64 / 2.0)
        }
    }
}

/// Tickets received in the period whose first word to the POC was the resolution.
#[derive(Debug, Clone, Serialize)]
pub struct FirstContact {
    pub answered: usize,
    pub of: usize,
}
