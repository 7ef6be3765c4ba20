//! Dates and times as people write them elsewhere → how records write them, for the help of a message.

use chrono::{Datelike, NaiveDate, NaiveTime};

/// Whether records may name that date: it lies in the years 2000 to 2099.
pub fn is_in_range(date: NaiveDate) -> bool {
    (2000..=2099).contains(&date.year())
}

/// What to write instead of a text that is not a date.
pub(super) fn date_meant(text: &str) -> Option<String> {
    let text = text.trim();
    full_date(text).map(|date| format!("write `{date}`")).or_else(|| impossible(text))
}

/// What to write instead of a text that is not a date and time.
pub(super) fn minute_meant(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(time) = time(text) {
        return Some(format!("write the date too, as `2026-11-02 {}`", time.format("%H:%M")));
    }
    if let Some(date) = full_date(text) {
        return Some(format!("write the time too, as `{date} 09:14`"));
    }
    // A date may have blanks in it too, and so may a time: `Nov 20, 2026 9:11 AM`.
    let cuts = text.match_indices([' ', 'T']).map(|(at, _)| at);
    let mut read = cuts.filter_map(|at| {
        let (day, rest) = (full_date(text[..at].trim_end_matches(','))?, time(&text[at + 1..])?);
        Some(format!("write `{day} {}`", rest.format("%H:%M")))
    });
    read.next().or_else(|| impossible(text.split([' ', 'T']).next().unwrap_or_default()))
}

/// The ways in which dates are written in the United States, and with dashes.
const DATES: [&str; 12] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%m/%d/%Y",
    "%m/%d/%y",
    "%m-%d-%Y",
    "%B %d, %Y",
    "%B %d %Y",
    "%d %B %Y",
    "%a, %b %d, %Y",
    "%a %d %b %Y",
    "%a %b %d, %Y",
    "%a, %d %b %Y",
];

/// A date with its year.
pub(super) fn full_date(text: &str) -> Option<NaiveDate> {
    // The forms take any number of digits, signs and blanks; dates have few.
    let is_short = text.len() <= 40 && text.starts_with(|c: char| c.is_ascii_alphanumeric());
    let read = |form: &&str| NaiveDate::parse_from_str(text, form).ok().filter(|date| is_in_range(*date));
    is_short.then(|| DATES.iter().find_map(read)).flatten()
}

/// A time of day: `9:14`, `9:14 AM`, `9:14 p.m.`, `09:14:33`, of which the seconds go.
pub(super) fn time(text: &str) -> Option<NaiveTime> {
    let plain = text.trim().to_ascii_lowercase().replace(['.', ' '], "");
    let (plain, half) = match (plain.strip_suffix("am"), plain.strip_suffix("pm")) {
        (Some(rest), _) => (rest.to_owned(), Some(0)),
        (_, Some(rest)) => (rest.to_owned(), Some(12)),
        _ => (plain, None),
    };
    let parts: Vec<&str> = plain.split(':').collect();
    let is_number = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(is_number) {
        return None;
    }
    let (hour, minute): (u32, u32) = (parts[0].parse().ok()?, parts[1].parse().ok()?);
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// Why a date of the right form is none: a day that its month does not have, or the day before the month.
fn impossible(text: &str) -> Option<String> {
    if let Some(date) = NaiveDate::parse_from_str(text, "%d/%m/%Y").ok().filter(|date| is_in_range(*date)) {
        return Some(format!("write the month before the day, or `{date}`"));
    }
    let mut parts = text.split('-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1..=12).contains(&month) {
        return Some(format!("write the month as 01 to 12; {month} is none"));
    }
    let first = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, 1).filter(|first| is_in_range(*first))?;
    let last = first.checked_add_months(chrono::Months::new(1))?.pred_opt()?;
    (day == 0 || day > last.day())
        .then(|| format!("correct the day: {} has {} days", first.format("%B %Y"), last.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_of_other_places_are_known() {
        let minute = |text| minute_meant(text).unwrap_or_default();
        for text in [
            "11/20/2026 09:11",
            "2026-11-20 9:11",
            "2026-11-20 09:11:33",
            "Nov 20, 2026 9:11 AM",
            "11/20/2026 9:11 a.m.",
        ] {
            assert_eq!(minute(text), "write `2026-11-20 09:11`", "{text}");
        }
        assert_eq!(minute("11/20/2026 9:11 PM"), "write `2026-11-20 21:11`");
        assert_eq!(minute("12:05 am"), "write the date too, as `2026-11-02 00:05`");
        assert_eq!(minute("9:14 AM"), "write the date too, as `2026-11-02 09:14`");
        assert_eq!(minute("9:18"), "write the date too, as `2026-11-02 09:18`");
        assert_eq!(minute("2026-11-20"), "write the time too, as `2026-11-20 09:14`");
        assert_eq!(minute("2026-11-31 10:00"), "correct the day: November 2026 has 30 days");
        assert_eq!(date_meant("11/24/2026").as_deref(), Some("write `2026-11-24`"));
        assert_eq!(date_meant("2026-13-01").as_deref(), Some("write the month as 01 to 12; 13 is none"));
        for text in ["", "soon", "99:99", "13:00 PM", "31/31/2026", "+2026-11-02", "2026-11-02 09:14 UTC"] {
            assert_eq!((minute_meant(text), date_meant(text)), (None, None), "{text}");
        }
    }
}
