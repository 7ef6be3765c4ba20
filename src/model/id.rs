//! The ids of records (`docs/reference/records.md`).

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use crate::record::{Faults, Lookup, Node, Value, read_text, with_article};

/// A ticket's number: `HEAT-` and 1 to 9 digits without leading zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketId(pub u32);

impl TicketId {
    /// Reads `HEAT-10423`.
    pub fn parse(text: &str) -> Option<TicketId> {
        let digits = text.strip_prefix("HEAT-")?;
        let plain = !digits.starts_with('0') && (1..=9).contains(&digits.len());
        let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
        if plain && all_digits { digits.parse().ok().map(TicketId) } else { None }
    }

    /// Reads a number as people and other programs write it: `heat-10423`, `HEAT10423`, `#10423`, `00010423`. Records
    /// take [`TicketId::parse`] alone.
    pub fn typed(text: &str) -> Option<TicketId> {
        let text = text.trim().trim_start_matches('#');
        let number = match text.get(..4) {
            Some(head) if head.eq_ignore_ascii_case("heat") => text[4..].trim_start().trim_start_matches(SEPARATORS),
            _ => text,
        };
        TicketId::parse(&format!("HEAT-{}", number.trim_start().trim_start_matches('0')))
    }
}

/// The characters allowed between `HEAT` and the number: hyphens, including typographic ones.
const SEPARATORS: [char; 7] = ['-', '_', '#', ':', '\u{2010}', '\u{2011}', '\u{2013}'];

impl fmt::Display for TicketId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("HEAT-{}", self.0))
    }
}

impl Serialize for TicketId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Value for TicketId {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let help = |text: &str| match TicketId::typed(text) {
            Some(id) => format!("did you mean `{id}`?"),
            None => "write `HEAT-` and the number without leading zeros, for example `HEAT-10423`".to_owned(),
        };
        read_text(node, "a ticket's id", faults, TicketId::parse, help)
    }

    fn schema() -> Json {
        json!({"type": "string", "pattern": "^HEAT-[1-9][0-9]{0,8}$", "examples": ["HEAT-10423"]})
    }
}

/// A ticket's number without its prefix: `10423`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TicketNumber(pub u32);

impl Value for TicketNumber {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let id = |text: &str| TicketId::parse(&format!("HEAT-{}", text.trim().trim_start_matches("HEAT-")));
        let help = |_: &str| "write 1 to 9 digits without leading zeros, for example `10001`";
        read_text(node, "a ticket's number", faults, id, help).map(|id| TicketNumber(id.0))
    }

    fn schema() -> Json {
        json!({"type": ["integer", "string"], "pattern": "^\\s*(HEAT-)?[1-9][0-9]{0,8}\\s*$", "examples": [10001]})
    }
}

/// The id of a record that has a log.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogId {
    Ticket(TicketId),
    Change(CrId),
}

impl fmt::Display for LogId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LogId::Ticket(id) => id.fmt(f),
            LogId::Change(id) => id.fmt(f),
        }
    }
}

/// Declares an id that is kept as its text.
macro_rules! text_id {
    ($(#[doc = $doc:literal])* $name:ident, $what:literal, $check:expr, $meant:expr, $lookup:expr, $pattern:literal, $example:literal, $help:literal) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads the id; `None` if it is none.
            pub fn parse(text: &str) -> Option<$name> {
                ($check)(text).then(|| $name(text.to_owned()))
            }

            /// Reads an id as people type it: in capitals or not, without zeros or hyphens. Records take
            /// [`Self::parse`] alone.
            pub fn typed(text: &str) -> Option<$name> {
                let text = text.trim();
                $name::parse(text).or_else(|| ($meant)(text).and_then(|meant| $name::parse(&meant)))
            }

            /// What to write instead of a text that is not such an id.
            pub fn help(text: &str) -> String {
                match $name::typed(text) {
                    Some(id) => format!("did you mean `{id}`?"),
                    None if is_device(text) => DEVICE_HELP.to_owned(),
                    None => $help.to_owned(),
                }
            }

            /// The id as records write it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                order(&self.0).cmp(&order(&other.0))
            }
        }

        impl Value for $name {
            fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
                let read = read_text(node, &with_article($what), faults, $name::parse, $name::help);
                if let (None, Some(among)) = (&read, $lookup) {
                    faults.look_up(among, node);
                }
                read
            }

            fn schema() -> Json {
                // `null` and `true` may be ids, which other readers of YAML do not give as texts.
                let types = if ($check)("null") { json!(["string", "boolean", "null"]) } else { json!("string") };
                json!({"type": types, "pattern": $pattern, "examples": [$example]})
            }
        }
    };
}

text_id! {
    /// A change request's id: `CR-`, four digits, `-`, three or more digits; ordered by year, then number.
    CrId, "change request's id",
    |text: &str| is_yearly(text, "CR-"), |text: &str| meant_yearly(text, "CR"), None,
    "^CR-[0-9]{4}-[0-9]{3,}$", "CR-2026-007",
    "write `CR-`, the year and a number of three or more digits, for example `CR-2026-007`"
}

