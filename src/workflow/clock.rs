//! The six clocks: when they start, when they are due, and what became of them.

use chrono::NaiveDate;

use crate::calendar::Calendar;
use crate::model::{ClockKind, CrId, Deadline, FileId, Minute, Settings, Span, TicketId, Version};
use crate::words;

words! {
    /// What became of a clock.
    pub enum Outcome: "outcome of a clock" {
        /// Stopped by the due date.
        Met = "met",
        /// Stopped after it.
        Late = "late",
        /// Not stopped, and the due date is past.
        Overdue = "overdue",
        /// Not stopped, not yet overdue.
        Running = "running",
        /// The Help Desk waived it by the due date.
        Waived = "waived",
        /// What it waited for fell away by the due date.
        Void = "void",
    }
}

/// Whose clock it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClockOwner {
    Ticket(TicketId),
    Change(CrId),
}

impl std::fmt::Display for ClockOwner {
    /// The id of the record.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ClockOwner::Ticket(id) => id.fmt(f),
            ClockOwner::Change(id) => id.fmt(f),
        }
    }
}

/// How a clock ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EndReason {
    /// What it waited for happened.
    Done,
    /// It was waived.
    Waived,
    /// What it waited for fell away.
    Void,
}

/// The end of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct End {
    pub at: Minute,
    pub how: EndReason,
}

/// A clock with its final result; [`Clock::outcome`] gives that of an earlier time.
#[derive(Debug, Clone)]
pub struct Clock {
    pub owner: ClockOwner,
    pub kind: ClockKind,
    /// When the event happened that started it; before this it does not exist.
    pub began: Minute,
    /// The date on which its days begin to count: the deemed date, or a contact's calendar date.
    pub counted_from: NaiveDate,
    pub deadline: Deadline,
    /// The (first) due date.
    pub due: NaiveDate,
    /// The version of the settings that applies, in [`Settings::versions`].
    pub version: usize,
    /// The entry that started it.
    pub place: (FileId, Span),
    pub end: Option<End>,
    /// Since when it is known as it is, because an entry was struck then.
    pub revealed: Option<NaiveDate>,
}

impl Clock {
    /// The date of the lapse if it was missed: the first due date, or a later one on which that came to light.
    pub fn missed_on(&self) -> NaiveDate {
        self.revealed.map_or(self.due, |revealed| revealed.max(self.due))
    }

    /// What tells it from the other clocks of its record, except since when it is known.
    pub(super) fn key(&self) -> (ClockKind, Minute, NaiveDate, NaiveDate, Option<End>) {
        (self.kind, self.began, self.counted_from, self.due, self.end)
    }

    /// The end, if it lies at or before `as_of`.
    pub fn end_by(&self, as_of: Minute) -> Option<End> {
        self.end.filter(|end| end.at <= as_of)
    }

    /// Whether it exists and has not stopped at `as_of`.
    pub fn runs_at(&self, as_of: Minute) -> bool {
        self.began <= as_of && self.end_by(as_of).is_none()
    }

    /// What became of it by `as_of`.
    pub fn outcome(&self, as_of: Minute) -> Outcome {
        match self.end_by(as_of) {
            Some(end) if end.at.date() > self.due => Outcome::Late,
            Some(End { how: EndReason::Done, .. }) => Outcome::Met,
            Some(End { how: EndReason::Waived, .. }) => Outcome::Waived,
            Some(End { how: EndReason::Void, .. }) => Outcome::Void,
            None if self.due < as_of.date() => Outcome::Overdue,
            None => Outcome::Running,
        }
    }

    /// The due dates missed by `as_of`: of a follow-up clock one for every time that it fell due.
    pub fn missed(&self, as_of: Minute, calendars: &[Calendar]) -> Vec<NaiveDate> {
        let end = self.end_by(as_of).map_or(as_of.date(), |end| end.at.date());
        match self.kind {
            ClockKind::FollowUp => calendars[self.version].dues_before(self.counted_from, self.deadline, end),
            _ if self.due < end => vec![self.due],
            _ => Vec::new(),
        }
    }
}

/// The deadline of a kind of clock: one entry for each.
pub fn deadline(kind: ClockKind, version: &Version) -> Deadline {
    let deadlines = &version.deadlines;
    match kind {
        ClockKind::Reply => deadlines.reply,
        ClockKind::FollowUp => deadlines.follow_up,
        ClockKind::NitcResponse => deadlines.nitc_response,
        ClockKind::Relay => deadlines.relay,
        ClockKind::RaiseCr => deadlines.raise_cr,
        ClockKind::ForwardCr => deadlines.forward_cr,
    }
}

/// The clocks of one record while its log is folded.
pub(super) struct Clocks<'p> {
    owner: ClockOwner,
    settings: &'p Settings,
    calendars: &'p [Calendar],
    pub list: Vec<Clock>,
    /// The places in the list of those that have not stopped: few of many.
    running: Vec<usize>,
}

impl<'p> Clocks<'p> {
    pub fn new(owner: ClockOwner, settings: &'p Settings, calendars: &'p [Calendar]) -> Self {
        Clocks { owner, settings, calendars, list: Vec::new(), running: Vec::new() }
    }

    /// Starts a clock at an instant: it counts from the deemed date, a follow-up from the calendar date.
    pub fn start(&mut self, kind: ClockKind, at: Minute, place: (FileId, Span)) {
        let version = self.settings.version_on(at.date());
        let counted_from = match kind {
            ClockKind::FollowUp => at.date(),
            _ => self.calendars[version].deemed(at),
        };
        self.start_from(kind, at, counted_from, version, place);
    }

    /// Starts a follow-up clock as if the POC had been contacted on `contact`, which may be to come.
    pub fn start_follow_up_as_of(&mut self, at: Minute, contact: NaiveDate, place: (FileId, Span)) {
        let version = self.settings.version_on(contact);
        self.start_from(ClockKind::FollowUp, at, contact, version, place);
    }

    fn start_from(
        &mut self,
        kind: ClockKind,
        began: Minute,
        counted_from: NaiveDate,
        version: usize,
        place: (FileId, Span),
    ) {
        let deadline = deadline(kind, &self.settings.versions[version]);
        if let Some(due) = self.calendars[version].due(counted_from, deadline) {
            let owner = self.owner.clone();
            let clock =
                Clock { owner, kind, began, counted_from, deadline, due, version, place, end: None, revealed: None };
            self.running.push(self.list.len());
            self.list.push(clock);
        }
    }

    /// Whether a clock of that kind has not stopped.
    pub fn runs(&self, kind: ClockKind) -> bool {
        self.running.iter().any(|at| self.list[*at].kind == kind)
    }

    /// Stops the clocks of that kind that run.
    pub fn stop(&mut self, kind: ClockKind, at: Minute, how: EndReason) {
        let list = &mut self.list;
        self.running.retain(|place| {
            let is_its = list[*place].kind == kind;
            if is_its {
                list[*place].end = Some(End { at, how });
            }
            !is_its
        });
    }

    /// Everything that they wait for falls away.
    pub fn void_all(&mut self, at: Minute) {
        ClockKind::ALL.iter().for_each(|kind| self.stop(*kind, at, EndReason::Void));
    }
}
