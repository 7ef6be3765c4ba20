//! The model of a pack: everything that a meeting's HTML, PDF, JSON and CSV show, and nothing else.
//!
//! Its JSON is the model itself (`packs.md`, "JSON of a pack"). Lists hold ids; what there is to say of
//! a record stands once, in [`Pack::tickets`], [`Pack::people`] and [`Pack::subjects`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::{
    Attention, ClockKind, CrId, CrState, Decision, Holder, PersonId, RichText, SubjectId, TicketId, TicketState,
};

pub use super::monthly::{
    AttendanceRow, DesignationView, GlossaryRow, MinutesView, Monthly, OfficeLapses, PocPage, PocTicket, Roster,
    RosterRow, SubjectRow,
};

/// The value of [`Pack::format`].
pub const FORMAT: &str = "heatpack.pack/1";

/// A wall-clock time of the project's zone, written `2026-11-18T10:00`.
pub use crate::model::Minute;

/// One meeting's pack.
#[derive(Debug, Clone, Serialize)]
pub struct Pack {
    /// Always [`FORMAT`].
    pub format: &'static str,
    /// `weekly` or `monthly`.
    pub kind: crate::model::MeetingKind,
    /// The instant at which the meeting is held.
    pub meeting: Minute,
    /// What the records are read as of: the meeting, or the run if the meeting is still to come.
    pub as_of: Minute,
    /// The meeting is still to come.
    pub preliminary: bool,
    /// What the pack covers.
    pub period: PeriodView,
    /// Name, organisation, paper and the like, for the head of every format.
    pub head: Head,
    /// The sections in their order, each with the number and title that every format gives it.
    pub sections: Vec<Section>,
    /// What the meeting goes through.
    pub agenda: Agenda,
    /// What the meeting's attention is needed for, group by group.
    pub attention_groups: Vec<AttentionGroup>,
    /// The key figures of page one.
    pub glance: Glance,
    /// Opening + received + reopened − closed − voided − redirected = closing.
    pub balance: Balance,
    /// The balances of the last 12 periods, oldest first, this one last.
    pub history: Vec<HistoryRow>,
    /// The charts, each to stand beside its table.
    pub charts: Charts,
    /// Tickets received in the period, in the order of their coming.
    pub new: Vec<TicketId>,
    /// Tickets closed in the period, one entry for each closing.
    pub closed: Vec<TicketId>,
    /// Tickets that became outstanding again in the period, one entry for each time.
    pub reopened: Vec<TicketId>,
    /// How many of the outstanding tickets are red, yellow and green.
    pub attention_counts: AttentionCounts,
    /// Every outstanding ticket, oldest first.
    pub outstanding: Vec<OutstandingRow>,
    /// How many outstanding tickets are of which age.
    pub ageing: Ageing,
    /// How each deadline was kept, all six kinds in their order.
    pub compliance: Vec<ComplianceRow>,
    /// Calendar days from receipt to the last resolution, over the tickets closed in the period.
    pub times_to_resolve: TimesToResolve,
    /// Tickets answered at first contact.
    pub first_contact: FirstContact,
    /// Change requests unfinished at the as-of time or finished in the period, by id.
    pub changes: Vec<ChangeRow>,
    /// NITC's latest report beside our records, in the report's order.
    pub nitc: Vec<NitcRow>,
    /// The report that [`Pack::nitc`] is of; null where there is none.
    pub nitc_report: Option<NitcReportView>,
    /// Lapses of the period: by rule in the order of the rules, then by date and record.
    pub lapses: Vec<LapseRow>,
    /// The same lapses under their rules' names; rules without any are left out.
    pub lapses_by_rule: Vec<LapseGroup>,
    /// Action items of all meetings of this kind and the other.
    pub actions: Actions,
    /// The minutes of the last meeting of this kind that was held; null where there is none.
    pub last_minutes: Option<MinutesView>,
    /// How the figures were made.
    pub method: Method,
    /// What only the monthly pack has; null in a weekly one.
    pub monthly: Option<Monthly>,
    /// What is said of each ticket that the pack names.
    pub tickets: BTreeMap<TicketId, TicketCard>,
    /// The names of the people that the pack names.
    pub people: BTreeMap<PersonId, String>,
    /// The names of the subjects that the pack names.
    pub subjects: BTreeMap<SubjectId, String>,
}

