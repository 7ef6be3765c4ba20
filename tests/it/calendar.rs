//! Working days and due dates: the worked cases, every year of the law, and a naive day-by-day oracle.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use heatpack::calendar::{Calendar, federal_holidays, monthly_date, monthly_dates, weekly_dates};
use heatpack::model::{
    Close, ClosedDay, Day, Deadline, Holidays, Minute, MonthlyDay, Settings, Text, TimeOfDay, WeekDay, WorkingTime,
};
use proptest::prelude::*;

fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

fn date(text: &str) -> NaiveDate {
    heatpack::model::parse_date(text).expect("a date")
}

fn standard() -> Calendar {
    Calendar::new(&Settings::default().versions[0].working_time)
}

/// `tests/reference/deadline_vectors.csv` was worked out by other programs.
#[test]
fn the_worked_cases_come_out() {
    let mut reader = csv::Reader::from_path("tests/reference/deadline_vectors.csv").expect("the cases");
    let calendar = standard();
    let mut cases = 0;
    for row in reader.records() {
        let row = row.expect("a row");
        let at = Minute::parse(&row[0]).expect("an instant");
        let deemed = calendar.deemed(at);
        let due = |from, deadline| calendar.due(from, deadline).expect("a due date");
        assert_eq!(at.date().format("%a").to_string(), row[1], "{at}");
        assert_eq!(deemed, date(&row[2]), "{at}: deemed");
        assert_eq!(due(deemed, Deadline::WorkingDays(1)), date(&row[3]), "{at}: one working day");
        assert_eq!(due(deemed, Deadline::WorkingDays(2)), date(&row[4]), "{at}: two working days");
        assert_eq!(due(deemed, Deadline::Days(2)), date(&row[5]), "{at}: two days");
        assert_eq!(due(at.date(), Deadline::Days(7)), date(&row[6]), "{at}: follow-up");
        cases += 1;
    }
    assert_eq!(cases, 21);
}

/// The holidays of 5 U.S.C. 6103 in a year, found by walking its days.
fn holidays_by_walking(year: i32) -> Vec<NaiveDate> {
    let days = || ymd(year, 1, 1).iter_days().take_while(move |date| date.year() == year);
    let weekday =
        |month, weekday| days().filter(move |date| date.month() == month && date.weekday() == weekday).collect();
    let nth = |nth: usize, list: Vec<NaiveDate>| list[nth - 1];
    let mut dates = vec![ymd(year, 1, 1)];
    if year >= 1986 {
        dates.push(nth(3, weekday(1, Weekday::Mon)));
    }
    dates.push(nth(3, weekday(2, Weekday::Mon)));
    let mays: Vec<NaiveDate> = weekday(5, Weekday::Mon);
    dates.extend(mays.last());
    if year >= 2021 {
        dates.push(ymd(year, 6, 19));
    }
    dates.push(ymd(year, 7, 4));
    dates.push(nth(1, weekday(9, Weekday::Mon)));
    dates.push(nth(2, weekday(10, Weekday::Mon)));
    // Pub. L. 90-363; undone by Pub. L. 94-97.
    dates.push(if (1971..=1977).contains(&year) { nth(4, weekday(10, Weekday::Mon)) } else { ymd(year, 11, 11) });
    dates.push(nth(4, weekday(11, Weekday::Thu)));
    dates.push(ymd(year, 12, 25));
    dates
}

#[test]
fn every_holiday_of_every_year_is_on_its_day_and_observed_on_a_working_day() {
    for year in 1971..=2100 {
        let found = federal_holidays(year);
        let law = holidays_by_walking(year);
        let own: Vec<NaiveDate> = found.iter().filter(|day| !day.observed).map(|day| day.date).collect();
        assert_eq!(own, law, "{year}");
        let names: BTreeSet<&str> = found.iter().filter(|day| !day.observed).map(|day| day.name).collect();
        assert_eq!(names.len(), law.len(), "{year}: each once");
        let mut observed: Vec<NaiveDate> = (year..=year + 1)
            .flat_map(holidays_by_walking)
            .filter_map(|date| match date.weekday() {
                Weekday::Sat => Some(date - Days::new(1)),
                Weekday::Sun => Some(date + Days::new(1)),
                _ => None,
            })
            .filter(|date| date.year() == year)
            .collect();
        observed.sort();
        let found: Vec<NaiveDate> = found.iter().filter(|day| day.observed).map(|day| day.date).collect();
        assert_eq!(found, observed, "{year}: observed");
        assert!(found.iter().all(|date| matches!(date.weekday(), Weekday::Mon | Weekday::Fri)), "{year}");
    }
}

