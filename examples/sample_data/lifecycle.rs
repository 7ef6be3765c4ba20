//! The life of a ticket by docs/explanation/states.md: what each event does, and that it is allowed where a story has it.
//!
//! Written from the design alone, apart from heatpack's own workflow, so that each can find faults in the other.

use crate::Result;
use crate::calendar::{Moment, show};
use crate::change_request::{ChangeRequest, CrState};
use crate::clocks::{Clocks, Kind, Stop};
use crate::ticket::Entry;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    Open,
    WithNitc,
    AwaitingChange,
    Answered,
    Resolved,
    Closed,
    Redirected,
    Voided,
}

impl State {
    pub fn is_outstanding(self) -> bool {
        !matches!(self, State::Closed | State::Redirected | State::Voided)
    }
}

/// Who a ticket waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holder {
    HelpDesk,
    Nitc,
    AcfoFs,
    Board,
    Poc,
    NoOne,
}

/// A ticket's state from an instant on.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    pub at: Moment,
    pub state: State,
    pub holder: Holder,
    /// The least advanced of the change requests that count.
    pub waits_on: Option<CrState>,
}

/// What became of a ticket: its states in order, and its clocks.
pub struct Life {
    pub points: Vec<Point>,
    pub clocks: Clocks,
}

impl Life {
    /// Where the ticket stood at an instant, if it was there already.
    pub fn at(&self, at: Moment) -> Option<Point> {
        self.points.iter().rev().find(|point| point.at <= at).copied()
    }

    pub fn is_outstanding(&self, at: Moment) -> bool {
        self.at(at).is_some_and(|point| point.state.is_outstanding())
    }
}

/// Runs a ticket's log and the change requests that name it, and fails at the first event that is not allowed.
pub fn run(received: Moment, log: &[Entry], crs: &[&ChangeRequest]) -> Result<Life> {
    let mut run = Run {
        state: State::Open,
        counted: Vec::new(),
        crs,
        life: Life { points: Vec::new(), clocks: Clocks::default() },
    };
    run.life.clocks.start(Kind::Reply, received);
    run.settle(received);
    let mut changes: Vec<Moment> = crs.iter().flat_map(|cr| cr.timeline.iter().map(|(at, _)| *at)).collect();
    changes.sort();
    let mut changes = changes.into_iter().peekable();
    for entry in log {
        while let Some(at) = changes.next_if(|at| *at <= entry.at) {
            run.change(at);
        }
        run.apply(entry).map_err(|fault| format!("{} `{}`: {fault}", show(entry.at), entry.event))?;
        run.settle(entry.at);
    }
    for at in changes {
        run.change(at);
    }
    Ok(run.life)
}

struct Run<'a> {
    state: State,
    /// The change requests that count since the research ended.
    counted: Vec<&'a ChangeRequest>,
    crs: &'a [&'a ChangeRequest],
    life: Life,
}

