//! The model of a pack: everything that a meeting's HTML, PDF, JSON and CSV show, and nothing else.
//!
//! Its JSON is the model itself (`packs.md`, "JSON of a pack"). Lists hold ids; what there is to say of
//! a record stands once, in [`Pack::tickets`], [`Pack::people`] and [`Pack::subjects`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::{PersonId, RichText, SubjectId, TicketId};

pub use super::monthly::{
    AttendanceRow, DesignationView, GlossaryRow, MinutesView, Monthly, OfficeLapses, PocPage, PocTicket, Roster,
    RosterRow, SubjectRow,
};
pub use super::pack_figures::{
    Ageing, AttentionCounts, Balance, Chart, Charts, ComplianceRow, Days, FirstContact, Glance, GlanceCount,
    HistoryRow, Mark, Series, TimesToResolve,
};
pub use super::pack_rows::{
    ActionRow, Actions, AttentionGroup, AttentionItem, ChangeRow, ExceptionRow, LapseGroup, LapseRow, NextDue,
    NitcReportView, NitcRow, NoteView, OutstandingRow, TicketCard, VoteRow,
};

#[cfg(test)]
pub mod fixture;

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
    /// Name, organization, paper and the like, for the head of every format.
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
    pub organization: String,
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
    /// Its number on the agenda and in its heading; null for what comes before the first item.
    pub number: Option<usize>,
    pub title: String,
    /// The meeting goes through it.
    pub on_agenda: bool,
}

impl Section {
    /// Its heading, "1. What needs attention".
    pub fn heading(&self) -> String {
        match self.number {
            Some(number) => format!("{number}. {}", self.title),
            None => self.title.clone(),
        }
    }
}

/// The standing items, then the meeting file's own. All are numbered in a row from 1, the standing ones as the sections are.
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

/// How the figures were made.
#[derive(Debug, Clone, Serialize)]
pub struct Method {
    /// Sentences.
    pub text: Vec<String>,
    /// Rules that the settings switch off (or that are off and nobody switched on), by name.
    pub rules_off: Vec<String>,
    pub exceptions: Vec<ExceptionRow>,
}
