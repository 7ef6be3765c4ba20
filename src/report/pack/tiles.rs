//! The four figures of page one, each with its change since the last pack and its course over 12 periods.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::attention::is_overdue;
use super::balance::HistoryRow;
use super::compliance::{is_below, met, percent_met, target};
use super::scope::Scope;
use crate::model::{MeetingKind, Minute};
use crate::report::words::percent_to_target;
use crate::workflow::Context;

/// A key figure.
#[derive(Debug, Clone, Serialize)]
pub struct Tile {
    /// `outstanding`, `overdue`, `deadlines` or `oldest`.
    pub key: &'static str,
    pub title: String,
    /// "20", "35 of 39"; "–" if there is nothing to count.
    pub figure: String,
    /// The unit of the figure, "days" or "(90%)"; blank if it has none.
    pub unit: String,
    /// "+3 since Nov 18"; blank in the first pack.
    pub change: String,
    /// Something is late.
    pub urgent: bool,
    /// The section that has more.
    pub place: &'static str,
    pub trend: Trend,
}

/// The course of a figure, as a sparkline.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Trend {
    /// Its figures in words: the alternative text.
    pub description: String,
    /// One for each period, oldest first; null if there was nothing to count.
    pub values: Vec<Option<usize>>,
    /// The value at the foot of the sparkline.
    pub base: usize,
    /// The last period is not over.
    pub unfinished: bool,
}

/// The figures at the end of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Figures {
    date: NaiveDate,
    outstanding: usize,
    overdue: usize,
    met: usize,
    of: usize,
    oldest: Option<i64>,
}

/// The tiles of a pack, whose `history` has the same periods.
pub fn tiles(scope: &Scope, history: &[HistoryRow]) -> Vec<Tile> {
    let periods = scope.last_periods().into_iter().zip(history);
    let figures: Vec<Figures> = periods
        .map(|((_, period), row)| {
            let at = period.through.min(scope.ctx.as_of);
            let (met, of) = met(scope.ctx, period, at);
            Figures {
                date: row.date,
                outstanding: row.outstanding,
                overdue: overdue(scope.ctx, at),
                met,
                of,
                oldest: oldest(scope.ctx, at),
            }
        })
        .collect();
    let Some((now, before)) = figures.split_last() else { return Vec::new() };
    let last = before.last();
    let since = last.map(|last| since(last.date, scope.meeting().held.date())).unwrap_or_default();
    let change = |of: fn(&Figures) -> usize| {
        last.map(|last| format!("{} since {since}", difference(of(last), of(now)))).unwrap_or_default()
    };
    let trend = |value: fn(&Figures) -> Option<usize>, word: fn(&Figures) -> String, base: usize| Trend {
        description: format!(
            "{}: {}.",
            if figures.len() == 1 {
                "The first period".to_owned()
            } else {
                format!("The last {} periods", figures.len())
            },
            figures.iter().map(word).collect::<Vec<_>>().join(", ")
        ),
        values: figures.iter().map(value).collect(),
        base,
        unfinished: history.last().is_some_and(|row| row.progress.is_some()),
    };
    let list = if scope.kind == MeetingKind::Monthly { "subjects" } else { "outstanding" };
    let days = |figures: &Figures| figures.oldest.map(|days| usize::try_from(days).unwrap_or(0));
    vec![
        Tile {
            key: "outstanding",
            title: "Outstanding tickets".to_owned(),
            figure: now.outstanding.to_string(),
            unit: String::new(),
            change: change(|figures| figures.outstanding),
            urgent: false,
            place: list,
            trend: trend(|figures| Some(figures.outstanding), |figures| figures.outstanding.to_string(), 0),
        },
        Tile {
            key: "overdue",
            title: "Overdue deadlines".to_owned(),
            figure: now.overdue.to_string(),
            unit: String::new(),
            change: change(|figures| figures.overdue),
            urgent: now.overdue > 0,
            place: "attention",
            trend: trend(|figures| Some(figures.overdue), |figures| figures.overdue.to_string(), 0),
        },
        Tile {
            key: "deadlines",
            title: "Deadlines met".to_owned(),
            figure: share(now),
            unit: if now.of < FROM { String::new() } else { format!("({})", percent_met(scope, now.met, now.of)) },
            change: last.map(|last| format!("last pack: {}", share_in_words(target(scope), last))).unwrap_or_default(),
            urgent: is_below(scope, now.met, now.of),
            place: "compliance",
            trend: trend(
                in_percent,
                share,
                figures.iter().filter_map(in_percent).min().unwrap_or(0).saturating_sub(10),
            ),
        },
        Tile {
            key: "oldest",
            title: "Oldest ticket".to_owned(),
            figure: days(now).map_or("–".to_owned(), |days| days.to_string()),
            unit: match now.oldest {
                None => String::new(),
                Some(1) => "day".to_owned(),
                Some(_) => "days".to_owned(),
            },
            change: match (last.map(days), days(now)) {
                (Some(Some(before)), Some(now)) => format!("{} since {since}", difference(before, now)),
                (Some(None), Some(_)) => format!("none on {since}"),
                (Some(Some(before)), None) => format!("{before} on {since}"),
                (Some(None), None) | (None, _) => String::new(),
            },
            urgent: false,
            place: list,
            trend: trend(
                |figures| figures.oldest.map(|days| usize::try_from(days).unwrap_or(0)),
                |figures| figures.oldest.map_or("none".to_owned(), |days| days.to_string()),
                0,
            ),
        },
    ]
}

