//! The rows of a pack's lists, and what is said of a ticket wherever a list names it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::{
    Attention, ClockKind, CrId, CrState, Decision, Holder, Minute, PersonId, RichText, RuleId, SubjectId, TicketId,
    TicketState,
};

/// One kind of thing that needs the meeting's attention.
#[derive(Debug, Clone, Serialize)]
pub struct AttentionGroup {
    /// `overdue`, `due`, `reopened`, `decisions` or `disagreements`.
    pub key: &'static str,
    /// "Overdue", "Due before the next meeting", …
    pub title: String,
    /// What to say where there is none.
    pub empty: String,
    pub items: Vec<AttentionItem>,
}

/// One thing that needs attention, and who has to act.
#[derive(Debug, Clone, Serialize)]
pub struct AttentionItem {
    /// The ticket's or CR's id, or the report's.
    pub record: String,
    /// The record's title, or blank.
    pub title: String,
    /// "reply overdue since …", "1 vote to reject; 2 of 3 approvals".
    pub what: String,
    /// Who has to act, in words.
    pub who: String,
    /// When it is, or was, due.
    pub due: Option<NaiveDate>,
}

/// An outstanding ticket.
#[derive(Debug, Clone, Serialize)]
pub struct OutstandingRow {
    pub id: TicketId,
    pub subject: SubjectId,
    pub poc: PersonId,
    pub state: TicketState,
    pub holder: Holder,
    /// Calendar days since it was received.
    pub age_days: i64,
    /// The date of the last follow-up or resolution.
    pub last_contact: Option<NaiveDate>,
    pub attention: Attention,
    /// Why it is red or yellow, in words; "nothing due soon" where it is green.
    pub attention_reason: String,
    pub next_due: Option<NextDue>,
    /// The clock of that due date in words, "NITC response".
    pub next_due_text: Option<String>,
}

/// The earliest due date of a ticket.
#[derive(Debug, Clone, Serialize)]
pub struct NextDue {
    pub clock: ClockKind,
    pub due: NaiveDate,
}

/// A change request.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeRow {
    pub id: CrId,
    pub state: CrState,
    /// The state in words, "before the CFMSCCB".
    pub state_text: String,
    /// Standing approvals of the last round.
    pub approvals: usize,
    /// The quorum in force at the as-of date.
    pub quorum: usize,
    /// Members without a standing vote, while it is submitted or deferred.
    pub waiting_for: Vec<PersonId>,
    pub title: String,
    pub subject: SubjectId,
    pub tickets: Vec<TicketId>,
    pub prepared_by: PersonId,
    pub priority: Option<String>,
    pub risk: Option<String>,
    /// It was finished in the period (else it is unfinished).
    pub finished: bool,
    /// The votes in words: "1 vote to reject; 2 of 3 approvals".
    pub standing: String,
    /// Who has to act next, in words; blank when finished.
    pub waits_on: String,
    /// Since when it is in this state.
    pub since: NaiveDate,
    /// Calendar days since then.
    pub days: i64,
    /// `sha256:` and the digest of the request that its votes are on.
    pub digest: String,
    /// When ACFO-FS has to have forwarded it, while that clock runs.
    pub due: Option<NaiveDate>,
    /// All votes of its last round, oldest first.
    pub votes: Vec<VoteRow>,
    /// What it was delivered in.
    pub release: Option<String>,
}

/// A vote on a change request.
#[derive(Debug, Clone, Serialize)]
pub struct VoteRow {
    pub by: PersonId,
    pub at: Minute,
    pub decision: Decision,
    /// It counts, and no later one of the same member does.
    pub stands: bool,
    /// Why it does not count, in words; null where it does.
    pub not_counted: Option<String>,
}

