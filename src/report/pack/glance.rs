//! The key figures of page one: what needs attention, what was received and closed, and whether it is getting better.

use std::cmp::Ordering;

use serde::Serialize;

use super::Pack;
use super::attention::AttentionGroup;
use super::balance::HistoryRow;
use crate::report::words::counted;

/// Page one in ten seconds: what needs attention, what was received and closed, and whether it is getting better.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Glance {
    pub attention: Vec<GlanceCount>,
    /// How much of the period the figures cover while it is not over, "10 of 28 days"; blank once it is.
    pub progress: String,
    pub received: usize,
    /// Other tickets that became outstanding, "2 reopened"; blank if there are none.
    pub received_also: String,
    pub closed: usize,
    /// Other tickets no longer outstanding, "1 voided, 2 redirected"; blank if there are none.
    pub closed_also: String,
    /// Outstanding at the end of the period.
    pub outstanding: usize,
    /// "up from 12 at the start".
    pub trend: String,
    /// "At the last 5 meetings: 12, 13, 12, 14, 11"; blank if there are fewer than two.
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

/// How many of the last periods page one names.
const RECENT: usize = 5;

/// The key figures of a pack: each count is that of a list of the same pack.
pub fn glance(pack: &Pack) -> Glance {
    let balance = pack.balance;
    Glance {
        attention: attention(pack),
        progress: pack.history.last().and_then(|row| row.progress.clone()).unwrap_or_default(),
        received: balance.received,
        received_also: also(&[(balance.reopened, "reopened")]),
        closed: balance.closed,
        closed_also: also(&[(balance.voided, "voided"), (balance.redirected, "redirected")]),
        outstanding: balance.closing,
        trend: trend(balance.opening, balance.closing),
        recent: recent(&pack.history),
    }
}

fn attention(pack: &Pack) -> Vec<GlanceCount> {
    let line = |count, title: &str, urgent, place: &str| GlanceCount {
        count,
        title: title.to_owned(),
        urgent,
        place: place.to_owned(),
    };
    let mut lines = match &pack.monthly {
        None => {
            let groups = pack.attention_groups.iter();
            let of = |group: &AttentionGroup| {
                line(group.items.len(), &group.title, group.key == "overdue", &format!("attention-{}", group.key))
            };
            groups.map(of).collect()
        }
        Some(monthly) => vec![
            line(monthly.decisions_asked.len(), "Decisions needed", false, "decisions"),
            line(pack.ageing.over_60, "Outstanding 61 days or more", true, "subjects"),
            line(pack.ageing.to_60, "Outstanding 31 to 60 days", false, "subjects"),
            line(monthly.roster.gaps.len(), "Gaps in the POC roster", false, "roster"),
        ],
    };
    lines.push(line(pack.actions.overdue.len(), "Overdue action items", true, "actions"));
    lines
}

/// The counts that are not zero, each with its word.
fn also(counts: &[(usize, &str)]) -> String {
    let some = counts.iter().filter(|(count, _)| *count > 0);
    some.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}

pub(super) fn trend(opening: usize, closing: usize) -> String {
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
