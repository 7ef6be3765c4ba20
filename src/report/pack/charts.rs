//! The charts as data, each with its finding in a sentence.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::balance::HistoryRow;
use super::outstanding::{Ageing, OutstandingRow};
use super::scope::Scope;
use crate::model::SubjectId;
use crate::report::words::counted;

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
    /// The label of the last period while its figures are not final, "Dec 10: 10 of 28 days"; null otherwise.
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

/// The charts of a pack.
pub fn charts(scope: &Scope, history: &[HistoryRow], ageing: &Ageing, outstanding: &[OutstandingRow]) -> Charts {
    Charts {
        history: history_chart(history),
        ageing: ageing_chart(ageing),
        subjects: subjects_chart(scope, outstanding),
    }
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
    let bands = bands.map(|(label, count)| (label.to_owned(), count));
    tickets("Outstanding tickets by age in days", description, bands.into())
}

fn subjects_chart(scope: &Scope, outstanding: &[OutstandingRow]) -> Chart {
    let mut counts: BTreeMap<&SubjectId, usize> = BTreeMap::new();
    for row in outstanding {
        *counts.entry(&row.subject).or_default() += 1;
    }
    let mut rows: Vec<(String, usize)> =
        counts.into_iter().map(|(id, count)| (scope.ctx.project().subject_name(id), count)).collect();
    rows.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    let leaders = rows.iter().filter(|(_, count)| rows.first().is_some_and(|(_, most)| count == most)).count();
    let description = match rows.first() {
        None => "No outstanding tickets.".to_owned(),
        Some((name, most)) if leaders == 1 => {
            format!("{name} has the most outstanding tickets, {most} of {}.", outstanding.len())
        }
        Some((_, most)) => {
            format!("{leaders} subjects share the most outstanding tickets, {most} each.")
        }
    };
    tickets("Outstanding tickets by module and initiative", description, rows)
}

/// Counts of tickets as bars.
fn tickets(title: &str, description: String, bars: Vec<(String, usize)>) -> Chart {
    let (labels, values) = bars.into_iter().unzip();
    let series = vec![Series { name: "Tickets".to_owned(), mark: Mark::Bar, values }];
    Chart { title: title.to_owned(), description, labels, unfinished: None, series }
}

/// "1 is", "4 are".
fn are(count: usize) -> String {
    format!("{count} {}", if count == 1 { "is" } else { "are" })
}
