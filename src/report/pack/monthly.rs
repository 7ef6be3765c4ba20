//! What only the monthly pack has.

use serde::Serialize;

use super::actions::MinutesView;
use super::form::{AttendanceRow, attendance};
use super::glossary::{GlossaryRow, glossary};
use super::mentions::{Mentioned, Mentions};
use super::pocs::{PocPage, poc_pages};
use super::recurring::{RecurringRow, recurring};
use super::roster::{Roster, roster};
use super::scope::Scope;
use super::subjects::{SubjectRow, by_subject};
use super::summary::{Figures, summary};
use crate::model::TicketId;
use crate::report::desk::Desk;

/// What only the monthly pack has.
#[derive(Debug, Clone, Serialize)]
pub struct Monthly {
    /// Five sentences made from the figures.
    pub summary: Vec<String>,
    /// Outstanding tickets by module and initiative: subjects that are supported, have any, or are unknown.
    pub by_subject: Vec<SubjectRow>,
    /// Questions that came again in the twelve months before, the most frequent first.
    pub recurring: Vec<RecurringRow>,
    pub roster: Roster,
    /// The minutes of the previous meeting of this kind, as in the pack's own `last_minutes`.
    pub last_minutes: Option<MinutesView>,
    /// A page for each POC with something to read.
    pub poc_pages: Vec<PocPage>,
    /// How to reach the Help Desk, a line for each POC page; blank if the settings do not say.
    pub help_desk: String,
    /// Who is expected, for the attendance form.
    pub attendance: Vec<AttendanceRow>,
    pub glossary: Vec<GlossaryRow>,
}

impl Monthly {
    /// The sections of a monthly pack, made from those that it shares with the weekly ones: its figures, the tickets
    /// received and the last minutes.
    pub fn new(scope: &Scope, figures: &Figures, received: &[TicketId], last_minutes: Option<MinutesView>) -> Monthly {
        Monthly {
            summary: summary(figures),
            by_subject: by_subject(scope.ctx, figures.outstanding, received, figures.closed),
            recurring: recurring(scope),
            roster: roster(scope),
            last_minutes,
            poc_pages: poc_pages(scope, figures.outstanding, figures.closed),
            help_desk: Desk::of(scope.ctx).line(),
            attendance: attendance(scope),
            glossary: glossary(scope),
        }
    }
}

impl Mentions for Monthly {
    fn mention(&self, mentioned: &mut Mentioned) {
        self.by_subject.mention(mentioned);
        self.recurring.mention(mentioned);
        self.roster.mention(mentioned);
        self.poc_pages.mention(mentioned);
    }
}
