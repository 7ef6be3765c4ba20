//! Entries that a later `struck` entry names: how they are written, and which entry is meant.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value as Json, json};

use super::{Entry, Minute, TicketEvent};
use crate::record::{Faults, Node, Value, Word, did_you_mean, read_text};

crate::compared!(EntryName);

/// An entry of a ticket's log by its time and event, `2026-11-20 09:30 follow-up`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryName {
    pub at: Minute,
    pub event: TicketEvent,
}

/// The number of bytes of a time.
const TIME: usize = 16;

impl EntryName {
    /// The name of an entry.
    pub fn of(entry: &Entry<TicketEvent>) -> EntryName {
        EntryName { at: entry.at.value, event: entry.event.value }
    }

    /// Reads `2026-11-20 09:30 follow-up`.
    pub fn parse(text: &str) -> Option<EntryName> {
        let (at, event) = text.trim().split_at_checked(TIME)?;
        let event = event.strip_prefix(' ')?.trim();
        let event = TicketEvent::ALL.iter().copied().find(|own| own.name() == event)?;
        Some(EntryName { at: Minute::parse(at)?, event })
    }
}

impl fmt::Display for EntryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.at, self.event)
    }
}

impl Value for EntryName {
    fn decode(node: &Node, faults: &mut Faults) -> Option<Self> {
        let help = |text: &str| {
            let event = text.trim().rsplit(' ').next().unwrap_or_default();
            let names = || TicketEvent::ALL.iter().map(|event| event.name());
            let near = did_you_mean(event, names()).filter(|_| names().all(|name| name != event));
            near.unwrap_or_else(|| "write its time and event, for example `2026-11-20 09:30 follow-up`".to_owned())
        };
        read_text(node, "an entry's time and event", faults, EntryName::parse, help)
    }

    fn schema() -> Json {
        json!({
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2} [a-z-]+$",
            "examples": ["2026-11-20 09:30 follow-up"],
        })
    }
}

/// Why a `struck` entry strikes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NothingStruck {
    /// The log has no such entry.
    NoEntry,
    /// Every such entry is struck already; the last one by the entry of that place.
    Already(usize),
    /// It names a `struck` entry.
    OfStruck,
    /// The only such entry comes later.
    Later,
    /// The log has too many `struck` entries before it.
    TooMany,
}

/// The most `struck` entries of a log that count: the log is folded again for each.
pub const MOST_STRUCK: usize = 30;

/// What each `struck` entry of a log names, by its place: the place of an entry, or why there is none. Of several entries
/// with that time and event, it is the first that is not struck yet. Entries after one too many are not looked at.
pub fn strikes(log: &[Entry<TicketEvent>]) -> BTreeMap<usize, Result<usize, NothingStruck>> {
    let mut struck: BTreeMap<usize, usize> = BTreeMap::new();
    let mut strikes = BTreeMap::new();
    for (index, entry) in log.iter().enumerate().filter(|(_, entry)| entry.event.value == TicketEvent::Struck) {
        let Some(name) = entry.entry.map(|name| name.value) else { continue };
        let meant = || log.iter().enumerate().filter(|(_, own)| EntryName::of(own) == name).map(|(at, _)| at);
        let before = meant().take_while(|at| *at < index);
        if strikes.len() == MOST_STRUCK {
            strikes.insert(index, Err(NothingStruck::TooMany));
            break;
        }
        let found = match before.clone().find(|at| !struck.contains_key(at)) {
            _ if name.event == TicketEvent::Struck => Err(NothingStruck::OfStruck),
            Some(at) => Ok(at),
            None => Err(match (before.last().and_then(|at| struck.get(&at)), meant().next()) {
                (Some(by), _) => NothingStruck::Already(*by),
                (None, Some(_)) => NothingStruck::Later,
                (None, None) => NothingStruck::NoEntry,
            }),
        };
        if let Ok(at) = found {
            struck.insert(at, index);
        }
        strikes.insert(index, found);
    }
    strikes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_has_one_name() {
        for text in ["2026-11-20 09:30 follow-up", " 2026-11-20T09:30  follow-up "] {
            let name = EntryName::parse(text).map(|name| name.to_string());
            assert_eq!(name.as_deref(), Some("2026-11-20 09:30 follow-up"), "{text}");
        }
        for text in
            ["", "2026-11-20 09:30", "2026-11-20 09:30 followup", "2026-11-20 follow-up", "2026-11-20 09:3\u{e9} note"]
        {
            assert_eq!(EntryName::parse(text), None, "{text}");
        }
    }
}
