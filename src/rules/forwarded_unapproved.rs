//! `forwarded-unapproved` (error, takes an exception): a CR was forwarded that the votes do not carry.
//!
//! A CR is forwarded to NITC once the standing votes carry it: as many approvals as the quorum, the chair's
//! among them where the terms ask for it, and none to reject or return it. Otherwise `forwarded` has no effect.
//!
//! **Why.** ACFO-FS forwards the CR to NITC when the CFMSCCB has approved and signed it.
//!
//! **Example.**
//!
//! ```yaml
//! # one of two approvals is there
//! - at: 2026-11-17 15:00
//!   event: forwarded
//!   by: kfoster
//! ```
//!
//! **To mend it:** have the board vote first. What was done knowingly, in an emergency, takes an `exception` on
//! the entry, and then takes effect.

use super::{Check, Rule, Sink};
use crate::model::{CrState, Decision, Level, Minute};
use crate::rules::support::{change_slips, slip_finding};
use crate::workflow::{ChangeLine, Context};

/// See the head of this file.
pub const RULE: Rule = Rule {
    name: "forwarded-unapproved",
    level: Some(Level::Error),
    takes_exception: true,
    source: include_str!("forwarded_unapproved.rs"),
    check: Check::AsOf(check),
};

fn check(ctx: &Context, sink: &mut Sink) {
    for (line, step, entry) in change_slips(ctx, RULE.name) {
        let id = &line.cr.id.value;
        let (why, help) = match step.before {
            CrState::Draft => ("it was never submitted".to_owned(), "submit it to the board first"),
            _ => (tally(ctx, line, step.at), "have the board vote first, or correct the date"),
        };
        let message = format!("{id} was forwarded without the board's approval: {why}");
        let help = format!("{help}; what was done knowingly takes an `exception`");
        let place = (line.cr.file, entry.event.span);
        sink.add(slip_finding(place, id, entry, step.slip, message, help));
    }
}

/// How the votes stood: "1 of 2 approvals, the chair's missing, 1 vote against".
fn tally(ctx: &Context, line: &ChangeLine, at: Minute) -> String {
    let standing = line.standing_at(at);
    let decided =
        |decision| standing.votes.values().filter(|vote| line.votes[**vote].vote.decision.value == decision).count();
    let Some(term) = ctx.board().term_on(at.date()) else {
        return "data/board.yaml has no terms for that date".to_owned();
    };
    let mut parts = vec![format!("{} of {} approvals", standing.approvals, term.quorum.0)];
    if term.chair_required && !standing.chair_approves {
        parts.push("the chair's missing".to_owned());
    }
    for (decision, word) in [(Decision::Reject, "to reject it"), (Decision::Return, "to return it")] {
        match decided(decision) {
            0 => {}
            1 => parts.push(format!("1 vote {word}")),
            number => parts.push(format!("{number} votes {word}")),
        }
    }
    parts.join(", ")
}
