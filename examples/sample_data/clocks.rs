//! The clocks of a ticket or a change request, for the generator's own checks.

use chrono::{Days, NaiveDate};

use crate::calendar::{self, Moment};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    Reply,
    FollowUp,
    NitcResponse,
    Relay,
    RaiseCr,
    ForwardCr,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Outcome {
    Met,
    Late,
    Overdue,
    Running,
    Waived,
    Void,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    Done,
    Waived,
    FellAway,
}

#[derive(Clone, Debug)]
pub struct Clock {
    pub kind: Kind,
    pub due: NaiveDate,
    pub stopped: Option<(Moment, Stop)>,
}

impl Clock {
    pub fn outcome(&self) -> Outcome {
        let today = calendar::end().date();
        match self.stopped {
            None if self.due < today => Outcome::Overdue,
            None => Outcome::Running,
            Some((at, _)) if at.date() > self.due => Outcome::Late,
            Some((_, Stop::Done)) => Outcome::Met,
            Some((_, Stop::Waived)) => Outcome::Waived,
            Some((_, Stop::FellAway)) => Outcome::Void,
        }
    }
}

/// The clocks of one record, in the order in which they started.
#[derive(Default)]
pub struct Clocks(pub Vec<Clock>);

impl Clocks {
    pub fn start(&mut self, kind: Kind, at: Moment) {
        let due = match kind {
            Kind::Reply | Kind::Relay | Kind::ForwardCr => calendar::due_working(at, 1),
            Kind::FollowUp => calendar::due_follow_up(at.date(), 1),
            Kind::NitcResponse => calendar::due_response(at),
            Kind::RaiseCr => calendar::due_working(at, 5),
        };
        self.0.push(Clock { kind, due, stopped: None });
    }

    /// A follow-up clock that runs as if the POC had been contacted on `day`, though that may be still to come.
    pub fn start_follow_up_from(&mut self, day: NaiveDate) {
        self.0.push(Clock { kind: Kind::FollowUp, due: calendar::due_follow_up(day, 1), stopped: None });
    }

    /// Stops the running clocks of the kinds, and says whether there was one.
    pub fn stop(&mut self, kinds: &[Kind], at: Moment, how: Stop) -> bool {
        let mut any = false;
        for clock in self.0.iter_mut().filter(|c| c.stopped.is_none() && kinds.contains(&c.kind)) {
            clock.stopped = Some((at, how));
            any = true;
        }
        any
    }

    pub fn stop_all(&mut self, at: Moment) {
        use Kind::*;
        self.stop(&[Reply, FollowUp, NitcResponse, Relay, RaiseCr, ForwardCr], at, Stop::FellAway);
    }
}

/// A working day on which the Help Desk gives the POC the next status: the due date or up to two days before it.
pub fn status_day(contact: NaiveDate, early: u64) -> NaiveDate {
    let due = calendar::due_follow_up(contact, 1);
    let mut day = due - Days::new(early);
    while !calendar::is_working(day) || day <= contact {
        day = day + Days::new(1);
    }
    day.min(due)
}
