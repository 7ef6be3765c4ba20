//! Entries that a later `struck` entry names: which entry is meant.

use std::collections::BTreeMap;

use super::{Entry, EntryName, TicketEvent};

impl EntryName {
    /// The name of an entry.
    pub fn of(entry: &Entry<TicketEvent>) -> EntryName {
        EntryName { at: entry.at.value, event: entry.event.value }
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
