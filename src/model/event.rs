//! The events of tickets' and change requests' logs: one table entry each.
//!
//! The table gives the offices, the required fields and the allowed states (docs/reference/records.md and
//! docs/explanation/states.md). `workflow` has the effects of events on states and clocks.

use crate::record::Word;
use crate::words;

use super::state::{CrState, TicketState};
use super::{CrState as Cr, Office, TicketState as T};

words! {
    /// An event of a ticket.
    pub enum TicketEvent: "event of a ticket" {
        /// The POC got the ticket number, a status or an answer.
        FollowUp = "follow-up",
        /// The ticket went to NITC.
        Forwarded = "forwarded",
        /// NITC added it to its own tracker.
        Acknowledged = "acknowledged",
        /// NITC's initial response.
        InitialResponse = "initial-response",
        /// NITC sent it back, or the Help Desk took it back.
        Returned = "returned",
        /// Research is complete.
        Researched = "researched",
        /// The POC was given the resolution or the answer.
        Resolved = "resolved",
        /// Closed with the POC's consent.
        Closed = "closed",
        /// The POC reports that it is not resolved.
        Reopened = "reopened",
        /// The caller was not a designated POC and was sent to theirs.
        Redirected = "redirected",
        /// Entered by mistake, or a duplicate.
        Voided = "voided",
        /// Another POC follows the ticket, for example because the caller is no longer designated.
        HandedOver = "handed-over",
        /// An open deadline is waived.
        Waived = "waived",
        /// An earlier entry should not be there and no longer counts.
        Struck = "struck",
        /// For the record.
        Note = "note",
    }
}

words! {
    /// An event of a change request.
    pub enum ChangeEvent: "event of a change request" {
        /// Submitted to the CFMSCCB.
        Submitted = "submitted",
        /// The signed CR went to NITC.
        Forwarded = "forwarded",
        /// Work began.
        Started = "started",
        /// The code change is released.
        Delivered = "delivered",
        /// The POC confirms.
        Verified = "verified",
        /// It does not work and is in progress again.
        Failed = "failed",
        /// Dropped.
        Withdrawn = "withdrawn",
        /// For the record.
        Note = "note",
    }
}

/// The fields of an event besides `at` and `by`.
#[derive(Debug, Clone, Copy)]
pub struct Asks {
    /// Its note is required.
    pub note: bool,
    /// Required fields.
    pub required: &'static [&'static str],
    /// Optional fields.
    pub optional: &'static [&'static str],
}

/// One event's entry in the table.
#[derive(Debug, Clone, Copy)]
pub struct EventSpec<E: 'static, S: 'static> {
    pub event: E,
    /// The offices that can enter it; empty for any office, or for no one.
    pub offices: &'static [Office],
    pub asks: Asks,
    /// The states in which it is allowed.
    pub allowed: &'static [S],
    /// The event's text in timelines: "forwarded to NITC".
    pub words: &'static str,
}

/// The events of one kind of log.
pub trait EventKind: Word + 'static {
    /// The states of the record.
    type State: Word + 'static;
    /// The table of all events.
    fn table() -> &'static [EventSpec<Self, Self::State>];

    /// The event's entry in the table.
    fn spec(self) -> &'static EventSpec<Self, Self::State> {
        // Every event has an entry; a test holds this.
        let table = Self::table();
        table.iter().find(|spec| spec.event == self).unwrap_or(&table[0])
    }
}

const fn asks(note: bool, required: &'static [&'static str], optional: &'static [&'static str]) -> Asks {
    Asks { note, required, optional }
}

const NOTHING: Asks = asks(false, &[], &[]);
const NOTE: Asks = asks(true, &[], &[]);
/// The digest of the request, which `heatpack log` writes.
const DIGEST: Asks = asks(false, &[], &["digest"]);
const OUTSTANDING: &[TicketState] = &[T::Open, T::WithNitc, T::AwaitingChange, T::Answered, T::Resolved];
const DESK: &[Office] = &[Office::HelpDesk];
const NITC: &[Office] = &[Office::Nitc];
const SPONSOR: &[Office] = &[Office::AcfoFs];

const fn event<E, S>(
    event: E,
    offices: &'static [Office],
    asks: Asks,
    allowed: &'static [S],
    words: &'static str,
) -> EventSpec<E, S> {
    EventSpec { event, offices, asks, allowed, words }
}

