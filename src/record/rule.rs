//! Every rule: its name, its level, whose lapse a violation is, and whether an exception may excuse it.

use std::fmt;

use serde::{Serialize, Serializer};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The record is wrong.
    Error,
    /// The process was late or something was left out.
    Lapse,
}

impl Level {
    /// How the settings and every format spell it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Lapse => "lapse",
        }
    }

    /// How the settings and every format spell a level; `None` is `off`.
    pub fn word(level: Option<Level>) -> &'static str {
        level.map_or("off", Level::as_str)
    }
}

/// On whom the monthly pack books a violation of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Responsible {
    HelpDesk,
    Nitc,
    HelpDeskAndNitc,
    /// ACFO-FS, which submits change requests.
    Sponsor,
    Board,
    Meetings,
    SubjectOffices,
}

macro_rules! rule_ids {
    ($($rule:ident $name:literal: $level:ident of $office:ident $(, $excusable:ident)?, $title:literal;)*) => {
        /// A rule, in the order in which rules are listed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RuleId {
            $(#[doc = $title] $rule,)*
        }

        impl RuleId {
            /// Every rule, in its order.
            pub const ALL: &'static [RuleId] = &[$(RuleId::$rule),*];

            /// Their names, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// The level unless the settings say otherwise; `None` is off.
            pub const fn level(self) -> Option<Level> {
                match self {
                    $(RuleId::$rule => level!($level),)*
                }
            }

            /// On whom the monthly pack books a violation.
            pub const fn responsible(self) -> Responsible {
                match self {
                    $(RuleId::$rule => Responsible::$office,)*
                }
            }

            /// Whether an `exception` turns the error into a lapse.
            pub const fn takes_exception(self) -> bool {
                match self {
                    $(RuleId::$rule => false $(|| excusable!($excusable))?,)*
                }
            }

            /// What is wrong, without a period at the end.
            pub const fn title(self) -> &'static str {
                match self {
                    $(RuleId::$rule => $title,)*
                }
            }
        }
    };
}

macro_rules! level {
    (error) => {
        Some(Level::Error)
    };
    (lapse) => {
        Some(Level::Lapse)
    };
    (off) => {
        None
    };
}

macro_rules! excusable {
    (excusable) => {
        true
    };
}

