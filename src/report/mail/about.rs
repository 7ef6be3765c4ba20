//! What a letter is about: its records, the entry for when it was sent, and marks that show whether it still holds.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::model::{ChangeEvent, CrState, Entry, EventKind, PersonId, TicketEvent, hex, minute_in_words};
use crate::report::words::Words;
use crate::words;
use crate::workflow::{ChangeLine, Context, TicketLine};

words! {
    /// What is entered when a letter was sent.
    pub enum LetterEvent: "event of a letter" {
        /// An update to the POC.
        FollowUp = "follow-up",
        /// The ticket or CR went to NITC.
        Forwarded = "forwarded",
        /// Nothing.
        None = "none",
    }
}

/// What a letter is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub event: LetterEvent,
    pub records: Vec<Mark>,
}

/// A record as it was when the letter was made: `HEAT-10423=3.77d0b1a1c2e54f31.9f86d081884c7d65`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The record's id.
    pub id: String,
    /// How many entries of its log matter to the letter.
    entries: usize,
    /// The digest of these entries.
    log: String,
    /// The digest of what else decides what the letter says: the CRs of a ticket, or the state of a CR.
    other: String,
}

impl About {
    /// A letter after which there is nothing to enter.
    pub fn nothing() -> About {
        About { event: LetterEvent::None, records: Vec::new() }
    }

    /// A letter about tickets.
    pub fn tickets<'l>(
        ctx: &Context,
        event: LetterEvent,
        lines: impl IntoIterator<Item = &'l TicketLine<'l>>,
    ) -> About {
        let mut lines: Vec<_> = lines.into_iter().collect();
        lines.sort_by_key(|line| line.ticket.id.value);
        About { event, records: lines.into_iter().map(|line| ticket_mark(ctx, event, line)).collect() }
    }

    /// A letter about a change request.
    pub fn change(event: LetterEvent, line: &ChangeLine) -> About {
        About { event, records: vec![change_mark(line)] }
    }

    /// The marks as a header has them, with a space between them: mail programs break lines there.
    pub fn marks(&self) -> String {
        self.records.iter().map(Mark::to_string).collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}={}.{}.{}", self.id, self.entries, self.log, self.other)
    }
}

impl Mark {
    /// Reads a mark.
    pub fn parse(text: &str) -> Option<Mark> {
        let (id, rest) = text.split_once('=')?;
        let mut parts = rest.split('.');
        let entries = parts.next()?.parse().ok()?;
        let (log, other) = (parts.next()?, parts.next()?);
        let is_digest = |text: &str| text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_whole = parts.next().is_none() && is_digest(log) && is_digest(other) && !id.is_empty();
        is_whole.then(|| Mark { id: id.to_owned(), entries, log: log.to_owned(), other: other.to_owned() })
    }
}

/// How many digits a digest has in a mark: enough to notice an edit, and no protection against forgery.
const DIGITS: usize = 16;

/// Why the letter with this mark no longer holds; `None` if it does.
pub fn outdated(ctx: &Context, event: LetterEvent, mark: &Mark, record: Marked) -> Option<String> {
    match record {
        Marked::Ticket(line) => {
            let entries = mattering(event, line);
            let now = ticket_mark(ctx, event, line);
            let newer = newer(ctx, mark, &entries);
            reason(mark, &now, newer, || match line.changes.as_slice() {
                [] => "a change request for it was removed".to_owned(),
                changes => {
                    let states = changes.iter().filter_map(|cr| Some((cr, ctx.prepared.changes.get(cr)?)));
                    let words = Words::new(&ctx.project().settings.names);
                    let states: Vec<String> =
                        states.map(|(cr, line)| format!("{cr}: {}", words.change_state(last_state(line)))).collect();
                    format!("its change requests have changed ({})", states.join(", "))
                }
            })
        }
        Marked::Change(line) => {
            let entries: Vec<&Entry<ChangeEvent>> = line.cr.log.iter().collect();
            let newer = newer(ctx, mark, &entries);
            reason(mark, &change_mark(line), newer, || {
                let words = Words::new(&ctx.project().settings.names);
                format!("its text or its votes have changed; it is now: {}", words.change_state(last_state(line)))
            })
        }
    }
}

/// The record of a mark.
#[derive(Debug, Clone, Copy)]
pub enum Marked<'l> {
    Ticket(&'l TicketLine<'l>),
    Change(&'l ChangeLine<'l>),
}