/// The events of a ticket's log.
pub const TICKET_EVENTS: &[EventSpec<TicketEvent, TicketState>] = {
    use TicketEvent as E;
    &[
        event(E::FollowUp, DESK, NOTHING, OUTSTANDING, "follow-up"),
        event(E::Forwarded, DESK, NOTHING, &[T::Open, T::Answered], "forwarded to NITC"),
        event(E::Acknowledged, NITC, asks(false, &["nitc_ref"], &[]), &[T::WithNitc], "acknowledged by NITC"),
        event(E::InitialResponse, NITC, NOTE, &[T::WithNitc], "NITC's initial response"),
        event(
            E::Returned,
            &[Office::Nitc, Office::HelpDesk],
            NOTE,
            &[T::WithNitc, T::AwaitingChange],
            "returned to the Help Desk",
        ),
        event(E::Researched, NITC, asks(true, &["outcome"], &[]), &[T::WithNitc], "research complete"),
        event(
            E::Resolved,
            DESK,
            asks(true, &[], &["answer"]),
            &[T::Open, T::WithNitc, T::Answered],
            "resolved with the POC",
        ),
        event(E::Closed, DESK, NOTHING, &[T::Resolved], "closed with the POC's consent"),
        event(E::Reopened, DESK, NOTE, &[T::Resolved, T::Closed, T::Redirected, T::Voided], "reopened"),
        event(E::Redirected, DESK, NOTE, &[T::Open], "caller sent to their own POC"),
        // The note, or the ticket that this one repeats: `log::decode` sees to "or".
        event(E::Voided, DESK, asks(false, &[], &["duplicate_of"]), OUTSTANDING, "voided"),
        event(E::HandedOver, DESK, asks(false, &["poc"], &[]), OUTSTANDING, "handed over to another POC"),
        event(E::Waived, DESK, asks(true, &["clock"], &["until"]), OUTSTANDING, "deadline waived"),
        event(E::Struck, DESK, asks(true, &["entry"], &[]), TicketState::ALL, "struck"),
        event(E::Note, &[], NOTE, TicketState::ALL, "note"),
    ]
};

/// The events of a change request's log.
pub const CHANGE_EVENTS: &[EventSpec<ChangeEvent, CrState>] = {
    use ChangeEvent as E;
    &[
        event(
            E::Submitted,
            SPONSOR,
            DIGEST,
            &[Cr::Draft, Cr::Submitted, Cr::Approved, Cr::Returned, Cr::Deferred],
            "submitted to the board",
        ),
        event(E::Forwarded, SPONSOR, DIGEST, &[Cr::Approved], "forwarded to NITC"),
        event(E::Started, NITC, NOTHING, &[Cr::Forwarded], "work began"),
        event(E::Delivered, NITC, asks(false, &["release"], &[]), &[Cr::InWork], "delivered"),
        event(E::Verified, DESK, NOTHING, &[Cr::Delivered], "verified by the POC"),
        event(E::Failed, DESK, NOTE, &[Cr::Delivered], "reported as not working"),
        event(
            E::Withdrawn,
            SPONSOR,
            NOTE,
            &[Cr::Draft, Cr::Submitted, Cr::Approved, Cr::Returned, Cr::Deferred, Cr::Forwarded],
            "withdrawn",
        ),
        event(E::Note, &[], NOTE, CrState::ALL, "note"),
    ]
};

impl EventKind for TicketEvent {
    type State = TicketState;

    fn table() -> &'static [EventSpec<Self, TicketState>] {
        TICKET_EVENTS
    }
}

impl EventKind for ChangeEvent {
    type State = CrState;

    fn table() -> &'static [EventSpec<Self, CrState>] {
        CHANGE_EVENTS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each_event_has_its_entry<E: EventKind + std::fmt::Debug>(all: &[E]) {
        let table: Vec<E> = E::table().iter().map(|spec| spec.event).collect();
        assert_eq!(table, all);
    }

    #[test]
    fn the_tables_hold_every_event_once_in_its_order() {
        each_event_has_its_entry(TicketEvent::ALL);
        each_event_has_its_entry(ChangeEvent::ALL);
    }
}