/// How many deadlines were overdue at a time.
fn overdue(ctx: &Context, at: Minute) -> usize {
    ctx.clocks_known_at(at).filter(|clock| is_overdue(clock, at)).count()
}

/// The age of the oldest ticket that was outstanding at a time.
fn oldest(ctx: &Context, at: Minute) -> Option<i64> {
    let open = ctx.tickets().filter(|line| line.exists_at(at) && line.is_outstanding_at(at));
    open.map(|line| line.age_at(at.date())).max()
}

/// From so many deadlines on, a percentage is given too.
const FROM: usize = 10;

fn share(figures: &Figures) -> String {
    if figures.of == 0 { "–".to_owned() } else { format!("{} of {}", figures.met, figures.of) }
}

fn share_in_words(target: usize, figures: &Figures) -> String {
    match figures.of {
        0 => "none due".to_owned(),
        1..FROM => share(figures),
        _ => format!("{} ({})", percent_to_target(figures.met, figures.of, target), share(figures)),
    }
}

fn in_percent(figures: &Figures) -> Option<usize> {
    (figures.of > 0).then(|| figures.met * 100 / figures.of)
}

/// "+3", "−2", "no change".
fn difference(before: usize, now: usize) -> String {
    match now.abs_diff(before) {
        0 => "no change".to_owned(),
        by if now > before => format!("+{by}"),
        by => format!("−{by}"),
    }
}

/// A date as it is known from another: "Nov 18", "Dec 10, 2025".
pub(super) fn since(date: NaiveDate, today: NaiveDate) -> String {
    let form = if date.year() == today.year() { "%b %-d" } else { "%b %-d, %Y" };
    date.format(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(met: usize, of: usize) -> Figures {
        Figures { date: NaiveDate::MIN, outstanding: 0, overdue: 0, met, of, oldest: None }
    }

    #[test]
    fn a_percentage_begins_at_ten() {
        assert_eq!(share_in_words(80, &figures(0, 0)), "none due");
        assert_eq!(share_in_words(80, &figures(8, 9)), "8 of 9");
        assert_eq!(share_in_words(80, &figures(35, 39)), "90% (35 of 39)");
        assert_eq!(share_in_words(90, &figures(35, 39)), "89.7% (35 of 39)");
        assert_eq!((in_percent(&figures(0, 0)), in_percent(&figures(2, 3))), (None, Some(66)));
    }

    #[test]
    fn a_change_has_its_sign() {
        assert_eq!([(17, 20), (20, 17), (4, 4)].map(|(from, to)| difference(from, to)), ["+3", "−3", "no change"]);
    }

    #[test]
    fn the_year_is_given_where_it_is_another() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        assert_eq!(since(day(2026, 10, 7), day(2026, 11, 24)), "Oct 7");
        assert_eq!(since(day(2025, 12, 10), day(2026, 1, 7)), "Dec 10, 2025");
    }
}
