//! Labels of states, owners and deadlines, with the office's own names for the tracker, the desk and the others.

use chrono::NaiveDate;

use crate::model::{ClockKind, CrState, Decision, EventKind, Holder, Minute, Names, Office, TicketState, day_in_words};
use crate::record::capital;
pub use crate::record::counted;
use crate::workflow::{ChangeLine, Outcome, clock_words};

/// The words of one office.
#[derive(Debug, Clone, Copy)]
pub struct Words<'n> {
    names: &'n Names,
}

impl<'n> Words<'n> {
    /// The words that go with these names.
    pub fn new(names: &'n Names) -> Words<'n> {
        Words { names }
    }

    /// A ticket's state.
    pub fn state(&self, state: TicketState) -> String {
        match state {
            TicketState::Open => "open".to_owned(),
            TicketState::WithNitc => format!("with {}", self.names.third_line),
            TicketState::AwaitingChange => "waiting for a code change".to_owned(),
            TicketState::Answered => "answered, POC not yet told".to_owned(),
            TicketState::Resolved => "resolved, waiting for POC to confirm".to_owned(),
            TicketState::Closed => "closed".to_owned(),
            TicketState::Redirected => "redirected".to_owned(),
            TicketState::Voided => "voided".to_owned(),
        }
    }

    /// The owner of a ticket: who acts next.
    pub fn holder(&self, holder: Holder) -> String {
        match holder {
            Holder::HelpDesk => self.names.help_desk.clone(),
            Holder::Nitc => self.names.third_line.clone(),
            Holder::AcfoFs => self.names.sponsor.clone(),
            Holder::Cfmsccb => self.names.board.clone(),
            Holder::Poc => "POC".to_owned(),
        }
    }

    /// An office.
    pub fn office(&self, office: Office) -> String {
        match office {
            Office::HelpDesk => self.names.help_desk.clone(),
            Office::Nitc => self.names.third_line.clone(),
            Office::AcfoFs => self.names.sponsor.clone(),
        }
    }

    /// The board.
    pub fn board(&self) -> String {
        self.names.board.clone()
    }

    /// A deadline in the few words of a table's cell, "first reply".
    pub fn clock(&self, kind: ClockKind) -> String {
        clock_words(kind, self.names)
    }

    /// An event as something that was done, "sent to NITC".
    pub fn event<E: EventKind>(&self, event: E) -> String {
        event.spec().words.replace("NITC", &self.names.third_line)
    }

    /// The owner of a deadline.
    pub fn clock_holder(&self, kind: ClockKind) -> String {
        self.office(clock_office(kind))
    }

    /// The action that a deadline requires.
    pub fn clock_asks(&self, kind: ClockKind) -> String {
        match kind {
            ClockKind::Reply => "first reply to the POC".to_owned(),
            ClockKind::FollowUp => "follow-up with the POC".to_owned(),
            ClockKind::NitcResponse => format!("{}'s initial response", self.names.third_line),
            ClockKind::Relay => "answer passed to the POC".to_owned(),
            ClockKind::RaiseCr => format!("change request submitted to {}", self.names.board),
            ClockKind::ForwardCr => format!("approved CR forwarded to {}", self.names.third_line),
        }
    }

    /// A CR's state.
    pub fn change_state(&self, state: CrState) -> String {
        match state {
            CrState::Submitted => format!("under {} review", self.names.board),
            CrState::Forwarded => format!("with {}", self.names.third_line),
            CrState::InWork => "in progress".to_owned(),
            other => other.to_string(),
        }
    }

    /// The state of a CR that is in `state` at a time, marked if an exception led to it.
    pub fn change_stands(&self, line: &ChangeLine, state: CrState, at: Minute) -> String {
        // A vote with errors may be one against it.
        let is_by_votes =
            matches!(state, CrState::Approved | CrState::Rejected | CrState::Returned | CrState::Deferred);
        if is_by_votes && (line.is_unsure() || !line.unsigned_at(at).is_empty()) {
            return "unknown (votes have errors)".to_owned();
        }
        let exception = if line.is_by_exception(at) { " (by exception)" } else { "" };
        format!("{}{exception}", self.change_state(state))
    }

    /// The owner of a CR; blank when it is finished.
    pub fn change_holder(&self, state: CrState) -> String {
        match state {
            CrState::Draft | CrState::Returned | CrState::Approved => self.names.sponsor.clone(),
            CrState::Submitted | CrState::Deferred => self.names.board.clone(),
            CrState::Forwarded | CrState::InWork => self.names.third_line.clone(),
            CrState::Delivered => self.names.help_desk.clone(),
            CrState::Verified | CrState::Rejected | CrState::Withdrawn => String::new(),
        }
    }

    /// A vote as something that was done.
    pub fn decision(&self, decision: Decision) -> &'static str {
        match decision {
            Decision::Approve => "approved",
            Decision::Reject => "rejected",
            Decision::Return => "returned",
            Decision::Defer => "deferred",
        }
    }
}

