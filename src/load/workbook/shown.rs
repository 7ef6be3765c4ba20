//! A number of a cell → the text that the spreadsheet shows, by the cell's number format.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// The days between the first days of Excel for Windows and of the older one for Mac.
const SINCE_1904: f64 = 1462.0;

/// A number format, as far as it changes what a number means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum NumberFormat {
    #[default]
    General,
    /// A date, a time of day, or both; a time with or without seconds.
    Time { date: bool, time: bool, seconds: bool },
    /// Hours beyond 24, `[h]:mm`.
    Duration { seconds: bool },
    /// At least so many digits, and so many decimals, between two texts: `"HEAT-"00000`.
    Digits { before: String, zeros: usize, decimals: usize, after: String },
}

impl NumberFormat {
    /// The format of a built-in number (ECMA-376, 18.8.30).
    pub fn built_in(id: u32) -> NumberFormat {
        match id {
            14..=17 | 27..=36 | 50..=58 => NumberFormat::Time { date: true, time: false, seconds: false },
            18 | 20 => NumberFormat::Time { date: false, time: true, seconds: false },
            19 | 21 | 45 | 47 => NumberFormat::Time { date: false, time: true, seconds: true },
            22 => NumberFormat::Time { date: true, time: true, seconds: false },
            46 => NumberFormat::Duration { seconds: true },
            1 | 2 => NumberFormat::of_code(if id == 1 { "0" } else { "0.00" }),
            _ => NumberFormat::General,
        }
    }

    /// The format of a code such as `mmm d, yyyy`.
    pub fn of_code(code: &str) -> NumberFormat {
        let Code { letters, plain, literals, is_duration } = Code::read(code);
        let has = |letter: char| letters.contains(&letter);
        if is_duration {
            return NumberFormat::Duration { seconds: has('s') };
        }
        // `m` is the month, or the minute after hours and before seconds.
        let is_month = |at: usize| {
            letters[at] == 'm'
                && !(at > 0 && letters[at - 1] == 'h')
                && letters.get(at + 1).is_none_or(|next| *next != 's')
        };
        let date = has('y') || has('d') || (0..letters.len()).any(is_month);
        let time = has('h') || has('s');
        if date || time {
            return NumberFormat::Time { date, time, seconds: has('s') };
        }
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        let is_zeros = |text: &str| text.bytes().all(|byte| byte == b'0');
        if whole.is_empty() || !is_zeros(whole) || !is_zeros(decimals) {
            return NumberFormat::General;
        }
        let (before, after) = literals;
        NumberFormat::Digits { before, zeros: whole.len(), decimals: decimals.len(), after }
    }

    /// The text of a number, which is the cell's `raw` text.
    pub fn shown(&self, raw: &str, is_1904: bool) -> String {
        let Some(number) = raw.trim().parse::<f64>().ok().filter(|number| number.is_finite()) else {
            return raw.to_owned();
        };
        let own = match self {
            NumberFormat::General => None,
            NumberFormat::Time { date, time, seconds } => {
                moment(number, is_1904 && *date).map(|moment| time_text(moment, *date, *time, *seconds))
            }
            NumberFormat::Duration { seconds } => duration(number, *seconds),
            NumberFormat::Digits { before, zeros, decimals, after } => {
                let is_exact = number.abs() < 1e15 && *zeros < 100 && *decimals < 16;
                is_exact.then(|| {
                    let sign = if number < 0.0 { "-" } else { "" };
                    let width = zeros + if *decimals > 0 { decimals + 1 } else { 0 };
                    format!("{sign}{before}{:0width$.decimals$}{after}", number.abs())
                })
            }
        };
        own.unwrap_or_else(|| plain(number))
    }
}

/// A number in digits. One that Excel cut to 15 digits has the form of such a number: `2.02611E+17`.
fn plain(number: f64) -> String {
    if number.abs() >= 1e15 {
        return format!("{number:.5E}").replace('E', "E+");
    }
    // Excel shows 15 digits; the others are those of the binary number.
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    format!("{rounded}")
}

/// The time of a serial number, to the second; `None` outside the calendar of Excel.
fn moment(number: f64, is_1904: bool) -> Option<NaiveDateTime> {
    let number = if is_1904 { number + SINCE_1904 } else { number };
    if !(0.0..2_958_466.0).contains(&number) {
        return None;
    }
    // Excel takes 1900 for a leap year.
    let days = number.trunc() as u64 + u64::from(number < 60.0);
    let date = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))?;
    let seconds = (number.fract() * 86_400.0).round() as i64;
    date.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::seconds(seconds))
}

