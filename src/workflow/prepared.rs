//! The parts of a project that do not depend on the as-of time: calendars, timelines, checked votes.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::balance::BalanceEvents;
use super::change::ChangeLine;
use super::change_fold;
use super::late::Late;
use super::ticket::TicketLine;
use super::ticket_fold;
use crate::calendar::Calendar;
use crate::load::{Base, Project};
use crate::model::{Board, CrId, Diagnostic, TicketId};

/// A project with every log folded to its end.
#[derive(Debug)]
pub struct Prepared<'p> {
    pub project: &'p Project,
    /// The base revision, if there is one.
    pub base: Option<&'p Base>,
    /// The board that the votes are checked against: the base's if there is one, so that a pull request cannot add a
    /// voter for itself.
    pub board: &'p Board,
    /// One for each version of the settings.
    pub calendars: Vec<Calendar>,
    /// What the pull request adds too late to have an effect.
    pub late: Late,
    pub changes: BTreeMap<CrId, ChangeLine<'p>>,
    pub tickets: BTreeMap<TicketId, TicketLine<'p>>,
    /// When they begin and cease to be outstanding.
    pub balance_events: BalanceEvents,
    /// The findings of the rules that check the records as they were read, stored by the first pack of a run.
    pub found_in_records: OnceLock<Vec<Diagnostic>>,
}

impl<'p> Prepared<'p> {
    /// Folds every log of the project.
    pub fn new(project: &'p Project) -> Prepared<'p> {
        Prepared::against(project, None)
    }

    /// Folds every log of the project, compared with a base revision.
    pub fn against(project: &'p Project, base: Option<&'p Base>) -> Prepared<'p> {
        let board = base.and_then(Base::board).unwrap_or(&project.board);
        let versions = &project.settings.versions;
        let calendars: Vec<Calendar> = versions.iter().map(|version| Calendar::new(&version.working_time)).collect();
        let late = Late::new(base, project);
        let changes: BTreeMap<CrId, ChangeLine> = project
            .changes
            .iter()
            .map(|(id, cr)| (id.clone(), change_fold::fold(project, board, &calendars, &late, cr)))
            .collect();
        let mut naming: BTreeMap<TicketId, Vec<CrId>> = BTreeMap::new();
        for (id, cr) in &project.changes {
            for ticket in &cr.tickets {
                let named = naming.entry(ticket.value).or_default();
                if !named.contains(id) {
                    named.push(id.clone());
                }
            }
        }
        let tickets: BTreeMap<TicketId, TicketLine> = project
            .tickets
            .iter()
            .map(|(id, ticket)| {
                let naming = naming.get(id).map(Vec::as_slice).unwrap_or_default();
                (*id, ticket_fold::fold(project, &calendars, &changes, naming, ticket))
            })
            .collect();
        let balance_events = BalanceEvents::of(tickets.values());
        Prepared {
            project,
            base,
            board,
            calendars,
            late,
            changes,
            tickets,
            balance_events,
            found_in_records: OnceLock::new(),
        }
    }

    /// The calendar in force on a date.
    pub fn calendar_on(&self, date: NaiveDate) -> &Calendar {
        &self.calendars[self.project.settings.version_on(date)]
    }
}
