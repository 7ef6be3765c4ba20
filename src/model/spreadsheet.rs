//! What a spreadsheet does to a table: workbooks instead of CSV, dates as day numbers, and shortened long numbers.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::is_in_range;

/// How to save a table so that it can be read.
pub const SAVE_AS_CSV: &str = "in Excel, choose File > Save As > CSV UTF-8 (Comma delimited)";

/// How a workbook begins: a ZIP archive, or of the older kind a compound file.
const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0";

/// Whether a file is a workbook, by its first bytes.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(COMPOUND_FILE)
}

/// What a file is that is not CSV in UTF-8, by its first bytes: "an Excel workbook". `None` if it may be CSV.
pub fn other_format(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(ZIP) {
        let is_open_document = bytes.windows(24).take(200).any(|part| part == b"opendocument.spreadsheet");
        return Some(if is_open_document { "an OpenDocument spreadsheet" } else { "an Excel workbook" });
    }
    if bytes.starts_with(COMPOUND_FILE) {
        return Some("an Excel workbook of the older kind (.xls)");
    }
    let head = &bytes[..bytes.len().min(1024)];
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") || is_two_bytes_a_character(head) {
        return Some("text in UTF-16 (\"Unicode text\")");
    }
    let text = String::from_utf8_lossy(head).to_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let is_page = text.starts_with('<') && ["<html", "<table", "<?xml"].iter().any(|tag| text.contains(tag));
    is_page.then_some("a web page or XML file, which some programs save as .xls")
}

/// Whether every other byte is a NUL, as in Latin text in UTF-16 without a byte-order mark.
fn is_two_bytes_a_character(head: &[u8]) -> bool {
    let pairs = head.as_chunks::<2>().0;
    let all_nul = |at: usize| pairs.len() > 1 && pairs.iter().all(|pair| pair[at] == 0 && pair[1 - at] != 0);
    all_nul(0) || all_nul(1)
}

/// The time of an Excel day number (`46342.375` is 2026-11-16 09:00), from 2000 to 2099.
pub fn day_number(text: &str) -> Option<NaiveDateTime> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    if text.is_empty() || !(is_plain || is_cut_number(text)) {
        return None;
    }
    let number: f64 = text.replace(',', ".").parse().ok()?;
    if !(0.0..100_000.0).contains(&number) {
        return None;
    }
    // Excel takes 1900 for a leap year: its days are right from March 1900 on.
    let date = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(number.trunc() as u64))?;
    let minutes = (number.fract() * 1440.0).round() as i64;
    Some(date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes)).filter(|time| is_in_range(time.date()))
}

/// Whether a text is a number as spreadsheets and programs show a long one, whose last digits are lost: `2.02611E+11`,
/// `2.02611e11`. Without a sign and a decimal separator it may be a number of another tracker, as `1E5` is.
pub fn is_cut_number(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['E', 'e']) else { return false };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, rest) = match digits.split_once(['.', ',']) {
        Some((whole, rest)) => (whole, Some(rest)),
        None => (digits, None),
    };
    let signed = power.strip_prefix('+');
    let is_power = is_number(signed.unwrap_or(power)) && (signed.is_some() || rest.is_some());
    whole.len() == 1 && is_number(whole) && rest.is_none_or(is_number) && is_power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_formats_are_known_by_their_first_bytes() {
        for (bytes, what) in [
            (&b"PK\x03\x04\x14\0\x06\0[Content_Types].xml"[..], Some("an Excel workbook")),
            (b"PK\x03\x04\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet", Some("an OpenDocument")),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", Some("an Excel workbook of the older")),
            (b"\xff\xfen\0", Some("text in UTF-16")),
            (b"\xfe\xff\0n", Some("text in UTF-16")),
            (b"n\0i\0t\0c\0", Some("text in UTF-16")),
            (b"\0n\0i", Some("text in UTF-16")),
            (b"\xef\xbb\xbf\n<html xmlns:o='urn'>", Some("a web page")),
            (b"<?xml version='1.0'?>", Some("a web page")),
            (b"nitc_number,heat_number,status\n", None),
            (b"<b>,c\n", None),
            (b"PK,a\n", None),
            (b"", None),
            (b"\0", None),
        ] {
            let found = other_format(bytes);
            assert_eq!(found.is_some(), what.is_some(), "{bytes:?}: {found:?}");
            assert!(found.unwrap_or_default().starts_with(what.unwrap_or_default()), "{bytes:?}: {found:?}");
        }
    }

    #[test]
    fn day_numbers_are_the_times_that_excel_shows() {
        let time = |text| day_number(text).map(|time| time.format("%Y-%m-%d %H:%M").to_string());
        // Excel and LibreOffice show these so.
        for (number, shown) in [
            ("36526", "2000-01-01 00:00"),
            ("46342", "2026-11-16 00:00"),
            ("46338.375", "2026-11-12 09:00"),
            ("46338,375", "2026-11-12 09:00"),
            ("46338.3958333333", "2026-11-12 09:30"),
            ("46342.99999999", "2026-11-17 00:00"),
            ("4.6342E+04", "2026-11-16 00:00"),
            ("4.6E+04", "2025-12-09 00:00"),
            ("4,6E+4", "2025-12-09 00:00"),
            ("73050", "2099-12-31 00:00"),
        ] {
            assert_eq!(time(number).as_deref(), Some(shown), "{number}");
        }
        for other in [
            "",
            ".",
            "36525",
            "73051",
            "20261116",
            "10423",
            "1.2.3",
            "46,338,375",
            "-46342",
            "+46342",
            "4.6E+09",
            "inf",
        ] {
            assert_eq!(time(other), None, "{other}");
        }
    }

    #[test]
    fn numbers_that_were_cut_are_known() {
        for cut in ["2.02611E+11", "1E+15", "2,02611e+011", "2.02611e11", "2.02611E11", "2,02611e11"] {
            assert!(is_cut_number(cut), "{cut}");
        }
        for other in [
            "",
            "E+11",
            "202611160001",
            "20.5E+3",
            "N-1E+3",
            "1E5",
            "1e15",
            "1.E+5",
            "1.E5",
            "2.0e",
            "10.5e3",
            "2.0e-5",
            "1E+",
            "HEAT-1",
        ] {
            assert!(!is_cut_number(other), "{other}");
        }
    }
}
