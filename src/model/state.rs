//! States, holders and clocks, by the names that packs give them (`workflow.md`).

use crate::words;

words! {
    /// Where a ticket stands.
    pub enum TicketState: "state of a ticket" {
        /// With the Help Desk.
        Open = "open",
        /// With NITC.
        WithNitc = "with-nitc",
        /// Waiting for a change of code.
        AwaitingChange = "awaiting-change",
        /// The answer is there, the POC does not have it yet.
        Answered = "answered",
        /// The POC has the resolution and has not yet agreed to close.
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
    /// Somebody still has to do something.
    pub fn is_outstanding(self) -> bool {
        !matches!(self, TicketState::Closed | TicketState::Redirected | TicketState::Voided)
    }
}

words! {
    /// Who has to act on a ticket.
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
    /// Where a change request stands.
    pub enum CrState: "state of a change request" {
        /// Before it is first submitted.
        Draft = "draft",
        /// Before the board.
        Submitted = "submitted",
        /// The votes carry it.
        Approved = "approved",
        /// Rejected for good.
        Rejected = "rejected",
        /// Back with ACFO-FS.
        Returned = "returned",
        /// Put off by the board.
        Deferred = "deferred",
        /// Signed and with NITC.
        Forwarded = "forwarded",
        /// NITC works on it.
        InWork = "in-work",
        /// The change is in.
        Delivered = "delivered",
        /// The POC confirmed it.
        Verified = "verified",
        /// Dropped.
        Withdrawn = "withdrawn",
    }
}

impl CrState {
    /// Nothing more happens to it.
    pub fn is_finished(self) -> bool {
        matches!(self, CrState::Verified | CrState::Rejected | CrState::Withdrawn)
    }

    /// The states in which votes decide.
    pub fn is_before_board(self) -> bool {
        matches!(self, CrState::Submitted | CrState::Approved | CrState::Returned | CrState::Deferred)
    }
}

words! {
    /// The six clocks, in the order in which they are always listed.
    pub enum ClockKind: "clock" {
        /// Inquiry to first word to the POC.
        Reply = "reply",
        /// Last word to the POC to the next.
        FollowUp = "follow-up",
        /// Forwarded to NITC's initial response.
        NitcResponse = "nitc-response",
        /// Answer, or delivered change, to word to the POC.
        Relay = "relay",
        /// Research says "code change" to CR submitted.
        RaiseCr = "raise-cr",
        /// CR approved to forwarded to NITC.
        ForwardCr = "forward-cr",
    }
}

words! {
    /// How much a ticket needs attention.
    pub enum Attention: "attention" {
        /// A clock is overdue, or it is 61 days old or more.
        Red = "red",
        /// A clock is due by the next working day, or it is 31 days old or more.
        Yellow = "yellow",
        /// Neither.
        Green = "green",
    }
}