/// The newest of the entries that came after the letter was made, in words, if the older ones are unchanged.
fn newer<E: EventKind>(ctx: &Context, mark: &Mark, entries: &[&Entry<E>]) -> Option<String> {
    let older = entries.get(..mark.entries)?;
    let newest = entries[mark.entries..].last()?;
    let words = Words::new(&ctx.project().settings.names);
    (digest_of_log(older) == mark.log)
        .then(|| format!("{}, {}", words.event(newest.event.value), minute_in_words(newest.at.value)))
}

fn reason(then: &Mark, now: &Mark, newer: Option<String>, other: impl FnOnce() -> String) -> Option<String> {
    match newer {
        Some(newest) => Some(format!("it has a newer entry ({newest})")),
        None if now.log != then.log => Some("its log was edited".to_owned()),
        None if now.other != then.other => Some(other()),
        None => None,
    }
}

/// The entries of a ticket that matter to a letter. What the POC was told changes nothing for NITC.
fn mattering<'l>(event: LetterEvent, line: &TicketLine<'l>) -> Vec<&'l Entry<TicketEvent>> {
    let is_for_nitc = event == LetterEvent::Forwarded;
    let matters = |entry: &&Entry<TicketEvent>| match entry.event.value {
        TicketEvent::Waived => false,
        TicketEvent::FollowUp | TicketEvent::HandedOver => !is_for_nitc,
        _ => true,
    };
    line.ticket.record.log.iter().filter(matters).collect()
}

fn ticket_mark(ctx: &Context, event: LetterEvent, line: &TicketLine) -> Mark {
    let entries = mattering(event, line);
    let changes = line.changes.iter().filter_map(|cr| Some((cr, ctx.prepared.changes.get(cr)?)));
    let states = changes.map(|(cr, change)| format!("{cr} {}", last_state(change)));
    Mark { id: line.ticket.id.to_string(), entries: entries.len(), log: digest_of_log(&entries), other: digest(states) }
}

fn change_mark(line: &ChangeLine) -> Mark {
    let entries: Vec<&Entry<ChangeEvent>> = line.cr.log.iter().collect();
    Mark {
        id: line.cr.id.to_string(),
        entries: entries.len(),
        log: digest_of_log(&entries),
        other: digest([last_state(line).to_string(), line.cr.digest.clone()].into_iter()),
    }
}

/// The state after everything on record, whatever the time.
fn last_state(line: &ChangeLine) -> CrState {
    line.steps.last().map_or(CrState::Draft, |step| step.after)
}

fn digest_of_log<E: EventKind>(entries: &[&Entry<E>]) -> String {
    let person = |id: &Option<crate::model::Spanned<PersonId>>| id.as_ref().map(|id| id.value.to_string());
    let fields = entries.iter().flat_map(|entry| {
        let fields = [
            Some(entry.at.value.to_string()),
            Some(entry.event.value.to_string()),
            person(&entry.by),
            entry.note.as_ref().map(|note| note.0.clone()),
            entry.nitc_ref.as_ref().map(|number| number.value.0.clone()),
            entry.outcome.map(|outcome| outcome.to_string()),
            entry.duplicate_of.map(|ticket| ticket.value.to_string()),
            person(&entry.poc),
            entry.release.as_ref().map(|release| release.0.clone()),
            entry.digest.as_ref().map(|digest| digest.value.0.clone()),
        ];
        fields.map(Option::unwrap_or_default)
    });
    digest(fields)
}

/// The digest of texts; each is preceded by its length.
fn digest(texts: impl Iterator<Item = String>) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hex(&hash.finalize()[..DIGITS / 2])
}

#[cfg(test)]
mod tests {
    use super::Mark;

    #[test]
    fn a_mark_is_read_as_it_was_written() {
        let text = "HEAT-10423=3.77d0b1a1c2e54f31.9f86d081884c7d65";
        assert_eq!(Mark::parse(text).map(|mark| mark.to_string()).as_deref(), Some(text));
        for bad in [
            "",
            "HEAT-1",
            "HEAT-1=3.77d0",
            "=3.77d0b1a1c2e54f31.9f86d081884c7d65",
            "HEAT-1=x.77d0b1a1c2e54f31.9f86d081884c7d65",
        ] {
            assert_eq!(Mark::parse(bad), None, "{bad}");
        }
    }
}
