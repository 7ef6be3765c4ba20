//! What of an export's entries a ticket's log does not have yet.

use super::earlier::{Earlier, is_mark, up_to};
use super::events::Made;
use crate::model::{Entry, Markdown, Minute, TicketEvent};

/// An entry of a ticket's log.
#[derive(Clone, Copy)]
struct Recorded<'l> {
    entry: &'l Entry<TicketEvent>,
    /// An import wrote it, though it may have been changed since.
    is_imported: bool,
}

/// The entries of the export that a log does not have yet, and those that are not added, with the reason.
///
/// An entry is on record if the log has one of its kind and minute. The remaining entries of the log were made or
/// changed manually, or came from an earlier export. Only manual entries replace one of the export's, each exactly one.
pub fn added(
    made: &[Made],
    log: &[Entry<TicketEvent>],
    received: Minute,
    before: Option<Earlier>,
) -> (Vec<Made>, Vec<String>) {
    let last = log.last().map_or(received, |entry| entry.at.value);
    let mut ours = recorded(log);
    // The entries of an import end at the time in its note, unless a person changed that one.
    let is_end_kept =
        before.is_some_and(|before| ours.iter().any(|own| own.is_imported && own.entry.at.value == before.up_to));
    let mut left = Vec::new();
    // Of those of one minute, take the one with the same contents.
    let exact = |at: usize, own: &Made, other: &Recorded| {
        own.at == other.entry.at.value && is_of_kind(own, other.entry) && !is_second_of_minute(made, at, log)
    };
    let mut missing: Vec<(usize, &Made)> = made.iter().enumerate().collect();
    missing.retain(|(at, own)| take(&mut ours, |other| exact(*at, own, other) && is_same(own, other.entry)).is_none());
    missing.retain(|(place, own)| {
        let Made { event, at, row, .. } = own;
        let found = take(&mut ours, |other| exact(*place, own, other));
        if let Some(other) = found {
            let what = if is_same_note(own, other.entry) { "by another person" } else { "with another note" };
            left.push(format!("`{event}` of {at} (row {row}) is not added: one of that minute is on record, {what}"));
        }
        found.is_none()
    });
    let mut added = Vec::new();
    for (_, own) in missing {
        let was_imported = before.is_some_and(|before| own.at <= before.up_to);
        // There can be two follow-ups a day.
        let is_word = matches!(own.event, TicketEvent::FollowUp | TicketEvent::Note);
        let stands = |other: &Recorded| {
            let is_other = other.is_imported
                && before.is_none_or(|before| own.at > before.up_to || own.at == before.up_to && is_end_kept);
            !is_other
                && own.at.date() == other.entry.at.date()
                && (was_imported || !is_word)
                && is_of_kind(own, other.entry)
                && !is_undone_between(made, own, other.entry.at.value)
        };
        let Made { event, at, row, .. } = own;
        if let Some(other) = take(&mut ours, stands) {
            let why = if other.is_imported { "or came too late" } else { "entered or changed manually" };
            let of = other.entry.at.value;
            left.push(format!("`{event}` of {at} (row {row}) is not added: it is on record as of {of}, {why}"));
        } else if *at < last {
            left.push(format!("`{event}` of {at} (row {row}) is not added: the log has later entries, up to {last}"));
        } else if before.is_some_and(|before| *at < before.up_to) {
            left.push(format!("`{event}` of {at} (row {row}) is not added: it was imported before, and removed since"));
        } else {
            added.push(own.clone());
        }
    }
    (added, left)
}

/// The entries of a log. Imported entries follow the import's note, and are not later than the time in it.
fn recorded(log: &[Entry<TicketEvent>]) -> Vec<Recorded<'_>> {
    let mut imported_up_to = None;
    let mut recorded = Vec::with_capacity(log.len());
    for entry in log {
        let note = entry.note.as_ref().filter(|_| entry.event.value == TicketEvent::Note);
        let mark = note.and_then(|note| up_to(&note.0));
        imported_up_to = mark.or(imported_up_to);
        let is_imported = mark.is_none() && imported_up_to.is_some_and(|up_to| entry.at.value <= up_to);
        recorded.push(Recorded { entry, is_imported });
    }
    recorded
}

/// Removes the first one that matches.
fn take<'l>(ours: &mut Vec<Recorded<'l>>, fits: impl Fn(&Recorded<'l>) -> bool) -> Option<Recorded<'l>> {
    let place = ours.iter().position(fits)?;
    Some(ours.remove(place))
}

/// Whether an entry is of a kind that the export has. The note of an import is not from the export, unless the export
/// has the same one.
fn is_of_kind(made: &Made, entry: &Entry<TicketEvent>) -> bool {
    let is_own = made.event == TicketEvent::Note && entry.note.as_ref().is_some_and(|note| is_mark(&note.0));
    made.event == entry.event.value && (!is_own || is_same_note(made, entry))
}

/// Whether both have the same contents. There is one state change a minute, by any person.
fn is_same(made: &Made, entry: &Entry<TicketEvent>) -> bool {
    let by = entry.by.as_ref().map(|by| &by.value);
    is_same_note(made, entry) && (made.event != TicketEvent::FollowUp || made.by.as_ref() == by)
}

fn is_same_note(made: &Made, entry: &Entry<TicketEvent>) -> bool {
    let words = |note: &Option<Markdown>| -> Vec<String> {
        let words = note.iter().flat_map(|note| note.0.split_whitespace());
        words.map(str::to_owned).collect()
    };
    words(&made.note) == words(&entry.note)
}

/// The event that takes another one back.
fn undone_by(event: TicketEvent) -> Option<TicketEvent> {
    match event {
        TicketEvent::Resolved | TicketEvent::Closed => Some(TicketEvent::Reopened),
        TicketEvent::Reopened => Some(TicketEvent::Resolved),
        TicketEvent::Forwarded => Some(TicketEvent::Returned),
        TicketEvent::Returned => Some(TicketEvent::Forwarded),
        _ => None,
    }
}

/// Whether the export has, between an entry of its own and a time on record, what takes such an entry back: then those are
/// two.
fn is_undone_between(made: &[Made], own: &Made, on_record: Minute) -> bool {
    let (from, to) = (own.at.min(on_record), own.at.max(on_record));
    let undone_by = undone_by(own.event);
    made.iter().any(|other| Some(other.event) == undone_by && from < other.at && other.at < to)
}

/// Whether the export has, in the same minute and before its entry at `place`, what takes such an entry back, and the log
/// does not: then the log's entry of that minute is the one before.
fn is_second_of_minute(made: &[Made], place: usize, log: &[Entry<TicketEvent>]) -> bool {
    let Some((own, undone_by)) = made.get(place).and_then(|own| Some((own, undone_by(own.event)?))) else {
        return false;
    };
    let is_between = made.iter().take(place).any(|other| other.event == undone_by && other.at == own.at);
    is_between && !log.iter().any(|entry| entry.event.value == undone_by && entry.at.value == own.at)
}