rule_ids! {
    Syntax "syntax": error of HelpDesk, "a file cannot be read as a record";
    UnknownField "unknown-field": error of HelpDesk, "a field that the record does not have";
    MissingField "missing-field": error of HelpDesk, "a required field is missing or blank";
    DuplicateKey "duplicate-key": error of HelpDesk, "a field is written twice";
    InvalidValue "invalid-value": error of HelpDesk, "a value is not what its field takes";
    MisplacedFile "misplaced-file": error of HelpDesk, "a file stands where its contents do not belong";
    DuplicateId "duplicate-id": error of HelpDesk, "two records share an id, or two tickets an NITC number";
    DuplicateRing "duplicate-ring": error of HelpDesk, "tickets are duplicates of one another, and none of them is left";
    UnknownReference "unknown-reference": error of HelpDesk, "an id that no record has";
    EventOrder "event-order": error of HelpDesk, "a log entry is older than the one before it";
    FutureEvent "future-event": error of HelpDesk, "something is entered that has not happened yet";
    WrongOffice "wrong-office": error of HelpDesk, "somebody entered what another office does";
    TransitionForbidden "transition-forbidden": error of HelpDesk, excusable, "an event that is not possible in the state";
    MissingDetail "missing-detail": error of HelpDesk, "a text that the event or decision asks for is not there";
    PossiblePersonalData "possible-personal-data": error of HelpDesk, excusable, "a text holds what looks like a Social Security or payment-card number";
    UnusedException "unused-exception": error of HelpDesk, "an exception that excuses nothing";
    PeriodReversed "period-reversed": error of HelpDesk, "a period ends before it begins";
    PrimaryOverlap "primary-overlap": error of HelpDesk, "two primary POCs for a subject on one date";
    PocUnreachable "poc-unreachable": error of HelpDesk, "a POC has neither phone nor email";
    SubjectWithoutPoc "subject-without-poc": lapse of SubjectOffices, "a supported subject has no POC today";
    SubjectWithoutBackup "subject-without-backup": off of SubjectOffices, "a supported subject has no backup today";
    ContactNotDesignated "contact-not-designated": error of HelpDesk, excusable, "the caller was not a designated POC";
    PocWithoutDesignation "poc-without-designation": lapse of HelpDesk, "an outstanding ticket of a POC whose designation has ended";
    SubjectNotSupported "subject-not-supported": error of HelpDesk, "the subject was not supported on the date received";
    ReplyLate "reply-late": lapse of HelpDesk, "the POC had no word within a working day";
    FollowUpMissed "follow-up-missed": lapse of HelpDesk, "the POC had no word for a week";
    NitcResponseLate "nitc-response-late": lapse of Nitc, "NITC gave no initial response in time";
    AcknowledgementMissing "acknowledgement-missing": lapse of Nitc, "NITC did not acknowledge a forwarded ticket";
    RelayLate "relay-late": lapse of HelpDesk, "the POC was not told of an answer within a working day";
    CrNotRaised "cr-not-raised": lapse of Sponsor, "no change request was submitted in time";
    ResolvedWithCrPending "resolved-with-cr-pending": error of HelpDesk, excusable, "a ticket was resolved while it awaits a change";
    FirstLineMissing "first-line-missing": off of HelpDesk, "what the POC tried first is not said";
    CrIncomplete "cr-incomplete": error of Sponsor, "a CR was submitted with parts missing";
    CrWithoutTicket "cr-without-ticket": error of Sponsor, "a CR was submitted that names no ticket";
    CrTicketNotResearched "cr-ticket-not-researched": error of Sponsor, "a CR was submitted before NITC found that the code has to change";
    DecisionNotByBoard "decision-not-by-board": error of Board, "a vote by somebody who was not on the board";
    DecisionByProposer "decision-by-proposer": error of Board, "a vote by whoever prepared or submitted the CR";
    DecisionUnsigned "decision-unsigned": error of Board, "a vote without the signature or digest that it needs";
    SignatureInvalid "signature-invalid": error of Board, "a signature is not the member's, or not of this vote";
    RequestChanged "request-changed": error of Sponsor, "the request is not the one that was submitted";
    DecisionStale "decision-stale": lapse of Board, "a vote on another text of the request";
    DigestMissing "digest-missing": lapse of Sponsor, "an entry does not say on which text the board votes";
    DecisionOutOfTime "decision-out-of-time": error of Board, "a vote when the CR was not before the board";
    ChairOverlap "chair-overlap": error of Board, "two chairs of the board on one date";
    QuorumUnreachable "quorum-unreachable": error of Board, "the board has too few members, or no chair where it needs one";
    ForwardedUnapproved "forwarded-unapproved": error of Sponsor, excusable, "a CR was forwarded that the votes do not carry";
    WorkBeforeApproval "work-before-approval": error of Nitc, excusable, "work began on a CR that was not forwarded";
    ForwardCrLate "forward-cr-late": lapse of Sponsor, "an approved CR was not forwarded in time";
    MeetingOffSchedule "meeting-off-schedule": error of Meetings, "a meeting's file is for a date that the schedule does not have";
    MeetingUnrecorded "meeting-unrecorded": lapse of Meetings, "a meeting has passed and nobody recorded it";
    TicketNotReviewed "ticket-not-reviewed": lapse of Meetings, "a meeting left out tickets that were outstanding";
    ActionOverdue "action-overdue": lapse of Meetings, "an action item is overdue";
    NitcReportMalformed "nitc-report-malformed": error of Nitc, "NITC's report, or a row of it, cannot be read";
    NitcReportMissing "nitc-report-missing": lapse of Nitc, "NITC sent no report for a week";
    NitcTicketUnlisted "nitc-ticket-unlisted": lapse of HelpDeskAndNitc, "a ticket that is with NITC is not in its report";
    NitcTicketUnknown "nitc-ticket-unknown": lapse of HelpDeskAndNitc, "NITC's report lists a ticket that we do not have, or that is over";
    NitcNumberMismatch "nitc-number-mismatch": lapse of HelpDeskAndNitc, "NITC's number for a ticket is not the one that we have";
    NitcStatusMismatch "nitc-status-mismatch": lapse of HelpDeskAndNitc, "NITC's status of a ticket does not fit ours";
    HistoryRewritten "history-rewritten": error of HelpDesk, excusable, "what the base has on record was altered or taken out";
    RecordDeleted "record-deleted": error of HelpDesk, "a record that the base has is gone";
    IdentityChanged "identity-changed": error of HelpDesk, excusable, "that by which a ticket is known was altered";
    RequestChangedAfterForwarding "request-changed-after-forwarding": error of Sponsor, "the request of a CR that NITC has was altered";
    BoardAndDecisionTogether "board-and-decision-together": error of Board, "one change alters the board and adds a vote";
    BoardChangeUnsigned "board-change-unsigned": off of Board, "the board was altered";
    EntryBackdated "entry-backdated": lapse of HelpDesk, "what is added now lies in a period whose pack was due";
}

impl RuleId {
    /// The name in kebab-case, which says what is wrong.
    pub const fn name(self) -> &'static str {
        RuleId::NAMES[self as usize]
    }

    /// The rule of that name.
    pub fn from_name(name: &str) -> Option<RuleId> {
        RuleId::ALL.iter().copied().find(|rule| rule.name() == name)
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for RuleId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
