//! What a pack is made for: its meeting, its period, and the records as of its time.

use crate::model::{MeetingKind, Minute};
use crate::report::words::Words;
use crate::workflow::{Context, Occurrence, Period};

/// How many periods the history and the sparklines show.
const PERIODS: usize = 12;

/// One meeting's view of the records.
pub struct Scope<'c, 'p> {
    /// The records as of the pack's time.
    pub ctx: &'c Context<'p>,
    pub kind: MeetingKind,
    /// The meeting's place among those of its kind.
    pub index: usize,
    pub period: Period,
    /// The meeting is still to come.
    pub preliminary: bool,
}

impl<'c, 'p> Scope<'c, 'p> {
    /// The meeting.
    pub fn meeting(&self) -> &'c Occurrence<'p> {
        &self.ctx.meetings(self.kind)[self.index]
    }

    /// The office's words.
    pub fn words(&self) -> Words<'p> {
        Words::new(&self.ctx.project().settings.names)
    }

    /// Whether something happened in the period, so far as the pack knows.
    pub fn happened(&self, at: Minute) -> bool {
        self.period.contains(at) && at <= self.ctx.as_of
    }

    /// The last periods, oldest first, this one last: each with the place of the meeting that ends it.
    pub fn last_periods(&self) -> Vec<(usize, Period)> {
        let (meetings, starts) = (self.ctx.meetings(self.kind), self.ctx.starts());
        let held = (0..=self.index).rev().filter_map(|index| Some((index, Period::of(meetings, index, starts)?)));
        let mut periods: Vec<_> = held.take(PERIODS).collect();
        periods.reverse();
        periods
    }

    /// The period before this one.
    pub fn last_period(&self) -> Option<Period> {
        self.last_periods().into_iter().rev().nth(1).map(|(_, period)| period)
    }

    /// The next meeting of the kind that is held.
    pub fn next_meeting(&self) -> Option<&'c Occurrence<'p>> {
        self.ctx.meetings(self.kind)[self.index + 1..].iter().find(|meeting| meeting.canceled.is_none())
    }
}