text_id! {
    /// An action item's id: `A-`, four digits, `-`, three or more digits; ordered by year, then number.
    ActionId, "action item's id",
    |text: &str| is_yearly(text, "A-"), |text: &str| meant_yearly(text, "A"), Some(Lookup::Action),
    "^A-[0-9]{4}-[0-9]{3,}$", "A-2026-031",
    "write `A-`, the year and a number of three or more digits, for example `A-2026-031`"
}

text_id! {
    /// A person's id: lower-case letters, digits and hyphens, starting with a letter. A person has the same id in all
    /// files.
    PersonId, "person's id", is_name_id, meant_name_id, Some(Lookup::Person), "^[a-z][a-z0-9-]{0,99}$", "jrivera",
    "write the person's id: up to 100 lower-case letters, digits and hyphens, a letter first, for example `jrivera`"
}

text_id! {
    /// The id of a module or initiative: lower-case letters, digits and hyphens, starting with a letter.
    SubjectId, "subject's id", is_name_id, meant_name_id, Some(Lookup::Subject), "^[a-z][a-z0-9-]{0,99}$", "scorecard",
    "write the subject's id: up to 100 lower-case letters, digits and hyphens, a letter first, for example `scorecard`"
}

text_id! {
    /// The id of a written-up answer: lower-case letters, digits and hyphens, starting with a letter.
    AnswerId, "answer's id", is_name_id, meant_name_id, None, "^[a-z][a-z0-9-]{0,99}$", "export-all-quarters",
    "write the answer's id: up to 100 lower-case letters, digits and hyphens, a letter first, for example `export-all-quarters`"
}

crate::compared!(TicketId, CrId, ActionId, PersonId, SubjectId, AnswerId);

impl AnswerId {
    /// The id that an answer of that title usually gets: its first words, joined by hyphens.
    pub fn of_title(title: &str) -> Option<AnswerId> {
        const WORDS: usize = 6;
        let letters = title.chars().filter(|c| !matches!(c, '\'' | '\u{2019}'));
        let plain: String = letters.collect::<String>().to_lowercase().chars().map(plain_letter).collect();
        let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        // An id begins with a letter.
        let words = words.skip_while(|word| !word.starts_with(|c: char| c.is_ascii_lowercase()));
        let text = words.take(WORDS).collect::<Vec<_>>().join("-");
        AnswerId::parse(&text)
    }
}

impl PersonId {
    /// The id that a person of that name usually gets: `jrivera` for Jordan Rivera.
    pub fn of_name(name: &str) -> Option<PersonId> {
        let plain: String = name.to_lowercase().chars().map(plain_letter).collect();
        let letters = |word: &str| word.chars().filter(char::is_ascii_lowercase).collect::<String>();
        let mut words = plain.split_whitespace().map(|word| letters(word.split('-').next().unwrap_or(word)));
        let (first, last) = (words.next()?, words.next_back().unwrap_or_default());
        let text = if last.is_empty() { first } else { format!("{}{last}", first.get(..1).unwrap_or_default()) };
        PersonId::parse(&text)
    }
}

/// A letter without its diacritics.
pub fn plain_letter(letter: char) -> char {
    const LETTERS: [(char, &str); 15] = [
        ('a', "àáâãäåāăą"),
        ('c', "çćč"),
        ('d', "ďđ"),
        ('e', "èéêëēęě"),
        ('g', "ğ"),
        ('i', "ìíîïīı"),
        ('l', "łľĺ"),
        ('n', "ñńň"),
        ('o', "òóôõöøōő"),
        ('r', "řŕ"),
        ('s', "śşšș"),
        ('t', "ťţț"),
        ('u', "ùúûüūůű"),
        ('y', "ýÿ"),
        ('z', "źżž"),
    ];
    LETTERS.iter().find(|(_, like)| like.contains(letter)).map_or(letter, |(plain, _)| *plain)
}

fn is_yearly(text: &str, prefix: &str) -> bool {
    let Some((year, number)) = text.strip_prefix(prefix).and_then(|rest| rest.split_once('-')) else { return false };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= LONGEST && year.len() == 4 && number.len() >= 3 && digits(year) && digits(number)
}

/// `cr-2026-7` and `CR2026-007` for `CR-2026-007`.
fn meant_yearly(text: &str, prefix: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('#').to_ascii_uppercase().replace(['_', ' '], "-");
    let rest = text.strip_prefix(prefix).unwrap_or(&text).trim_start_matches('-');
    let (year, number) = rest.split_once('-')?;
    Some(format!("{prefix}-{year}-{number:0>3}"))
}

/// `JRivera` for `jrivera`.
fn meant_name_id(text: &str) -> Option<String> {
    let plain = text.trim().to_ascii_lowercase().replace('_', "-");
    (!plain.contains(' ')).then_some(plain)
}

/// The longest id: files are named for it, and systems let no name be longer than 255 characters.
const LONGEST: usize = 100;

