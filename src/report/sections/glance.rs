//! The key figures of page one: what needs attention, what came and went, and whether it is getting better.

use std::cmp::Ordering;

use crate::report::pack::{Actions, Ageing, AttentionGroup, Balance, Glance, GlanceCount, HistoryRow, Monthly};
use crate::report::words::counted;

/// How many of the last periods page one names.
const RECENT: usize = 5;

/// The sections that the key figures are taken from: each count is that of a list of the same pack.
pub struct Seen<'p> {
    pub groups: &'p [AttentionGroup],
    pub ageing: &'p Ageing,
    pub actions: &'p Actions,
    pub monthly: Option<&'p Monthly>,
    pub balance: Balance,
    pub history: &'p [HistoryRow],
}

/// The key figures.
pub fn glance(seen: &Seen) -> Glance {
    let balance = seen.balance;
    Glance {
        attention: attention(seen),
        progress: seen.history.last().and_then(|row| row.progress.clone()).unwrap_or_default(),
        received: balance.received,
        received_also: also(&[(balance.reopened, "reopened")]),
        closed: balance.closed,
        closed_also: also(&[(balance.voided, "voided"), (balance.redirected, "redirected")]),
        outstanding: balance.closing,
        trend: trend(balance.opening, balance.closing),
        recent: recent(seen.history),
    }
}

fn attention(seen: &Seen) -> Vec<GlanceCount> {
    let line = |count, title: &str, urgent, place: &str| GlanceCount {
        count,
        title: title.to_owned(),
        urgent,
        place: place.to_owned(),
    };
    let mut lines = match seen.monthly {
        None => {
            let groups = seen.groups.iter();
            let of = |group: &AttentionGroup| {
                line(group.items.len(), &group.title, group.key == "overdue", &format!("attention-{}", group.key))
            };
            groups.map(of).collect()
        }
        Some(monthly) => vec![
            line(monthly.decisions_asked.len(), "Decisions asked", false, "decisions"),
            line(seen.ageing.over_60, "Tickets of 61 days and over", true, "subjects"),
            line(seen.ageing.to_60, "Tickets of 31 to 60 days", false, "subjects"),
            line(monthly.roster.gaps.len(), "Gaps in the POC roster", false, "roster"),
        ],
    };
    lines.push(line(seen.actions.overdue.len(), "Overdue action items", true, "actions"));
    lines
}

/// The counts that are not zero, each with its word.
fn also(counts: &[(usize, &str)]) -> String {
    let some = counts.iter().filter(|(count, _)| *count > 0);
    some.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}

fn trend(opening: usize, closing: usize) -> String {
    let way = match closing.cmp(&opening) {
        Ordering::Less => "down from",
        Ordering::Equal => "unchanged from",
        Ordering::Greater => "up from",
    };
    format!("{way} {opening} at the start")
}

/// What was outstanding at the last meetings, oldest first. A meeting that is still to come is none of them.
fn recent(history: &[HistoryRow]) -> String {
    let held: Vec<&HistoryRow> = history.iter().filter(|row| row.progress.is_none()).collect();
    let last = &held[held.len().saturating_sub(RECENT)..];
    if last.len() < 2 {
        return String::new();
    }
    let figures: Vec<String> = last.iter().map(|row| row.outstanding.to_string()).collect();
    format!("At the last {}: {}", counted(last.len(), "meeting"), figures.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn the_trend_is_from_the_start_of_the_period() {
        assert_eq!(trend(5, 7), "up from 5 at the start");
        assert_eq!(trend(5, 5), "unchanged from 5 at the start");
        assert_eq!(trend(5, 0), "down from 5 at the start");
    }

    #[test]
    fn only_what_happened_is_said_beside_the_figures() {
        assert_eq!(also(&[(0, "voided"), (0, "redirected")]), "");
        assert_eq!(also(&[(1, "voided"), (2, "redirected")]), "1 voided, 2 redirected");
    }

    fn row(outstanding: usize) -> HistoryRow {
        HistoryRow {
            date: NaiveDate::MIN,
            opening: 0,
            received: outstanding,
            reopened: 0,
            closed: 0,
            voided: 0,
            redirected: 0,
            outstanding,
            progress: None,
        }
    }

    #[test]
    fn the_last_periods_are_named_oldest_first() {
        assert_eq!(recent(&[row(3)]), "");
        assert_eq!(recent(&(1..=7).map(row).collect::<Vec<_>>()), "At the last 5 meetings: 3, 4, 5, 6, 7");
    }

    #[test]
    fn a_meeting_to_come_is_none_of_the_last() {
        let mut rows: Vec<_> = (1..=3).map(row).collect();
        rows.push(HistoryRow { progress: Some("10 of 28 days".to_owned()), ..row(9) });
        assert_eq!(recent(&rows), "At the last 3 meetings: 1, 2, 3");
        assert_eq!(recent(&rows[2..]), "");
    }
}
