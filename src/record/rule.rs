//! Every rule: its name, level, responsible office, title, and whether an exception can excuse it.

use std::fmt;

use serde::{Serialize, Serializer};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The record is wrong.
    Error,
    /// A deadline was missed or a step was skipped.
    Lapse,
}

impl Level {
    /// The spelling in the settings and in every format.
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Lapse => "lapse",
        }
    }

    /// The spelling of a level in the settings and in every format; `None` is `off`.
    pub fn word(level: Option<Level>) -> &'static str {
        level.map_or("off", Level::as_str)
    }
}

/// The office that the monthly pack counts a lapse for.
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

            /// The default level; `None` is off.
            pub const fn level(self) -> Option<Level> {
                match self {
                    $(RuleId::$rule => level!($level),)*
                }
            }

            /// The office that the monthly pack counts a lapse for.
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
    UnknownField "unknown-field": error of HelpDesk, "an unknown field";
    MissingField "missing-field": error of HelpDesk, "a required field is missing or blank";
    DuplicateKey "duplicate-key": error of HelpDesk, "a field appears twice";
    InvalidValue "invalid-value": error of HelpDesk, "a value is not valid for its field";
    MisplacedFile "misplaced-file": error of HelpDesk, "the path of a file does not match its contents";
    DuplicateId "duplicate-id": error of HelpDesk, "two records share an id, or two tickets share an NITC number";
    DuplicateRing "duplicate-ring": error of HelpDesk, "tickets are duplicates of one another in a ring";
    UnknownReference "unknown-reference": error of HelpDesk, "an id that no record has";
    EventOrder "event-order": error of HelpDesk, "a log entry is older than the one before it";
    FutureEvent "future-event": error of HelpDesk, "an entry is dated in the future";
    WrongOffice "wrong-office": error of HelpDesk, "an entry by a person of the wrong office";
    TransitionForbidden "transition-forbidden": error of HelpDesk, excusable, "an event is not allowed in this state";
    NothingToStrike "nothing-to-strike": error of HelpDesk, "a `struck` entry names no entry that can be struck";
    MissingDetail "missing-detail": error of HelpDesk, "a required note or reason is missing";
    PossiblePersonalData "possible-personal-data": error of HelpDesk, excusable, "a text may contain a Social Security or payment card number";
    UnusedException "unused-exception": error of HelpDesk, "an exception excuses nothing";
    PeriodReversed "period-reversed": error of HelpDesk, "a period ends before it begins";
    PrimaryOverlap "primary-overlap": error of HelpDesk, "two primary POCs for a module or initiative on one date";
    PocUnreachable "poc-unreachable": error of HelpDesk, "a POC has neither phone nor email";
    SubjectWithoutPoc "subject-without-poc": lapse of SubjectOffices, "a supported module or initiative has no POC today";
    SubjectWithoutBackup "subject-without-backup": off of SubjectOffices, "a supported module or initiative has no backup POC today";
    ContactNotDesignated "contact-not-designated": error of HelpDesk, excusable, "the caller was not a designated POC";
    PocWithoutDesignation "poc-without-designation": lapse of HelpDesk, "the designation of an outstanding ticket's POC has ended";
    SubjectNotSupported "subject-not-supported": error of HelpDesk, "the module or initiative was not supported on the date received";
    ReplyLate "reply-late": lapse of HelpDesk, "the first reply to the POC was late";
    FollowUpMissed "follow-up-missed": lapse of HelpDesk, "a weekly follow-up with the POC was missed";
    NitcResponseLate "nitc-response-late": lapse of Nitc, "NITC's initial response was late";
    AcknowledgementMissing "acknowledgement-missing": lapse of Nitc, "NITC did not acknowledge a forwarded ticket";
    RelayLate "relay-late": lapse of HelpDesk, "the answer was passed to the POC late";
    CrNotRaised "cr-not-raised": lapse of Sponsor, "no CR was submitted in time";
    ResolvedWithCrPending "resolved-with-cr-pending": error of HelpDesk, excusable, "a ticket was resolved while it waits for a code change";
    FirstLineMissing "first-line-missing": off of HelpDesk, "the ticket does not show what the POC tried first";
    AnswerTicketUnresolved "answer-ticket-unresolved": error of HelpDesk, "an answer is written from a ticket that was never resolved";
    AnswerNamesPoc "answer-names-poc": error of HelpDesk, "an answer names the POC who asked";
    AnswerReviewDue "answer-review-due": lapse of HelpDesk, "an answer was not reviewed in time";
    CrIncomplete "cr-incomplete": error of Sponsor, "a CR was submitted with missing fields";
    CrWithoutTicket "cr-without-ticket": error of Sponsor, "a CR was submitted without a ticket";
    CrTicketNotResearched "cr-ticket-not-researched": error of Sponsor, "a CR was submitted before research found a code change";
    DecisionNotByBoard "decision-not-by-board": error of Board, "a vote by a person who was not on the board";
    DecisionByProposer "decision-by-proposer": error of Board, "a vote by the person who prepared or submitted the CR";
    DecisionUnsigned "decision-unsigned": error of Board, "a vote without a required signature or digest";
    SignatureInvalid "signature-invalid": error of Board, "a signature does not match the member's keys or the vote";
    RequestChanged "request-changed": error of Sponsor, "a request differs from the submitted text";
    DecisionStale "decision-stale": lapse of Board, "a vote is for a different text of the request";
    DigestMissing "digest-missing": lapse of Sponsor, "a CR entry has no digest of the request";
    DecisionOutOfTime "decision-out-of-time": error of Board, "a vote was cast outside the board review";
    ChairOverlap "chair-overlap": error of Board, "two chairs of the board on one date";
    QuorumUnreachable "quorum-unreachable": error of Board, "the board has too few members, or no chair where one is required";
    ForwardedUnapproved "forwarded-unapproved": error of Sponsor, excusable, "a CR was forwarded without board approval";
    WorkBeforeApproval "work-before-approval": error of Nitc, excusable, "work began on a CR that was not forwarded";
    ForwardCrLate "forward-cr-late": lapse of Sponsor, "an approved CR was not forwarded in time";
    MeetingOffSchedule "meeting-off-schedule": error of Meetings, "a meeting's date is not on the schedule";
    MeetingUnrecorded "meeting-unrecorded": lapse of Meetings, "a past meeting was not recorded";
    TicketNotReviewed "ticket-not-reviewed": lapse of Meetings, "a meeting did not review all outstanding tickets";
    ActionOverdue "action-overdue": lapse of Meetings, "an action item is overdue";
    NitcReportMalformed "nitc-report-malformed": error of Nitc, "NITC's report, or a row of it, cannot be read";
    NitcReportMissing "nitc-report-missing": lapse of Nitc, "NITC sent no report for a week";
    NitcTicketUnlisted "nitc-ticket-unlisted": lapse of HelpDeskAndNitc, "a ticket with NITC is not in NITC's report";
    NitcTicketUnknown "nitc-ticket-unknown": lapse of HelpDeskAndNitc, "NITC's report lists an unknown or finished ticket";
    NitcNumberMismatch "nitc-number-mismatch": lapse of HelpDeskAndNitc, "NITC's number for a ticket differs from ours";
    NitcStatusMismatch "nitc-status-mismatch": lapse of HelpDeskAndNitc, "NITC's status of a ticket does not match ours";
    HistoryRewritten "history-rewritten": error of HelpDesk, excusable, "an entry, a vote or minutes in the base branch were changed";
    RecordDeleted "record-deleted": error of HelpDesk, "a record in the base branch was deleted";
    IdentityChanged "identity-changed": error of HelpDesk, excusable, "a ticket's number, receipt, POC or subject was changed";
    RequestChangedAfterForwarding "request-changed-after-forwarding": error of Sponsor, "the request of a forwarded CR was changed";
    BoardAndDecisionTogether "board-and-decision-together": error of Board, "a pull request changes the board and adds a vote";
    BoardChangeUnsigned "board-change-unsigned": off of Board, "the board was changed";
    EntryBackdated "entry-backdated": lapse of HelpDesk, "an entry is dated before a meeting that has taken place";
}

impl RuleId {
    /// The name in kebab-case.
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
