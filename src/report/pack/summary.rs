//! The month in five sentences made from the figures.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::Pack;
use super::balance::Balance;
use super::changes::ChangeRow;
use super::compliance::{ComplianceRow, Days, FirstContact, TimesToResolve};
use super::heading::Heading;
use super::outstanding::{AttentionCounts, OutstandingRow};
use crate::model::{ClockKind, TicketId};
use crate::report::words::counted;

/// What the monthly pack calls the section.
pub(super) const HEADING: Heading = Heading::new("summary", "Summary");

/// Five sentences made from the figures of the pack.
pub fn summary(pack: &Pack) -> Vec<String> {
    let progress = pack.history.last().and_then(|row| row.progress.as_deref());
    vec![
        came_and_went(&pack.balance, progress),
        outstanding(&pack.outstanding, pack.attention_counts),
        deadlines(&pack.compliance),
        resolution(&pack.closed, &pack.times_to_resolve, &pack.first_contact),
        changes(&pack.changes),
    ]
}

/// "none", "1", "7": a number as a word of a sentence.
fn number(count: usize) -> String {
    if count == 0 { "none".to_owned() } else { count.to_string() }
}

/// "none was", "1 was", "7 were".
fn were(count: usize) -> String {
    format!("{} {}", number(count), if count > 1 { "were" } else { "was" })
}

/// "none is", "1 is", "7 are".
fn are(count: usize) -> String {
    format!("{} {}", number(count), if count > 1 { "are" } else { "is" })
}

fn came_and_went(balance: &Balance, progress: Option<&str>) -> String {
    let came = match balance.received {
        0 => "no ticket came in".to_owned(),
        received => format!("{} came in", counted(received, "ticket")),
    };
    let mut parts = vec![came, format!("{} reopened", were(balance.reopened))];
    parts.push(format!("{} closed", were(balance.closed)));
    // Without these the figures would not add up.
    if balance.voided + balance.redirected > 0 {
        parts.push(format!("{} voided or redirected", were(balance.voided + balance.redirected)));
    }
    let last = parts.pop().unwrap_or_default();
    let before = match balance.closing.cmp(&balance.opening) {
        Ordering::Less => format!("down from {}", balance.opening),
        Ordering::Equal if balance.opening == 0 => "as".to_owned(),
        Ordering::Equal => "as many as".to_owned(),
        Ordering::Greater => format!("up from {}", number(balance.opening)),
    };
    let outstanding = are(balance.closing);
    let so_far = progress.map(|progress| format!("so far ({progress}), ")).unwrap_or_default();
    let text = format!(
        "{so_far}{} and {last}; {outstanding} outstanding, {before} at the start of the period.",
        parts.join(", ")
    );
    capital(&text)
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

fn outstanding(rows: &[OutstandingRow], of: AttentionCounts) -> String {
    let came = |days: i64| match days {
        ..=0 => "less than a day ago".to_owned(),
        days => format!("{} ago", counted(days as usize, "day")),
    };
    match rows {
        [] => "No ticket is outstanding.".to_owned(),
        [one] => format!("The one that is outstanding is {}; it came in {}.", one.attention, came(one.age_days)),
        rows => format!(
            "Of those outstanding {} red, {} yellow and {} green; the oldest came in {}.",
            are(of.red),
            are(of.yellow),
            are(of.green),
            came(rows.iter().map(|row| row.age_days).max().unwrap_or_default())
        ),
    }
}

fn deadlines(rows: &[ComplianceRow]) -> String {
    let (met, of) = rows.iter().fold((0, 0), |(met, of), row| (met + row.met, of + row.of));
    let replies = rows.iter().find(|row| row.clock == ClockKind::Reply).map_or((0, 0), |row| (row.met, row.of));
    let replies = match replies {
        (_, 0) => String::new(),
        (0, 1) => "; the one first word that was due was not in time".to_owned(),
        (_, 1) => "; the one first word that was due was in time".to_owned(),
        (met, of) => format!("; of {of} first words that were due {} in time", all_or_some(met, of)),
    };
    match (met, of) {
        (_, 0) => "No deadline fell due.".to_owned(),
        (0, 1) => format!("The one deadline that fell due was not kept{replies}."),
        (_, 1) => format!("The one deadline that fell due was kept{replies}."),
        (met, of) => format!("Of {of} deadlines that fell due {} kept{replies}.", all_or_some(met, of)),
    }
}

/// "none was", "1 was", "2 were", "all were": of two or more.
fn all_or_some(count: usize, of: usize) -> String {
    if count == of { "all were".to_owned() } else { were(count) }
}

fn resolution(closed: &[TicketId], times: &TimesToResolve, first: &FirstContact) -> String {
    let closed = closed.iter().collect::<BTreeSet<_>>().len();
    let resolved = match (closed, times.count, times.median) {
        (0, ..) => "no ticket was closed".to_owned(),
        (1, 1, Some(days)) => format!("the one ticket that was closed was resolved {}", after(days)),
        (1, ..) => "the one ticket that was closed has no resolution on record".to_owned(),
        (_, 1, Some(days)) => {
            format!("of {closed} tickets that were closed one has a resolution on record, {}", after(days))
        }
        (_, count, Some(days)) if count > 1 => {
            let on_record = if count < closed { " with a resolution on record" } else { "" };
            format!("half of the {count} tickets that were closed{on_record} were resolved {}", within(days))
        }
        _ => format!("none of the {closed} tickets that were closed has a resolution on record"),
    };
    let answered = match (first.answered, first.of) {
        (_, 0) => "nothing came in that could be answered at first contact".to_owned(),
        (0, 1) => "the one that came in was not answered at first contact".to_owned(),
        (_, 1) => "the one that came in was answered at first contact".to_owned(),
        (answered, of) => format!("of {of} that came in {} answered at first contact", all_or_some(answered, of)),
    };
    capital(&format!("{resolved}; {answered}."))
}

/// How long one took.
fn after(days: Days) -> String {
    if days.halves == 0 { "on the day it came in".to_owned() } else { format!("after {}", in_days(days)) }
}

/// How long several took at most.
fn within(days: Days) -> String {
    if days.halves == 0 { "on the day they came in".to_owned() } else { format!("within {}", in_days(days)) }
}

fn in_days(days: Days) -> String {
    match (days.halves / 2, days.halves % 2) {
        (1, 0) => "1 day".to_owned(),
        (whole, 0) => format!("{whole} days"),
        (whole, _) => format!("{whole}.5 days"),
    }
}

fn changes(rows: &[ChangeRow]) -> String {
    let unfinished = rows.iter().filter(|row| !row.finished).count();
    let waiting = rows.iter().filter(|row| !row.waiting_for.is_empty()).count();
    let under_way = match (unfinished, waiting) {
        (0, _) => "No change request is under way".to_owned(),
        (1, 0) => "1 change request is under way, and does not wait for a vote".to_owned(),
        (1, _) => "1 change request is under way, and waits for a vote".to_owned(),
        (unfinished, waiting) => {
            let waits = if waiting > 1 { "wait" } else { "waits" };
            let waiting = if waiting == unfinished { "all".to_owned() } else { number(waiting) };
            format!("{unfinished} change requests are under way, of which {waiting} {waits} for a vote")
        }
    };
    format!("{under_way}; {} finished in the period.", were(rows.len() - unfinished))
}
