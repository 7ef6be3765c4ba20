//! A project as of one time: the input of rules and packs.

use chrono::NaiveDate;

use super::change::ChangeLine;
use super::clock::Clock;
use super::meetings::{Occurrence, occurrences, starts};
use super::prepared::Prepared;
use super::ticket::TicketLine;
use crate::calendar::Calendar;
use crate::load::{Base, Loaded, Project};
use crate::model::{
    Action, Attention, Board, ClockKind, Holder, Meeting, MeetingKind, Minute, Names, NitcReport, TicketId, TicketState,
};

/// How far ahead of the as-of date meetings are laid out: past the next monthly one, though many are canceled.
const AHEAD: chrono::Days = chrono::Days::new(400);

/// The records as of one time.
#[derive(Debug)]
pub struct Context<'p> {
    pub prepared: &'p Prepared<'p>,
    pub as_of: Minute,
    /// The as-of time was given, and is not the clock's: nothing is then in the future.
    pub as_of_given: bool,
    /// Both kinds' meetings, each in the order in which they are held.
    meetings: [Vec<Occurrence<'p>>; 2],
}

impl<'p> Context<'p> {
    /// The context of an as-of time.
    pub fn new(prepared: &'p Prepared<'p>, as_of: Minute, as_of_given: bool) -> Context<'p> {
        let to = as_of.date() + AHEAD;
        let starts = starts(prepared.project, as_of).unwrap_or(as_of.date());
        let meetings = [MeetingKind::Weekly, MeetingKind::Monthly].map(|kind| occurrences(prepared, kind, starts, to));
        Context { prepared, as_of, as_of_given, meetings }
    }

    /// The same project at another time. A time other than this one's is given, and not the clock's.
    pub fn at(&self, as_of: Minute) -> Context<'p> {
        Context::new(self.prepared, as_of, self.as_of_given || as_of != self.as_of)
    }

    /// No meeting is before this date.
    pub fn starts(&self) -> NaiveDate {
        starts(self.project(), self.as_of).unwrap_or(self.today())
    }

    /// The project.
    pub fn project(&self) -> &'p Project {
        self.prepared.project
    }

    /// The board that the votes are checked against.
    pub fn board(&self) -> &'p Board {
        self.prepared.board
    }

    /// The base revision, if there is one.
    pub fn base(&self) -> Option<&'p Base> {
        self.prepared.base
    }

    /// The as-of date.
    pub fn today(&self) -> NaiveDate {
        self.as_of.date()
    }

    /// The calendar in force today.
    pub fn calendar(&self) -> &Calendar {
        self.prepared.calendar_on(self.today())
    }

    /// The tickets received so far.
    pub fn tickets(&self) -> impl Iterator<Item = &'p TicketLine<'p>> {
        let as_of = self.as_of;
        self.prepared.tickets.values().filter(move |line| line.exists_at(as_of))
    }

    /// Whether a ticket is on record but has errors.
    pub fn is_left_out(&self, id: TicketId) -> bool {
        self.project().known.tickets.has(&id) && !self.prepared.tickets.contains_key(&id)
    }

    /// Whether a ticket in that state may wait for a CR with errors.
    pub fn is_unsure(&self, state: TicketState) -> bool {
        state == TicketState::AwaitingChange && self.project().known.changes.is_partial()
    }

    /// The outstanding tickets, the oldest first: by receipt, then by number.
    pub fn outstanding(&self) -> Vec<&'p TicketLine<'p>> {
        let mut lines: Vec<_> = self.tickets().filter(|line| line.is_outstanding_at(self.as_of)).collect();
        lines.sort_by_key(|line| (line.ticket.received.value, line.ticket.id.value));
        lines
    }

    /// The change requests known so far.
    pub fn changes(&self) -> impl Iterator<Item = &'p ChangeLine<'p>> {
        let as_of = self.as_of;
        self.prepared.changes.values().filter(move |line| line.exists_at(as_of))
    }

    /// All clocks that have begun, tickets' first.
    pub fn clocks(&self) -> impl Iterator<Item = &'p Clock> {
        self.clocks_known_at(self.as_of)
    }

    /// The same as they were known at an earlier time.
    pub fn clocks_known_at(&self, as_of: Minute) -> impl Iterator<Item = &'p Clock> {
        let tickets = self.tickets().flat_map(move |line| line.clocks_at(as_of));
        let changes = self.changes().flat_map(|line| &line.clocks);
        tickets.chain(changes).filter(move |clock| clock.began <= as_of)
    }

    /// A ticket's state.
    pub fn state(&self, line: &TicketLine) -> Option<TicketState> {
        line.state_at(self.as_of)
    }

    /// A ticket's holder.
    pub fn holder(&self, line: &TicketLine) -> Option<Holder> {
        line.holder_at(self.as_of, &self.prepared.changes)
    }

    /// A ticket's clock that is due next: the earliest due among those that run, the earlier kind at a tie.
    pub fn next_due<'l>(&self, line: &'l TicketLine) -> Option<&'l Clock> {
        line.clocks_at(self.as_of)
            .iter()
            .filter(|clock| clock.runs_at(self.as_of))
            .min_by_key(|clock| (clock.due, clock.kind))
    }

    /// A ticket's attention by its own clocks and age, and the reason in words.
    pub fn attention(&self, line: &TicketLine) -> (Attention, String) {
        let today = self.today();
        let age = line.age_at(today);
        let next = self.next_due(line);
        let words = |clock: &Clock| clock_words(clock.kind, &self.project().settings.names);
        let due = |clock: &Clock| format!("{} due {}", words(clock), crate::model::day_in_words(clock.due));
        let next_working_day = self.calendar().next(today);
        match next {
            Some(clock) if clock.due < today => {
                let since = crate::model::day_in_words(clock.due);
                (Attention::Red, format!("{} overdue since {since}", words(clock)))
            }
            _ if age >= 61 => (Attention::Red, format!("{age} days old")),
            Some(clock) if clock.due <= next_working_day => (Attention::Yellow, due(clock)),
            _ if age >= 31 => (Attention::Yellow, format!("{age} days old")),
            _ => (Attention::Green, "nothing due soon".to_owned()),
        }
    }

    /// The meetings of a kind, in the order in which they are held, including canceled ones.
    pub fn meetings(&self, kind: MeetingKind) -> &[Occurrence<'p>] {
        &self.meetings[kind as usize]
    }

    /// The action items that are known by now, with the meeting that agreed on each and when it was held: what a
    /// meeting agreed on is known from just after it.
    pub fn actions(&self) -> impl Iterator<Item = (&'p Loaded<Meeting>, Minute, &'p Action)> {
        let meetings = self.project().meetings.values().map(|meeting| (meeting, self.held(meeting)));
        let over = meetings.filter(|(_, held)| *held < self.as_of);
        over.flat_map(|(meeting, held)| meeting.record.actions.iter().map(move |action| (meeting, held, action)))
    }

    /// The time at which the meeting of a file is held; the end of its date if the schedule does not have it.
    fn held(&self, meeting: &Meeting) -> Minute {
        let planned = self.meetings(meeting.kind).iter().find(|other| other.scheduled == meeting.date.0);
        planned.map_or(Minute::end_of(meeting.date.0), |planned| planned.held)
    }

    /// NITC's latest report: the latest well-formed one dated before the as-of date.
    pub fn latest_report(&self) -> Option<&'p NitcReport> {
        self.project().reports.range(..self.today()).next_back().map(|(_, report)| report)
    }
}

/// A deadline in the few words of a table's cell, "first reply".
pub fn clock_words(kind: ClockKind, names: &Names) -> String {
    match kind {
        ClockKind::Reply => "first reply".to_owned(),
        ClockKind::FollowUp => "follow-up".to_owned(),
        ClockKind::NitcResponse => format!("{}'s initial response", names.third_line),
        ClockKind::Relay => "answer to POC".to_owned(),
        ClockKind::RaiseCr => format!("CR to {}", names.board),
        ClockKind::ForwardCr => format!("CR to {}", names.third_line),
    }
}