/// A row of NITC's report beside our records.
#[derive(Debug, Clone, Serialize)]
pub struct NitcRow {
    /// The HEAT number as the report has it; null where the cell is blank.
    pub heat: Option<String>,
    pub nitc_number: String,
    pub status: String,
    /// Our state at the end of the report's date; null where we have no such ticket.
    pub state: Option<TicketState>,
    /// That state in words.
    pub state_text: Option<String>,
    /// The rules by which they disagree.
    pub mismatch: Vec<RuleId>,
    /// The disagreements in words, one for each rule.
    pub mismatch_text: Vec<String>,
    pub summary: String,
    pub assigned_to: String,
    pub last_update: Option<NaiveDate>,
    pub expected_date: Option<NaiveDate>,
    pub cr_number: String,
    /// Columns that we do not know, heading and cell.
    pub further: Vec<(String, String)>,
}

/// NITC's report itself.
#[derive(Debug, Clone, Serialize)]
pub struct NitcReportView {
    pub date: NaiveDate,
    pub rows: usize,
    /// How many rows have errors, and are not compared with our records.
    pub unread: usize,
    /// Headings of the columns that we do not know.
    pub further: Vec<String>,
    /// Our tickets that should be in it and are not: id and message.
    pub unlisted: Vec<(TicketId, String)>,
}

/// A lapse.
#[derive(Debug, Clone, Serialize)]
pub struct LapseRow {
    pub rule: RuleId,
    /// The record's id, as in `check --format json`.
    pub record: String,
    pub on: NaiveDate,
    pub message: String,
    /// Whose lapse it is, in words.
    pub office: String,
    /// An exception put it on record.
    pub excepted: bool,
}

/// The lapses of one rule.
#[derive(Debug, Clone, Serialize)]
pub struct LapseGroup {
    pub rule: RuleId,
    /// What the rule says, in a line.
    pub title: String,
    pub lapses: Vec<LapseRow>,
}

/// Action items, each in one list.
#[derive(Debug, Clone, Serialize)]
pub struct Actions {
    /// Due before the as-of date and not done.
    pub overdue: Vec<ActionRow>,
    /// Not done, not overdue, and of an earlier meeting than the one before this.
    pub open: Vec<ActionRow>,
    /// Not done, not overdue, and made in the period.
    pub new: Vec<ActionRow>,
    /// Done in the period.
    pub done: Vec<ActionRow>,
}

/// An action item.
#[derive(Debug, Clone, Serialize)]
pub struct ActionRow {
    pub id: String,
    pub what: String,
    /// The owner's name, or their office's.
    pub owner: String,
    pub due: NaiveDate,
    pub done: Option<NaiveDate>,
    /// The meeting that made it, "2026-11-18-weekly".
    pub meeting: String,
    /// Calendar days past due; 0 where it is not.
    pub days_late: i64,
}

/// An exception on record.
#[derive(Debug, Clone, Serialize)]
pub struct ExceptionRow {
    pub record: String,
    pub rule: String,
    pub on: NaiveDate,
    pub reason: String,
    pub allowed_by: PersonId,
}

/// What is said of a ticket wherever a list names it.
#[derive(Debug, Clone, Serialize)]
pub struct TicketCard {
    pub title: String,
    pub subject: SubjectId,
    /// `question` or `issue`.
    pub kind: &'static str,
    /// `functional` or `technical`.
    pub area: &'static str,
    pub poc: PersonId,
    pub received: Minute,
    pub state: TicketState,
    /// "with NITC", in words.
    pub state_text: String,
    /// The holder in words; blank for a ticket that is not outstanding.
    pub holder_text: String,
    pub description: RichText,
    pub first_line: Option<RichText>,
    /// The last entry with a note.
    pub last_note: Option<NoteView>,
    /// The note of the last `resolved`.
    pub resolution: Option<RichText>,
    pub resolved: Option<Minute>,
    pub closed: Option<Minute>,
    /// Our latest NITC number.
    pub nitc_ref: Option<String>,
    /// CRs that name it.
    pub changes: Vec<CrId>,
}

/// A note of a log.
#[derive(Debug, Clone, Serialize)]
pub struct NoteView {
    pub at: Minute,
    /// The event's name.
    pub event: &'static str,
    /// The event in words, "sent to NITC".
    pub event_text: String,
    pub by: Option<PersonId>,
    pub text: RichText,
}