/// `tests/reference/federal_holidays.csv` was written by Python's `holidays` 0.109 (`US`, with the days observed).
#[test]
fn every_day_is_what_another_program_says() {
    let mut reader = csv::Reader::from_path("tests/reference/federal_holidays.csv").expect("the years");
    let calendar = standard();
    let mut days = 0;
    for row in reader.records() {
        let row = row.expect("a row");
        let free: BTreeSet<NaiveDate> = row[1].split(' ').map(|day| date(&format!("{}-{day}", &row[0]))).collect();
        let year: i32 = row[0].parse().expect("a year");
        for day in ymd(year, 1, 1).iter_days().take_while(|day| day.year() == year) {
            let is_weekday = day.weekday().num_days_from_monday() < 5;
            assert_eq!(calendar.is_working(day), is_weekday && !free.contains(&day), "{day}");
            assert_eq!(calendar.day(day).name.is_some(), free.contains(&day), "{day}");
            days += 1;
        }
    }
    assert_eq!(days, (ymd(2101, 1, 1) - ymd(1971, 1, 1)).num_days());
}

#[test]
fn no_two_holidays_come_together() {
    for year in 1971..=2100 {
        let mut dates = BTreeMap::new();
        for day in federal_holidays(year) {
            let before = dates.insert(day.date, day.name);
            assert_eq!(before, None, "{} is {} too", day.date, day.name);
        }
    }
}

#[test]
fn the_years_of_the_law_begin_when_it_did() {
    let has = |year, name: &str| federal_holidays(year).iter().any(|day| day.name.contains(name));
    assert!(!has(1985, "King") && has(1986, "King"));
    assert!(!has(2020, "Juneteenth") && has(2021, "Juneteenth"));
    // Observed only from its first year on: June 19, 2021 was a Saturday.
    assert_eq!(
        standard().day(ymd(2021, 6, 18)).name.as_deref(),
        Some("Juneteenth National Independence Day (observed)")
    );
}

#[test]
fn new_years_day_on_a_saturday_is_observed_in_the_year_before() {
    let calendar = standard();
    for year in 1971..=2100 {
        let last = ymd(year, 12, 31);
        let is_observed = ymd(year + 1, 1, 1).weekday() == Weekday::Sat;
        assert_eq!(calendar.is_working(last), !is_observed && last.weekday().num_days_from_monday() < 5, "{last}");
        if is_observed {
            assert_eq!(calendar.day(last).name.as_deref(), Some("New Year's Day (observed)"));
        }
    }
    assert!(!calendar.is_working(ymd(2100, 12, 31)) || ymd(2101, 1, 1).weekday() != Weekday::Sat);
}

#[test]
fn a_day_is_named_and_worked_as_the_settings_say() {
    let closed = |date, name: &str| ClosedDay { date: Day(date), name: Some(Text(name.to_owned())) };
    let mut time = Settings::default().versions[0].working_time.clone();
    time.closed = vec![closed(ymd(2026, 12, 24), "Closed by executive order"), closed(ymd(2026, 7, 3), "Closed too")];
    time.worked = vec![closed(ymd(2026, 11, 11), "Inventory"), closed(ymd(2026, 11, 14), "Saturday shift")];
    let calendar = Calendar::new(&time);
    let day = |date: NaiveDate| {
        let day = calendar.day(date);
        assert_eq!(day.working, calendar.is_working(date), "{date}");
        (day.working, day.name)
    };
    let named = |working, name: &str| (working, Some(name.to_owned()));
    assert_eq!(day(ymd(2026, 12, 24)), named(false, "Closed by executive order"));
    assert_eq!(day(ymd(2026, 7, 3)), named(false, "Closed too"));
    assert_eq!(day(ymd(2026, 11, 11)), named(true, "Inventory"));
    assert_eq!(day(ymd(2026, 11, 14)), named(true, "Saturday shift"));
    assert_eq!(day(ymd(2026, 7, 4)), named(false, "Independence Day"));
    assert_eq!(day(ymd(2026, 11, 15)), (false, None));
    assert_eq!(day(ymd(2026, 11, 16)), (true, None));
    time.holidays = Holidays::None;
    assert!(Calendar::new(&time).is_working(ymd(2026, 12, 25)));
    // Where Saturdays are worked, a holiday on one is free, and so is the Friday on which it is observed.
    time.holidays = Holidays::UsFederal;
    time.closed.clear();
    time.days.push(WeekDay::Sat);
    let six_days = Calendar::new(&time);
    assert!(!six_days.is_working(ymd(2026, 7, 4)) && !six_days.is_working(ymd(2026, 7, 3)));
}

fn working_time() -> impl Strategy<Value = WorkingTime> {
    const ALL: [WeekDay; 7] =
        [WeekDay::Mon, WeekDay::Tue, WeekDay::Wed, WeekDay::Thu, WeekDay::Fri, WeekDay::Sat, WeekDay::Sun];
    // Around the turn of the year, where closures, holidays and their observance meet.
    let days = || prop::collection::vec(0u64..60, 0..12);
    (prop::sample::subsequence(ALL.to_vec(), 1..=7), 0u32..=24, 0u32..60, any::<bool>(), days(), days()).prop_map(
        |(days, hour, minute, federal, closed, worked)| {
            let named = |days: Vec<u64>, name: &str| {
                let date = |after| Day(ymd(2021, 12, 1) + Days::new(after));
                let day = |after| ClosedDay { date: date(after), name: Some(Text(name.to_owned())) };
                days.into_iter().map(day).collect()
            };
            WorkingTime {
                days,
                // 24:00 is the end of the day.
                close: Close((hour < 24).then(|| TimeOfDay(NaiveTime::from_hms_opt(hour, minute, 0).expect("a time")))),
                holidays: if federal { Holidays::UsFederal } else { Holidays::None },
                closed: named(closed, "closed"),
                worked: named(worked, "worked"),
            }
        },
    )
}

