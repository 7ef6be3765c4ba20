//! The models of the site's pages: what each page shows beside the packs, and nothing else.
//!
//! Every page is a [`Page`] around one of the structures below. As in a pack, lists hold ids; the
//! names that a page needs stand once, in [`Page::names`], and only what is named there becomes a link.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::findings::DiagnosticRow;
use super::pack::{ActionRow, AttentionGroup, DesignationView, NextDue, TicketCard};
use super::story::{ClockRow, TimelineEntry};
use crate::model::{Attention, Minute, Names, RichText, TicketId};

/// A page of the site: what all pages have, and the page's own.
#[derive(Debug, Clone, Serialize)]
pub struct Page<T> {
    /// The way from the page up to the site's root: "" for the pages there, "../" for those one folder down.
    pub site_root: String,
    pub site: SiteHead,
    pub names: NameBook,
    pub page: T,
}

/// The top and the foot of every page.
#[derive(Debug, Clone, Serialize)]
pub struct SiteHead {
    pub organization: String,
    /// The date that the records are read as of.
    pub as_of_date: NaiveDate,
    /// The time that the records are read as of. Null on a record's own page, which is not rebuilt every minute.
    pub as_of: Option<Minute>,
    /// The commit that last changed the data, in full; null outside git, while edits are not committed, and on a record's own page, which is not rebuilt
    /// when another record is committed.
    pub commit: Option<String>,
    /// The program's name and version.
    pub generator: String,
    pub names: Names,
}

/// The titles and names of the records that a page names, by id. A ticket or CR that is not in here is no link.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NameBook {
    pub tickets: BTreeMap<String, String>,
    pub changes: BTreeMap<String, String>,
    pub people: BTreeMap<String, String>,
    pub subjects: BTreeMap<String, String>,
    /// The pages of written-up answers, from the site's root: `answers/scorecard.html#answer-export-drops-q4`.
    pub answers: BTreeMap<String, String>,
}

/// `index.html`: attention now, the next meetings, the archive of packs, and the search box.
#[derive(Debug, Clone, Serialize)]
pub struct IndexPage {
    /// How many errors `check` finds in the records.
    pub errors: usize,
    /// How many lapses it finds.
    pub lapses: usize,
    /// As in the weekly pack, at the as-of time of the build.
    pub attention_groups: Vec<AttentionGroup>,
    /// The next meeting of each kind.
    pub meetings: Vec<MeetingLine>,
    /// Overdue action items, the most overdue first.
    pub overdue_actions: Vec<ActionRow>,
    /// The packs of the meetings that were held, the latest first.
    pub archive: Vec<ArchiveYear>,
    /// What the files of the search are made from, in few letters.
    pub search_version: String,
}

/// A meeting to come.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingLine {
    pub title: String,
    pub at: Minute,
    /// Why it is not on its scheduled date; null otherwise.
    pub moved: Option<String>,
    /// Its preliminary pack.
    pub pack: Option<PackLine>,
}

/// A pack that one can open or download.
#[derive(Debug, Clone, Serialize)]
pub struct PackLine {
    /// The meeting's name.
    pub title: String,
    /// `weekly` or `monthly`.
    pub kind: String,
    pub meeting: Minute,
    /// The scheduled date, which names its files, if the meeting is held on another date; null otherwise.
    pub scheduled: Option<NaiveDate>,
    pub preliminary: bool,
    /// From the site's root: `weekly/2026-11-18/index.html`.
    pub href: String,
    pub downloads: Vec<Download>,
}

/// A file beside a pack.
#[derive(Debug, Clone, Serialize)]
pub struct Download {
    /// "PDF", "JSON", "CSV", "Excel".
    pub label: String,
    /// From the site's root.
    pub href: String,
}

/// The packs of a year.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveYear {
    pub year: i32,
    pub packs: usize,
    pub months: Vec<ArchiveMonth>,
}

/// The packs of a month.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveMonth {
    /// "November 2026".
    pub name: String,
    pub packs: Vec<ArchiveLine>,
}

/// A pack in the archive, with its two main figures.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveLine {
    pub pack: PackLine,
    /// Tickets that were outstanding then.
    pub outstanding: usize,
    /// Deadlines that were overdue then.
    pub overdue: usize,
}

