//! The headline of a pack: whether the backlog grows or falls, what happened, and what is asked of the meeting.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::balance::{Balance, HistoryRow};
use super::tiles::since;
use crate::record::capital;

/// The headline. `start` is the date at which the first period of the history begins.
pub fn headline(
    start: NaiveDate,
    history: &[HistoryRow],
    balance: &Balance,
    decisions: usize,
    overdue: usize,
) -> String {
    let opening = history.first().map(|row| (start, row.opening));
    let points: Vec<_> = opening.into_iter().chain(history.iter().map(|row| (row.date, row.outstanding))).collect();
    let progress = history.last().and_then(|row| row.progress.as_deref());
    format!("{}. {}. {}.", backlog(&points), events(balance, progress), asked(decisions, overdue))
}

/// The run of periods in one direction that leads to now, from where it began.
fn backlog(points: &[(NaiveDate, usize)]) -> String {
    let Some(((today, now), before)) = points.split_last() else { return "No outstanding tickets".to_owned() };
    let Some((_, last)) = before.last() else { return outstanding(*now) };
    let way = now.cmp(last);
    // A period without a change belongs to the run, but the run does not begin with one.
    let goes_on = |pair: &&[(NaiveDate, usize)]| {
        let step = pair[1].1.cmp(&pair[0].1);
        step == way || step == Ordering::Equal
    };
    let run = points.windows(2).rev().take_while(goes_on).count();
    let mut start = points.len() - 1 - run;
    while way != Ordering::Equal && points[start].1 == points[start + 1].1 {
        start += 1;
    }
    let (date, from) = points[start];
    let date = since(date, *today);
    let moved = |how: String| format!("Backlog {how} since {date} ({from} → {now})");
    match way {
        Ordering::Equal if *now == 0 => outstanding(0),
        Ordering::Equal => format!("Backlog steady at {now} since {date}"),
        Ordering::Greater => {
            grown(from, *now).map_or_else(|| format!("Backlog up from {from} to {now} since {date}"), moved)
        }
        Ordering::Less => {
            fallen(from, *now).map_or_else(|| format!("Backlog down from {from} to {now} since {date}"), moved)
        }
    }
}

fn outstanding(now: usize) -> String {
    match now {
        0 => "No outstanding tickets".to_owned(),
        1 => "1 outstanding ticket".to_owned(),
        now => format!("{now} outstanding tickets"),
    }
}

/// The words of a growth by half or more.
fn grown(from: usize, to: usize) -> Option<String> {
    if from == 0 || 2 * to < 3 * from {
        return None;
    }
    let more = if to.is_multiple_of(from) { "" } else { "more than " };
    Some(match to / from {
        1 if 2 * to == 3 * from => "grew by half".to_owned(),
        1 => "grew by more than half".to_owned(),
        2 => format!("{more}doubled"),
        3 => format!("{more}tripled"),
        4 => format!("{more}quadrupled"),
        times => format!("grew {more}{}fold", if times < 10 { number(times) } else { format!("{times}-") }),
    })
}

/// The words of a fall by a third or more.
fn fallen(from: usize, to: usize) -> Option<String> {
    if to == 0 {
        return Some("cleared".to_owned());
    }
    if 2 * from < 3 * to {
        return None;
    }
    let is_exact = from.is_multiple_of(to);
    Some(match from / to {
        1 if 2 * from == 3 * to => "fell by a third".to_owned(),
        1 => "fell by more than a third".to_owned(),
        2 if is_exact => "halved".to_owned(),
        2 => "more than halved".to_owned(),
        3 if is_exact => "fell to a third".to_owned(),
        3 => "fell to less than a third".to_owned(),
        4 if is_exact => "fell to a quarter".to_owned(),
        _ => "fell to less than a quarter".to_owned(),
    })
}

fn events(balance: &Balance, progress: Option<&str>) -> String {
    let when = progress.map_or("This period".to_owned(), |progress| format!("So far ({progress})"));
    let rare = [(balance.reopened, "reopened"), (balance.voided, "voided"), (balance.redirected, "redirected")];
    let rare = rare.into_iter().filter(|(count, _)| *count > 0);
    let all = [(balance.received, "received"), (balance.closed, "closed")].into_iter().chain(rare);
    format!("{when}: {}", all.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", "))
}

fn asked(decisions: usize, overdue: usize) -> String {
    let counted = |count: usize, what: &str| match count {
        0 => format!("no {what}s"),
        1 => format!("one {what}"),
        _ => format!("{} {what}s", number(count)),
    };
    capital(&format!("{} needed, {} overdue", counted(decisions, "decision"), counted(overdue, "deadline")))
}

/// A number as a word up to nine.
fn number(count: usize) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(values: &[usize]) -> String {
        let day = |day: usize| NaiveDate::from_ymd_opt(2026, 10, 1 + day as u32).unwrap_or_default();
        backlog(&values.iter().enumerate().map(|(place, value)| (day(place), *value)).collect::<Vec<_>>())
    }

    #[test]
    fn a_run_is_told_from_its_beginning() {
        assert_eq!(said(&[4, 6, 5, 7, 9, 9, 15, 20]), "Backlog quadrupled since Oct 3 (5 → 20)");
        assert_eq!(said(&[5, 5, 5, 10]), "Backlog doubled since Oct 3 (5 → 10)");
        assert_eq!(said(&[20, 17, 17, 10]), "Backlog halved since Oct 1 (20 → 10)");
        assert_eq!(said(&[3, 20, 20]), "Backlog steady at 20 since Oct 2");
        assert_eq!(said(&[17, 20]), "Backlog up from 17 to 20 since Oct 1");
        assert_eq!(said(&[20, 17]), "Backlog down from 20 to 17 since Oct 1");
        assert_eq!(said(&[3, 0]), "Backlog cleared since Oct 1 (3 → 0)");
        assert_eq!(said(&[0, 3]), "Backlog up from 0 to 3 since Oct 1");
    }

    #[test]
    fn nothing_outstanding_is_said_plainly() {
        assert_eq!([said(&[]), said(&[0]), said(&[0, 0])], ["No outstanding tickets"; 3]);
        assert_eq!(said(&[1]), "1 outstanding ticket");
    }

    #[test]
    fn ratios_are_words_from_one_and_a_half_up() {
        for (from, to, how) in [
            (10, 14, None),
            (10, 15, Some("grew by half")),
            (10, 19, Some("grew by more than half")),
            (9, 20, Some("more than doubled")),
            (3, 9, Some("tripled")),
            (2, 11, Some("grew more than fivefold")),
            (1, 12, Some("grew 12-fold")),
        ] {
            assert_eq!(grown(from, to).as_deref(), how, "{from} {to}");
        }
        for (from, to, how) in [
            (14, 10, None),
            (15, 10, Some("fell by a third")),
            (19, 10, Some("fell by more than a third")),
            (21, 10, Some("more than halved")),
            (9, 3, Some("fell to a third")),
            (8, 2, Some("fell to a quarter")),
            (9, 1, Some("fell to less than a quarter")),
        ] {
            assert_eq!(fallen(from, to).as_deref(), how, "{from} {to}");
        }
    }

    #[test]
    fn what_is_asked_counts_in_words() {
        assert_eq!(asked(2, 4), "Two decisions needed, four deadlines overdue");
        assert_eq!(asked(0, 1), "No decisions needed, one deadline overdue");
        assert_eq!(asked(12, 0), "12 decisions needed, no deadlines overdue");
    }
}
