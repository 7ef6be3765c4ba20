//! What of an export's entries a ticket's log does not have yet.

use super::earlier::{Earlier, is_mark};
use super::events::Made;
use crate::model::{Entry, Markdown, Minute, TicketEvent};

/// What of the export's entries a log does not have yet; and what is not added, and why, in words.
///
/// An entry is on record if one of its kind and minute is. What then remains of the log was made or changed by hand, and
/// each such entry stands for one of the export's.
pub fn added(
    made: &[Made],
    log: &[Entry<TicketEvent>],
    received: Minute,
    before: Option<Earlier>,
) -> (Vec<Made>, Vec<String>) {
    let last = log.last().map_or(received, |entry| entry.at.value);
    let mut ours: Vec<&Entry<TicketEvent>> = log.iter().collect();
    let mut take = |fits: &dyn Fn(&Entry<TicketEvent>) -> bool| {
        let place = ours.iter().position(|entry| fits(entry))?;
        Some(ours.remove(place))
    };
    let is_exact = |own: &Made, entry: &Entry<TicketEvent>| own.at == entry.at.value && is_of_kind(own, entry);
    let missing: Vec<&Made> = made.iter().filter(|own| take(&|entry| is_exact(own, entry)).is_none()).collect();
    let (mut added, mut left) = (Vec::new(), Vec::new());
    for own in missing {
        let was_imported = before.is_some_and(|before| own.at <= before.up_to);
        // A word to the POC may well come twice a day.
        let is_word = matches!(own.event, TicketEvent::FollowUp | TicketEvent::Note);
        let is_by_hand = |entry: &Entry<TicketEvent>| {
            own.at.date() == entry.at.date() && (was_imported || !is_word) && is_of_kind(own, entry)
        };
        let Made { event, at, row, .. } = own;
        if let Some(entry) = take(&is_by_hand) {
            left.push(format!(
                "`{event}` of {at} (row {row}) is not added: it is on record as of {}, entered or changed by hand",
                entry.at.value
            ));
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

/// Whether an entry is of the kind that the export has. The note that an import leaves is none of the export's, unless it
/// has the very same.
fn is_of_kind(made: &Made, entry: &Entry<TicketEvent>) -> bool {
    let text = |note: &Option<Markdown>| note.as_ref().map(|note| note.0.trim().to_owned()).unwrap_or_default();
    let is_own = made.event == TicketEvent::Note && is_mark(&text(&entry.note));
    made.event == entry.event.value && (!is_own || text(&made.note) == text(&entry.note))
}