/// `tickets.html`.
#[derive(Debug, Clone, Serialize)]
pub struct TicketsPage {
    /// Oldest first.
    pub outstanding: Vec<TicketRow>,
    /// The latest first.
    pub past: Vec<TicketRow>,
}

/// `changes.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ChangesPage {
    /// The latest first.
    pub changes: Vec<ChangeSummary>,
}

/// `pocs.html`.
#[derive(Debug, Clone, Serialize)]
pub struct PocsPage {
    /// By name.
    pub pocs: Vec<PocLine>,
}

/// A POC in a list.
#[derive(Debug, Clone, Serialize)]
pub struct PocLine {
    pub id: String,
    /// Ids of the subjects for which this is the primary POC.
    pub primary: Vec<String>,
    /// Ids of the subjects for which this is a backup.
    pub backup: Vec<String>,
    pub outstanding: usize,
}

/// `subjects.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SubjectsPage {
    /// By name.
    pub subjects: Vec<SubjectLine>,
}

/// A subject in a list.
#[derive(Debug, Clone, Serialize)]
pub struct SubjectLine {
    pub id: String,
    /// `module` or `initiative`.
    pub kind: String,
    /// Ids of the POCs today.
    pub primary: Vec<String>,
    pub backup: Vec<String>,
    pub outstanding: usize,
}

/// The pages around a pack on the site.
#[derive(Debug, Clone, Serialize)]
pub struct PackAround {
    /// The way from the pack's page up to the site's root.
    pub site_root: String,
    /// The pack's PDF, in its folder.
    pub pdf: String,
    /// The pack of the meeting of that kind before.
    pub previous: Option<PackLine>,
    /// The pack of the meeting of that kind after.
    pub next: Option<PackLine>,
}

/// A change request in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeSummary {
    pub id: String,
    pub title: String,
    /// In words.
    pub state: String,
}

/// `tickets/HEAT-10423.html`.
#[derive(Debug, Clone, Serialize)]
pub struct TicketPage {
    pub id: String,
    /// The record's file, from the project's root.
    pub path: String,
    pub card: TicketCard,
    /// `phone`, `email`.
    pub via: Vec<String>,
    /// Its age, attention and next due date while it is outstanding; null afterward.
    pub standing: Option<TicketStatus>,
    /// All of NITC's numbers for it, oldest first.
    pub nitc_numbers: Vec<String>,
    pub changes: Vec<ChangeSummary>,
    /// Its receipt, then every entry of its log, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// All its deadlines in the order of their start.
    pub clocks: Vec<ClockRow>,
    /// Answered questions that were received before and are much like this one, the most alike first.
    pub asked_before: Vec<AskedBefore>,
    pub diagnostics: Vec<DiagnosticRow>,
}

/// A question that was asked before, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskedBefore {
    pub id: TicketId,
    pub title: String,
    /// The beginning of the last resolution.
    pub answer: String,
}

/// The status of an outstanding ticket.
#[derive(Debug, Clone, Serialize)]
pub struct TicketStatus {
    pub attention: Attention,
    pub attention_reason: String,
    /// Calendar days since it was received.
    pub age_days: i64,
    pub last_contact: Option<NaiveDate>,
    pub next_due: Option<NextDue>,
    /// The deadline of that due date in words.
    pub next_due_text: Option<String>,
}

/// `changes/CR-2026-007.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ChangePage {
    pub id: String,
    pub title: String,
    /// The record's file, from the project's root.
    pub path: String,
    pub subject: String,
    pub tickets: Vec<String>,
    /// In words.
    pub state: String,
    /// "1 vote to reject; 2 of 3 approvals".
    pub standing: String,
    /// The owner, in words; blank when finished.
    pub waits_on: String,
    pub since: Option<NaiveDate>,
    pub quorum: usize,
    pub waiting_for: Vec<String>,
    pub prepared_by: String,
    pub priority: Option<String>,
    pub risk: Option<String>,
    pub effort: Option<String>,
    pub requested_for: Option<NaiveDate>,
    pub release: Option<String>,
    /// `sha256:` and the digest of the request that its votes are on.
    pub digest: String,
    /// The digest of the request as the page shows it, if it was edited since it was submitted.
    pub digest_now: Option<String>,
    /// Its document, from the site's root; null before it was submitted.
    pub document: Option<String>,
    /// Description, justification and so on, in the order of the form; those that are there.
    pub texts: Vec<RequestText>,
    pub timeline: Vec<TimelineEntry>,
    pub clocks: Vec<ClockRow>,
    /// All votes of all rounds, oldest first.
    pub votes: Vec<VoteCheck>,
    /// How the members vote; null while it waits for no votes.
    pub ballot: Option<BallotView>,
    pub diagnostics: Vec<DiagnosticRow>,
}