/// A period: after one instant, up to and including another.
#[derive(Debug, Clone, Serialize)]
pub struct PeriodView {
    pub after: Minute,
    pub through: Minute,
}

/// What stands at the top of a pack.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// The meeting's name, "MITS Status Meeting".
    pub title: String,
    pub organisation: String,
    /// The scheduled date, which names the pack's files.
    pub scheduled: NaiveDate,
    /// Was the meeting moved off its schedule, and why it is not on the scheduled date; null otherwise.
    pub moved: Option<String>,
    pub chair: Option<PersonId>,
    /// `us-letter` or `a4`.
    pub paper: String,
    pub timezone: String,
    pub names: Names,
    /// The commit that last changed the data, in full; null outside git.
    pub commit: Option<String>,
    /// How many errors `check` finds in the records.
    pub errors: usize,
    /// Files that errors keep out of the pack, as paths from the project's root.
    pub left_out: Vec<String>,
    /// The programme's name and version.
    pub generator: String,
}

/// What the packs call things.
#[derive(Debug, Clone, Serialize)]
pub struct Names {
    pub tracker: String,
    pub help_desk: String,
    pub third_line: String,
    pub sponsor: String,
    pub board: String,
}

/// A section of the pack.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// What it is called for good, "attention": the `id` of its part of the page in HTML.
    pub key: &'static str,
    pub number: usize,
    pub title: String,
    /// The meeting goes through it.
    pub on_agenda: bool,
}

/// The standing items, then the meeting file's own. All are numbered in a row, the standing ones as the sections are.
#[derive(Debug, Clone, Serialize)]
pub struct Agenda {
    /// The number of the first standing item.
    pub first: usize,
    /// The titles of the sections that the meeting goes through.
    pub standing: Vec<String>,
    pub further: Vec<RichText>,
    /// The number of the first further item.
    pub first_further: usize,
}

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
    /// "reply overdue since …", "2 of 3 approvals, the chair's missing".
    pub what: String,
    /// Who has to act, in words.
    pub who: String,
    /// When it is, or was, due.
    pub due: Option<NaiveDate>,
}

/// Page one in ten seconds: what needs attention, what came and went, and whether it is getting better.
#[derive(Debug, Clone, Serialize)]
pub struct Glance {
    pub attention: Vec<GlanceCount>,
    pub received: usize,
    /// What else began to be outstanding, "2 reopened"; blank where nothing did.
    pub received_also: String,
    pub closed: usize,
    /// What else ceased to be outstanding, "1 voided, 2 redirected"; blank where nothing did.
    pub closed_also: String,
    /// Outstanding at the end of the period.
    pub outstanding: usize,
    /// "up from 12 at the start".
    pub trend: String,
    /// "At the last 5 meetings: 12, 13, 12, 14, 11"; blank in the first period.
    pub recent: String,
}

/// How many things of one kind need attention.
#[derive(Debug, Clone, Serialize)]
pub struct GlanceCount {
    pub count: usize,
    pub title: String,
    /// It is late already.
    pub urgent: bool,
    /// The part of the page that lists them: the `id` of its heading or section in HTML.
    pub place: String,
}

/// Outstanding tickets by attention.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct AttentionCounts {
    pub red: usize,
    pub yellow: usize,
    pub green: usize,
}

/// The balance of one period, in events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Balance {
    pub opening: usize,
    pub received: usize,
    pub reopened: usize,
    pub closed: usize,
    pub voided: usize,
    pub redirected: usize,
    pub closing: usize,
}