impl Run<'_> {
    /// Notes where the ticket stands after something happened.
    fn settle(&mut self, at: Moment) {
        let waits_on = self.counting_states(at).into_iter().min();
        let holder = self.holder(waits_on);
        self.life.points.push(Point { at, state: self.state, holder, waits_on });
    }

    fn counting_states(&self, at: Moment) -> Vec<CrState> {
        self.counted.iter().filter_map(|cr| cr.state_at(at)).collect()
    }

    fn holder(&self, waits_on: Option<CrState>) -> Holder {
        match self.state {
            State::Open | State::Answered => Holder::HelpDesk,
            State::WithNitc => Holder::Nitc,
            State::Resolved => Holder::Poc,
            State::Closed | State::Redirected | State::Voided => Holder::NoOne,
            State::AwaitingChange => match waits_on {
                None | Some(CrState::Draft | CrState::Returned | CrState::Approved) => Holder::AcfoFs,
                Some(CrState::Deferred | CrState::Submitted) => Holder::Board,
                Some(_) => Holder::Nitc,
            },
        }
    }

    /// A change request that names the ticket took a step.
    fn change(&mut self, at: Moment) {
        let states = self.counting_states(at);
        if self.state == State::AwaitingChange {
            if states.iter().any(|state| *state > CrState::Draft) {
                self.life.clocks.stop(&[Kind::RaiseCr], at, Stop::Done);
            }
            if !states.is_empty() && states.iter().all(|state| *state >= CrState::Delivered) {
                self.life.clocks.stop(&[Kind::RaiseCr], at, Stop::FellAway);
                self.state = State::Answered;
                self.life.clocks.start(Kind::Relay, at);
            }
        } else if self.state == State::Answered && states.contains(&CrState::InWork) {
            self.life.clocks.stop(&[Kind::Relay], at, Stop::FellAway);
            self.state = State::AwaitingChange;
        }
        self.settle(at);
    }

    fn apply(&mut self, entry: &Entry) -> Result<()> {
        use State::*;
        let allowed: &[State] = match entry.event.as_str() {
            "note" => return Ok(()),
            "follow-up" | "waived" | "voided" => &[Open, WithNitc, AwaitingChange, Answered, Resolved],
            "forwarded" => &[Open, Answered],
            "acknowledged" | "initial-response" | "researched" => &[WithNitc],
            "returned" => &[WithNitc, AwaitingChange],
            "resolved" => &[Open, WithNitc, Answered],
            "closed" => &[Resolved],
            "reopened" => &[Resolved, Closed, Redirected, Voided],
            "redirected" => &[Open],
            other => return Err(format!("no such event as {other:?}").into()),
        };
        let excused = entry.exception.as_ref().is_some_and(|exception| {
            let pending = entry.event == "resolved" && self.state == AwaitingChange;
            exception.rule == if pending { "resolved-with-cr-pending" } else { "transition-forbidden" }
        });
        match (allowed.contains(&self.state), excused) {
            (false, false) => Err(format!("not allowed while {:?}", self.state).into()),
            (true, true) => Err("the exception excuses nothing".into()),
            _ => self.take_effect(entry),
        }
    }

    fn take_effect(&mut self, entry: &Entry) -> Result<()> {
        let (at, clocks) = (entry.at, &mut self.life.clocks);
        match entry.event.as_str() {
            "follow-up" | "resolved" => {
                clocks.stop(&[Kind::Reply, Kind::FollowUp, Kind::Relay], at, Stop::Done);
                clocks.start(Kind::FollowUp, at);
                if entry.event == "resolved" {
                    clocks.stop(&[Kind::NitcResponse, Kind::RaiseCr], at, Stop::FellAway);
                    self.state = State::Resolved;
                }
            }
            "forwarded" => {
                clocks.stop(&[Kind::Relay], at, Stop::FellAway);
                clocks.start(Kind::NitcResponse, at);
                self.state = State::WithNitc;
            }
            "initial-response" => {
                clocks.stop(&[Kind::NitcResponse], at, Stop::Done);
            }
            "returned" => {
                clocks.stop(&[Kind::NitcResponse], at, Stop::Done);
                clocks.stop(&[Kind::RaiseCr], at, Stop::FellAway);
                self.state = State::Open;
            }
            "researched" => {
                clocks.stop(&[Kind::NitcResponse], at, Stop::Done);
                self.research(entry);
            }
            "reopened" => {
                clocks.stop(&[Kind::FollowUp], at, Stop::FellAway);
                clocks.start(Kind::Reply, at);
                self.state = State::Open;
            }
            "closed" | "redirected" | "voided" => {
                clocks.stop_all(at);
                self.state = match entry.event.as_str() {
                    "closed" => State::Closed,
                    "redirected" => State::Redirected,
                    _ => State::Voided,
                };
            }
            "waived" => return self.waive(entry),
            _ => {}
        }
        Ok(())
    }

    fn research(&mut self, entry: &Entry) {
        let crs = self.crs.iter().copied();
        if entry.argument("answer") {
            self.state = State::Answered;
            self.counted.clear();
            self.life.clocks.start(Kind::Relay, entry.at);
            return;
        }
        self.state = State::AwaitingChange;
        self.counted = crs.filter(|cr| cr.state_at(entry.at).is_none_or(|state| state < CrState::Delivered)).collect();
        if self.counting_states(entry.at).iter().all(|state| *state == CrState::Draft) {
            self.life.clocks.start(Kind::RaiseCr, entry.at);
        }
    }

    fn waive(&mut self, entry: &Entry) -> Result<()> {
        let kind = match entry.words.get(1).map(String::as_str) {
            Some("reply") => Kind::Reply,
            Some("follow-up") => Kind::FollowUp,
            Some("nitc-response") => Kind::NitcResponse,
            Some("relay") => Kind::Relay,
            Some("raise-cr") => Kind::RaiseCr,
            other => return Err(format!("no clock {other:?}").into()),
        };
        if !self.life.clocks.stop(&[kind], entry.at, Stop::Waived) {
            return Err("that clock does not run".into());
        }
        if kind == Kind::FollowUp {
            let until = entry.words.get(2).ok_or("`waived follow-up` asks for a date")?;
            self.life.clocks.start_follow_up_from(crate::calendar::parse_date(until)?);
        }
        Ok(())
    }
}