/// The office that owns a deadline.
pub fn clock_office(kind: ClockKind) -> Office {
    match kind {
        ClockKind::Reply | ClockKind::FollowUp | ClockKind::Relay => Office::HelpDesk,
        ClockKind::NitcResponse => Office::Nitc,
        ClockKind::RaiseCr | ClockKind::ForwardCr => Office::AcfoFs,
    }
}

/// The outcome of a deadline in a word.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Running => "open",
        other => other.as_str(),
    }
}

/// The label of a request's field: "Security impact" of `security_impact`.
pub fn field_label(field: &str) -> String {
    capital(&field.replace('_', " "))
}

/// A share in whole percent, rounded half up: "90%". `of` is at least 1.
pub fn percent(part: usize, of: usize) -> String {
    let (part, of) = (part as u128, of.max(1) as u128);
    format!("{}%", (200 * part + of) / (2 * of))
}

/// A share with its target. If it is below the target and whole percent hide that, it has one decimal,
/// rounded down: "89.7%".
pub fn percent_to_target(part: usize, of: usize, target: usize) -> String {
    let (exact, whole, goal) = (part as u128, of.max(1) as u128, target as u128);
    let is_below = 100 * exact < goal * whole;
    if is_below && (200 * exact + whole) / (2 * whole) >= goal {
        let tenths = 1000 * exact / whole;
        return format!("{}.{}%", tenths / 10, tenths % 10);
    }
    percent(part, of)
}

/// "Wed, Nov 18, 2026".
pub fn day(date: NaiveDate) -> String {
    day_in_words(date)
}

#[cfg(test)]
mod tests {
    use super::{percent, percent_to_target};

    #[test]
    fn percentages_are_rounded_half_up() {
        let cases = [
            ((0, 12), "0%"),
            ((1, 200), "1%"),
            ((1, 201), "0%"),
            ((2, 3), "67%"),
            ((7, 16), "44%"),
            ((35, 39), "90%"),
            ((21, 22), "95%"),
            ((12, 12), "100%"),
            ((usize::MAX, usize::MAX), "100%"),
        ];
        for ((part, of), shown) in cases {
            assert_eq!(percent(part, of), shown, "{part} of {of}");
        }
    }

    #[test]
    fn a_share_below_its_target_is_seen_to_be_below() {
        let cases = [
            ((35, 39, 90), "89.7%"),
            ((35, 39, 89), "90%"),
            ((34, 39, 90), "87%"),
            ((9, 10, 90), "90%"),
            ((8_999, 10_000, 90), "89.9%"),
            ((199, 200, 100), "99.5%"),
            ((0, 0, 1), "0%"),
        ];
        for ((part, of, target), shown) in cases {
            assert_eq!(percent_to_target(part, of, target), shown, "{part} of {of}, target {target}");
        }
    }
}
