//! The month in five sentences made from the figures.

use crate::model::ClockKind;
use crate::report::pack::{
    AttentionCounts, Balance, ChangeRow, ComplianceRow, FirstContact, OutstandingRow, TimesToResolve,
};
use crate::report::words::counted;

/// What the five sentences are made from.
pub struct Figures<'f> {
    pub balance: Balance,
    pub outstanding: &'f [OutstandingRow],
    pub attention: AttentionCounts,
    pub compliance: &'f [ComplianceRow],
    pub times: &'f TimesToResolve,
    pub first_contact: &'f FirstContact,
    pub changes: &'f [ChangeRow],
}

/// Five sentences.
pub fn summary(figures: &Figures) -> Vec<String> {
    vec![
        came_and_went(&figures.balance),
        outstanding(figures.outstanding, figures.attention),
        deadlines(figures.compliance),
        resolution(figures.times, figures.first_contact),
        changes(figures.changes),
    ]
}

fn came_and_went(balance: &Balance) -> String {
    let trend = match balance.closing.cmp(&balance.opening) {
        std::cmp::Ordering::Less => "down from",
        std::cmp::Ordering::Equal => "the same as",
        std::cmp::Ordering::Greater => "up from",
    };
    format!(
        "{} came in, {} reopened and {} closed; {} outstanding, {trend} {} at the last meeting.",
        counted(balance.received, "ticket"),
        were(balance.reopened),
        were(balance.closed),
        are(balance.closing),
        balance.opening
    )
}

fn were(count: usize) -> String {
    if count == 1 { "1 was".to_owned() } else { format!("{count} were") }
}

fn are(count: usize) -> String {
    if count == 1 { "1 is".to_owned() } else { format!("{count} are") }
}

fn outstanding(rows: &[OutstandingRow], of: AttentionCounts) -> String {
    match rows.iter().map(|row| row.age_days).max() {
        None => "No ticket is outstanding.".to_owned(),
        Some(oldest) => format!(
            "Of those outstanding {} red, {} yellow and {} green; the oldest came in {} ago.",
            are(of.red),
            are(of.yellow),
            are(of.green),
            counted(oldest.max(0) as usize, "day")
        ),
    }
}

fn deadlines(rows: &[ComplianceRow]) -> String {
    let (met, of) = rows.iter().fold((0, 0), |(met, of), row| (met + row.met, of + row.of));
    let reply = rows.iter().find(|row| row.clock == ClockKind::Reply);
    let replies = match reply {
        Some(row) if row.of > 0 => format!("; the first word came in time for {} of {}", row.met, row.of),
        _ => String::new(),
    };
    match of {
        0 => "No deadline fell due.".to_owned(),
        _ => format!("Of {} that fell due, {met} were kept{replies}.", counted(of, "deadline")),
    }
}

fn resolution(times: &TimesToResolve, first: &FirstContact) -> String {
    let answered = match first.of {
        0 => "nothing came in that could be answered at first contact".to_owned(),
        of => format!("{} of {of} were answered at first contact", first.answered),
    };
    match times.median {
        None => format!("No ticket that was closed has a time to resolve; {answered}."),
        Some(median) => {
            let half = if median.halves % 2 == 0 { "" } else { ".5" };
            let days = median.halves.div_euclid(2);
            let plural = if median.halves == 2 { "" } else { "s" };
            format!("Half of the tickets closed were resolved within {days}{half} day{plural}; {answered}.")
        }
    }
}

fn changes(rows: &[ChangeRow]) -> String {
    let unfinished = rows.iter().filter(|row| !row.finished).count();
    let waiting = rows.iter().filter(|row| !row.waiting_for.is_empty()).count();
    let finished = rows.len() - unfinished;
    match rows.len() {
        0 => "There is no change request.".to_owned(),
        _ => format!(
            "{} under way, {waiting} of them waiting for a vote; {} finished in the period.",
            if unfinished == 1 {
                "1 change request is".to_owned()
            } else {
                format!("{unfinished} change requests are")
            },
            were(finished)
        ),
    }
}
