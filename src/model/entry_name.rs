//! The name of an entry: how a `struck` entry writes which one it means.

use std::fmt;

use serde_json::{Value as Json, json};

use super::{Minute, TicketEvent};
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