/// Whether Windows takes a name for a device: a file of that name, whatever its ending, cannot be checked out there.
fn is_device(text: &str) -> bool {
    let numbered = |name: &str| matches!(text.strip_prefix(name).map(str::as_bytes), Some([b'1'..=b'9']));
    matches!(text, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

const DEVICE_HELP: &str = "write another id: Windows keeps this name for a device and cannot check the file out";

fn is_name_id(text: &str) -> bool {
    text.len() <= LONGEST
        && !is_device(text)
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Yearly ids are ordered as numbers, so that 1000 comes after 999; the text breaks a tie.
fn order(id: &str) -> (&str, usize, &str, &str) {
    // Those of people and subjects begin with a small letter, and are compared more often than all others.
    let is_upper = id.starts_with(|first: char| first.is_ascii_uppercase());
    let is_numbered = is_upper && (is_yearly(id, "CR-") || is_yearly(id, "A-"));
    match is_numbered.then(|| id.rsplit_once('-')).flatten() {
        Some((head, number)) => {
            let significant = number.trim_start_matches('0');
            (head, significant.len(), significant, id)
        }
        None => (id, 0, "", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticket_ids_have_one_to_nine_digits_without_leading_zeros() {
        for good in ["HEAT-1", "HEAT-10423", "HEAT-999999999"] {
            assert_eq!(TicketId::parse(good).map(|id| id.to_string()).as_deref(), Some(good));
        }
        for bad in ["HEAT-", "HEAT-0", "HEAT-01", "HEAT-1234567890", "heat-1", "HEAT-1a", "HEAT-+1", "10423"] {
            assert_eq!(TicketId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn ticket_numbers_are_read_as_people_type_them() {
        for typed in
            ["HEAT-10423", "heat-10423", "10423", "HEAT10423", "#10423", "00010423", " Heat 10423 ", "HEAT #10423"]
        {
            assert_eq!(TicketId::typed(typed), Some(TicketId(10423)), "{typed:?}");
        }
        for typed in ["HEAT-010423", "HEAT\u{2011}10423", "HEAT_10423", "heat\u{a0}10423", "#HEAT-10423"] {
            assert_eq!(TicketId::typed(typed), Some(TicketId(10423)), "{typed:?}");
        }
        let long = "1".repeat(10);
        for other in
            ["", "#", "0", "HEAT-0", "HEAT-", "N-10423", "10423a", "104 23", "-10423", "1.0423E+04", "é", &long]
        {
            assert_eq!(TicketId::typed(other), None, "{other:?}");
        }
    }

    #[test]
    fn ids_of_people_and_subjects_have_a_length() {
        assert!(PersonId::parse(&"a".repeat(100)).is_some() && SubjectId::parse(&"a".repeat(100)).is_some());
        assert!(PersonId::parse(&"a".repeat(101)).is_none() && SubjectId::parse(&"a".repeat(101)).is_none());
    }

    #[test]
    fn yearly_ids_are_in_the_order_of_their_numbers() {
        let id = |text| CrId::parse(text);
        assert!(id("CR-2026-1000") > id("CR-2026-999"));
        assert!(id("CR-2025-1000") < id("CR-2026-001"));
        assert!(id("CR-26-001").is_none() && id("CR-2026-01").is_none());
        let long = |digits| CrId::parse(&format!("CR-2026-{}", "1".repeat(digits)));
        assert!(long(92).is_some() && long(93).is_none());
    }

    #[test]
    fn ids_of_people_are_made_of_their_names() {
        let id = |name| PersonId::of_name(name).map(|id| id.to_string());
        assert_eq!(id("Jordan Rivera").as_deref(), Some("jrivera"));
        assert_eq!(id("Rocío Muñoz-Ficta").as_deref(), Some("rmunoz"));
        assert_eq!(id("Cher").as_deref(), Some("cher"));
        assert_eq!(id("Ana de la O'Hara").as_deref(), Some("aohara"));
        assert_eq!((id("李 明"), id("")), (None, None));
    }

    #[test]
    fn ids_of_answers_are_the_first_words_of_their_titles() {
        let id = |title| AnswerId::of_title(title).map(|id| id.to_string());
        assert_eq!(id("Export drops Q4!").as_deref(), Some("export-drops-q4"));
        assert_eq!(id("2026: Rocío's plan, in one two three four").as_deref(), Some("rocios-plan-in-one-two-three"));
        assert_eq!((id("2026"), id("李 明"), id("Con")), (None, None, None));
    }

    #[test]
    fn people_are_lower_case() {
        assert!(PersonId::parse("j-rivera2").is_some());
        for bad in ["con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9"] {
            assert!(PersonId::parse(bad).is_none() && SubjectId::parse(bad).is_none(), "{bad}");
        }
        for good in ["com0", "com10", "com", "lpt", "console", "nul-1"] {
            assert!(PersonId::parse(good).is_some(), "{good}");
        }
        for bad in ["", "2j", "JRivera", "j_rivera", "-j", "jé"] {
            assert!(PersonId::parse(bad).is_none(), "{bad}");
        }
    }
}
