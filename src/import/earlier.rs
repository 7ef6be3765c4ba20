//! What an earlier import brought: the note that it left in each log, and how it is found again.

use std::collections::{BTreeMap, BTreeSet};

use super::numbers::key;
use crate::load::Project;
use crate::model::{ImportMap, Minute, TicketEvent, TicketId};

/// A ticket that was imported before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    pub id: TicketId,
    /// What happened up to this time was imported, whatever became of it since.
    pub up_to: Minute,
    /// When the ticket was received by the export that brought it, whatever became of that since.
    pub received: Minute,
}

/// The note at the beginning of what an import adds to a log. Records have no field for another tracker's number.
pub fn mark(tracker: &str, number: &str, up_to: Minute) -> String {
    format!("Imported from {tracker}, {number}, up to {up_to}.")
}

/// The tickets that imports gave free numbers: the tracker's number in the note is another one.
pub fn numbered_by_imports(project: &Project) -> BTreeSet<TicketId> {
    let numbered = project.tickets.iter().filter(|(id, ticket)| {
        let note = ticket.log.first().and_then(|entry| entry.note.as_ref());
        note.and_then(|note| whole(&note.0)).is_some_and(|(number, _)| {
            let digits = number.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
            digits.trim_start_matches('0') != id.0.to_string()
        })
    });
    numbered.map(|(id, _)| *id).collect()
}

/// The number and time of such a note.
fn read<'n>(note: &'n str, tracker: &str) -> Option<(&'n str, Minute)> {
    let line = note.trim_start().lines().next()?.trim_end().strip_suffix('.')?;
    let rest = line.strip_prefix("Imported from ")?.strip_prefix(tracker)?.strip_prefix(", ")?;
    let (number, time) = rest.rsplit_once(", up to ")?;
    Some((number, Minute::parse(time)?))
}

/// Whether a note is one that an import left, of whatever tracker.
pub fn is_mark(note: &str) -> bool {
    up_to(note).is_some()
}

/// The time in such a note, of whatever tracker.
pub fn up_to(note: &str) -> Option<Minute> {
    whole(note).map(|(_, up_to)| up_to)
}

/// The number and the time in such a note, of whatever tracker.
fn whole(note: &str) -> Option<(&str, Minute)> {
    let line = note.trim_start().lines().next().unwrap_or_default();
    let (tracker, _) = line.strip_prefix("Imported from ").and_then(|rest| rest.split_once(", "))?;
    read(note, tracker)
}

/// The tickets that were imported from a tracker, by its numbers as they are compared.
pub fn earlier(project: &Project, map: &ImportMap) -> BTreeMap<String, Earlier> {
    let mut found: BTreeMap<String, Earlier> = BTreeMap::new();
    for (id, ticket) in &project.tickets {
        for entry in ticket.log.iter().filter(|entry| entry.event.value == TicketEvent::Note) {
            let Some(note) = &entry.note else { continue };
            let Some((number, up_to)) = read(&note.0, map.tracker.as_str()) else { continue };
            let first = Earlier { id: *id, up_to, received: entry.at.value };
            let own = found.entry(key(map, number)).or_insert(first);
            // Of two tickets with one number, the first counts.
            if own.id == *id {
                own.up_to = own.up_to.max(up_to);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_back() {
        let at = Minute::parse("2026-11-18 09:12").expect("a time");
        let note = mark("Track it", "INC0010423, b", at);
        assert_eq!(read(&note, "Track it"), Some(("INC0010423, b", at)));
        assert_eq!(read(&format!("{note}\nSomebody wrote more.\n"), "Track it"), Some(("INC0010423, b", at)));
        assert_eq!(read(&note, "Track"), None);
        assert!(is_mark(&note) && !is_mark("Imported from Track, INC1"));
        assert_eq!(read("Imported from Track, INC1", "Track"), None);
    }
}
