//! The values of an import map: encodings, formats of times, cells and ways to reach the Help Desk.

use chrono::format::{Item, StrftimeItems};
use serde_json::{Value as Json, json};

use super::{Text, Via};
use crate::record::{Faults, Kind, Node, Value, did_you_mean, list, read_text};

/// The allowed values of a cell, which can be blank.
#[derive(Debug, Clone)]
pub struct CellTexts(pub Vec<String>);

impl Value for CellTexts {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        Vec::<CellText>::decode(node, faults).map(|texts| CellTexts(texts.into_iter().map(|text| text.0).collect()))
    }

    fn schema() -> Json {
        Vec::<CellText>::schema()
    }
}

/// The value of a cell. Unlike other texts of records, it can be blank.
struct CellText(String);

impl Value for CellText {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        if node.is_blank() {
            return Some(CellText(String::new()));
        }
        Text::decode(node, faults).map(|text| CellText(text.0))
    }

    fn schema() -> Json {
        Text::schema()
    }
}

/// An encoding, by any of its names.
#[derive(Debug, Clone, Copy)]
pub struct Encoding(pub &'static encoding_rs::Encoding);

impl Value for Encoding {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let names = ["utf-8", "windows-1252", "iso-8859-1", "utf-16le", "utf-16be", "macintosh", "ibm866"];
        let encoding = |text: &str| encoding_rs::Encoding::for_label_no_replacement(text.as_bytes()).map(Encoding);
        let help = |text: &str| {
            did_you_mean(text, names).unwrap_or_else(|| format!("write its name, for example {}", list(&names[..4])))
        };
        read_text(node, "an encoding", faults, encoding, help)
    }

    fn schema() -> Json {
        json!({"type": "string", "examples": ["utf-8", "windows-1252"]})
    }
}

/// The format of a time, in the notation of `strftime`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeForm(pub String);

impl Value for TimeForm {
    const IS_TEXT: bool = true;

    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let form = node.text().unwrap_or_default();
        let sound = StrftimeItems::new(form).all(|item| !matches!(item, Item::Error));
        if !sound || !form.contains('%') {
            let help = "write what stands for each part: %Y year, %m month, %d day, %H hour (%I and %p of a clock of \
                        twelve hours), %M minute, %S second, %b a month's short name, %z the offset from UTC";
            faults.invalid(node.span, format!("{} is not a time format", node.describe()), help);
            return None;
        }
        if let Some(zone) = utc_in_letters(form) {
            let help = "write `%z` in its place: it reads an offset such as -05:00, and also `Z`, `UTC` and `GMT`";
            let message = format!("{} reads `{zone}` as plain letters, not as a time zone", node.describe());
            faults.invalid(node.span, message, help);
            return None;
        }
        Some(TimeForm(form.to_owned()))
    }

    fn schema() -> Json {
        json!({"type": "string", "pattern": "%", "examples": ["%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M %p"]})
    }
}

/// The letters for UTC in times. As plain letters of a format they would be skipped, and the time would be read as
/// local.
pub const UTC: [&str; 3] = ["Z", "UTC", "GMT"];

/// The letters for UTC in a format, if it has them outside its `%` fields.
fn utc_in_letters(form: &str) -> Option<&'static str> {
    let mut letters = String::new();
    let mut rest = form.chars();
    while let Some(c) = rest.next() {
        if c == '%' {
            // A field is a letter, behind flags, digits and dots.
            rest.by_ref().find(|c| c.is_alphabetic() || matches!(c, '%' | '+'));
            letters.push(' ');
        } else {
            letters.push(c);
        }
    }
    let mut words = letters.split(|c: char| !c.is_alphabetic());
    words.find_map(|word| UTC.into_iter().find(|zone| *zone == word))
}

/// One way to reach the Help Desk, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways(pub Vec<Via>);

impl Value for Ways {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        match &node.kind {
            Kind::List(items) if !items.is_empty() => Vec::decode(node, faults).map(Ways),
            _ => Via::decode(node, faults).map(|via| Ways(vec![via])),
        }
    }

    fn schema() -> Json {
        json!({"anyOf": [Via::schema(), Vec::<Via>::schema()]})
    }
}