/// One period of the history.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryRow {
    /// The date on which the meeting that ends the period is held.
    pub date: NaiveDate,
    pub received: usize,
    pub closed: usize,
    /// Outstanding at the end.
    pub outstanding: usize,
}

/// The charts of a pack.
#[derive(Debug, Clone, Serialize)]
pub struct Charts {
    /// Received and closed as bars, outstanding as a line.
    pub history: Chart,
    /// Ageing bands as bars.
    pub ageing: Chart,
    /// Outstanding by subject as bars.
    pub subjects: Chart,
}

/// A chart as data; `render` draws it.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    pub title: String,
    /// The finding in a sentence: the alternative text.
    pub description: String,
    /// One label for each place on the axis.
    pub labels: Vec<String>,
    pub series: Vec<Series>,
}

/// One row of bars, or one line.
#[derive(Debug, Clone, Serialize)]
pub struct Series {
    pub name: String,
    /// `bar` or `line`.
    pub mark: &'static str,
    pub values: Vec<usize>,
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

/// Outstanding tickets by age, in days.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Ageing {
    #[serde(rename = "0-7")]
    pub to_7: usize,
    #[serde(rename = "8-14")]
    pub to_14: usize,
    #[serde(rename = "15-30")]
    pub to_30: usize,
    #[serde(rename = "31-60")]
    pub to_60: usize,
    #[serde(rename = "61+")]
    pub over_60: usize,
}

/// How one kind of deadline was kept.
#[derive(Debug, Clone, Serialize)]
pub struct ComplianceRow {
    pub clock: ClockKind,
    /// The clock in words.
    pub clock_text: String,
    pub met: usize,
    pub late: usize,
    pub overdue: usize,
    pub waived: usize,
    /// What the deadline asks, "first word to the POC within 1 working day".
    pub asks: String,
    /// met + late + overdue: what the share is of.
    pub of: usize,
    /// "4 of 5", with a percentage from 10 clocks on; "none due" where `of` is 0.
    pub share: String,
}

/// Times to resolve in calendar days; null where no ticket closed has one.
#[derive(Debug, Clone, Serialize)]
pub struct TimesToResolve {
    pub count: usize,
    /// The mean of the middle two for an even count, so it may end in .5.
    pub median: Option<Days>,
    pub p90: Option<i64>,
    pub max: Option<i64>,
}

/// A number of days in halves; whole ones are written without a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub halves: i64,
}

impl Serialize for Days {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.halves % 2 == 0 {
            serializer.serialize_i64(self.halves / 2)
        } else {
            serializer.serialize_f64(self.halves as f64 / 2.0)
        }
    }
}

/// Tickets received in the period whose first word to the POC was the resolution.
#[derive(Debug, Clone, Serialize)]
pub struct FirstContact {
    pub answered: usize,
    pub of: usize,
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
    /// The votes in words: "2 of 3 approvals, the chair's missing".
    pub standing: String,
    /// Who has to act next, in words; blank when finished.
    pub waits_on: String,
    /// Since when it is in this state.
    pub since: NaiveDate,
    /// Calendar days since then.
    pub days: i64,
    /// `sha256:` and the digest of the request as it is.
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
    pub mismatch: Vec<&'static str>,
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
    /// Headings of the columns that we do not know.
    pub further: Vec<String>,
    /// Our tickets that should be in it and are not: id and message.
    pub unlisted: Vec<(TicketId, String)>,
}

/// A lapse.
#[derive(Debug, Clone, Serialize)]
pub struct LapseRow {
    pub rule: &'static str,
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
    pub rule: &'static str,
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

/// How the figures were made.
#[derive(Debug, Clone, Serialize)]
pub struct Method {
    /// Sentences.
    pub text: Vec<String>,
    /// Rules that the settings switch off (or that are off and nobody switched on), by name.
    pub rules_off: Vec<String>,
    pub exceptions: Vec<ExceptionRow>,
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
