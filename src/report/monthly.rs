//! What only the monthly pack has: its summary, subjects, roster, POC pages and forms.

use chrono::NaiveDate;
use serde::Serialize;

use super::pack::AttentionItem;
use crate::model::{Minute, PersonId, RichText, SubjectId, TicketId};

/// What only the monthly pack has.
#[derive(Debug, Clone, Serialize)]
pub struct Monthly {
    /// Five sentences made from the figures.
    pub summary: Vec<String>,
    /// What the meeting is asked to decide.
    pub decisions_asked: Vec<AttentionItem>,
    /// Outstanding tickets by module and initiative: subjects that are supported, have any, or are unknown.
    pub by_subject: Vec<SubjectRow>,
    pub roster: Roster,
    /// The period's lapses by office.
    pub lapses_by_office: Vec<OfficeLapses>,
    /// The minutes of the last meeting of this kind: what the pack's own `last_minutes` says.
    pub last_minutes: Option<MinutesView>,
    /// One page for each POC.
    pub poc_pages: Vec<PocPage>,
    /// Who is expected, for the attendance form.
    pub attendance: Vec<AttendanceRow>,
    pub glossary: Vec<GlossaryRow>,
}

/// The outstanding tickets of one module or initiative.
#[derive(Debug, Clone, Serialize)]
pub struct SubjectRow {
    pub subject: SubjectId,
    pub name: String,
    /// `module` or `initiative`; `unknown` where no record has it.
    pub kind: &'static str,
    /// Outstanding, oldest first.
    pub outstanding: Vec<TicketId>,
    pub oldest_days: Option<i64>,
    /// Received and closed in the period.
    pub received: usize,
    pub closed: usize,
}

/// Who is whose POC.
#[derive(Debug, Clone, Serialize)]
pub struct Roster {
    pub rows: Vec<RosterRow>,
    /// Supported subjects without a POC, or without a backup, in words.
    pub gaps: Vec<String>,
    /// Designations that end within 60 days.
    pub ending: Vec<DesignationView>,
    /// Designations that began or ended in the period.
    pub changes: Vec<DesignationView>,
}

/// The POCs of a subject at the as-of date.
#[derive(Debug, Clone, Serialize)]
pub struct RosterRow {
    pub subject: SubjectId,
    pub name: String,
    pub primary: Vec<PersonId>,
    pub backup: Vec<PersonId>,
}

/// One designation.
#[derive(Debug, Clone, Serialize)]
pub struct DesignationView {
    pub poc: PersonId,
    pub subject: SubjectId,
    /// `primary` or `backup`.
    pub role: &'static str,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    /// "begins 1 Nov 2026", "ended 31 Oct 2026", "ends 30 Nov 2026, in 12 days".
    pub what: String,
}

/// The lapses of one office.
#[derive(Debug, Clone, Serialize)]
pub struct OfficeLapses {
    pub office: String,
    pub count: usize,
    /// "3 reply-late, 1 follow-up-missed".
    pub rules: String,
}

/// The minutes of a meeting.
#[derive(Debug, Clone, Serialize)]
pub struct MinutesView {
    /// "2026-10-08-monthly".
    pub meeting: String,
    pub held: Minute,
    pub chair: Option<PersonId>,
    pub attendees: Vec<PersonId>,
    pub guests: Vec<String>,
    pub text: Option<RichText>,
}

/// A POC's own page.
#[derive(Debug, Clone, Serialize)]
pub struct PocPage {
    pub poc: PersonId,
    pub name: String,
    pub office: Option<String>,
    /// Email and phone.
    pub contact: String,
    pub designations: Vec<DesignationView>,
    /// Their outstanding tickets, oldest first.
    pub tickets: Vec<PocTicket>,
}

/// Where a POC's ticket stands.
#[derive(Debug, Clone, Serialize)]
pub struct PocTicket {
    pub id: TicketId,
    /// Where it stands, a sentence.
    pub stands: String,
    /// When the POC hears next.
    pub next_word: Option<NaiveDate>,
    /// That date has passed.
    pub word_is_overdue: bool,
    /// What is asked of the POC, a sentence.
    pub asked: String,
}

/// A line of the attendance form.
#[derive(Debug, Clone, Serialize)]
pub struct AttendanceRow {
    pub name: String,
    /// "POC for Scorecard", "MITS Help Desk".
    pub role: String,
}

/// A term and its meaning.
#[derive(Debug, Clone, Serialize)]
pub struct GlossaryRow {
    pub term: String,
    pub meaning: String,
}
