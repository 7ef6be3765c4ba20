//! A tracker's numbers: which of them are the same, which a spreadsheet has cut, and which of ours they become.

use crate::load::Project;
use crate::model::{ImportMap, Numbers, TicketId};

/// A number as it is compared. Spreadsheets drop leading zeros: `0077` is `77`, and `INC0077` is `INC77`.
pub fn key(map: &ImportMap, number: &str) -> String {
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (head, digits) = match behind_prefix(map, number).filter(|digits| all_digits(digits)) {
        Some(digits) => (map.number.prefix.as_ref().map_or("", |prefix| prefix.as_str()), digits),
        None => number.split_at(number.find(|c: char| c.is_ascii_digit()).unwrap_or(number.len())),
    };
    // Of `2026-007` nothing can be dropped: `2026-7` may be another one.
    if digits.is_empty() || !all_digits(digits) {
        return number.to_owned();
    }
    let short = digits.trim_start_matches('0');
    format!("{head}{}", if short.is_empty() { "0" } else { short })
}

/// What is wrong with a number that a spreadsheet has cut, and what to do.
pub fn cut(cell: &str) -> (String, String) {
    let help = "format the column as text in the spreadsheet, read the original again, and export it from there";
    (format!("`{cell}` is a long number that a spreadsheet has cut: its last digits are lost"), help.to_owned())
}

/// The tracker's number as ours, if it is valid.
pub fn kept(map: &ImportMap, number: &str) -> Option<TicketId> {
    let digits = behind_prefix(map, number)?;
    TicketId::parse(&format!("HEAT-{}", digits.trim_start_matches('0')))
}

/// The part after the map's prefix.
fn behind_prefix<'n>(map: &ImportMap, number: &'n str) -> Option<&'n str> {
    let prefix = map.number.prefix.as_ref().map_or("", |prefix| prefix.as_str());
    let head = number.get(..prefix.len())?;
    number.get(prefix.len()..).filter(|_| head.eq_ignore_ascii_case(prefix))
}

/// The numbers that new tickets get.
pub struct FreeNumbers {
    next: Option<TicketId>,
    /// The last one before those that the help desk's own tracker hands out.
    last: u32,
}

impl FreeNumbers {
    /// Those that the map and the settings leave to imports.
    pub fn new(map: &ImportMap, project: &Project) -> FreeNumbers {
        let Numbers { heat_from, heat_to } = project.settings.numbers;
        let below = heat_from.map(|from| from.saturating_sub(1));
        let (first, last) = match (map.numbers_from.map(|from| from.value.0), below) {
            (Some(from), Some(below)) if from <= below => (from, below),
            (Some(from), _) => (from, u32::MAX),
            // There is no room below: use numbers after the last one, if there is one.
            (None, Some(0)) => (heat_to.unwrap_or(u32::MAX).saturating_add(1), u32::MAX),
            (None, below) => (1, below.unwrap_or(u32::MAX)),
        };
        FreeNumbers { next: project.known.next_ticket_in(first, last), last }
    }

    /// The next one; `None` if all are used.
    pub fn take(&mut self) -> Option<TicketId> {
        let id = self.next?;
        let next = TicketId(id.0.saturating_add(1));
        self.next = TicketId::parse(&next.to_string()).filter(|next| next.0 <= self.last);
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::parse;
    use crate::record::Faults;

    fn map(number: &str) -> ImportMap {
        let text = format!(
            "tracker: Old\ntimes: [\"%Y\"]\nnumber: {number}\nticket: {{title: T, subject: S, kind: K, area: A, poc: P, \
             received: R, via: V, description: D}}\n"
        );
        let mut faults = Faults::default();
        let node = parse(&text, &mut faults).expect("YAML");
        ImportMap::read(&node, &mut faults).expect("a map")
    }

    #[test]
    fn numbers_compare_by_their_digits() {
        let (plain, prefixed) = (map("{column: No}"), map("{column: No, prefix: INC-2026-}"));
        for (one, other) in [("0077", "77"), ("INC0077", "INC77"), ("A-007", "A-7"), ("000", "0")] {
            assert_eq!(key(&plain, one), key(&plain, other));
        }
        for (one, other) in
            [("2026-007", "2026-7"), ("1.01", "1.1"), ("INC77", "REQ77"), ("A0B7", "AB7"), ("é07", "e7")]
        {
            assert_ne!(key(&plain, one), key(&plain, other));
        }
        assert_eq!(key(&prefixed, "inc-2026-007"), key(&prefixed, "INC-2026-7"));
    }
}
