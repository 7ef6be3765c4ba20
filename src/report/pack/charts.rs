//! The charts as data, each with its finding in a sentence.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::balance::HistoryRow;
use super::outstanding::Ageing;
use crate::report::words::counted;

/// The charts of a pack.
#[derive(Debug, Clone, Serialize)]
pub struct Charts {
    /// Outstanding as a line, received and closed as bars.
    pub history: Chart,
    /// Ageing bands as the parts of one bar.
    pub ageing: Chart,
}

impl Charts {
    /// Each chart under its name.
    pub fn all(&self) -> [(&'static str, &Chart); 2] {
        [("history", &self.history), ("ageing", &self.ageing)]
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
    /// The label of the last period while its figures are not final, "Dec 10: 10 of 28 days"; null otherwise.
    pub unfinished: Option<String>,
    pub series: Vec<Series>,
}

/// One row of bars, one line, or the parts of one bar.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Series {
    pub name: String,
    /// `bar`, `line` or `part`.
    pub mark: Mark,
    pub values: Vec<usize>,
}

/// What draws a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    Bar,
    Line,
    /// Each value is a part of one bar.
    Part,
}

/// The charts of a pack.
pub fn charts(history: &[HistoryRow], ageing: &Ageing) -> Charts {
    Charts { history: history_chart(history), ageing: ageing_chart(ageing) }
}

fn history_chart(history: &[HistoryRow]) -> Chart {
    let series = |name: &str, mark, value: fn(&HistoryRow) -> usize| Series {
        name: name.to_owned(),
        mark,
        values: history.iter().map(value).collect(),
    };
    let unfinished = history.last().and_then(|last| {
        let progress = last.progress.as_ref()?;
        Some(format!("{}: {progress}", label(last)))
    });
    Chart {
        title: "Received, closed and outstanding".to_owned(),
        description: history_finding(history),
        labels: history.iter().map(label).collect(),
        unfinished,
        series: vec![
            series("Received", Mark::Bar, |row| row.received),
            series("Closed", Mark::Bar, |row| row.closed),
            series("Outstanding", Mark::Line, |row| row.outstanding),
        ],
    }
}

/// The day of the meeting, "Nov 18".
fn label(row: &HistoryRow) -> String {
    row.date.format("%b %-d").to_string()
}

/// What the history shows: from the opening of the first period to the closing of the last, with all that lies between.
fn history_finding(history: &[HistoryRow]) -> String {
    let (Some(first), Some(last)) = (history.first(), history.last()) else {
        return "No periods yet.".to_owned();
    };
    let sum = |of: fn(&HistoryRow) -> usize| history.iter().map(of).sum::<usize>();
    let periods = match history.len() {
        1 => "In the one period so far,".to_owned(),
        count => format!("Over {count} periods,"),
    };
    let way = match last.outstanding.cmp(&first.opening) {
        Ordering::Less => format!("fell from {} to {}", first.opening, last.outstanding),
        Ordering::Equal => format!("stayed at {}", last.outstanding),
        Ordering::Greater => format!("rose from {} to {}", first.opening, last.outstanding),
    };
    let events = format!(
        "{} received, {} reopened, {} closed, {} voided or redirected",
        sum(|row| row.received),
        sum(|row| row.reopened),
        sum(|row| row.closed),
        sum(|row| row.voided + row.redirected)
    );
    let progress = last.progress.as_ref();
    let open = progress.map(|progress| format!(" The last period is still open: {progress}.")).unwrap_or_default();
    format!("{periods} outstanding tickets {way}: {events}.{open}")
}

fn ageing_chart(ageing: &Ageing) -> Chart {
    let bands = [
        ("0–7", ageing.to_7),
        ("8–14", ageing.to_14),
        ("15–30", ageing.to_30),
        ("31–60", ageing.to_60),
        ("61+", ageing.over_60),
    ];
    let all: usize = bands.iter().map(|(_, count)| count).sum();
    let old = ageing.to_60 + ageing.over_60;
    let description = match all {
        0 => "No outstanding tickets.".to_owned(),
        _ => format!("Of {}, {} older than 30 days.", counted(all, "outstanding ticket"), are(old)),
    };
    let counts: Vec<String> = bands.iter().map(|(label, count)| format!("{label} days: {count}")).collect();
    let (labels, values) = bands.map(|(label, count)| (format!("{label} days"), count)).into_iter().unzip();
    Chart {
        title: "Outstanding tickets by age".to_owned(),
        description: format!("{description} {}.", counts.join(", ")),
        labels,
        unfinished: None,
        series: vec![Series { name: "Tickets".to_owned(), mark: Mark::Part, values }],
    }
}

/// "1 is", "4 are".
fn are(count: usize) -> String {
    format!("{count} {}", if count == 1 { "is" } else { "are" })
}
