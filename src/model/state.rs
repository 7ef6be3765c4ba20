//! States, holders and clocks, by the names that packs give them (`docs/explanation/states.md`).

use crate::words;

words! {
    /// The state of a ticket.
    pub enum TicketState: "state of a ticket" {
        /// With the Help Desk.
        Open = "open",
        /// With NITC.
        WithNitc = "with-nitc",
        /// Waiting for a code change.
        AwaitingChange = "awaiting-change",
        /// Answered, POC not yet told.
        Answered = "answered",
        /// Resolved, waiting for the POC to confirm.
        Resolved = "resolved",
        /// Done.
        Closed = "closed",
        /// The caller was sent to their own POC.
        Redirected = "redirected",
        /// Entered by mistake, or a duplicate.
        Voided = "voided",
    }
}

impl TicketState {
    /// Whether the ticket still needs action.
    pub fn is_outstanding(self) -> bool {
        !matches!(self, TicketState::Closed | TicketState::Redirected | TicketState::Voided)
    }
}

words! {
    /// The owner of a ticket's next action.
    pub enum Holder: "holder" {
        /// The MITS Help Desk.
        HelpDesk = "help-desk",
        /// NITC.
        Nitc = "nitc",
        /// ACFO-FS.
        AcfoFs = "acfo-fs",
        /// The CFMSCCB.
        Cfmsccb = "cfmsccb",
        /// The POC who called.
        Poc = "poc",
    }
}

words! {
    /// The state of a change request.
    pub enum CrState: "state of a change request" {
        /// Before it is first submitted.
        Draft = "draft",
        /// Under board review.
        Submitted = "submitted",
        /// Approved by the votes.
        Approved = "approved",
        /// Rejected.
        Rejected = "rejected",
        /// Back with ACFO-FS.
        Returned = "returned",
        /// Deferred by the board.
        Deferred = "deferred",
        /// Signed and with NITC.
        Forwarded = "forwarded",
        /// In progress at NITC.
        InWork = "in-work",
        /// The code change is released.
        Delivered = "delivered",
        /// The POC confirmed it.
        Verified = "verified",
        /// Dropped.
        Withdrawn = "withdrawn",
    }
}

impl CrState {
    /// Whether it is finished.
    pub fn is_finished(self) -> bool {
        matches!(self, CrState::Verified | CrState::Rejected | CrState::Withdrawn)
    }

    /// Whether it waits for votes.
    pub fn waits_for_votes(self) -> bool {
        matches!(self, CrState::Submitted | CrState::Deferred)
    }

    /// The states in which votes decide.
    pub fn is_before_board(self) -> bool {
        matches!(self, CrState::Submitted | CrState::Approved | CrState::Returned | CrState::Deferred)
    }
}

words! {
    /// The six clocks, in the order of every list.
    pub enum ClockKind: "clock" {
        /// Inquiry to first reply.
        Reply = "reply",
        /// Last follow-up to the next.
        FollowUp = "follow-up",
        /// Forwarded to NITC's initial response.
        NitcResponse = "nitc-response",
        /// Answer, or delivered CR, to a follow-up with the POC.
        Relay = "relay",
        /// Research found a code change to CR submitted.
        RaiseCr = "raise-cr",
        /// CR approved to forwarded to NITC.
        ForwardCr = "forward-cr",
    }
}

words! {
    /// How urgently a ticket needs attention.
    pub enum Attention: "attention" {
        /// A clock is overdue, or it is 61 days old or more.
        Red = "red",
        /// A clock is due by the next working day, or it is 31 days old or more.
        Yellow = "yellow",
        /// Neither.
        Green = "green",
    }
}