fn time_text(moment: NaiveDateTime, date: bool, time: bool, seconds: bool) -> String {
    let form = match (date, time, seconds) {
        (true, false, _) => "%Y-%m-%d",
        (true, true, false) => "%Y-%m-%d %H:%M",
        (true, true, true) => "%Y-%m-%d %H:%M:%S",
        (false, _, false) => "%H:%M",
        (false, _, true) => "%H:%M:%S",
    };
    moment.format(form).to_string()
}

/// Hours, minutes and seconds of a number of days.
fn duration(number: f64, seconds: bool) -> Option<String> {
    if number.abs() >= 1e6 {
        return None;
    }
    let all = (number.abs() * 86_400.0).round() as u64;
    let sign = if number < 0.0 { "-" } else { "" };
    let (hours, minutes, rest) = (all / 3600, all / 60 % 60, all % 60);
    let tail = if seconds { format!(":{rest:02}") } else { String::new() };
    Some(format!("{sign}{hours:02}:{minutes:02}{tail}"))
}

/// What a format's first section is made of.
struct Code {
    /// The letters of dates and times, each run once.
    letters: Vec<char>,
    /// The signs of digits.
    plain: String,
    /// The texts before and after those.
    literals: (String, String),
    is_duration: bool,
}

impl Code {
    fn read(code: &str) -> Code {
        let mut read =
            Code { letters: Vec::new(), plain: String::new(), literals: Default::default(), is_duration: false };
        if code.to_ascii_lowercase().contains("general") {
            return read;
        }
        let (mut signs, mut last) = (code.chars(), ' ');
        while let Some(sign) = signs.next() {
            match sign {
                ';' => break,
                '"' => {
                    let text: String = signs.by_ref().take_while(|c| *c != '"').collect();
                    read.literal(&text);
                }
                '\\' => read.literal(&signs.next().map(String::from).unwrap_or_default()),
                '_' | '*' => drop(signs.next()),
                '[' => {
                    let inner: String = signs.by_ref().take_while(|c| *c != ']').collect();
                    let inner = inner.to_ascii_lowercase();
                    read.is_duration |=
                        ["h", "m", "s"].iter().any(|unit| !inner.is_empty() && inner.replace(unit, "").is_empty());
                    read.letters.extend(inner.starts_with('s').then_some('s').filter(|_| read.is_duration));
                }
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                    let letter = sign.to_ascii_lowercase();
                    // `AM/PM` is part of a time with hours.
                    let is_half = letter == 'm' && matches!(last, 'a' | 'A' | 'p' | 'P');
                    if !is_half && (read.letters.last() != Some(&letter) || !last.eq_ignore_ascii_case(&sign)) {
                        read.letters.push(letter);
                    }
                }
                '0' | '#' | '?' | '.' | ',' | '%' | 'E' | 'e' | '/' | '@' => read.plain.push(sign),
                '-' | ' ' | ':' | '(' | ')' | '+' | '$' => read.literal(&sign.to_string()),
                _ => {}
            }
            last = sign;
        }
        read
    }

    fn literal(&mut self, text: &str) {
        let place = if self.plain.is_empty() { &mut self.literals.0 } else { &mut self.literals.1 };
        place.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_their_format_has_it() {
        for (code, raw, shown) in [
            ("General", "10423", "10423"),
            ("General", "1E5", "100000"),
            ("General", "0.30000000000000004", "0.3"),
            ("General", "2.0261116000123456E17", "2.02611E+17"),
            ("General", "-3", "-3"),
            ("00000", "77", "00077"),
            ("\"HEAT-\"00000", "10423", "HEAT-10423"),
            ("0.00", "1.5", "1.50"),
            ("#,##0", "10423", "10423"),
            ("0.00E+00", "10423", "10423"),
            ("mmm d, yyyy", "46342", "2026-11-16"),
            ("m/d/yyyy", "46342.375", "2026-11-16"),
            ("m/d/yyyy h:mm", "46342.375", "2026-11-16 09:00"),
            ("[$-409]m/d/yy h:mm AM/PM;@", "46342.99999999", "2026-11-17 00:00"),
            ("h:mm", "0.375", "09:00"),
            ("mm:ss", "0.375", "09:00:00"),
            ("[h]:mm", "1.5", "36:00"),
            ("yyyy\\-mm\\-dd", "46342", "2026-11-16"),
            ("\"day \"0", "7", "day 7"),
            ("[Red]0;[Blue]-0", "7", "7"),
            ("d", "60", "1900-02-28"),
            ("@", "abc", "abc"),
            ("mmm d", "-1", "-1"),
            ("mmm d", "1e300", "1.00000E+300"),
        ] {
            assert_eq!(NumberFormat::of_code(code).shown(raw, false), shown, "{code}: {raw}");
        }
        let date = NumberFormat::built_in(14);
        assert_eq!(date.shown("44880", true), "2026-11-16");
    }
}
