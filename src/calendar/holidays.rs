//! The US federal holidays, 5 U.S.C. 6103, and the days on which they are observed (E.O. 11582).

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A holiday, or the working day on which one is observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holiday {
    pub date: NaiveDate,
    pub name: &'static str,
    /// Observed on this day because the day itself falls on a weekend.
    pub observed: bool,
}

/// How a holiday's date is found.
enum When {
    /// Month and day.
    On(u32, u32),
    /// The n-th such weekday of a month.
    Nth(u32, u8, Weekday),
    /// The last such weekday of a month.
    Last(u32, Weekday),
}

const ALWAYS: RangeInclusive<i32> = 0..=i32::MAX;

/// Name, date and years of every holiday. Inauguration Day is not among them.
///
/// Pub. L. 90-363 moved Veterans Day to the fourth Monday in October from 1971 on; Pub. L. 94-97 moved it back to
/// November 11 from 1978 on.
const HOLIDAYS: [(&str, When, RangeInclusive<i32>); 13] = [
    ("New Year's Day", When::On(1, 1), ALWAYS),
    ("Birthday of Martin Luther King, Jr.", When::Nth(1, 3, Weekday::Mon), 1986..=i32::MAX),
    ("Washington's Birthday", When::Nth(2, 3, Weekday::Mon), ALWAYS),
    ("Memorial Day", When::Last(5, Weekday::Mon), ALWAYS),
    ("Juneteenth National Independence Day", When::On(6, 19), 2021..=i32::MAX),
    ("Independence Day", When::On(7, 4), ALWAYS),
    ("Labor Day", When::Nth(9, 1, Weekday::Mon), ALWAYS),
    ("Columbus Day", When::Nth(10, 2, Weekday::Mon), ALWAYS),
    ("Veterans Day", When::On(11, 11), 0..=1970),
    ("Veterans Day", When::Nth(10, 4, Weekday::Mon), 1971..=1977),
    ("Veterans Day", When::On(11, 11), 1978..=i32::MAX),
    ("Thanksgiving Day", When::Nth(11, 4, Weekday::Thu), ALWAYS),
    ("Christmas Day", When::On(12, 25), ALWAYS),
];

/// The holidays that fall in or are observed in `year`, in the order of their dates: January 1 of the next
/// year may be observed on December 31 of this one.
pub fn federal_holidays(year: i32) -> Vec<Holiday> {
    let mut days = Vec::with_capacity(16);
    for (name, when, years) in &HOLIDAYS {
        for its_year in [year, year + 1] {
            let Some(date) = when.in_year(its_year).filter(|_| years.contains(&its_year)) else { continue };
            days.push(Holiday { date, name, observed: false });
            days.extend(observed_on(date).map(|date| Holiday { date, name, observed: true }));
        }
    }
    days.retain(|day| day.date.year() == year);
    days.sort_by_key(|day| day.date);
    days
}

impl When {
    fn in_year(&self, year: i32) -> Option<NaiveDate> {
        match *self {
            When::On(month, day) => NaiveDate::from_ymd_opt(year, month, day),
            When::Nth(month, nth, weekday) => NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth),
            When::Last(month, weekday) => {
                [5, 4].into_iter().find_map(|nth| NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth))
            }
        }
    }
}

/// On a Saturday the Friday before is free instead, on a Sunday the Monday after.
fn observed_on(date: NaiveDate) -> Option<NaiveDate> {
    match date.weekday() {
        Weekday::Sat => date.checked_sub_days(Days::new(1)),
        Weekday::Sun => date.checked_add_days(Days::new(1)),
        _ => None,
    }
}

/// The holiday on a date; where two come together, the first in the order of the law.
pub(super) fn holiday_on(date: NaiveDate) -> Option<Holiday> {
    /// All years that records and calendars can name, and those beside them.
    static YEARS: RangeInclusive<i32> = 1970..=2101;
    static DAYS: LazyLock<BTreeMap<NaiveDate, Holiday>> = LazyLock::new(|| {
        let days = YEARS.clone().flat_map(|year| federal_holidays(year).into_iter().rev());
        days.map(|day| (day.date, day)).collect()
    });
    if YEARS.contains(&date.year()) {
        return DAYS.get(&date).copied();
    }
    federal_holidays(date.year()).into_iter().find(|day| day.date == date)
}
