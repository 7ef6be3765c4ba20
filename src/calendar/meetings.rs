//! The dates that a schedule gives: every such day of the week, or one of each month.

use chrono::{Datelike, Days, NaiveDate};

use crate::model::{MonthlyDay, WeekDay};

/// Every such day of the week from `from` to `to`, both included.
pub fn weekly_dates(day: WeekDay, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let ahead = day.weekday().num_days_from_monday() + 7 - from.weekday().num_days_from_monday();
    let first = from + Days::new(u64::from(ahead % 7));
    first.iter_weeks().take_while(move |date| *date <= to)
}

/// The named day of every month from `from` to `to`, both included.
pub fn monthly_dates(day: MonthlyDay, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let start = from.year() * 12 + from.month0() as i32;
    let end = to.year() * 12 + to.month0() as i32;
    (start..=end)
        .filter_map(move |month| monthly_date(day, month.div_euclid(12), month.rem_euclid(12) as u32 + 1))
        .filter(move |date| (from..=to).contains(date))
}

/// The named day of one month, which every month has.
pub fn monthly_date(day: MonthlyDay, year: i32, month: u32) -> Option<NaiveDate> {
    let weekday = day.day.weekday();
    match day.nth {
        0 => [5, 4].into_iter().find_map(|nth| NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth)),
        nth => NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth),
    }
}