/// What the members need to vote on a change request.
#[derive(Debug, Clone, Serialize)]
pub struct BallotView {
    /// The time zone in which a vote states its time.
    pub timezone: String,
    /// The purpose that a signature is made for.
    pub namespace: &'static str,
    /// The members who may vote, the chair first.
    pub members: Vec<Voter>,
}

/// A member who may vote.
#[derive(Debug, Clone, Serialize)]
pub struct Voter {
    pub id: String,
    pub name: String,
    pub is_chair: bool,
    /// The member has a vote in this round.
    pub has_voted: bool,
    /// The command for each decision.
    pub commands: Vec<String>,
}

/// A text of a request.
#[derive(Debug, Clone, Serialize)]
pub struct RequestText {
    pub heading: String,
    pub text: RichText,
}

/// A vote and how it was verified.
#[derive(Debug, Clone, Serialize)]
pub struct VoteCheck {
    pub by: String,
    /// The voter's name.
    pub name: String,
    /// The voter was the chair then.
    pub is_chair: bool,
    pub at: Minute,
    pub decision: String,
    pub reason: Option<RichText>,
    /// The record's file, from the project's root.
    pub path: String,
    /// The fingerprint of the key that signed it; null if it is unsigned or the key is unknown.
    pub fingerprint: Option<String>,
    /// The result of the signature check, in words: "valid", "not signed", "not by one of the member's keys".
    pub signature: String,
    /// The signature was checked and is right.
    pub valid: bool,
    /// There is a signature, and it is not right.
    pub is_forged: bool,
    /// It lacks the signature or digest that it needs.
    pub is_unsigned: bool,
    pub counts: bool,
    /// It counts, and no later one of the same member does.
    pub stands: bool,
    /// Why it does not count, in words; null if it does.
    pub why_not: Option<String>,
}

/// `pocs/jrivera.html`.
#[derive(Debug, Clone, Serialize)]
pub struct PersonPage {
    pub id: String,
    pub name: String,
    /// The record's file, from the project's root.
    pub path: String,
    pub office: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// All designations, the latest first.
    pub designations: Vec<DesignationView>,
    /// Oldest first.
    pub outstanding: Vec<TicketRow>,
    /// Tickets that are no longer outstanding, the latest first.
    pub past: Vec<TicketRow>,
    pub diagnostics: Vec<DiagnosticRow>,
}

/// A ticket in a list.
#[derive(Debug, Clone, Serialize)]
pub struct TicketRow {
    pub id: String,
    pub title: String,
    pub subject: String,
    pub poc: String,
    pub received: Minute,
    pub closed: Option<Minute>,
    /// In words.
    pub state_text: String,
    /// In words; blank for a ticket that is not outstanding.
    pub holder_text: String,
    /// Null for a ticket that is not outstanding.
    pub standing: Option<TicketStatus>,
}

/// `subjects/scorecard.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SubjectPage {
    pub id: String,
    pub name: String,
    /// `module` or `initiative`.
    pub kind: String,
    /// "supported since Oct 1, 2024", in words.
    pub supported: String,
    /// POCs at the as-of date.
    pub primary: Vec<String>,
    pub backup: Vec<String>,
    /// All designations, the latest first.
    pub designations: Vec<DesignationView>,
    /// Oldest first.
    pub outstanding: Vec<TicketRow>,
    /// The latest first.
    pub past: Vec<TicketRow>,
    pub changes: Vec<ChangeSummary>,
    /// How many answers there are.
    pub answers: usize,
}
