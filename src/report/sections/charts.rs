//! The charts as data, each with its finding in a sentence.

use std::collections::BTreeMap;

use crate::model::SubjectId;
use crate::report::pack::{Ageing, Chart, Charts, HistoryRow, OutstandingRow, Series};
use crate::report::scope::Scope;
use crate::report::words::counted;

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
    let description = match (history.first(), history.last()) {
        (Some(first), Some(last)) if history.len() > 1 => {
            let received: usize = history.iter().map(|row| row.received).sum();
            let closed: usize = history.iter().map(|row| row.closed).sum();
            let trend = match last.outstanding.cmp(&first.outstanding) {
                std::cmp::Ordering::Less => "fewer than",
                std::cmp::Ordering::Equal => "as many as",
                std::cmp::Ordering::Greater => "more than",
            };
            format!(
                "Over {} periods {} came and {} closed; {} outstanding, {trend} the {} at the end of the first.",
                history.len(),
                counted(received, "ticket"),
                were(closed),
                are(last.outstanding),
                first.outstanding
            )
        }
        (_, Some(last)) => format!(
            "In the one period so far {} came and {} closed; {} outstanding.",
            counted(last.received, "ticket"),
            were(last.closed),
            are(last.outstanding)
        ),
        _ => "There is no period yet.".to_owned(),
    };
    Chart {
        title: "Received, closed and outstanding".to_owned(),
        description,
        labels: history.iter().map(|row| row.date.format("%-d %b").to_string()).collect(),
        series: vec![
            series("Received", "bar", |row| row.received),
            series("Closed", "bar", |row| row.closed),
            series("Outstanding", "line", |row| row.outstanding),
        ],
    }
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
    Chart {
        title: "Outstanding tickets by age in days".to_owned(),
        description: match all {
            0 => "No ticket is outstanding.".to_owned(),
            _ => format!("Of {}, {} older than 30 days.", counted(all, "outstanding ticket"), are(old)),
        },
        labels: bands.iter().map(|(label, _)| (*label).to_owned()).collect(),
        series: vec![Series {
            name: "Tickets".to_owned(),
            mark: "bar",
            values: bands.iter().map(|(_, count)| *count).collect(),
        }],
    }
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
        None => "No ticket is outstanding.".to_owned(),
        Some((name, most)) if leaders == 1 => {
            format!("{name} has the most outstanding tickets, {most} of {}.", outstanding.len())
        }
        Some((_, most)) => {
            format!("{leaders} subjects share the most outstanding tickets, {most} each.")
        }
    };
    Chart {
        title: "Outstanding tickets by module and initiative".to_owned(),
        description,
        labels: rows.iter().map(|(name, _)| name.clone()).collect(),
        series: vec![Series {
            name: "Tickets".to_owned(),
            mark: "bar",
            values: rows.iter().map(|(_, count)| *count).collect(),
        }],
    }
}

/// "1 was", "4 were".
fn were(count: usize) -> String {
    format!("{count} {}", if count == 1 { "was" } else { "were" })
}

/// "1 is", "4 are".
fn are(count: usize) -> String {
    format!("{count} {}", if count == 1 { "is" } else { "are" })
}