/// A working day by docs/explanation/deadlines.md, as plainly as it can be written.
fn is_working_by_the_text(time: &WorkingTime, date: NaiveDate) -> bool {
    let named = |list: &[ClosedDay]| list.iter().any(|day| day.date.0 == date);
    let free = |date: NaiveDate| holidays_by_walking(date.year()).contains(&date);
    let (before, after) = (date - Days::new(1), date + Days::new(1));
    let is_holiday = free(date)
        || (date.weekday() == Weekday::Mon && free(before))
        || (date.weekday() == Weekday::Fri && free(after));
    let is_named = time.days.iter().any(|day| day.weekday() == date.weekday());
    named(&time.worked) || (is_named && !named(&time.closed) && !(time.holidays == Holidays::UsFederal && is_holiday))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn counting_goes_day_by_day(
        time in working_time(), start in 0u64..50, minute in 0u32..1440, n in 1u32..20,
    ) {
        let calendar = Calendar::new(&time);
        let date = ymd(2021, 11, 25) + Days::new(start);
        let at = Minute(date.and_hms_opt(minute / 60, minute % 60, 0).expect("a time"));
        let is_working = |date| is_working_by_the_text(&time, date);

        let mut deemed = date;
        if time.close.0.is_some_and(|close| at.0.time() >= close.0) {
            deemed = deemed + Days::new(1);
        }
        while !is_working(deemed) {
            deemed = deemed + Days::new(1);
        }
        prop_assert_eq!(calendar.deemed(at), deemed);

        // So many working days lie after the start, the due date being the last of them.
        let due = calendar.due(deemed, Deadline::WorkingDays(n)).expect("a due date");
        let between = deemed.iter_days().skip(1).take_while(|day| *day <= due).filter(|day| is_working(*day)).count();
        prop_assert_eq!(between, n as usize);
        prop_assert!(is_working(due));
        let next = calendar.due(deemed, Deadline::WorkingDays(n + 1)).expect("a due date");
        prop_assert!(due < next);

        // A number of days is that many, and then as few as lead to a working day.
        let landed = calendar.due(date, Deadline::Days(n)).expect("a due date");
        let plain = date + Days::new(u64::from(n));
        prop_assert!(is_working(landed) && plain <= landed);
        prop_assert!(plain.iter_days().take_while(|day| *day < landed).all(|day| !is_working(day)));
        prop_assert_eq!(calendar.due(date, Deadline::None), None);
        prop_assert_eq!(calendar.next(date), calendar.on_or_after(date + Days::new(1)));
    }

    #[test]
    fn every_due_date_missed_is_named_once(
        time in working_time(), start in 0u64..50, n in 1u32..9, working: bool, length in 0u64..60,
    ) {
        let calendar = Calendar::new(&time);
        let from = ymd(2021, 11, 25) + Days::new(start);
        let end = from + Days::new(length);
        let deadline = |n| if working { Deadline::WorkingDays(n) } else { Deadline::Days(n) };
        let mut expected: Vec<NaiveDate> =
            (1..=60).filter_map(|k| calendar.due(from, deadline(n * k))).filter(|due| *due < end).collect();
        expected.dedup();
        prop_assert_eq!(calendar.dues_before(from, deadline(n), end), expected);
    }

    #[test]
    fn schedules_name_each_date_once(from in 0u64..4000, length in 0u64..500, nth in 0u8..5, day in 0usize..7) {
        const ALL: [WeekDay; 7] =
            [WeekDay::Mon, WeekDay::Tue, WeekDay::Wed, WeekDay::Thu, WeekDay::Fri, WeekDay::Sat, WeekDay::Sun];
        let from = ymd(2020, 1, 1) + Days::new(from);
        let to = from + Days::new(length);
        let days = || from.iter_days().take_while(|date| *date <= to);
        let weekday = ALL[day].weekday();
        let weekly: Vec<NaiveDate> = days().filter(|date| date.weekday() == weekday).collect();
        prop_assert_eq!(weekly_dates(ALL[day], from, to).collect::<Vec<_>>(), weekly);
        let is_nth = |date: &NaiveDate| {
            let is_last = (*date + Days::new(7)).month() != date.month();
            date.weekday() == weekday && if nth == 0 { is_last } else { date.day0() / 7 + 1 == u32::from(nth) }
        };
        let monthly: Vec<NaiveDate> = days().filter(is_nth).collect();
        let which = MonthlyDay { nth, day: ALL[day] };
        prop_assert_eq!(monthly_dates(which, from, to).collect::<Vec<_>>(), monthly.clone());
        for date in monthly {
            prop_assert_eq!(monthly_date(which, date.year(), date.month()), Some(date));
        }
    }
}
