//! The month in five sentences.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::balance::{Balance, HistoryRow};
use super::changes::ChangeRow;
use super::compliance::{ComplianceRow, Days, DeadlineTarget, FirstContact, TimesToResolve};
use super::heading::Heading;
use super::outstanding::{AttentionCounts, OutstandingRow};
use crate::model::{ClockKind, TicketId};
use crate::report::words::{counted, percent_to_target};

/// What the monthly pack calls the section.
pub(super) const HEADING: Heading = Heading::new("summary", "Summary");

/// The sections that the sentences are made from.
pub struct Figures<'p> {
    pub balance: &'p Balance,
    pub history: &'p [HistoryRow],
    pub outstanding: &'p [OutstandingRow],
    pub attention_counts: AttentionCounts,
    pub compliance: &'p [ComplianceRow],
    pub target: &'p DeadlineTarget,
    pub closed: &'p [TicketId],
    pub times_to_resolve: &'p TimesToResolve,
    pub first_contact: &'p FirstContact,
    pub changes: &'p [ChangeRow],
}

/// Five sentences made from the figures of the pack.
pub fn summary(figures: &Figures) -> Vec<String> {
    let progress = figures.history.last().and_then(|row| row.progress.as_deref());
    vec![
        ticket_count(figures.balance, progress),
        outstanding(figures.outstanding, figures.attention_counts),
        deadlines(figures.compliance, figures.target),
        resolution(figures.closed, figures.times_to_resolve, figures.first_contact),
        changes(figures.changes),
    ]
}

fn ticket_count(balance: &Balance, progress: Option<&str>) -> String {
    let mut parts = vec![
        format!("{} received", counted(balance.received, "ticket")),
        format!("{} reopened", balance.reopened),
        format!("{} closed", balance.closed),
    ];
    // Without these the figures would not add up.
    if balance.voided + balance.redirected > 0 {
        parts.push(format!("{} voided or redirected", balance.voided + balance.redirected));
    }
    let so_far = progress.map(|progress| format!("So far ({progress}): ")).unwrap_or_default();
    let trend = trend(balance.opening, balance.closing);
    format!("{so_far}{}. {} outstanding, {trend}.", parts.join(", "), balance.closing)
}

/// "up from 12 at the start".
fn trend(opening: usize, closing: usize) -> String {
    let way = match closing.cmp(&opening) {
        Ordering::Less => "down from",
        Ordering::Equal => "unchanged from",
        Ordering::Greater => "up from",
    };
    format!("{way} {opening} at the start")
}

fn outstanding(rows: &[OutstandingRow], of: AttentionCounts) -> String {
    match rows.iter().map(|row| row.age_days).max() {
        None => "No outstanding tickets.".to_owned(),
        Some(oldest) => format!(
            "Outstanding tickets: {} red, {} yellow, {} green; the oldest is {} old.",
            of.red,
            of.yellow,
            of.green,
            counted(oldest.max(0) as usize, "day")
        ),
    }
}

fn deadlines(rows: &[ComplianceRow], target: &DeadlineTarget) -> String {
    let (met, of) = (target.met, target.of);
    if of == 0 {
        return "No deadlines due.".to_owned();
    }
    let replies = rows.iter().find(|row| row.clock == ClockKind::Reply && row.of > 0);
    let replies =
        replies.map(|row| format!("; {} of {} on time", row.met, many(row.of, "first reply", "first replies")));
    // As in the table of deadlines, a share of a few is not a percentage.
    let share = if of < 10 { String::new() } else { format!(" ({})", percent_to_target(met, of, target.percent)) };
    format!("{met} of {} met{share}{}.", counted(of, "deadline"), replies.unwrap_or_default())
}

fn many(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn resolution(closed: &[TicketId], times: &TimesToResolve, first: &FirstContact) -> String {
    let closed = closed.iter().collect::<BTreeSet<_>>().len();
    let resolved = match times.median {
        _ if closed == 0 => "No tickets closed".to_owned(),
        None => format!("No resolution on record for {}", counted(closed, "closed ticket")),
        Some(days) => format!(
            "Median time to resolve: {} ({} of {})",
            in_days(days),
            times.count,
            counted(closed, "closed ticket")
        ),
    };
    match first.of {
        0 => format!("{resolved}."),
        of => {
            format!("{resolved}; {} of {} answered at first contact.", first.answered, counted(of, "received ticket"))
        }
    }
}

fn in_days(days: Days) -> String {
    match (days.halves / 2, days.halves % 2) {
        (0, 0) => "same day".to_owned(),
        (1, 0) => "1 day".to_owned(),
        (whole, 0) => format!("{whole} days"),
        (whole, _) => format!("{whole}.5 days"),
    }
}

fn changes(rows: &[ChangeRow]) -> String {
    let unfinished = rows.iter().filter(|row| !row.finished).count();
    let waiting = rows.iter().filter(|row| !row.waiting_for.is_empty()).count();
    let waiting = if waiting > 0 { format!(", {waiting} waiting for votes") } else { String::new() };
    let finished = rows.len() - unfinished;
    format!("{}{waiting}; {finished} finished this period.", counted(unfinished, "unfinished change request"))
}

#[cfg(test)]
mod tests {
    use super::trend;

    #[test]
    fn the_trend_is_from_the_start_of_the_period() {
        assert_eq!(trend(5, 7), "up from 5 at the start");
        assert_eq!(trend(5, 5), "unchanged from 5 at the start");
        assert_eq!(trend(5, 0), "down from 5 at the start");
    }
}
